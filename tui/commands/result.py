"""`careload result`: the own result again."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--code", metavar="-|@FILE", help="your personal code; without it you are asked")
    parser.add_argument(
        "--tiers", action="store_true", help="also how much help fits, in the words and hours of the tiers"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Open the own-result box with the personal code; nobody else can."""
    from store.inbox import read_own
    from store.public import load_public
    from tui.flows.codes import key_from
    from tui.secrets import read_secret
    from tui.text.own_text import is_kept, own_lines, tier_lines

    public = load_public(given.study)
    own = read_own(public, key_from(read_secret("--code", given.code, "Your personal code: "), public))
    if given.json:
        output.put_json(own)
    else:
        output.put("\n".join(own_lines(own)))
        if given.tiers:
            output.put("\n".join(("", *tier_lines(own))))
        elif is_kept(own):
            output.say("How much help fits, in words and hours: add --tiers.")
    return Exit.DONE
