"""`careload rate`: blind double rating of texts whose authors allowed it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit
from tui.keys import configure_keys

if TYPE_CHECKING:
    from store.ratings import Ratings
    from store.study import Study
    from tui.flows.rating import RatingSession


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study, closed")
    configure_keys(parser)
    parser.add_argument(
        "--rater",
        action="append",
        metavar="NAME",
        help="who reads, such as r1; twice for two who look together where their marks lie far apart",
    )
    parser.add_argument("--summary", action="store_true", help="print how far raters and program agree")
    parser.add_argument("--json", action="store_true", help="print it as one JSON object")


def run(given: argparse.Namespace) -> int:
    """Show texts on a terminal, never in a file, or print the figures of all marks so far."""
    from instruments.tasks.summarise import AUTOMATIC_ERROR
    from store.ratings import Ratings, rater_name
    from store.study import Study
    from tui.flows.rating import summarise
    from tui.keys import read_keys
    from tui.text.rating_text import rating_lines

    is_summary = given.summary or given.json
    if bool(given.rater) == is_summary:
        raise WrongUsage("Say who reads, with --rater NAME, or ask for the figures with --summary.")
    rater = rater_name(given.rater) if given.rater else ""
    study = Study.load(given.study)
    keys = read_keys(given.key, given.passphrase)
    if rater:
        return _rate(study, Ratings.open(study, keys), rater)
    found = summarise(study, Ratings.open(study, keys))
    if given.json:
        output.put_json(found)
    else:
        output.put("\n".join(rating_lines(found, AUTOMATIC_ERROR)))
    return Exit.DONE


def _rate(study: Study, ratings: Ratings, rater: str) -> int:
    from tui.flows.rating import RatingSession, summarise
    from tui.terminal import keyboard_back

    if not sys.stdout.isatty():
        raise WrongUsage(
            "Texts are shown on a terminal only: in a file or a pipe they would stay behind in clear.",
            "Run it on a terminal without a pipe or >; --summary prints figures anywhere.",
        )
    keyboard_back()
    session = RatingSession(ratings, study.public(), rater)
    if not session.left:
        output.say("No text is open to you now: all are marked, or with other raters.")
        return Exit.DONE
    code = _show(session)
    summarise(study, ratings)
    output.say(f"Kept: {session.given} marks of {session.rater}. Open to you now: {session.left}.")
    return code


def _show(session: RatingSession) -> int:
    """Show the texts on screens or, where these cannot be or are not wanted, in plain lines."""
    from tui.terminal import check_terminal, wants_lines

    if wants_lines():
        from tui.plain.listening import Listener
        from tui.plain.rate import rate_plainly
        from tui.plain.talk import Talk

        rate_plainly(session, Talk(Listener()))
        return Exit.DONE
    check_terminal()
    from tui.rate_app import make_rate_app

    app = make_rate_app(session)
    app.run()
    return int(app.return_code or Exit.DONE)
