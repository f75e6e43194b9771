"""Golden scores of every instrument shipped, worked by hand."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from instruments.answers import Answer, Choice, Rating
from instruments.catalogue import shipped, shipped_ids
from instruments.tasks.catalogue import shipped_tasks
from scoring.items import scale_specs
from scoring.pipeline import score_answers
from tests.scoring.made import battery_of, pipeline_of


def scores(instrument_id: str, answers: dict[str, Answer]) -> dict[str, float]:
    """Return the reported scores by scale, through the whole pipeline."""
    battery = battery_of(shipped(instrument_id))
    named = {f"{instrument_id}/{item}": answer for item, answer in answers.items()}
    scored = score_answers(pipeline_of(battery), battery, [named])
    return {
        scale.split("/")[1]: float(value)
        for scale, value in zip(scored.scales, scored.scale_scores[0], strict=True)
    }


def choices(items: str, codes: str) -> dict[str, Answer]:
    """Return the codes by item id, both given with spaces between."""
    return {item: Choice(code=int(code)) for item, code in zip(items.split(), codes.split(), strict=True)}


def test_edmondson_reverses_1_3_5_and_not_6() -> None:
    """Answers 2 6 3 5 1 6 7; 8-2=6, 8-3=5, 8-1=7: 6 + 6 + 5 + 5 + 7 + 6 + 7 = 42, 42/7 = 6.

    Item 6 speaks of undermining and still counts as it stands: 7 instead of 6 makes 43/7.
    """
    items = "1 2 3 4 5 6 7"
    assert scores("edmondson-1999", choices(items, "2 6 3 5 1 6 7")) == {"psychological_safety": 6.0}
    more = scores("edmondson-1999", choices(items, "2 6 3 5 1 7 7"))
    assert more["psychological_safety"] == pytest.approx(43 / 7)


def test_edmondson_needs_six_of_seven() -> None:
    """Without item 1: 6 + 5 + 5 + 7 + 6 + 7 = 36, 36/6 = 6. Without items 1 and 2: no score."""
    six = scores("edmondson-1999", choices("2 3 4 5 6 7", "6 3 5 1 6 7"))
    five = scores("edmondson-1999", choices("3 4 5 6 7", "3 5 1 6 7"))
    assert six["psychological_safety"] == 6.0
    assert np.isnan(five["psychological_safety"])


def test_llas_reverses_nothing() -> None:
    """1-6: 1 2 3 4 5 1 = 16/6; 7-12: 4 5 3 4 2 5 = 23/6; 13-18: 2 2 3 3 4 4 = 18/6."""
    items = " ".join(str(number) for number in range(1, 19))
    found = scores("llas-2022", choices(items, "1 2 3 4 5 1 4 5 3 4 2 5 2 2 3 3 4 4"))
    assert found["developing_leadership"] == pytest.approx(16 / 6)
    assert found["seeking_feedback"] == pytest.approx(23 / 6)
    assert found["developing_systematically"] == 3.0


def test_vandewalle_is_the_mean_of_five() -> None:
    """6 5 4 5 3 = 23, 23/5 = 4.6."""
    assert scores("vandewalle-1997", choices("1 2 3 4 5", "6 5 4 5 3")) == {"learning": pytest.approx(4.6)}


def test_hse_reverses_all_demands_and_no_control() -> None:
    """Demands 1 2 3 4 5 2 2 1 by 6 - x: 5 4 3 2 1 4 4 5 = 28, 28/8 = 3.5, high is good.

    Control 4 3 5 2 (frequency) and 5 3 (agreement) = 22, 22/6.
    """
    demands = choices("3 6 9 12 16 18 20 22", "1 2 3 4 5 2 2 1")
    control = choices("2 10 15 19 25 30", "4 3 5 2 5 3")
    found = scores("hse-demands-control", {**demands, **control})
    assert found == {"demands": 3.5, "control": pytest.approx(22 / 6)}


def test_odonovan_has_three_scales_without_reversal() -> None:
    """Leader 7 6 5 4 3 2 1 7 6 = 41/9; peers 7 7 6 6 5 5 4 = 40/7; team 3 4 6 = 13/3."""
    items = " ".join(str(number) for number in range(1, 20))
    found = scores("odonovan-2020", choices(items, "7 6 5 4 3 2 1 7 6 7 7 6 6 5 5 4 3 4 6"))
    expected = {"team_leader": 41 / 9, "peers": 40 / 7, "team": 13 / 3}
    assert found == {scale: pytest.approx(value) for scale, value in expected.items()}


def test_nasa_is_the_mean_of_six_ratings_and_needs_all() -> None:
    """80 5 60 20 70 35 = 270, 270/6 = 45; Performance runs Good to Poor, so nothing is reversed."""
    values = dict(zip("123456", (80, 5, 60, 20, 70, 35), strict=True))
    ratings: dict[str, Answer] = {item: Rating(value=value) for item, value in values.items()}
    assert scores("nasa-rtlx", ratings) == {"overall": 45.0}
    del ratings["4"]
    assert np.isnan(scores("nasa-rtlx", ratings)["overall"])


def test_copsoq_counts_0_to_100_with_qd4_reversed() -> None:
    """Second, third and fourth option: 75 50 25; QD4 with the first option: 100 - 100 = 0; 150/4 = 37.5.

    Pace with the first, third and last option: 100 50 0 = 150, 150/3 = 50.
    """
    found = scores("copsoq-iii-demands", choices("QD1 QD2 QD3 QD4 WP1 WP2 WP3", "2 3 4 1 1 3 5"))
    assert found == {"quantitative_demands": 37.5, "work_pace": 50.0}


def test_slack_is_the_mean_of_at_least_two_of_three() -> None:
    """4 2 3 = 9/3 = 3; without the last 6/2 = 3; one answer is no score."""
    assert scores("slack", choices("minutes agreed gone-wrong", "4 2 3")) == {"slack": 3.0}
    assert scores("slack", choices("minutes agreed", "4 2")) == {"slack": 3.0}
    assert np.isnan(scores("slack", choices("minutes", "4"))["slack"])


def test_every_scale_shipped_has_its_own_reference_row() -> None:
    """No shipped scale or task falls back on the figures for unknown scales."""
    from scoring.reference import _table

    battery = battery_of(*(shipped(name) for name in shipped_ids()))
    battery = msgspec.structs.replace(battery, tasks=shipped_tasks(), task_count=4)
    assert {spec.id for spec in scale_specs(battery)} == set(_table()["scales"])
