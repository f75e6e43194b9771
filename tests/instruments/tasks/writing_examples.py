"""Shipped forms of the two writing tasks, and the answers of known quality with their read marks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from instruments.tasks.adapt import mark_prompt
from instruments.tasks.catalogue import shipped_task
from instruments.tasks.marks import Mark
from instruments.tasks.model import Form
from instruments.tasks.summarise import mark_summary
from instruments.tasks.writing import AdaptTask, SummariseTask

DATA = Path(__file__).parents[2] / "data" / "tasks"
FORMS: tuple[tuple[str, Form], ...] = (
    ("summarise", "a"),
    ("summarise", "b"),
    ("adapt", "a"),
    ("adapt", "b"),
)


@dataclass(frozen=True)
class Example:
    """One made-up answer with the two marks it was given by reading."""

    task: str
    form: Form
    number: int
    style: str
    text: str
    reads: tuple[int, int]

    @property
    def is_kept_aside(self) -> bool:
        """Even ids are kept aside, as tests/data/tasks/README.md says."""
        return self.number % 2 == 0


def summarise(form: Form) -> SummariseTask:
    task = shipped_task("summarise", form)
    assert isinstance(task, SummariseTask)
    return task


def adapt(form: Form) -> AdaptTask:
    task = shipped_task("adapt", form)
    assert isinstance(task, AdaptTask)
    return task


def mark(task: str, form: Form, text: str) -> Mark:
    return mark_summary(summarise(form), text) if task == "summarise" else mark_prompt(adapt(form), text)


def values(found: Mark) -> dict[str, float]:
    """The parts of a mark by the last word of their name, length left out."""
    return {part.name.split()[-1]: part.value or 0.0 for part in found.parts if part.name != "words"}


@cache
def examples() -> tuple[Example, ...]:
    reads = tomllib.loads((DATA / "reads.toml").read_text(encoding="utf-8"))
    return tuple(
        Example(
            task,
            form,
            answer["id"],
            answer["style"],
            answer["text"],
            (reads[f"{task}-{form}"]["first"][place], reads[f"{task}-{form}"]["second"][place]),
        )
        for task, form in FORMS
        for place, answer in enumerate(
            tomllib.loads((DATA / f"{task}-{form}.toml").read_text(encoding="utf-8"))["answers"]
        )
    )


def example(task: str, form: Form, number: int) -> str:
    """The text of one answer of the development half."""
    assert number % 2
    return next(
        one.text for one in examples() if (one.task, one.form, one.number) == (task, form, number)
    ).strip()
