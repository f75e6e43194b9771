"""Answers of a list counted over everybody: no small answer stands alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from instruments.setup import Thresholds
from scoring.shares import REST, share_rows

LIMITS = Thresholds()
LABELS = {code: f"answer {code}" for code in range(1, 7)}


def codes(**people: int) -> np.ndarray:
    """Return codes: a1=20 means twenty people with code 1, a0 people without an answer."""
    return np.concatenate([np.full(n, int(name[1:]) or -1) for name, n in people.items()])


def told(given_codes: np.ndarray, beside: tuple[int, ...] = ()) -> dict[str, int]:
    return {row.label: row.people for row in share_rows(given_codes, LABELS, LIMITS, beside)}


def test_small_answers_and_no_answers_are_put_together() -> None:
    assert told(codes(a1=30, a2=20, a3=6, a4=3, a0=2)) == {"answer 1": 30, "answer 2": 20, REST: 11}


def test_a_small_rest_takes_the_smallest_answer_with_it() -> None:
    assert told(codes(a1=30, a2=20, a3=4)) == {"answer 1": 30, REST: 24}


def test_nothing_is_told_when_nearly_all_answered_the_same() -> None:
    assert told(codes(a1=90, a2=10)) == {}
    assert told(codes(a1=89, a2=11)) == {"answer 1": 89, "answer 2": 11}
    assert told(codes(a1=9, a2=9, a3=9)) == {}


def test_an_answer_next_to_a_count_told_elsewhere_goes_to_the_rest() -> None:
    """40 used none, 36 never tried: the four between would be told by subtraction."""
    answers = codes(a1=36, a2=40, a3=24)
    assert "answer 1" not in told(answers, (40, 60))
    assert told(answers, (36, 64))["answer 1"] == 36


@given(st.integers(0, 10_000), st.integers(0, 200))
def test_every_row_has_ten_people_and_all_rows_are_everybody(seed: int, people: int) -> None:
    rng = np.random.default_rng(seed)
    chosen = rng.choice([-1, 1, 2, 3, 4, 5, 6], people, p=rng.dirichlet(np.full(7, 0.7)))
    rows = share_rows(chosen, LABELS, LIMITS)
    assert not rows or sum(row.people for row in rows) == people
    for row in rows:
        assert 10 <= row.people < 0.9 * people
        if row.label != REST:
            assert row.people == (chosen == int(row.label.split()[1])).sum()
