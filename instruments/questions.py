"""What a battery asks: parts, their wording, and questions as a sitting shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from instruments.model import Format, Instrument, Item, Record
from instruments.tasks.asking import Drawn, Task, asked_in, drawn_task


class Wording(Record, frozen=True):
    """Verdict on the wording that is shown, in parts."""

    status: Literal["published", "adapted", "own"]
    sha256: str
    items_published: int = 0
    items: int = 0
    anchors: Literal["as published", "recalled", "ours"] = "ours"
    instruction: Literal["as published", "ours"] = "ours"

    def __str__(self) -> str:
        if self.status == "own":
            return "our own questions"
        anchors = {"as published": "as published", "recalled": "as recalled", "ours": "ours"}[self.anchors]
        items = f"items {self.items_published} of {self.items} as published"
        return f"{self.status} wording: {items}; anchors {anchors}; instruction {self.instruction}"


class Part(Record, frozen=True):
    """One section of a battery: an instrument with the wording that is shown, cut to the scales in use."""

    instrument: Instrument
    wording: Wording


class Question(Record, frozen=True):
    """One item as the sitting shows it. `id` is unique in the battery: ``instrument/item``.

    A question of a practical task knows the task by the name of its draw and the seconds it usually
    takes, and belongs to no part (-1).
    """

    id: str
    part: int
    item: Item
    format: Format
    task: str = ""
    seconds: float = 0.0


AFTER_TASKS = ("nasa-rtlx",)
"""Instruments that ask about the tasks, so that they come after them."""


class Battery(Record, frozen=True):
    """The ordered parts of a study with the wording in use, frozen when the study opens.

    A study's attributes (department, site) are the first part, an own-question part called ``attributes``.
    `tasks` holds every form that can be drawn; `task_count` of the tasks are drawn for each person.
    """

    name: Literal["standard", "full", "custom"]
    language: str
    parts: tuple[Part, ...]
    tasks: tuple[Task, ...] = ()
    task_count: int = 0
    schema: int = 1

    def questions(self, drawn: tuple[str, ...] = ()) -> tuple[Question, ...]:
        """Return every question in the order of asking, with those of the tasks that were `drawn`.

        Raises BadInput when a name stands for no task of this battery.
        """
        after = [part.instrument.id in AFTER_TASKS for part in self.parts]
        first = (one for number, is_after in enumerate(after) if not is_after for one in self._part(number))
        last = (one for number, is_after in enumerate(after) if is_after for one in self._part(number))
        tasks = (one for name in drawn for one in _task_questions(self.drawn(name)))
        return (*first, *tasks, *last)

    def drawn(self, name: str) -> Drawn:
        """Return the task that was drawn under `name`; BadInput when there is none."""
        return drawn_task(self.tasks, name)

    def _part(self, number: int) -> Iterator[Question]:
        instrument = self.parts[number].instrument
        for item in instrument.items:
            name = f"{instrument.id}/{item.id}"
            yield Question(id=name, part=number, item=item, format=instrument.format_of(item))


def _task_questions(drawn: Drawn) -> Iterator[Question]:
    for one in asked_in(drawn):
        yield Question(
            id=one.id, part=-1, item=one.item, format=one.format, task=drawn.name, seconds=one.seconds
        )
