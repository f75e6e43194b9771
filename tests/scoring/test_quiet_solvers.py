"""Standard output is data: the solvers that choose what is hidden must not print on it."""

from __future__ import annotations

from typing import Any

import pytest
from scipy.optimize import milp

from scoring import suppression_reach
from scoring.published import Floats
from tests.scoring.systems import hide
from tests.scoring.test_suppression import random_tables

SEEDS = (4, 9, 10, 14, 21, 23, 28, 31)
"""Of tables for which whole numbers have to be looked for."""


def test_choosing_what_to_hide_prints_nothing_and_leaves_presolve_out(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """HiGHS writes to the file descriptor itself, now and then, while it mends a presolved whole number."""
    told: list[dict[str, Any]] = []

    def noted(aim: Floats, **given: Any) -> Any:
        told.append(given["options"])
        return milp(aim, **given)

    monkeypatch.setattr(suppression_reach, "milp", noted)
    for seed in SEEDS:
        hide(random_tables(seed), 5, seed)
    assert capfd.readouterr().out == ""
    assert told
    assert all(options["presolve"] is False for options in told)
