"""`careload status`: how many have answered, never who."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Count the sealed submissions; groups are inside the seal until the wave is closed."""
    from store.study import Study
    from tui.flows.counting import status_of

    status = status_of(Study.load(given.study))
    if given.json:
        output.put_json(status)
    else:
        output.put("\n".join(status.lines()))
    return Exit.DONE
