"""`careload take`: the assessment."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--ticket", metavar="-|@FILE", help="your ticket; without it you are asked")
    parser.add_argument("--code", metavar="-|@FILE", help="your personal code, to go on where you stopped")


def run(given: argparse.Namespace) -> int:
    """Show the first screen as fast as can be; everything else is loaded behind it."""
    from store.public import load_public
    from tui import output
    from tui.secrets import read_secret
    from tui.terminal import check_terminal, keyboard_back

    public = load_public(given.study)
    ticket = read_secret("--ticket", given.ticket, "") if given.ticket else ""
    code = read_secret("--code", given.code, "") if given.code else ""
    if "-" in (given.ticket, given.code):
        keyboard_back()
    check_terminal()
    from tui.flows.taking import TakingSession
    from tui.take_app import make_take_app

    outcome = make_take_app(TakingSession(public, ticket=ticket, code=code)).run()
    if outcome is None:
        output.say("Left. Everything you answered is kept; your personal code goes on with it.")
        return Exit.DONE
    output.say(outcome.sentence)
    return outcome.exit_code
