"""One respondent's way through the battery: a pure state machine without clock, file or screen."""

from __future__ import annotations

from typing import Literal

import msgspec

from instruments.answers import Answer, Skipped, why_not
from instruments.errors import CareloadError
from instruments.model import Record
from instruments.records import Battery, Question

Stage = Literal["asking", "handing", "review", "result", "sealed", "discarded"]
Pace = Literal["fast", "middle", "slow"]
FAST_SECONDS = 3.0
SLOW_SECONDS = 12.0
"""Bounds of the three pace bins, seconds an item (ours; assumed until real sittings tell better)."""


class SittingError(CareloadError):
    """The step is not possible at this stage of the sitting."""


class PaceCounts(Record, frozen=True):
    """How many items were answered in each of three speed bins; no single item's time is kept."""

    fast: int = 0
    middle: int = 0
    slow: int = 0

    def with_seconds(self, seconds: float) -> PaceCounts:
        """Count one more item that took `seconds`."""
        if seconds < FAST_SECONDS:
            return msgspec.structs.replace(self, fast=self.fast + 1)
        if seconds <= SLOW_SECONDS:
            return msgspec.structs.replace(self, middle=self.middle + 1)
        return msgspec.structs.replace(self, slow=self.slow + 1)

    @property
    def median_bin(self) -> Pace | Literal[""]:
        """The bin that holds the median item; empty before the first."""
        total = self.fast + self.middle + self.slow
        if not total:
            return ""
        middle = (total + 1) // 2
        if middle <= self.fast:
            return "fast"
        return "middle" if middle <= self.fast + self.middle else "slow"


class SittingRecord(Record, frozen=True):
    """A sitting as the encrypted draft keeps it."""

    study: str
    wave: str
    policy_sha256: str
    battery_sha256: str
    answers: dict[str, Answer] = {}
    position: str = ""
    stage: Stage = "asking"
    from_review: bool = False
    """Whether the question was jumped to from the review page, so that answering it returns there."""
    ticket: str = ""
    pace: PaceCounts = PaceCounts()
    drawn: tuple[str, ...] = ()
    handed_in: tuple[str, ...] = ()
    schema: int = 1


class Sitting(msgspec.Struct, frozen=True):
    """The state of a sitting; every step returns a new one.

    `position` is an index into `questions`, or their number when the last one has been passed. At the
    stage of handing in it is the last question of the task that waits for a yes.
    """

    questions: tuple[Question, ...]
    answers: dict[str, Answer] = {}
    position: int = 0
    stage: Stage = "asking"
    from_review: bool = False
    drawn: tuple[str, ...] = ()
    """Names of the tasks in the order of asking."""
    handed_in: tuple[str, ...] = ()
    """Those of them whose answers are locked."""

    @classmethod
    def begin(cls, battery: Battery, drawn: tuple[str, ...] = ()) -> Sitting:
        """Start at the first question of `battery`, with the tasks that were `drawn`."""
        return cls(questions=battery.questions(drawn), drawn=drawn)

    @classmethod
    def resume(cls, battery: Battery, record: SittingRecord) -> Sitting:
        """Go on where `record` stopped, on the same question; answers that no longer fit are refused."""
        questions = battery.questions(record.drawn)
        known = {question.id: question for question in questions}
        for name, answer in record.answers.items():
            if name not in known or why_not(answer, known[name].format):
                raise SittingError("The kept answers belong to another set of questions.", "Start anew.")
        places = [question.id for question in questions]
        position = places.index(record.position) if record.position in known else len(questions)
        return cls(
            questions,
            dict(record.answers),
            position,
            record.stage,
            record.from_review,
            record.drawn,
            record.handed_in,
        )

    @property
    def current(self) -> Question | None:
        """The question to show now, None outside the stage of asking."""
        if self.stage != "asking" or self.position >= len(self.questions):
            return None
        return self.questions[self.position]

    @property
    def position_id(self) -> str:
        """Id of the current question for the record; empty when all have been passed."""
        return self.questions[self.position].id if self.position < len(self.questions) else ""

    @property
    def answered(self) -> int:
        """Number of questions with an answer (passed-over ones not counted)."""
        return sum(not isinstance(answer, Skipped) for answer in self.answers.values())

    @property
    def is_locked(self) -> bool:
        """Whether answers can no longer change: the own result has been shown."""
        return self.stage in {"result", "sealed", "discarded"}

    @property
    def task(self) -> str:
        """Name of the task that is asked or waits to be handed in; empty outside of tasks."""
        is_inside = self.stage in {"asking", "handing"} and self.position < len(self.questions)
        return self.questions[self.position].task if is_inside else ""

    @property
    def has_handed_in_all(self) -> bool:
        """Whether every drawn task is handed in."""
        return set(self.drawn) <= set(self.handed_in)

    @property
    def changeable(self) -> tuple[Question, ...]:
        """Questions whose answers may still change: those of handed-in tasks may not."""
        return tuple(question for question in self.questions if question.task not in self.handed_in)

    @property
    def missing(self) -> tuple[Question, ...]:
        """Questions that have not been seen yet."""
        return tuple(question for question in self.questions if question.id not in self.answers)

    def answer(self, answer: Answer) -> Sitting:
        """Keep `answer` for the current question and move on; SittingError when it does not fit."""
        question = self._asked()
        problem = why_not(answer, question.format)
        if problem:
            raise SittingError(problem)
        return self._moved_on({**self.answers, question.id: answer})

    def skip(self) -> Sitting:
        """Pass over the current question; an earlier answer to it is taken back."""
        return self._moved_on({**self.answers, self._asked().id: Skipped()})

    def back(self) -> Sitting:
        """Go to the question before; from the first one, or behind a handed-in task, nothing changes."""
        if self.is_locked:
            raise SittingError("The answers are closed once the own result has been shown.")
        if self.from_review:
            return self.to_review()
        before = self.position if self.stage == "handing" else self.position - 1
        if before < 0 or self._is_handed_in(before):
            return self
        return self._at(before)

    def hand_in(self) -> Sitting:
        """Lock the task that was just finished and move on."""
        if self.stage != "handing":
            raise SittingError("There is no finished task to hand in.")
        return msgspec.structs.replace(self, handed_in=(*self.handed_in, self.task))._passed()

    def jump(self, question_id: str) -> Sitting:
        """Go to `question_id` from the review page; answering returns to the review page."""
        if self.stage != "review":
            raise SittingError("Jumping is possible from the review page.")
        places = [question.id for question in self.questions]
        if question_id not in places:
            raise SittingError("There is no such question.")
        if self._is_handed_in(places.index(question_id)):
            raise SittingError("This task is handed in and cannot be changed any more.")
        return msgspec.structs.replace(self._at(places.index(question_id)), from_review=True)

    def to_review(self) -> Sitting:
        """Go to the review page; possible when every question has been answered or skipped."""
        if self.is_locked:
            raise SittingError("The answers are closed once the own result has been shown.")
        if self.missing:
            raise SittingError("There are questions you have not seen yet.")
        if not self.has_handed_in_all:
            raise SittingError("A task has not been handed in yet.")
        return msgspec.structs.replace(self, stage="review", position=len(self.questions), from_review=False)

    def show_result(self) -> Sitting:
        """Close the answers and show the own result; there is no way back from here."""
        if self.stage not in {"review", "result"}:
            raise SittingError("The own result comes after the review page.")
        return msgspec.structs.replace(self, stage="result")

    def seal(self) -> Sitting:
        """Mark the answers as handed in."""
        return self._ended("sealed")

    def discard(self) -> Sitting:
        """Mark the answers as thrown away."""
        return self._ended("discarded")

    def _ended(self, stage: Stage) -> Sitting:
        if self.stage != "result":
            raise SittingError("Sealing or discarding comes after the own result.")
        return msgspec.structs.replace(self, stage=stage)

    def _asked(self) -> Question:
        question = self.current
        if question is None:
            raise SittingError("There is no question to answer now.")
        return question

    def _at(self, position: int) -> Sitting:
        return msgspec.structs.replace(self, stage="asking", position=position, from_review=False)

    def _is_handed_in(self, position: int) -> bool:
        return self.questions[position].task in self.handed_in

    def _moved_on(self, answers: dict[str, Answer]) -> Sitting:
        moved = msgspec.structs.replace(self, answers=answers)
        after = self.questions[self.position + 1 :][:1]
        if self.task and (not after or after[0].task != self.task):
            return msgspec.structs.replace(moved, stage="handing", from_review=False)
        return moved._passed()

    def _passed(self) -> Sitting:
        position = len(self.questions) if self.from_review else self.position + 1
        if position >= len(self.questions):
            return self.to_review() if not self.missing else self._at(_first_missing(self))
        return self._at(position)


def _first_missing(sitting: Sitting) -> int:
    return next(i for i, question in enumerate(sitting.questions) if question.id not in sitting.answers)
