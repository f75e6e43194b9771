"""What people tell about their work becomes arrays: figures worked by hand, no text inside."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.records import PartChoice
from instruments.tasks.catalogue import shipped_task, shipped_tasks
from instruments.tasks.model import ReviewTask
from scoring.release import default_release_plan
from scoring.work import NO_ANSWER, friction_hours, work_kinds, work_of
from scoring.work_tables import WORK_KINDS
from tests.scoring.people import attribute

BATTERY = build_battery("standard", "en", (), STANDARD, shipped, tasks=shipped_tasks())
CANARY = "canary-7f3a"


def test_friction_budget_by_hand() -> None:
    """Five times a week 30 minutes are 2.5 hours a week, 10.83 a month; very tiresome: 35 % are lost."""
    assert friction_hours(5, 30, 4) == pytest.approx(2.5 * 52 / 12 * 0.35)
    assert friction_hours(5, 30, 1) == 0.0


def test_answers_become_codes_days_hours_and_budgets() -> None:
    first: dict[str, Answer] = {
        "tool-use/days": Rating(value=3),
        "tool-use/stopped": Choice(code=4),
        "help/given": Rows(rows=((1.0, 2.0), (1.0, 0.5), (3.0, 4.0))),
        "help/wanted": Rows(rows=((5.0, 1.5),)),
        "workflow/tasks": Rows(rows=((6.0, 10.0, 15.0, 5.0, 2.0, 1.0), (6.0, 2.0, 60.0, 2.0, 3.0, 1.0))),
    }
    work = work_of(BATTERY, [first, {"tool-use/days": Skipped()}])
    assert work.days is not None
    assert work.days[0] == 3
    assert np.isnan(work.days[1])
    assert work.choices["tool-use/stopped"].tolist() == [4, NO_ANSWER]
    assert work.help["help/given"].tolist() == [[2.5, 0, 4, 0, 0], [0] * 5]
    assert work.help["help/wanted"].sum(axis=1).tolist() == [1.5, 0]
    assert work.lost[6][0] == pytest.approx((2.5 * 0.5 + 2 * 0.1) * 52 / 12)
    assert work.lost[6][1] == 0
    assert work.suffers[6].tolist() == [3, NO_ANSWER]
    assert work.labels["workflow"][6] == "Data: lists and tables"
    assert work.reviewing is None


def test_statements_of_review_are_counted_over_the_half_that_was_given() -> None:
    """Everything flagged: all flawed ones are hits, all sound ones false alarms."""
    task = shipped_task("review", "b")
    assert isinstance(task, ReviewTask)
    answers: dict[str, Answer] = {
        f"review-b/{one.id}": Marked(flagged=True, confidence=75) for one in task.half(2)
    }
    work = work_of(BATTERY, [answers, {}], [("review-b-2",), ("adapt-a",)])
    assert work.reviewing is not None
    assert work.reviewing.tolist() == [[6, 6, 6, 6], [0, 0, 0, 0]]


def test_no_text_is_carried_along() -> None:
    answers: dict[str, Answer] = {"summarise-a/text": Text(value=CANARY), "adapt-b/text": Text(value=CANARY)}
    work = work_of(BATTERY, [answers], [("summarise-a", "adapt-b")])
    assert CANARY not in repr(dataclasses.astuple(work))


def test_only_what_is_asked_is_planned() -> None:
    """All kinds with the standard battery; nothing about work for a battery of one scale."""
    assert work_kinds(BATTERY) == set(WORK_KINDS)
    one = build_battery("custom", "en", (), (PartChoice(instrument="edmondson-1999"),), shipped)
    assert work_kinds(one) == frozenset()
    plan = default_release_plan((attribute("department", (50, 50)),), ("safety",), work_kinds(one))
    assert not {table.kind for table in plan} & set(WORK_KINDS)
