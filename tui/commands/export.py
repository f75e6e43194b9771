"""`careload export`: anonymised results for HR."""

from __future__ import annotations

import argparse
from pathlib import Path

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, closed")
    parser.add_argument(
        "--format", default="csv", metavar="LIST", help="csv, xlsx, sav, parquet, with commas between (csv)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write into")
    parser.add_argument("--json", action="store_true", help="print the paths as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Write the tables of the frozen release, the codebook and a manifest."""
    from store.study import Study
    from tui.cli import program_version
    from tui.flows.exporting import FORMATS, export_release

    formats = [name.strip() for name in given.format.split(",")]
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise WrongUsage(
            f"--format: found {', '.join(unknown) or 'nothing'}; expected {', '.join(FORMATS)}.",
            "For example: --format csv,xlsx",
        )
    study = Study.load(given.study)
    paths = export_release(study, given.out, formats, program_version())
    output.say(f"{len(paths)} files were written into {given.out}. Start with the codebook.")
    if given.json:
        output.put_json({"files": [str(path) for path in paths]})
    return Exit.DONE
