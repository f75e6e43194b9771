"""Which tasks a person gets, drawn by lot on the respondent's side, and what a draw may look like."""

from __future__ import annotations

import random
from collections.abc import Mapping

from instruments.answers import Answer
from instruments.errors import BadInput
from instruments.questions import Battery
from instruments.tasks.asking import Task, name_of
from instruments.tasks.model import ReviewTask


def draw(battery: Battery, chance: random.Random, earlier: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names of `battery.task_count` tasks, each in one form, in the order of the lot.

    Where not all tasks are drawn, a `review` is one of its two halves. `earlier` names the draws of earlier
    waves, the oldest first: a task comes in a form that the person has not had, as long as there is one.
    """
    kinds = sorted({task.id for task in battery.tasks})
    count = min(battery.task_count, len(kinds))
    return _named(battery, chance.sample(kinds, count), chance, earlier)


def draw_others(
    battery: Battery, drawn: tuple[str, ...], chance: random.Random, earlier: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the names of the tasks that were not `drawn`, in the order of the lot: for who has more time."""
    given = {battery.drawn(name).task.id for name in drawn}
    others = sorted({task.id for task in battery.tasks} - given)
    return _named(battery, chance.sample(others, len(others)), chance, earlier)


def _named(
    battery: Battery, kinds: list[str], chance: random.Random, earlier: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the names of draws of `kinds`, each in a form by lot; halves where not all tasks are drawn."""
    is_all = battery.task_count >= len({task.id for task in battery.tasks})
    names = []
    for kind in kinds:
        task = chance.choice(_open_forms([task for task in battery.tasks if task.id == kind], earlier))
        half = chance.choice((1, 2)) if isinstance(task, ReviewTask) and not is_all else 0
        names.append(name_of(task, half))
    return tuple(names)


def _open_forms(forms: list[Task], earlier: tuple[str, ...]) -> list[Task]:
    """Return those of `forms` that were had least often, and of these not the last one had."""
    had = [place for name in earlier for place, task in enumerate(forms) if _is_form(name, task)]
    least = min(had.count(place) for place in range(len(forms)))
    rarest = [place for place in range(len(forms)) if had.count(place) == least]
    fresh = [place for place in rarest if place not in had[-1:]] or rarest
    return [forms[place] for place in fresh]


def _is_form(name: str, task: Task) -> bool:
    """Return whether `name` stands for `task`, whole or half; names of other studies stand for none."""
    return name in {name_of(task, half) for half in (0, 1, 2)}


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
