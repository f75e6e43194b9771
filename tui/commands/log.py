"""`careload log`: help that was given, in two keys; for facilitators the ledger against the plan."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import WrongUsage
from tui import output
from tui.exits import Exit

if TYPE_CHECKING:
    from instruments.care_log import CareEntry
    from store.public import PublicStudy

FLAGS = ("minutes", "kind", "role", "group", "load")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("study", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument("--minutes", metavar="N", help="5 to 600 in steps of 5")
    parser.add_argument(
        "--kind", metavar="KIND", help="pair, one-to-one, coaching, session, preparation, hr-time or other"
    )
    parser.add_argument("--role", metavar="ROLE", help="facilitator, manager, champion or hr-partner")
    parser.add_argument("--group", metavar="GROUP", help="a group of the study, or none")
    parser.add_argument("--load", metavar="LOAD", help="how it was for you: light, right or heavy")
    parser.add_argument("--week", metavar="DATE", help="a day of the week in which it was (this week)")
    parser.add_argument("--undo", action="store_true", help="take this account's last entry back")
    parser.add_argument("--summary", action="store_true", help="facilitators: planned and given, by week")
    parser.add_argument(
        "--start", metavar="DATE", help="Monday of week 1, for --summary (that of the calendars)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Log one entry, take one back, or sum up."""
    if given.summary:
        return _sum_up(given)
    if given.start:
        raise WrongUsage("--start belongs to --summary.", "For the week of an entry: --week DATE")
    from store.drafts import default_state_dir
    from store.public import load_public
    from tui.flows.care_log import in_words, log, undo

    public, state = load_public(given.study), default_state_dir()
    entry = None if given.undo else _entry(given, public, state)
    if entry is None:
        entry, done = undo(public, state), "Taken back"
    else:
        log(public, entry, state)
        done = "Logged"
    output.say(f"{done}: {in_words(entry)}. Week of {entry.week}.")
    if given.json:
        output.put_json({done.lower().replace(" ", "_"): entry})
    return Exit.DONE


def _entry(given: argparse.Namespace, public: PublicStudy, state: Path) -> CareEntry | None:
    """Return the entry that flags or answers tell; None when the last one is to be taken back."""
    from tui.flows.care_log import EXAMPLE, entry_of, last_entry, week_of

    last, week = last_entry(public, state), week_of(given.week, date.today())
    flags = {name: getattr(given, name) for name in FLAGS}
    if any(value is not None for value in flags.values()):
        return entry_of(public.policy, week, **flags, last=last)
    if not sys.stdin.isatty():
        raise WrongUsage("There is no terminal to ask on.", EXAMPLE)
    from tui.log_questions import ask_entry

    return ask_entry(public.policy, week, last)


def _sum_up(given: argparse.Namespace) -> int:
    from store.study import Study
    from tui.flows.calendars import first_monday
    from tui.flows.care_log import summary
    from tui.text.ledger_text import ledger_lines

    start = first_monday(given.start).isoformat() if given.start else ""
    told, problems = summary(Study.load(given.study), start)
    for problem in problems:
        output.say(f"Not counted: ledger/{problem.file}, {problem.reason}.")
    if given.json:
        output.put_json(told)
    else:
        output.put("\n".join(ledger_lines(told)))
    return Exit.DONE
