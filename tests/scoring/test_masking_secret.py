"""The random numbers behind the choice of what is hidden."""

from __future__ import annotations

import numpy as np

from scoring.masking import secret_of
from tests.scoring.people import scored_people


def test_needs_that_round_to_nothing_make_the_same_release_in_any_order() -> None:
    """A need just below and one just above the average are both told as 0, whoever comes first."""
    needs = np.zeros((40, 4))
    needs[::2] = -1e-9
    forth, back = (secret_of(scored_people(one)).random(5) for one in (needs, needs[::-1].copy()))
    assert forth.tolist() == back.tolist()
    rest = np.full((40, 4), 0.1)
    assert secret_of(scored_people(rest)).random(5).tolist() != forth.tolist()
