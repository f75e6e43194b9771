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
    """Remove the sealed answers and the own result with them."""
    from store.inbox import withdraw
    from store.public import load_public
    from tui.flows.codes import key_from
    from tui.secrets import read_secret

    public = load_public(given.study)
    withdraw(public, key_from(read_secret("--code", given.code, "Your personal code: "), public))
    output.say("Your answers and your own result have been removed. Nothing of them is left here.")
    way = "your ticket" if public.policy.tickets else "your code or a new one"
    output.say(f"Until this round closes you can take part again with {way}.")
    if given.json:
        output.put_json({"withdrawn": True})
    return Exit.DONE
