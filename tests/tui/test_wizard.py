"""The wizard of `careload init`, answered key by key."""

from __future__ import annotations

import argparse

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from instruments.setup import Pledge, SupporterHours
from instruments.tasks.model import AiUsePolicy
from tui.commands import init
from tui.flows.ai_rules import AI_QUESTIONS
from tui.flows.wishes import Wishes
from tui.prompts import ONE_LINE, valid
from tui.wizards import ask_wishes, parse_attribute, parse_supporter

DOWN, ENTER, RUB_ALL = "\x1b[B", "\r", "\x01\x0b"


def asked(*keys: str, flags: tuple[str, ...] = ()) -> Wishes:
    parser = argparse.ArgumentParser()
    init.configure(parser)
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text("".join(keys))
        return ask_wishes(parser.parse_args(["spring", *flags]))


def test_every_question_by_keys_with_a_slip_in_each_kind() -> None:
    """What was typed wrong is asked again on the spot; nothing typed before is lost.

    A pledge that was chosen by a slip is left again with Enter.
    """
    wishes = asked(
        "Northwind\r",
        "department: Sales=40, Office=60\r",
        *("site: North=50, South=40\r", RUB_ALL, "site: North=50, South=50\r"),
        "1\r",
        DOWN,
        ENTER,
        "1\r",
        *("3\r", "six\r", RUB_ALL, "6\r", "2\r", RUB_ALL, "1\r"),
        "5\r",
        *(RUB_ALL, "101\r", RUB_ALL, "6\r"),
        "y",
        "To plan help.\r",
        "Ada\r",
        *("March\r", RUB_ALL, "2026-03-31\r"),
        *("2\r", "we wait\r", "1\r", ENTER, "6\r"),
        *(5 * [ENTER]),
        "y",
    )
    assert [attribute.id for attribute in wishes.attributes] == ["department", "site"]
    assert (wishes.headcount, wishes.battery, wishes.thresholds.k) == (100, "standard", 6)
    assert wishes.holders == ("works-council", "facilitator")
    assert wishes.supporters == (
        SupporterHours(role="champion", people=6, hours_per_week=2.0, relief_hours=1.0),
    )
    assert (wishes.purpose, wishes.contact, wishes.agreement_date) == ("To plan help.", "Ada", "2026-03-31")
    assert wishes.pledges == (Pledge("a quarter cannot spare 10 minutes a week", "we wait"),)
    assert wishes.ai_use == AiUsePolicy(), "Enter alone settles no rule for AI tools"
    assert wishes.record_file


def test_notes_under_a_question_fit_into_one_line_of_a_small_terminal() -> None:
    """A longer one is cut at the edge, with the example in the part that cannot be read."""
    slips = [
        (parse_attribute, "Sales 40"),
        (parse_attribute, "department: Sales 40, Operations sixty"),
        (parse_supporter, "six champions"),
    ]
    notes = [str(valid(parse)(text)) for parse, text in slips]
    assert all(len(note) <= ONE_LINE for note in notes), notes
    assert all("xample" in note or "expected" in note for note in notes)


def test_flags_are_not_asked_again() -> None:
    """With everything given but the name, one answer is enough."""
    flags = ("--headcount", "30", "--attribute", "team: A=10, B=20", "--battery", "full", "--one-key")
    more = (
        "--supporter",
        "champion=6x2",
        "--k",
        "7",
        "--no-tickets",
        "--contact",
        "Ada",
        "--purpose",
        "Help",
    )
    rules = [text for one in AI_QUESTIONS for text in (one.flag, one.answers[0][0])]
    last = ("--agreement-date", "2026-03-31", "--pledge", "unsafe: we train leaders", *rules)
    wishes = asked("Northwind\r", flags=(*flags, *more, *last))
    assert (wishes.organisation, wishes.headcount, wishes.thresholds.k) == ("Northwind", 30, 7)
