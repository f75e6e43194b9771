"""The development check of the automatic marks: how it is counted, and that the page tells its numbers."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from tests.instruments.tasks.agreement import PAGE, agreement_of, half, kappa_of, whole, with_table
from tests.instruments.tasks.writing_examples import FORMS, examples


def test_every_form_has_at_least_24_answers_of_every_quality() -> None:
    for task, form in FORMS:
        chosen = [one for one in examples() if (one.task, one.form) == (task, form)]
        assert len(chosen) >= 24
        assert {one.reads[0] for one in chosen} == set(range(5))


def test_both_halves_are_of_one_size_and_hold_every_quality() -> None:
    aside, development = half(kept_aside=True), half(kept_aside=False)
    assert len(aside) == len(development) == len(examples()) / 2
    assert {one.number % 2 for one in aside} == {0}
    for chosen in (aside, development):
        assert {mark for one in chosen for mark in one.reads} == set(range(5))


def test_the_page_tells_how_the_halves_differ() -> None:
    means = [
        sum(sum(one.reads) for one in half(kept_aside=kept)) / 2 / len(half(kept_aside=kept))
        for kept in (True, False)
    ]
    told = f"is {means[0]:.1f} in the half kept aside and {means[1]:.1f} in the other"
    assert told in PAGE.read_text(encoding="utf-8")


def test_kappa_is_the_one_of_scikit_learn() -> None:
    chance = random.Random(7)
    pairs = [(chance.randrange(5), chance.randrange(5)) for _ in range(200)]
    expected = cohen_kappa_score([a for a, _ in pairs], [b for _, b in pairs], weights="quadratic")
    assert kappa_of(pairs) == pytest.approx(expected, abs=1e-12)
    assert kappa_of([(a, a) for a, _ in pairs]) == 1.0


def test_halves_of_points_are_rounded_up() -> None:
    assert [whole(points) for points in (0.0, 0.4, 0.5, 2.5, 3.2, 4.0)] == [0, 0, 1, 3, 3, 4]


def test_marks_agree_better_than_chance_on_the_half_kept_aside() -> None:
    """The whole interval lies above 0; how high, the page says."""
    found = agreement_of(half(kept_aside=True))
    assert 0 < found.low <= found.kappa <= found.high <= 1


def test_the_page_on_marking_tells_the_numbers_of_today() -> None:
    """Write it anew with python -m tests.instruments.tasks.agreement."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page)
    assert "only a development check" in page
