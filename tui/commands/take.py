"""`careload take`: the assessment."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tui.exits import Exit

if TYPE_CHECKING:
    from tui.flows.taking import TakingSession


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--ticket", metavar="-|@FILE", help="your ticket; without it you are asked")
    parser.add_argument("--code", metavar="-|@FILE", help="your personal code, to go on where you stopped")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="plain lines in place of screens: for screen readers, pipes and simple terminals; also chosen "
        "by ACCESSIBLE=1, TERM=dumb, and where there is no terminal",
    )
    kiosk = parser.add_argument_group(
        "a terminal that many people use, or the far end of ssh (docs/kiosk.md)"
    )
    kiosk.add_argument("--kiosk", action="store_true", help="person after person, and nothing but that")
    kiosk.add_argument("--drafts", type=Path, metavar="DIR", help="where unfinished answers are kept, sealed")
    kiosk.add_argument(
        "--idle", type=int, metavar="MINUTES", help="a visit ends so long after the last key (5)"
    )


def run(given: argparse.Namespace) -> int:
    """Show the first screen as fast as can be; everything else is loaded behind it."""
    if given.kiosk or given.drafts or given.idle is not None:
        return _kiosk(given)
    from store.public import load_public
    from tui import output
    from tui.secrets import read_secret
    from tui.streams import take_any_bytes
    from tui.terminal import check_terminal, keyboard_back, wants_lines

    take_any_bytes()
    public = load_public(given.study)
    ticket = read_secret("--ticket", given.ticket, "") if given.ticket else ""
    code = read_secret("--code", given.code, "") if given.code else ""
    is_after_secret = "-" in (given.ticket, given.code)
    if is_after_secret and not given.plain:
        keyboard_back()
    from tui.flows.taking import TakingSession

    session = TakingSession(public, ticket=ticket, code=code)
    if given.plain or wants_lines():
        return _in_lines(session, is_after_secret=is_after_secret)
    check_terminal()
    from tui.take_app import make_take_app

    outcome = make_take_app(session).run()
    if outcome is None:
        output.say("Left. Everything you answered is kept; your personal code goes on with it.")
        return Exit.DONE
    output.say(outcome.sentence)
    return outcome.exit_code


def _in_lines(session: TakingSession, *, is_after_secret: bool) -> int:
    from tui import output
    from tui.plain.listening import Listener
    from tui.plain.run import take_plainly
    from tui.plain.talk import Talk
    from tui.plain.words import STANDS_ABOVE
    from tui.take_texts import SEALED

    talk = Talk(Listener(after_secret=is_after_secret))
    outcome = take_plainly(session, talk)
    if outcome.exit_code:
        output.say(outcome.sentence)
    elif outcome.sentence != SEALED:  # the receipt has said it
        talk.pause()  # what stands of a half-typed line ends here
        talk.tell(outcome.sentence, STANDS_ABOVE if session.code else "")
    return outcome.exit_code


def _kiosk(given: argparse.Namespace) -> int:
    from instruments.errors import WrongUsage
    from tui.flows.idle import IDLE_MINUTES, LEAST_MINUTES, MOST_MINUTES
    from tui.kiosk.door import Kiosk, open_kiosk

    if not given.kiosk:
        raise WrongUsage("--drafts and --idle belong to a kiosk.", "Leave them out, or add --kiosk.")
    if given.ticket or given.code:
        raise WrongUsage(
            "--ticket and --code belong to one person, a kiosk to everybody.", "Leave them out: it asks."
        )
    minutes = IDLE_MINUTES if given.idle is None else given.idle
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise WrongUsage(f"--idle is {LEAST_MINUTES} to {MOST_MINUTES} minutes, not {minutes}.")
    return open_kiosk(Kiosk(given.study, given.drafts, minutes, given.plain))
