"""`careload privacy`: threat model and legal drafts, filled with the study's settings."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write one markdown file a draft into DIR")
    parser.add_argument("--json", action="store_true", help="print drafts or paths as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Print the drafts, or write them as files."""
    from tui.flows.privacy import drafts_for, write_drafts

    drafts = drafts_for(given.study)
    if given.out is None:
        if given.json:
            output.put_json(drafts)
        else:
            output.put("\n".join(drafts.values()))
        return Exit.DONE
    paths = write_drafts(drafts, given.out)
    output.say(f"{len(paths)} drafts are in {given.out}. They are questions for counsel, not legal advice.")
    if given.json:
        output.put_json({"paths": [str(path) for path in paths]})
    return Exit.DONE
