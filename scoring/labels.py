"""Hours of help that people needed, from what they tell about help they got and help they missed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instruments.answers import Answer, Rows
from instruments.questions import Battery
from scoring.blocks import Floats
from scoring.errors import ReceivedOnly
from scoring.plan.ledger import COVERAGE, COVERAGE_RANGE
from scoring.plan.streams import WEEKS_A_MONTH
from scoring.recalibration import TotalSeen
from scoring.scored import Z90
from scoring.work import GIVEN, RECEIVED, WANTED

WEEKS_ASKED = 4
"""The help questions ask about the last four weeks; the hours model speaks of a month."""
DID_NOT_ASK = (4, 5, 6)
"""Codes of the reasons in `WANTED` that say "I did not ask"."""


@dataclass(frozen=True, slots=True, eq=False)
class HelpLabels:
    """Hours a month of each person, (n,); NaN where the question was left out or never asked."""

    given: Floats
    received: Floats
    wanted: Floats
    """Wanted and not got, whatever the reason."""
    did_not_ask: NDArray[np.bool_]
    """Whether some help was missed because the person did not ask."""

    @property
    def needed(self) -> Floats:
        """(n,) hours needed a month: received plus wanted and not got; NaN unless both are known.

        Raises ReceivedOnly where hours received are known and hours missed are known of nobody.
        """
        return hours_needed(self.received, self.wanted)

    @property
    def given_per_received(self) -> float:
        """Hours given for each hour received, of those who answered both; NaN where nobody received any.

        Over a whole organisation it is 1: every hour of help has somebody at either end.
        """
        both = ~np.isnan(self.given) & ~np.isnan(self.received)
        received = math.fsum(self.received[both])
        return math.fsum(self.given[both]) / received if received > 0 else math.nan


def hours_needed(received: Floats, wanted: Floats | None) -> Floats:
    """Return ``received + wanted``, (n,), NaN where either is.

    Raises ReceivedOnly when `wanted` is None or all NaN while hours received are known: people who feel
    unsafe do not ask, and weights fitted to what they got would say that they need less.
    """
    missing = wanted is None or bool(np.isnan(wanted).all())
    if missing and not np.isnan(received).all():
        raise ReceivedOnly(
            "Hours of help received alone do not tell how much help is needed.",
            "Ask for help wanted and not got as well: people who feel unsafe do not ask.",
        )
    return np.full(len(received), math.nan) if wanted is None else received + wanted


def help_labels(battery: Battery, answers: Sequence[Mapping[str, Answer]]) -> HelpLabels:
    """Return what `answers` to the help questions tell; a question not asked is NaN for everybody."""
    asked = {question.id for question in battery.questions()}
    given, received, wanted = (_monthly(name, answers, name in asked) for name in (GIVEN, RECEIVED, WANTED))
    silent = [any(row[0] in DID_NOT_ASK for row in _rows(one.get(WANTED))) for one in answers]
    return HelpLabels(given, received, wanted, np.array(silent, dtype=np.bool_))


def ledger_total(features: Floats, logged: float, needed_per_received: float) -> TotalSeen:
    """Return what the care ledger says of the hours needed a month by the whole headcount.

    Parameters
    ----------
    features
        (7,) expected features, summed over the headcount.
    logged
        Hours of support a month in the care ledger, of the whole headcount.
    needed_per_received
        Hours needed for each hour received, from people's reports; the ledger holds hours given only.
    """
    low, high = COVERAGE_RANGE
    log_sd = math.log(high / low) / (2 * Z90)
    return TotalSeen(features, logged / COVERAGE * needed_per_received, log_sd)


def _rows(answer: Answer | None) -> tuple[tuple[float, ...], ...]:
    return answer.rows if isinstance(answer, Rows) else ()


def _monthly(name: str, answers: Sequence[Mapping[str, Answer]], is_asked: bool) -> Floats:
    """Return hours a month; an empty list of rows is an answer, "none"."""
    month = WEEKS_A_MONTH / WEEKS_ASKED
    given = [one.get(name) if is_asked else None for one in answers]
    hours = [
        math.fsum(row[1] for row in one.rows) * month if isinstance(one, Rows) else math.nan for one in given
    ]
    return np.array(hours, dtype=np.float64)
