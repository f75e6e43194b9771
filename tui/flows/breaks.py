"""Good places for a break: between two sections, once enough has been answered since the last one."""

from __future__ import annotations

from itertools import groupby, pairwise

from instruments.questions import Question
from instruments.sitting import Sitting
from tui.flows.pace import usual_seconds

BREAK_SECONDS = 180.0
"""*Assumed*: usual seconds of answering that lie at least on either side of a break."""


def break_places(questions: tuple[Question, ...]) -> frozenset[str]:
    """Return the ids of the questions before which a break is offered.

    None is offered before a task, whose own page says that it is a good place, nor shortly before one or
    before the end.
    """
    places: set[str] = set()
    for _, run in groupby(questions, key=lambda question: question.task):
        asked = list(run)
        passed, ahead = 0.0, usual_seconds(asked)
        for before, question in pairwise(asked):
            took = usual_seconds([before])
            passed, ahead = passed + took, ahead - took
            is_new = question.part != before.part and not question.task
            if is_new and min(passed, ahead) >= BREAK_SECONDS:
                places.add(question.id)
                passed = 0.0
    return frozenset(places)


class Breaks:
    """Remembers, while the program runs, where a break was offered; no break is offered twice."""

    def __init__(self) -> None:
        self._offered: set[str] = set()
        self._places: tuple[tuple[Question, ...], frozenset[str]] = ((), frozenset())

    def is_due(self, sitting: Sitting) -> bool:
        """Whether the current question opens a section on the way forward that a break fits before."""
        question = sitting.current
        if question is None or sitting.from_review or question.id in sitting.answers:
            return False
        if self._places[0] is not sitting.questions:
            self._places = (sitting.questions, break_places(sitting.questions))
        return question.id in self._places[1] and question.id not in self._offered

    def take(self, sitting: Sitting) -> None:
        """Offer none at the current question any more: one was offered, or the person comes back to it."""
        if sitting.current is not None:
            self._offered.add(sitting.current.id)


def break_words(sitting: Sitting) -> str:
    """Return what is said at a break."""
    seen = len(sitting.questions) - len(sitting.missing)
    return (
        f"{seen} of {len(sitting.questions)} questions are behind you. Go on now, or on another day: "
        "everything is kept, and your personal code brings you back here."
    )
