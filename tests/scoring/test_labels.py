"""Hours of help needed: what counts, what does not, and in which unit."""

from __future__ import annotations

import math

import numpy as np
import pytest

from instruments.answers import Answer, Rows, Skipped
from instruments.battery import STANDARD
from instruments.catalogue import shipped
from instruments.questions import Battery, Part, Wording
from scoring.errors import ReceivedOnly
from scoring.hours import DEFAULT_HOURS
from scoring.labels import help_labels, hours_needed, ledger_total
from scoring.plan.ledger import COVERAGE
from scoring.plan.streams import WEEKS_A_MONTH

MONTH = WEEKS_A_MONTH / 4
HELP = Battery(
    name="custom",
    language="en",
    parts=(Part(instrument=shipped("help"), wording=Wording(status="own", sha256="")),),
)


def answered(given: Answer, received: Answer, wanted: Answer) -> dict[str, Answer]:
    """Return one person's answers to the help questions."""
    return {"help/given": given, "help/received": received, "help/wanted": wanted}


def test_needed_is_received_plus_missed_by_the_month() -> None:
    """3 + 1.5 hours received and 2 + 0.5 missed in four weeks are 7 hours, 7.6 a month of 4.35 weeks."""
    person = answered(Rows(), Rows(rows=((1, 3.0), (2, 1.5))), Rows(rows=((1, 2.0), (5, 0.5))))
    labels = help_labels(HELP, [person])
    assert labels.needed.tolist() == [pytest.approx(7 * MONTH)]
    assert pytest.approx(365.25 / 12 / 28) == MONTH
    assert labels.given.tolist() == [0.0]


@pytest.mark.parametrize("reason", [4, 5, 6])
def test_help_that_was_not_asked_for_is_need_like_any_other(reason: int) -> None:
    labels = help_labels(HELP, [answered(Skipped(), Rows(), Rows(rows=((reason, 4.0),)))])
    assert labels.needed.tolist() == [pytest.approx(4 * MONTH)]
    assert labels.did_not_ask.tolist() == [True]


def test_an_empty_list_is_none_and_a_skipped_question_is_unknown() -> None:
    people = [
        answered(Rows(), Rows(), Rows()),
        answered(Rows(), Skipped(), Rows()),
        answered(Rows(), Rows(), Skipped()),
        {},
    ]
    labels = help_labels(HELP, people)
    np.testing.assert_array_equal(labels.needed, [0.0, np.nan, np.nan, np.nan])
    assert labels.did_not_ask.tolist() == [False] * 4


def test_hours_received_alone_are_refused() -> None:
    """Whether the question was never asked or nobody answered it."""
    received = np.array([1.0, np.nan, 3.0])
    for wanted in (None, np.full(3, np.nan)):
        with pytest.raises(ReceivedOnly, match="do not tell how much help is needed"):
            hours_needed(received, wanted)
    people = [answered(Rows(), Rows(rows=((1, 3.0),)), Skipped())] * 3
    with pytest.raises(ReceivedOnly):
        _ = help_labels(HELP, people).needed


def test_a_battery_that_does_not_ask_knows_nothing_and_complains_of_nothing() -> None:
    wording = Wording(status="adapted", sha256="")
    other = Battery(name="custom", language="en", parts=(Part(instrument=shipped("slack"), wording=wording),))
    assert np.isnan(help_labels(other, [{}, {}]).needed).all()
    assert len(help_labels(HELP, []).needed) == 0


def test_the_shipped_battery_asks_for_all_three() -> None:
    assert {"given", "received", "wanted"} <= {item.id for item in shipped("help").items}
    assert "help" in {choice.instrument for choice in STANDARD}


def test_hours_given_for_each_hour_received_use_those_who_told_both() -> None:
    people = [
        answered(Rows(rows=((1, 6.0),)), Rows(rows=((1, 2.0),)), Rows()),
        answered(Rows(), Rows(rows=((1, 1.0),)), Rows()),
        answered(Rows(rows=((1, 100.0),)), Skipped(), Rows()),
    ]
    assert help_labels(HELP, people).given_per_received == pytest.approx(2.0)
    assert math.isnan(help_labels(HELP, people[2:]).given_per_received)


def test_the_ledger_is_divided_by_how_much_of_the_help_gets_logged() -> None:
    """60 logged hours at 60 % are 100 given; where people missed half as many again, 150 were needed."""
    total = ledger_total(np.ones(7), 60.0, 1.5)
    assert pytest.approx(0.6) == COVERAGE
    assert total.hours == pytest.approx(150)
    assert math.exp(2 * 1.6449 * total.log_sd) == pytest.approx(0.9 / 0.4, rel=1e-3)
    assert len(total.features) == len(DEFAULT_HOURS.weights)
