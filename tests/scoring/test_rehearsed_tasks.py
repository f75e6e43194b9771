"""Made-up people at the tasks: answers fit, repeat, and get better with capability."""

from __future__ import annotations

import random

import numpy as np
import pytest

from instruments.answers import Rows, why_not
from instruments.battery import FULL, build_battery
from instruments.catalogue import shipped
from instruments.model import NEEDS
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.lots import draw
from instruments.tasks.marking import marks_of
from instruments.tasks.model import TASK_IDS
from scoring.rehearsal import TasksGiven, simulate, simulate_with_truth
from scoring.rehearsed_tasks import AI_USE

BATTERY = build_battery("full", "en", (), FULL, shipped, tasks=shipped_tasks())


def given(people: int, seed: int = 1) -> TasksGiven:
    chance = random.Random(seed)
    return TasksGiven([draw(BATTERY, chance) for _ in range(people)], AI_USE)


def test_every_question_of_the_drawn_tasks_has_an_answer_that_fits() -> None:
    tasks = given(30)
    for names, person in zip(tasks.drawn, simulate(BATTERY, (), 30, 2, tasks), strict=True):
        asked = BATTERY.questions(names)
        assert set(person) == {question.id for question in asked}
        assert not [q.id for q in asked if why_not(person[q.id], q.format)]


def test_the_same_seed_gives_the_same_tasks_and_leaves_the_questionnaire_as_it_is() -> None:
    tasks = given(20)
    one = simulate(BATTERY, (), 20, 3, tasks)
    assert one == simulate(BATTERY, (), 20, 3, tasks)
    for person, plain in zip(one, simulate(BATTERY, (), 20, 3), strict=True):
        assert {name: person[name] for name in plain} == plain


@pytest.mark.parametrize("task", TASK_IDS)
def test_the_more_capable_get_the_better_marks(task: str) -> None:
    tasks = given(160)
    answers, truth = simulate_with_truth(BATTERY, (), 160, 4, tasks)
    told = [
        (mark.points, truth.needs[row, NEEDS.index("capability")])
        for row, (names, person) in enumerate(zip(tasks.drawn, answers, strict=True))
        for mark in marks_of(BATTERY, names, person, AI_USE)
        if mark.task == task and mark.points is not None
    ]
    points, level = np.array(told, dtype=float).T
    assert len(points) == 160
    assert np.corrcoef(points, level)[0, 1] > 0.35
    assert points.std() > 0.4


def test_recurring_tasks_are_told_by_most_and_fit_their_columns() -> None:
    people = simulate(BATTERY, (), 80, 5)
    rows = [answer.rows for person in people if isinstance(answer := person["workflow/tasks"], Rows)]
    assert np.mean([len(one) > 0 for one in rows]) > 0.5
    assert max(len(one) for one in rows) == 3
