"""One respondent's way through the battery: a pure state machine without clock, file or screen."""

from __future__ import annotations

from typing import Literal

import msgspec

from instruments.answers import Answer, Skipped, why_not
from instruments.errors import CareloadError
from instruments.model import Record
from instruments.pacing import PaceCounts
from instruments.questions import Battery, Question

Stage = Literal["asking", "handing", "offering", "review", "result", "sealed", "discarded"]


class SittingError(CareloadError):
    """The step is not possible at this stage of the sitting."""


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
    more: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    consent_sha256: str = ""
    """Hash of the consent page that was agreed to."""
    schema: int = 1


class Sitting(msgspec.Struct, frozen=True):
    """The state of a sitting; every step returns a new one.

    `position` is an index into `questions`, or their number when the last one has been passed. At the
    stage of handing in it is the last question of the task that waits for a yes, and it stays there while
    more tasks are offered.
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
    more: tuple[str, ...] = ()
    """Names of the tasks that are offered, once, after the last of the drawn ones; empty from then on."""
    added: tuple[str, ...] = ()
    """Those of `drawn` that the person took on top; until they are handed in they can be left out again."""

    @classmethod
    def begin(cls, battery: Battery, drawn: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> Sitting:
        """Start at the first question of `battery`, with the tasks that were `drawn` and `more` to offer."""
        return cls(questions=battery.questions(drawn), drawn=drawn, more=more if drawn else ())

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
            record.more,
            record.added,
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
    def has_finished_tasks(self) -> bool:
        """Whether the last task is behind the person: all handed in, and no more offered."""
        return self.has_handed_in_all and not self.more

    @property
    def can_leave_out(self) -> bool:
        """Whether the task that is asked, or waits to be handed in, was added by choice."""
        return self.task in self.added

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
        before = self.position - (self.stage not in {"handing", "offering"})
        if before < 0 or self._is_handed_in(before):
            return self
        return self._at(before)

    def hand_in(self) -> Sitting:
        """Lock the task that was just finished and move on, or to the offer of more tasks after the last."""
        if self.stage != "handing":
            raise SittingError("There is no finished task to hand in.")
        locked = msgspec.structs.replace(self, handed_in=(*self.handed_in, self.task))
        if locked.more and locked.has_handed_in_all:
            return msgspec.structs.replace(locked, stage="offering")
        return locked._passed()

    def take_more(self, battery: Battery, count: int) -> Sitting:
        """Add the first `count` of the offered tasks, by the lot, and go to the first of them."""
        added = self._offered()[:count]
        if not 0 < count <= len(self.more):
            raise SittingError("So many more tasks are not offered.")
        drawn = (*self.drawn, *added)
        questions = battery.questions(drawn)
        first = next(i for i, question in enumerate(questions) if question.task == added[0])
        taken = msgspec.structs.replace(self, questions=questions, drawn=drawn, more=(), added=added)
        return taken._at(first)

    def decline_more(self) -> Sitting:
        """Go on without more tasks."""
        self._offered()
        return msgspec.structs.replace(self, more=())._passed()

    def leave_out(self) -> Sitting:
        """Take the added task out again, with all that was answered in it, and move on."""
        name = self.task
        if not self.can_leave_out:
            raise SittingError("Only a task that you added can be left out.")
        kept = tuple(question for question in self.questions if question.task != name)
        gone = {question.id for question in self.questions} - {question.id for question in kept}
        before = sum(question.task != name for question in self.questions[: self.position])
        return msgspec.structs.replace(
            self,
            questions=kept,
            answers={key: answer for key, answer in self.answers.items() if key not in gone},
            position=before - 1,
            drawn=tuple(one for one in self.drawn if one != name),
            added=tuple(one for one in self.added if one != name),
        )._passed()

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
        if self.more:
            raise SittingError("More tasks are offered: please say first whether you would like them.")
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

    def _offered(self) -> tuple[str, ...]:
        if self.stage != "offering":
            raise SittingError("More tasks are offered after the last of those drawn.")
        return self.more

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
