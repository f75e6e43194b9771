"""The printed arithmetic is the arithmetic."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.answers import Answer, Choice, Skipped
from scoring.explain import explain
from scoring.pipeline import score_answers
from tests.scoring.made import battery_of, instrument, pipeline_of

SAFE = instrument("safe", 7, 7, "safety", (1, 3, 5))


def answers(*codes: int | None) -> dict[str, Answer]:
    return {str(i): Skipped() if code is None else Choice(code=code) for i, code in enumerate(codes, start=1)}


def test_every_step_of_a_full_score_is_printed() -> None:
    """2 4 3 5 1 6 7 with 1, 3, 5 reversed: 6 4 5 5 7 6 7 = 40, 40/7 = 5.71; SD .2 x 6 = 1.2, alpha .65."""
    assert explain(SAFE, "all", answers(2, 4, 3, 5, 1, 6, 7)) == (
        "safe, all: mean of the answered items.",
        "  1: 2, reversed 8 - 2 = 6",
        "  2: 4",
        "  3: 3, reversed 8 - 3 = 5",
        "  4: 5",
        "  5: 1, reversed 8 - 1 = 7",
        "  6: 6",
        "  7: 7",
        "Sum: 6 + 4 + 5 + 5 + 7 + 6 + 7 = 40",
        "Missing answers: at least 6 of 7 items must be answered; 7 are",
        "Score: 40 / 7 = 5.71 on 1 to 7",
        "Standard error: SD x sqrt(1 - reliability) = 1.20 x sqrt(1 - 0.65) = 0.71 (reference: assumed)",
        "90 % interval: 4.55 to 6.88",
    )


def test_too_few_answers_say_so_and_stop() -> None:
    lines = explain(SAFE, "all", answers(None, 4, None, 5, 1, 6, 7))
    assert lines[-1] == (
        "Missing answers: at least 6 of 7 items must be answered; 5 are, so no score is reported"
    )
    assert "  1: no answer, left out" in lines
    assert explain(SAFE, "all", {})[-1].endswith("0 are, so no score is reported")


@given(st.lists(st.one_of(st.none(), st.integers(1, 7)), min_size=7, max_size=7))
def test_the_printed_score_is_the_scorers(codes: list[int | None]) -> None:
    """Whatever is answered: the score line agrees with the pipeline and is absent where that reports none."""
    battery = battery_of(SAFE)
    given_answers = {f"safe/{name}": answer for name, answer in answers(*codes).items()}
    score = score_answers(pipeline_of(battery), battery, [given_answers]).scale_scores[0, 0]
    printed = [line for line in explain(SAFE, "all", answers(*codes)) if line.startswith("Score")]
    assert len(printed) == (not np.isnan(score))
    if printed:
        found = re.search(r"= ([\d.]+) on", printed[0])
        assert found is not None
        assert float(found[1]) == pytest.approx(score, abs=0.005)
