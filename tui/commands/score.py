"""`careload score --explain`: the arithmetic of a scale on made-up answers."""

from __future__ import annotations

import argparse
from pathlib import Path

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--explain", action="store_true", help="print every step (the only thing this does)")
    parser.add_argument("--instrument", metavar="ID", help="one instrument only, such as edmondson-1999")
    parser.add_argument(
        "--answers",
        metavar="LIST",
        help="made-up answers, such as 7,6,1,-,2,5,6 (- is no answer); with --instrument",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Walk through the scales of the study's battery."""
    from store.study import Study
    from tui.flows.explaining import explained

    if not given.explain:
        raise WrongUsage(
            "People are scored when a wave is closed, never here.", "Use --explain on made-up answers."
        )
    chapters = explained(Study.load(given.study), given.instrument, given.answers)
    if given.json:
        output.put_json(chapters)
    else:
        output.put("\n\n".join("\n".join(lines) for lines in chapters.values()))
    return Exit.DONE
