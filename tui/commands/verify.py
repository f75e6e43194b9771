"""`careload verify`: whether a study keeps its promise, and whether one's own answers were counted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tui import output
from tui.exits import Exit

if TYPE_CHECKING:
    from tui.flows.verifying import Check

MARKS = {"holds": "yes", "does not hold": "NO", "cannot be told": "?"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--code", metavar="-|@FILE", help="your personal code: were your answers counted?")
    parser.add_argument(
        "--ticket", metavar="-|@FILE", help="your ticket: are rules and keys those it was issued for?"
    )
    parser.add_argument(
        "--release", type=Path, metavar="FILE", help="the release, where it was handed to you"
    )
    parser.add_argument("--json", action="store_true", help="print the checks as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Check what can be seen from this account, and say what cannot."""
    from tui.flows.verifying import gather, verify

    evidence = gather(given.study, _release_file(given.release))
    if given.ticket:
        from store.tickets import check
        from tui.secrets import read_secret

        check(read_secret("--ticket", given.ticket, ""), evidence.public)
        output.say("Your ticket was issued for these very rules and keys.")
    key = None
    if given.code:
        from tui.flows.codes import key_from
        from tui.secrets import read_secret

        key = key_from(read_secret("--code", given.code, ""), evidence.public)
    checks = verify(evidence, key)
    if given.json:
        output.put_json({"study": evidence.public.policy.study, "checks": checks})
    else:
        for one in checks:
            output.put_line(f"{MARKS[one.outcome]:<4} {one.name}: {one.sentence}")
        if key is None:
            output.say("With --code - it also tells whether your own answers were counted.")
    return _exit(checks)


def _release_file(path: Path | None) -> bytes | None:
    if path is None:
        return None
    from instruments.errors import BadInput
    from store.files import read_bounded

    try:
        return read_bounded(path)
    except OSError as error:
        raise BadInput(f"{path.name}: the release cannot be read.", "Check its name and rights.") from error


def _exit(checks: tuple[Check, ...]) -> Exit:
    wrong = [one for one in checks if one.outcome == "does not hold"]
    if any(one.is_privacy for one in wrong):
        return Exit.PRIVACY
    return Exit.BAD_INPUT if wrong else Exit.DONE
