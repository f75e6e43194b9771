"""Which tasks a person gets, drawn by lot on the respondent's side, and what a draw may look like."""

from __future__ import annotations

import random
from collections.abc import Mapping

from instruments.answers import Answer
from instruments.errors import BadInput
from instruments.records import Battery
from instruments.tasks.asking import name_of
from instruments.tasks.model import ReviewTask


def draw(battery: Battery, chance: random.Random) -> tuple[str, ...]:
    """Return the names of `battery.task_count` tasks, each in one form, in the order of the lot.

    Where not all tasks are drawn, a `review` is one of its two halves.
    """
    kinds = sorted({task.id for task in battery.tasks})
    is_all = battery.task_count >= len(kinds)
    names = []
    for kind in chance.sample(kinds, min(battery.task_count, len(kinds))):
        task = chance.choice([task for task in battery.tasks if task.id == kind])
        half = chance.choice((1, 2)) if isinstance(task, ReviewTask) and not is_all else 0
        names.append(name_of(task, half))
    return tuple(names)


def why_not_drawn(battery: Battery, drawn: tuple[str, ...]) -> str:
    """Return why `drawn` cannot be a draw of `battery`; empty when it can."""
    try:
        kinds = [battery.drawn(name).task.id for name in drawn]
    except BadInput:
        return "a task that does not belong to the study"
    return "the same task twice" if len(set(kinds)) < len(kinds) else ""


def answers_of(battery: Battery, name: str, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers to one drawn task by the item's id, as the marking functions take them."""
    head = f"{battery.drawn(name).prefix}/"
    return {key.removeprefix(head): answer for key, answer in answers.items() if key.startswith(head)}


def mean_task_minutes(battery: Battery) -> float:
    """Return the minutes that the guides add up to, on average over all draws."""
    kinds = {task.id for task in battery.tasks}
    if not kinds:
        return 0.0
    half = 0 if battery.task_count >= len(kinds) else 1
    names = [name_of(task, half if isinstance(task, ReviewTask) else 0) for task in battery.tasks]
    guides = [battery.drawn(name).minutes for name in names]
    return battery.task_count * sum(guides) / len(guides)
