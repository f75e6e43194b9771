"""`careload export`: anonymised results for HR."""

from __future__ import annotations

import argparse
from pathlib import Path

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit

FORMATS = ("csv",)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, closed")
    parser.add_argument("--format", default="csv", metavar="LIST", help="csv (the only one in this version)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write into")
    parser.add_argument("--json", action="store_true", help="print the paths as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Write the tables of the frozen release and the codebook."""
    from store.study import Study
    from tui.flows.exporting import export_csv
    from tui.flows.planning import release_in

    unknown = sorted(set(given.format.split(",")) - set(FORMATS))
    if unknown:
        raise WrongUsage(f"--format: found {', '.join(unknown)}; expected csv.", "Other formats come later.")
    study = Study.load(given.study)
    release = release_in(study)
    paths = export_csv(study.public(), release, given.out)
    output.say(f"{len(paths)} files are in {given.out}. Start with codebook.csv.")
    if given.json:
        output.put_json({"files": [str(path) for path in paths]})
    return Exit.DONE
