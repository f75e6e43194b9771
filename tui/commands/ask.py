"""`careload ask`: ask for help by name, with or without taking the assessment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--name", metavar="-|@FILE", help="your name; without it you are asked")
    parser.add_argument("--contact", metavar="-|@FILE", help="how to reach you; without it you are asked")
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        metavar="KIND",
        help="time, a pair, a first session, or one-to-one; once for each",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Seal name, contact and kinds of help for the key holders; nothing else goes with them."""
    from store.public import load_public
    from store.requests import HELP_KINDS, ask_for_help, new_request
    from tui.flows.asking import asking_words
    from tui.flows.wishes import parse_line
    from tui.secrets import read_secret

    public = load_public(given.study)
    for sentence in asking_words(public.policy):
        output.say(sentence)
    name = parse_line(read_secret("--name", given.name, "Your name: ", echo=True), "Name")
    reach = read_secret("--contact", given.contact, "How can you be reached? ", echo=True)
    contact = parse_line(reach, "Contact")
    kinds = given.kind or _chosen(HELP_KINDS)
    ask_for_help(public, new_request(public, name, contact, [kind.strip() for kind in kinds]))
    output.say("Your request is sealed and handed in. It is read after the round closes.")
    if given.json:
        output.put_json({"asked": True})
    return Exit.DONE


def _chosen(kinds: tuple[str, ...]) -> list[str]:
    """Ask for kinds of help, by number or word, until at least one is known and none unknown."""
    if not sys.stdin.isatty():
        raise WrongUsage("There is no terminal to ask on.", "Give --name, --contact and --kind.")
    for number, kind in enumerate(kinds, start=1):
        output.say(f"  {number}  {kind}")
    numbers = {str(number): kind for number, kind in enumerate(kinds, start=1)}
    while True:
        output.say("Which help? Numbers, with commas between: ", end="")
        line = sys.stdin.readline()
        chosen = [numbers.get(part.strip(), part.strip()) for part in line.split(",") if part.strip()]
        if not line or (chosen and set(chosen) <= set(kinds)):
            return chosen
        output.say(f"Please type one or more of 1 to {len(kinds)}, such as 1, 3.")
