"""Local references from calibration samples: as right as they say, clear about samples that tell nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from scoring.blocks import Floats
from scoring.calibration_key import LEAST_ALPHA
from scoring.calibration_sample import calibrate, mean_error, pooled
from scoring.errors import BadModel, OffScale
from scoring.items import item_columns, scale_specs
from scoring.local_needs import local_correlations
from scoring.pipeline import build_pipeline, score
from scoring.reference import Reference, decode, default_reference, encode
from scoring.reliability import reliability
from scoring.scales import ScaleScorer
from tests.scoring.made import CUTS, battery_of, instrument, standard_like
from tests.scoring.pilots import CORRELATIONS, pilot, three_scales

BATTERY = three_scales()
SHIFT = -0.6
Z90 = 1.645


def population(shift: float, between: float = 0.0, spread: float = 1.0) -> Floats:
    """Return mean, SD and retest correlation, (3, scales), of very many people of that organisation."""
    many = pilot(BATTERY, 40_000, 999, shift=shift, between=between, spread=spread)
    scorer = ScaleScorer(item_columns(BATTERY), scale_specs(BATTERY)).fit(many.items[:1])
    scores, again = (scorer.transform(table)[:, :3] for table in (many.items, many.retest))
    retest = [np.corrcoef(one, other)[0, 1] for one, other in zip(scores.T, again.T, strict=True)]
    return np.stack([scores.mean(axis=0), scores.std(axis=0), retest])


def coverage(pilots: int, shift: float, between: float) -> tuple[float, float, float]:
    """Return how often a mean of 100 people is within 1 and 1.645 `mean_sd`, and the mean bias in SD."""
    people = 100
    mean, sd, _ = population(shift, between)
    off, within = [], []
    for seed in range(pilots):
        one = pilot(BATTERY, people, seed, shift=shift, between=between)
        reference = Reference.from_sample(BATTERY, one.items, teams=one.teams if between else None)
        for place, row in enumerate(reference.rows):
            off.append((row.mean - mean[place]) / sd[place])
            within.append(abs(row.mean - mean[place]) / (row.mean_sd * row.sd))
    found = np.array(within)
    return float((found < 1).mean()), float((found < Z90).mean()), float(np.mean(off))


def test_a_mean_from_100_answers_is_as_near_as_it_says() -> None:
    """In a shifted organisation in which a quarter of all differences lies between teams."""
    once, wide, _ = coverage(40, SHIFT, 0.25)
    assert 0.58 <= once <= 0.8
    assert 0.83 <= wide <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize(("shift", "between"), [(0.0, 0.0), (SHIFT, 0.0), (SHIFT, 0.25)])
def test_means_of_many_pilots_are_as_near_as_they_say(shift: float, between: float) -> None:
    """Shifted or not, with team effects or without."""
    once, wide, bias = coverage(100, shift, between)
    assert 0.62 <= once <= 0.75
    assert 0.86 <= wide <= 0.94
    assert abs(bias) <= 0.07


def test_without_the_teams_a_mean_says_more_than_it_knows() -> None:
    """Teams are asked for because answers of one team go together."""
    mean = population(SHIFT, 0.25)[0]
    within = []
    for seed in range(30):
        one = pilot(BATTERY, 100, seed, shift=SHIFT, between=0.25)
        rows = Reference.from_sample(BATTERY, one.items).rows
        within += [abs(row.mean - mean[place]) <= row.mean_sd * row.sd for place, row in enumerate(rows)]
    assert np.mean(within) < 0.6


def test_needs_of_a_shifted_organisation_are_read_without_the_shift() -> None:
    """With the assumed means everybody seems worse off; with the local ones the average is 0 again."""
    people = pilot(BATTERY, 1_000, 5, shift=SHIFT)
    local = Reference.from_sample(BATTERY, pilot(BATTERY, 100, 6, shift=SHIFT).items)
    read = {
        name: score(build_pipeline(BATTERY, reference, CUTS), people.items).need_mean[:, :3].mean(axis=0)
        for name, reference in (("assumed", default_reference(BATTERY)), ("local", local))
    }
    assert np.abs(read["assumed"]).mean() > 0.25
    assert np.abs(read["local"]).max() < 0.15


def test_alpha_retest_and_sd_come_near_the_population_with_many_people() -> None:
    one = pilot(BATTERY, 3_000, 8, spread=0.8)
    reference = Reference.from_sample(BATTERY, one.items, one.retest)
    mean, sd, retest = population(0.0, spread=0.8)
    for place, row in enumerate(reference.rows):
        was = default_reference(BATTERY).rows[place]
        assert (row.status, row.people, row.validity) == ("local", 3_000, was.validity)
        assert row.mean == pytest.approx(mean[place], abs=0.05)
        assert row.sd == pytest.approx(sd[place], rel=0.03)
        assert row.alpha == pytest.approx(was.alpha, abs=0.05)
        assert row.retest == pytest.approx(retest[place], abs=0.03)
        assert row.retest_error is not None
        assert row.retest_error < 0.02


def test_without_a_retest_its_share_of_alpha_stays_as_assumed() -> None:
    for row, was in zip(
        Reference.from_sample(BATTERY, pilot(BATTERY, 200, 3).items).rows,
        default_reference(BATTERY).rows,
        strict=True,
    ):
        assert row.retest / row.alpha == pytest.approx(was.retest / was.alpha, rel=1e-4)


def test_a_retest_of_too_few_is_not_read() -> None:
    one = pilot(BATTERY, 120, 4)
    few = one.retest.copy()
    few[29:] = np.nan
    assert Reference.from_sample(BATTERY, one.items, few) == Reference.from_sample(BATTERY, one.items)
    enough = one.retest.copy()
    enough[50:] = np.nan
    assert Reference.from_sample(BATTERY, one.items, enough) != Reference.from_sample(BATTERY, one.items)


def test_the_more_people_the_less_the_assumed_figures_weigh() -> None:
    assumed = default_reference(BATTERY).rows[0]
    found = [
        Reference.from_sample(BATTERY, pilot(BATTERY, people, 12, shift=2.0).items).rows[0]
        for people in (30, 100, 1_000)
    ]
    assert [row.mean > assumed.mean for row in found] == [True] * 3
    errors = [row.mean_sd for row in found]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] < assumed.mean_sd


def test_pooling_is_the_precision_weighted_mean() -> None:
    figure, error = pooled(1.0, 0.4, 2.0, 0.2)
    precision = 1 / 0.4**2 + 1 / 0.2**2
    assert figure == pytest.approx((1 / 0.4**2 + 2 / 0.2**2) / precision)
    assert error == pytest.approx(precision**-0.5)


def test_the_standard_error_by_teams_is_that_of_team_means() -> None:
    """With whole teams alike, four a team know as much as one; codes below 0 are teams of one."""
    per_team = np.random.default_rng(1).standard_normal(25)
    scores, teams = np.repeat(per_team, 4), np.repeat(np.arange(25), 4)
    expected = per_team.std(ddof=1) / 5 * math.sqrt(24 / 22)
    assert mean_error(scores, teams) == pytest.approx(expected)
    alone = mean_error(scores, np.full(100, -1))
    assert alone == pytest.approx(scores.std(ddof=1) / 10 * math.sqrt(99 / 97))


def test_need_correlations_are_freed_of_error_and_pulled_to_the_assumed() -> None:
    """Safety and agility go together by .5 here, .3 is assumed; the scores themselves correlate by .2."""
    assumed = default_reference(BATTERY).correlations[0][1]
    small, large = (
        Reference.from_sample(BATTERY, one.items, one.retest).correlations[0][1]
        for one in (pilot(BATTERY, 60, 2), pilot(BATTERY, 6_000, 2))
    )
    assert assumed < small < large
    assert large == pytest.approx(CORRELATIONS[0, 1], abs=0.06)


def test_correlations_that_contradict_each_other_are_made_possible() -> None:
    rows = default_reference(BATTERY).rows
    rng = np.random.default_rng(3)
    line = rng.standard_normal(500)
    scores = np.column_stack([line, line + 0.1 * rng.standard_normal(500), -line])
    table, _ = local_correlations(rows, scores, default_reference(BATTERY).correlations)
    assert np.linalg.eigvalsh(np.array(table)).min() >= 0.05 - 1e-3
    assert table[0][2] < 0 < table[0][1]


def test_status_is_local_only_when_every_need_has_been_seen() -> None:
    """No scale of these feeds capability, so its correlations stay assumed; and so does the whole."""
    reference = Reference.from_sample(BATTERY, pilot(BATTERY, 100, 1).items)
    assert {row.status for row in reference.rows} == {"local"}
    assert (reference.correlations_status, reference.status) == ("assumed", "assumed")
    whole = battery_of(
        *(instrument(name, 4, 9, name) for name in ("safety", "agility", "headroom", "capability"))
    )
    assert Reference.from_sample(whole, pilot(whole, 100, 1).items).status == "local"


def test_a_scale_that_was_not_asked_keeps_its_assumed_row() -> None:
    one = pilot(BATTERY, 100, 1).items
    one[:, 7:13] = np.nan
    one[5:, 20] = np.nan
    reference = Reference.from_sample(BATTERY, one)
    assert [row.status for row in reference.rows] == ["local", "assumed", "assumed"]
    assert reference.rows[1:] == default_reference(BATTERY).rows[1:]


def test_a_local_reference_is_frozen_and_read_back() -> None:
    one = pilot(standard_like(), 80, 1)
    reference = Reference.from_sample(standard_like(), one.items, one.retest, one.teams)
    assert decode(encode(reference)) == reference


def test_a_small_sample_and_an_item_that_runs_against_the_others_are_named() -> None:
    one = pilot(BATTERY, 60, 1).items
    assert not calibrate(BATTERY, pilot(BATTERY, 120, 1).items).notes
    one[:, 1] = np.random.default_rng(0).permutation(one[:, 1])
    few, against = calibrate(BATTERY, one).notes
    assert "60 people are few" in few
    assert "safe/2" in against
    assert "going against the others" in against


def refusal(items: Floats) -> str:
    with pytest.raises(BadModel) as caught:
        calibrate(BATTERY, items)
    return caught.value.message


@pytest.mark.parametrize("people", [120, 240])
def test_a_sample_whose_reversed_questions_were_turned_before_is_refused(people: int) -> None:
    """The very questions that were turned twice are named, and no scale that is in order."""
    one = pilot(BATTERY, people, 1).items
    one[:, [0, 2, 4]] = 10 - one[:, [0, 2, 4]]
    said = refusal(one)
    assert "run against the others" in said
    assert said.endswith("Likely turned the wrong way round: safe/1, safe/3, safe/5.")
    assert "learn" not in said
    assert "work" not in said


def test_answers_by_chance_are_refused() -> None:
    chance = np.random.default_rng(5).integers(1, 10, (60, 21)).astype(float)
    assert "safe/all: " in refusal(chance)


def test_answers_that_do_not_go_together_are_refused_and_every_such_scale_is_named() -> None:
    one = pilot(BATTERY, 200, 1).items
    chance = np.random.default_rng(3)
    for places in (range(7), range(7, 13)):
        for place in places:
            one[:, place] = chance.permutation(one[:, place])
    said = refusal(one)
    assert "safe/all: " in said
    assert "learn/all: " in said
    assert "work" not in said


def test_sound_pilots_of_thirty_are_taken_also_with_a_short_weak_scale() -> None:
    """Three loosely related questions have an alpha below .3 now and then by chance alone."""
    battery = build_battery("custom", "en", (), STANDARD, shipped)
    low = 0
    for seed in range(40):
        items = pilot(battery, 30, seed).items
        slack = [place for place, one in enumerate(item_columns(battery)) if one.scale == "slack/slack"]
        low += reliability(items[:, slack]).alpha < LEAST_ALPHA
        assert calibrate(battery, items).people == 30
    assert low > 0


def test_one_item_scales_keep_their_assumed_alpha() -> None:
    battery = battery_of(instrument("alone", 1, 9, "safety"))
    row = Reference.from_sample(battery, pilot(battery, 100, 1).items).rows[0]
    was = default_reference(battery).rows[0]
    assert (row.status, row.alpha, row.retest) == ("local", was.alpha, was.retest)
    assert row.mean_sd < was.mean_sd


def test_extreme_samples_give_figures_that_score() -> None:
    """Items just alike, one person who differs: no warning, and finite hours."""
    alike, lone = pilot(BATTERY, 100, 3).items, pilot(BATTERY, 100, 4).items
    alike[:, 7:13] = alike[:, [7]]
    lone[:, 0] = 4.0
    lone[0, 0] = 5.0
    for items in (alike, lone):
        reference = Reference.from_sample(BATTERY, items, items.copy())
        assert all(row.retest <= row.alpha <= 0.99 for row in reference.rows)
        assert np.isfinite(score(build_pipeline(BATTERY, reference, CUTS), items).hours).all()


def with_value(place: int, value: float) -> Floats:
    items = pilot(BATTERY, 100, 1).items
    items[:, place] = value
    return items


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (pilot(BATTERY, 29, 1).items, "29 people"),
        (np.full((100, 21), np.nan), "0 people"),
        (np.full((0, 21), np.nan), "0 people"),
        (pilot(BATTERY, 100, 1).items[:, :20], "21 columns"),
        (pilot(BATTERY, 100, 1).items[0], "21 columns"),
        (with_value(3, 9.0), "the same answer to safe/4"),
        (np.full((100, 21), 5.0), "the same answer to safe/1"),
        (np.array([["much"] * 21] * 100), "table of numbers"),
        (np.where(np.eye(100, 21) > 0, np.nan, np.nan), "0 people"),
    ],
)
def test_samples_that_tell_nothing_are_refused_with_the_reason(items: Floats, words: str) -> None:
    with pytest.raises(BadModel, match=words):
        Reference.from_sample(BATTERY, items)


@pytest.mark.parametrize("wrong", [0.0, 10.0, np.inf, -np.inf])
def test_answers_off_their_scale_are_refused_without_quoting_them(wrong: float) -> None:
    items = pilot(BATTERY, 100, 1).items
    items[7, 2] = wrong
    with pytest.raises(OffScale, match="safe/3 in row 8"):
        Reference.from_sample(BATTERY, items)


def test_retests_and_teams_of_another_shape_are_refused() -> None:
    one = pilot(BATTERY, 100, 1)
    with pytest.raises(BadModel, match="one row for each row"):
        Reference.from_sample(BATTERY, one.items, one.retest[:50])
    with pytest.raises(BadModel, match="one whole number"):
        Reference.from_sample(BATTERY, one.items, teams=one.teams[:50])
    with pytest.raises(BadModel, match="Fewer than 5 teams"):
        Reference.from_sample(BATTERY, one.items, teams=one.teams // 4)
    same = one.retest.copy()
    same[:, :7] = [5, 5, 5, 5, 5, 5, 5]
    with pytest.raises(BadModel, match="same score on safe/all"):
        Reference.from_sample(BATTERY, one.items, same)
