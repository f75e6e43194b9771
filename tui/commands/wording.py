"""`careload wording`: put published wording in, checked item by item."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, not yet open")
    parser.add_argument("instrument", metavar="INSTRUMENT", help="such as edmondson-1999")
    parser.add_argument(
        "--from", dest="source", type=Path, required=True, metavar="FILE", help="text file, one item a line"
    )
    parser.add_argument(
        "--accept-adapted",
        action="store_true",
        help="put the text in even where it differs from the published one; it then counts as adapted",
    )
    parser.add_argument("--json", action="store_true", help="print the verdict as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Compare every line with its fingerprint; keep the text when it fits or is accepted as adapted."""
    from store.study import Study
    from tui.flows.wordings import put_wording_in

    outcome = put_wording_in(
        Study.load(given.study), given.instrument, given.source, accept_adapted=given.accept_adapted
    )
    if given.json:
        output.put_json(outcome)
    else:
        output.put("\n".join(outcome.lines))
    return Exit.DONE if outcome.kept else Exit.BAD_INPUT
