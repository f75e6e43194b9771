"""What people tell about their work becomes arrays: figures worked by hand, no text inside."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.battery import FULL, STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.setup import PartChoice
from instruments.tasks.catalogue import shipped_task, shipped_tasks
from instruments.tasks.model import FAULT_KINDS, ReviewTask
from scoring.release import default_release_plan
from scoring.work import NO_ANSWER, NOT_GIVEN, friction_hours, work_kinds, work_of
from scoring.work_tables import WORK_KINDS
from tests.scoring.people import attribute

BATTERY = build_battery("standard", "en", (), STANDARD, shipped, tasks=shipped_tasks())
CANARY = "canary-7f3a"


def test_friction_budget_by_hand() -> None:
    """Five times a week 30 minutes are 2.5 hours a week, 10.87 a month; very tiresome: 35 % are lost."""
    assert friction_hours(5, 30, 4) == pytest.approx(2.5 * 365.25 / 84 * 0.35)
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
    assert work.lost[6][0] == pytest.approx((2.5 * 0.5 + 2 * 0.1) * 365.25 / 84)
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


def test_a_kind_of_fault_is_found_when_every_statement_with_it_was_flagged() -> None:
    """One half has one statement a kind; of both halves two, and one of them passed over is not found."""
    task = shipped_task("review", "a")
    assert isinstance(task, ReviewTask)
    kind = FAULT_KINDS[0]
    flags: dict[str, Answer] = {
        f"review-a/{one.id}": Marked(flagged=one.fault == kind, confidence=75) for one in task.half(1)
    }
    both: dict[str, Answer] = {
        f"review-a/{one.id}": Marked(flagged=True, confidence=75) for one in task.statements
    }
    passed = next(one.id for one in task.half(2) if one.fault == kind)
    both[f"review-a/{passed}"] = Skipped()
    work = work_of(BATTERY, [flags, both, {}], [("review-a-1",), ("review-a",), ("adapt-a",)])
    assert work.faults is not None
    assert work.faults.tolist() == [[1, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1], [NOT_GIVEN] * 6]


def test_ratings_of_the_load_go_by_their_label() -> None:
    full = build_battery("full", "en", (), FULL, shipped, tasks=shipped_tasks())
    given: dict[str, Answer] = {"nasa-rtlx/1": Rating(value=85), "nasa-rtlx/5": Skipped()}
    load = work_of(full, [given]).load
    assert len(load) == 6
    assert load["Mental demand"].tolist() == [85]
    assert np.isnan(load["Effort"]).all()
    assert work_of(BATTERY, [given]).load == {}


def test_no_text_is_carried_along() -> None:
    answers: dict[str, Answer] = {"summarise-a/text": Text(value=CANARY), "adapt-b/text": Text(value=CANARY)}
    work = work_of(BATTERY, [answers], [("summarise-a", "adapt-b")])
    assert CANARY not in repr(dataclasses.astuple(work))


def test_only_what_is_asked_is_planned() -> None:
    """The load with the full battery only; nothing about work for a battery of one scale."""
    assert work_kinds(BATTERY) == set(WORK_KINDS) - {"task-load"}
    full = build_battery("full", "en", (), FULL, shipped, tasks=shipped_tasks())
    assert work_kinds(full) == set(WORK_KINDS)
    one = build_battery("custom", "en", (), (PartChoice(instrument="edmondson-1999"),), shipped)
    assert work_kinds(one) == frozenset()
    plan = default_release_plan((attribute("department", (50, 50)),), ("safety",), work_kinds(one))
    assert not {table.kind for table in plan} & set(WORK_KINDS)
