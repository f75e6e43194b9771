"""Forms A and B match in all that can be counted, and the page that says so is up to date."""

from __future__ import annotations

import dataclasses

import pytest

from instruments.tasks.catalogue import shipped_forms, shipped_task
from instruments.tasks.forms import profile_of, why_not_parallel
from instruments.tasks.model import FORMS, Form, ReviewTask
from instruments.tasks.readability import Reading
from tests.instruments.tasks.forms_page import PAGE, with_table

TASKS = sorted({task for task, _ in shipped_forms()})


def test_both_forms_of_review_and_withhold_ship() -> None:
    assert {("review", "a"), ("review", "b"), ("withhold", "a"), ("withhold", "b")} <= set(shipped_forms())


@pytest.mark.parametrize("task", TASKS)
def test_forms_match_in_length_ease_faults_and_spread(task: str) -> None:
    a, b = profile_of(shipped_task(task, "a")), profile_of(shipped_task(task, "b"))
    assert why_not_parallel(a, b) == ()


def test_forms_that_differ_are_told_how() -> None:
    """Each kind of difference is named, so the test above can fail."""
    profile = profile_of(shipped_task("review", "a"))
    longer = Reading(profile.source.words * 2, profile.source.sentences, profile.source.syllables * 2)
    changed = dataclasses.replace(profile, source=longer, faults=profile.faults[:-1], spread=(4, 2, 3, 3))
    found = why_not_parallel(profile, changed)
    assert [line.partition(":")[0] for line in found] == [
        "source",
        "source",
        "the numbers or kinds of faults differ",
        "the faults are spread differently",
    ]


@pytest.mark.parametrize("form", ["a", "b"])
def test_a_review_source_has_300_to_450_words(form: Form) -> None:
    assert 300 <= profile_of(shipped_task("review", form)).source.words <= 450


@pytest.mark.parametrize("form", ["a", "b"])
def test_faults_stand_evenly_and_in_no_order_that_both_forms_share(form: Form) -> None:
    """Three of every six statements are flawed, and at most three in a row are of one sort."""
    task = shipped_task("review", form)
    assert isinstance(task, ReviewTask)
    assert profile_of(task).spread == (3, 3, 3, 3)
    for half in (1, 2):
        order = "".join("x" if one.fault else "." for one in task.half(half))
        assert "xxxx" not in order
        assert "...." not in order


def test_the_two_forms_order_their_faults_differently() -> None:
    orders = set()
    for form in FORMS[:2]:
        task = shipped_task("review", form)
        assert isinstance(task, ReviewTask)
        orders |= {tuple(bool(one.fault) for one in task.half(half)) for half in (1, 2)}
    assert len(orders) == 4


@pytest.mark.parametrize("form", ["a", "b"])
def test_the_length_of_a_statement_does_not_give_faults_away(form: Form) -> None:
    """Flawed statements have at most 20 % more or fewer words than sound ones."""
    task = shipped_task("review", form)
    assert isinstance(task, ReviewTask)
    words = {True: 0, False: 0}
    for one in task.statements:
        words[one.fault is not None] += len(one.text["en"].split())
    assert 0.8 <= words[True] / words[False] <= 1.2


def test_the_page_on_forms_shows_the_forms_that_ship() -> None:
    """Write it anew with python -m tests.instruments.tasks.forms_page."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page)
    assert "Equivalence is not claimed until 100 real people have taken each" in page
