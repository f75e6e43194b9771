"""`careload withdraw`: take the own answers back."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--code", metavar="-|@FILE", help="your personal code; without it you are asked")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Remove the sealed answers, the own result with them, and what was begun on this machine."""
    from store.public import load_public
    from tui.flows.codes import key_from
    from tui.flows.withdrawing import take_back
    from tui.secrets import read_secret

    public = load_public(given.study)
    done = take_back(public, key_from(read_secret("--code", given.code, "Your personal code: "), public))
    for line in done.lines(public):
        output.say(line)
    if given.json:
        output.put_json({"withdrawn": done.handed_in, "unfinished": done.unfinished})
    return Exit.DONE
