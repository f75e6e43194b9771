"""Reads task files as strictly as instruments: every fault is listed with file, line and key."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from instruments.catalogue import read_checked
from instruments.checking import Misfits, check_shape
from instruments.errors import BadInput
from instruments.locate import tokens_of
from instruments.tasks.asking import Task, name_of
from instruments.tasks.model import FORMS, Form, ReviewTask, WithholdTask
from instruments.tasks.review_rules import check_review
from instruments.tasks.rules import check_head
from instruments.tasks.withhold_rules import check_withhold
from instruments.tasks.writing import AdaptTask, SummariseTask
from instruments.tasks.writing_rules import check_adapt, check_summarise
from instruments.texts import shorten

_KINDS: dict[str, tuple[type[Task], Callable[[dict[str, Any], Misfits], None]]] = {
    "review": (ReviewTask, check_review),
    "summarise": (SummariseTask, check_summarise),
    "adapt": (AdaptTask, check_adapt),
    "withhold": (WithholdTask, check_withhold),
}


def load_task(data: bytes, source: str) -> Task:
    """Return the task in the TOML file `data`, called `source` in every fault.

    Raises BadInput whose `faults` name file, line, key, what was found and what was expected.
    """
    raw = read_checked(data, source, _check)
    kind, _ = _KINDS[raw["task"]]
    return msgspec.convert(raw, kind, strict=True)


def is_task_file(data: bytes) -> bool:
    """Return whether the TOML file `data` has a key ``task`` at the top, before its first table."""
    depth, is_start = 0, True
    for sign, _ in tokens_of(data.decode("utf-8", "replace")):
        if is_start and depth == 0 and sign in {"[", "task", '"task"', "'task'"}:
            return sign != "["
        depth += (sign in {"[", "{"}) - (sign in {"]", "}"})
        is_start = sign == "\n"
    return False


def read_own_task(data: bytes, stem: str) -> Task:
    """Return the task of a study's own in the file ``stem.toml``.

    Raises BadInput as `load_task` does, also where the file is not named after its task and form.
    """
    task = load_task(data, f"{stem}.toml")
    if name_of(task) != stem:
        raise BadInput(
            f"{stem}.toml: defines the task {task.id!r}, form {task.form!r}.",
            f"Name the file {name_of(task)}.toml.",
        )
    return task


@cache
def shipped_task(task: str, form: Form) -> Task:
    """Return the form of the task that ships; BadInput when there is none."""
    if (task, form) not in shipped_forms():
        known = ", ".join(f"{name} {letter}" for name, letter in shipped_forms())
        raise BadInput(
            f"Task: found {shorten(task)} form {shorten(form)}; expected one of {known}.",
            "Put a task of your own into the study's folder of definitions.",
        )
    name = f"{task}-{form}.toml"
    return load_task(resources.files("instruments").joinpath("data", "tasks", name).read_bytes(), name)


@cache
def shipped_forms() -> tuple[tuple[str, Form], ...]:
    """Return task and form of every task file that ships, sorted."""
    entries = resources.files("instruments").joinpath("data", "tasks").iterdir()
    names = {entry.name for entry in entries}
    return tuple((task, form) for task in sorted(_KINDS) for form in FORMS if f"{task}-{form}.toml" in names)


@cache
def shipped_tasks() -> tuple[Task, ...]:
    """Return every form of every task that ships, sorted by task and form."""
    return tuple(shipped_task(task, form) for task, form in shipped_forms())


def _check(raw: dict[str, Any], misfits: Misfits) -> None:
    task = raw.get("task")
    if not isinstance(task, str) or task not in _KINDS:
        found = shorten(task) if "task" in raw else "nothing"
        misfits.add(("task",), found, "one of " + ", ".join(repr(name) for name in _KINDS))
        return
    kind, check_rules = _KINDS[task]
    check_shape({key: value for key, value in raw.items() if key != "task"}, kind, (), misfits)
    check_head(raw, misfits)
    check_rules(raw, misfits)
