"""Nobody else's answers enter a person's numbers: not by a single bit, whoever joins, leaves or scribbles."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.blocks import Floats
from scoring.pipeline import score
from tests.scoring.made import crowd, pipeline_of, standard_like

BATTERY = standard_like()
PIPELINE = pipeline_of(BATTERY)
COLUMNS = PIPELINE.named_steps["scales"].columns_
MOST = 150


def numbers_of(answers: Floats, careless: Floats) -> Floats:
    """Return (people, 4 + 3 + 14): probabilities, hours by quantile, posterior."""
    scored = score(PIPELINE, answers, careless)
    hours = PIPELINE.predict_hours(answers, (0.05, 0.5, 0.95), careless)
    cov = scored.need_cov.reshape(len(answers), 16)
    return np.hstack([scored.tier_probabilities, hours, scored.need_mean, cov])


def scribbled(people: int, rng: np.random.Generator) -> Floats:
    """Return nonsense within the bounds: all lowest, all highest, nothing, or one lone answer."""
    lowest = np.array([column.minimum for column in COLUMNS])
    highest = np.array([column.maximum for column in COLUMNS])
    kinds = np.stack(
        [lowest, highest, np.full(len(COLUMNS), np.nan), np.where(np.arange(30) == 3, 1, np.nan)]
    )
    return np.asarray(kinds[rng.integers(0, 4, people)])


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    person=st.integers(0, 99),
    joining=st.integers(0, MOST),
    nonsense=st.integers(0, 99),
    gaps=st.sampled_from([0.0, 0.1, 0.6]),
)
def test_colleagues_who_join_leave_or_scribble_move_no_bit(
    seed: int, person: int, joining: int, nonsense: int, gaps: float
) -> None:
    """All numbers of one person among 100 stay the same bytes.

    That is when others join before and after, when everybody else leaves (n = 1), when rows are shuffled,
    when others answer nonsense, and whatever the others' own probabilities of carelessness are.
    """
    rng = np.random.default_rng(seed)
    answers, careless = crowd(BATTERY, 100, seed, gaps), rng.choice([0.0, 0.3, 1.0, np.nan], 100)
    own = numbers_of(answers, careless)[person].tobytes()
    alone = slice(person, person + 1)
    assert numbers_of(answers[alone], careless[alone])[0].tobytes() == own

    others, doubts = crowd(BATTERY, joining, seed + 1, 0.1), rng.random(joining)
    more = np.vstack([others, answers, others]), np.concatenate([doubts, careless, doubts])
    assert numbers_of(*more)[joining + person].tobytes() == own

    order = rng.permutation(100)
    shuffled = numbers_of(answers[order], careless[order])
    assert shuffled[int(np.flatnonzero(order == person)[0])].tobytes() == own

    spoilt, who = answers.copy(), np.delete(np.arange(100), person)[:nonsense]
    spoilt[who] = scribbled(len(who), rng)
    anything = rng.random(100)
    anything[person] = careless[person]
    assert numbers_of(spoilt, anything)[person].tobytes() == own


def test_whoever_hands_in_hours_moves_nobody_else_before_fitting_again() -> None:
    """Fitting learns weights for all; scoring more people afterwards learns nothing."""
    answers = crowd(BATTERY, 50, seed=1)
    before = PIPELINE.predict_proba(answers)
    PIPELINE.predict_hours(crowd(BATTERY, 300, seed=2))
    np.testing.assert_array_equal(PIPELINE.predict_proba(answers), before)
