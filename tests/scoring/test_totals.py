"""Totals for the headcount: worked by hand, and how often their intervals hold the truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from scoring.hours import DEFAULT_HOURS, expected_variance, relative_common_sd
from scoring.recalibration import recalibrate
from scoring.table_records import HoursRow, HoursTable
from scoring.tiers import SupportTierClassifier
from scoring.totals import (
    PEOPLE_DIFFER,
    Answered,
    Doubt,
    demand_of,
    demand_of_all,
    headcount_demand,
    reach_90,
)
from tests.scoring.organisations import Organisation, features_of, organisation
from tests.scoring.people import CUTS


def row(
    group: str, people: int, headcount: int | None, hours: int | None, own: float = 0.1, common: float = 0.5
) -> HoursRow:
    """Return a released row of hours."""
    return HoursRow(
        group=group, respondents=people, headcount=headcount, hours=hours, own_sd=own, common_sd=common
    )


def table(total: HoursRow, *rows: HoursRow) -> HoursTable:
    """Return a released table of hours by department."""
    return HoursTable(id="hours-department", title="Hours", attribute="department", total=total, rows=rows)


def test_silent_people_are_assumed_to_need_a_fifth_more() -> None:
    """100 of 150 need 200 hours, 2 each: the other 50 need 100 to 140, so 300 to 340, told as 320.

    One respondent's SD of 1: 200^2 / 100 = 400. Silent people's .6: .36 x 120^2 x (1/50 + 1/100) = 155.5.
    Together 23.57 hours or .0737 of 320; with .5 common .5054. The range is log(340 / 300) = .12516 or .2477
    SDs wide: C with Phi(C + .2477) - Phi(-C) = .9 is 1.5322.
    """
    demand = headcount_demand([Answered(200, 100, 50)], Doubt(1.0, 0.5))
    assert demand.hours == pytest.approx(320)
    assert (demand.respondents, demand.silent) == (100, 50)
    assert demand.low == pytest.approx(300 * math.exp(-1.5322 * 0.50540), rel=1e-3)
    assert demand.high == pytest.approx(340 * math.exp(1.5322 * 0.50540), rel=1e-3)


def test_the_reach_lies_between_the_two_sided_and_the_one_sided_bound() -> None:
    assert reach_90(0.0, 0.1) == pytest.approx(1.6449, abs=1e-4)
    assert reach_90(5.0, 0.1) == pytest.approx(1.2816, abs=1e-4)
    assert reach_90(0.1, 0.1) == pytest.approx(1.3388, abs=1e-4)  # Phi(2.3388) = .9903, Phi(-1.3388) = .0903
    assert reach_90(0.1, 0.0) == pytest.approx(1.6449, abs=1e-4)


def test_how_much_people_differ_is_what_the_guess_makes_of_the_reference_population() -> None:
    one = organisation(1, 50_000, weights_off=0.0, level=0.0)
    expected = features_of(one.needs) @ np.array(DEFAULT_HOURS.weights)
    assert expected.std() / expected.mean() == pytest.approx(PEOPLE_DIFFER, abs=0.02)


def test_silent_people_are_two_samples_apart_from_those_who_answered() -> None:
    """Sums of 50 silent people, told from the mean of 100 others, are off by the SD that is added for them.

    Needs known exactly, nobody needs more: 4,000 draws from one organisation.
    """
    rng = np.random.default_rng(3)
    one = organisation(2, 50_000, weights_off=0.0, level=0.0)
    answered, quiet = (one.expected[rng.integers(50_000, size=(4000, n))].mean(axis=1) for n in (100, 50))
    found = np.std(quiet / answered - 1)
    assert found == pytest.approx(PEOPLE_DIFFER * math.sqrt(1 / 50 + 1 / 100), rel=0.05)


def test_when_everybody_answered_nothing_is_assumed() -> None:
    demand = headcount_demand([Answered(200, 100, 0)], Doubt(1.0, 0.0))
    assert demand.hours == 200
    assert demand.high / demand.low == pytest.approx(math.exp(2 * 1.6449 * 0.1), rel=1e-4)


def test_silence_widens_the_interval() -> None:
    widths = [
        demand.high / demand.low
        for demand in (headcount_demand([Answered(200, 100, n)], Doubt(0.5, 0.05)) for n in (0, 50, 140))
    ]
    assert widths == sorted(widths)
    assert widths[2] > 1.1 * widths[0]


def test_a_group_much_above_the_others_has_silent_people_above_the_others() -> None:
    """Large groups keep their own mean, small ones move towards everybody's: 30 of 40 more, 3 of 40 less."""
    large = headcount_demand([Answered(400, 100, 40), Answered(100, 100, 0)], Doubt(0.7, 0.1))
    small = headcount_demand([Answered(12, 3, 40), Answered(250, 100, 0)], Doubt(0.7, 0.1))
    assert large.hours - 500 == pytest.approx(40 * 4 * 1.2, rel=0.06)
    assert 40 * 2.6 * 1.2 < small.hours - 262 < 40 * 3.2 * 1.2


def test_everybody_is_made_of_the_groups_shown_and_what_is_left() -> None:
    """A: 20 silent at 3 hours; left: 40 respondents with 60 hours, 10 silent at 1.5, all 20 % more.

    Large groups pool little here: within 5 % of 180 + 60 + 1.2 x (60 + 15) = 330.
    """
    made = table(row("Everybody", 100, 130, 240, own=0.02), row("A", 60, 80, 180), row("B", 30, 50, None))
    demand = demand_of_all(made)
    assert demand is not None
    assert demand.hours == pytest.approx(330, rel=0.05)
    assert (demand.respondents, demand.silent) == (100, 30)


def test_people_who_named_no_group_are_not_counted_twice() -> None:
    """The silent are 30, whatever the groups' own headcounts say: 10 of the silent seats are not silent."""
    made = table(
        row("Everybody", 100, 130, 200, own=0.02),
        row("A", 60, 80, 120),
        row("B", 30, 50, 60),
        row("Not given", 10, None, 20),
    )
    demand = demand_of_all(made)
    assert demand is not None
    assert demand.silent == 30
    assert demand.hours == pytest.approx(200 + 30 * 2 * 1.2, rel=0.01)


def test_what_is_hidden_has_no_demand() -> None:
    total = row("Everybody", 100, 150, 200)
    assert demand_of(row("A", 20, 30, None), total) is None
    assert demand_of(row("A", 20, None, 40), total) is None
    assert demand_of(row("A", 20, 30, 40), row("Everybody", 100, 150, None)) is None
    assert demand_of_all(table(row("Everybody", 100, 150, None))) is None


def silent(one: Organisation, seed: int, slope: float) -> NDArray[np.bool_]:
    """Return who does not answer, about a third: the more likely the higher the need where `slope` > 0."""
    level = np.log(one.expected) - np.log(one.expected).mean()
    chance = 1 / (1 + np.exp(0.75 - slope * level))
    return np.asarray(np.random.default_rng(seed).random(len(level)) < chance)


@pytest.mark.slow
@pytest.mark.parametrize(("slope", "least", "most"), [(0.0, 0.84, 1.0), (0.4, 0.88, 1.0)])
@pytest.mark.parametrize("labels", [0, 50, 200])
def test_ninety_per_cent_intervals_hold(labels: int, slope: float, least: float, most: float) -> None:
    """60 organisations of 400, a third silent, at random or more so when they need more (about +25 %).

    Weights are off by SDs of .35 each and .45 together; labels come from those who answered.
    """
    holds = []
    for seed in range(60):
        one = organisation(300 + seed)
        quiet = silent(one, seed, slope)
        seen, known = one.posterior[~quiet], one.hours[~quiet].copy()
        known[np.random.default_rng(seed).permutation(len(known))[labels:]] = np.nan
        model = recalibrate(seen, known, DEFAULT_HOURS)
        result = SupportTierClassifier(CUTS, model).fit(seen).integrate(seen)
        hours = float(result.hours.sum())
        variance = expected_variance(result.hours, result.hours_var, model)
        person = float(np.sqrt(variance.sum())) / hours * math.sqrt(len(seen))
        common = relative_common_sd(result.features.sum(axis=0), np.zeros(1), model)
        demand = headcount_demand([Answered(hours, len(seen), int(quiet.sum()))], Doubt(person, common))
        holds.append(demand.low <= one.expected.sum() <= demand.high)
    assert least <= np.mean(holds) <= most
