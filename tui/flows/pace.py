"""How long is left: usual seconds a question, corrected by the respondent's own pace; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from instruments.model import (
    ChoiceFormat,
    Format,
    MarkFormat,
    RatingFormat,
    RowsFormat,
    TextFormat,
)
from instruments.questions import Question

USUAL_SECONDS: dict[type[Format], float] = {
    ChoiceFormat: 9.0,
    RatingFormat: 10.0,
    MarkFormat: 25.0,
    RowsFormat: 50.0,
    TextFormat: 120.0,
}
"""Seconds a question of each kind (ours, from docs/time.md; assumed until real sittings tell better)."""

AROUND_MINUTES = 5.0
"""Minutes for what stands around the questions: this page, the personal code, a break, the own result."""

LONGEST_SECONDS = 180.0
"""A longer stay at one question is taken for a pause, not for pace."""

PRIOR_SECONDS = 60.0
"""Weight of the usual pace against the respondent's own, in seconds of answering (ours)."""


def usual_seconds(questions: Iterable[Question]) -> float:
    """Return how many seconds `questions` usually take; those of tasks bring their guide."""
    return sum(question.seconds or USUAL_SECONDS[type(question.format)] for question in questions)


def usual_minutes(questions: Sequence[Question], more: float = 0.0) -> int:
    """Return how many minutes `questions` usually take, and `more` minutes beside them, at least one."""
    return max(1, round(usual_seconds(questions) / 60 + more))


class Pace:
    """The pace of this run: two sums in memory, no single question's time."""

    def __init__(self) -> None:
        self._spent = 0.0
        self._usual = 0.0

    def count(self, question: Question, seconds: float) -> None:
        """Count one answered question that took `seconds`."""
        self._spent += min(max(seconds, 0.0), LONGEST_SECONDS)
        self._usual += USUAL_SECONDS[type(question.format)]

    def minutes_left(self, questions: Iterable[Question]) -> int:
        """Return the minutes that `questions` will take at this pace, at least one."""
        ratio = (self._spent + PRIOR_SECONDS) / (self._usual + PRIOR_SECONDS)
        return max(1, round(ratio * usual_seconds(questions) / 60))
