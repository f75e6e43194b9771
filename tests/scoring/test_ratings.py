"""Agreement and severity of raters whose truth is known, and what they do to totals."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import msgspec
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from scoring.hours import DEFAULT_HOURS, contributions, deficit_and_slope
from scoring.rating_records import Agreed, RatedKind, RatingSummary, Severity
from scoring.ratings import (
    CAPABILITY_WEIGHT,
    ReadText,
    agreed,
    rater_log_sd,
    report,
    severities,
    weighted_kappa,
    with_rater_doubt,
)
from scoring.reference import assumed_correlations
from scoring.totals import demand_of_all
from tests.scoring.plan.plans import release_with, row

TRUE = {"anna": 0.45, "ben": -0.15, "carl": -0.30}
"""Made-up severities; they add up to 0."""


def simulated(
    texts: int, seed: int, raters: tuple[str, ...] = ("anna", "ben"), error: float = 0.5, apart: float = 1.0
) -> Any:
    """Texts of true quality 0-4 with marks, in points, of pairs of raters with known severity and error."""
    rng = np.random.default_rng(seed)
    quality = rng.normal(2.0, 1.0, texts)
    pairs = [(a, b) for place, a in enumerate(raters) for b in raters[place + 1 :]]
    made = []
    for number, level in enumerate(quality):
        pair = pairs[number % len(pairs)]
        marks = tuple(
            (name, int(np.clip(np.rint(level - apart * TRUE[name] + error * rng.standard_normal()), 0, 4)))
            for name in pair
        )
        automatic = float(np.clip(level + 0.3 + 0.6 * rng.standard_normal(), 0, 4))
        far = abs(marks[0][1] - marks[1][1]) >= 2
        read = round(float(level)) if far else (marks[0][1] + marks[1][1]) / 2
        made.append(ReadText("adapt" if number % 2 else "summarise", marks, float(read), automatic))
    return made


@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_what_scikit_learn_computes(seed: int) -> None:
    texts = simulated(60, seed)
    one, other = (np.array([text.marks[place][1] for text in texts]) for place in (0, 1))
    expected = cohen_kappa_score(one, other, weights="quadratic", labels=range(5))
    assert float(weighted_kappa(one, other)) == pytest.approx(expected, abs=1e-12)
    found = agreed(one, other)
    assert found.kappa == pytest.approx(expected, abs=6e-4)
    assert found.low is not None
    assert found.high is not None
    assert found.low < expected < found.high


def test_marks_that_never_differ_have_no_kappa() -> None:
    same = np.full(20, 3)
    assert agreed(same, same) == Agreed(kappa=None, low=None, high=None)


def test_the_interval_holds_the_kappa_of_many_texts_about_as_often_as_it_says() -> None:
    """In 88 to 99 of 100 studies of 80 texts (95 are asked for; percentiles are a little short)."""
    many = simulated(40_000, 99)
    truth = float(weighted_kappa(*(np.array([text.marks[p][1] for text in many]) for p in (0, 1))))
    hits = 0
    for seed in range(100):
        found = agreed(*(np.array([t.marks[p][1] for t in simulated(80, 1_000 + seed)]) for p in (0, 1)))
        hits += (found.low or 1) <= truth <= (found.high or 0)
    assert 88 <= hits <= 99


@pytest.mark.parametrize("raters", [("anna", "ben"), ("anna", "ben", "carl")])
def test_severity_is_recovered_within_its_error(raters: tuple[str, ...]) -> None:
    """Over 60 studies: no bias worth the name, and errors as large as those told.

    Marks are whole and end at 0 and 4, which takes a little off large severities.
    """
    middle = sum(TRUE[name] for name in raters) / len(raters)
    off, told = [], []
    for seed in range(60):
        found, _ = severities(simulated(90, seed, raters))
        off.append([one.severity - (TRUE[one.rater] - middle) for one in found])
        told.append([one.error for one in found])
    assert np.abs(np.mean(off, axis=0)).max() < 0.05
    assert np.std(off, axis=0).mean() == pytest.approx(np.mean(told), rel=0.2)
    within = np.abs(off) < 1.96 * np.array(told)
    assert within.mean() > 0.88


def test_two_raters_are_half_their_mean_difference_apart_from_the_middle() -> None:
    texts = simulated(40, 3)
    difference = np.array([text.marks[0][1] - text.marks[1][1] for text in texts])
    (anna, ben), variance = severities(texts)
    assert anna.severity == pytest.approx(-difference.mean() / 2, abs=6e-4)
    assert ben.severity == pytest.approx(-anna.severity)
    assert anna.error == pytest.approx(difference.std(ddof=1) / math.sqrt(40) / 2, abs=6e-4)
    assert variance == pytest.approx(difference.var(ddof=1) / 2)


def test_raters_that_no_text_joins_are_set_against_their_own_partner_only() -> None:
    """Carl and Dora are as strict as each other, whatever Anna and Ben are."""
    one = [ReadText("adapt", (("anna", 1 + n % 3), ("ben", 2 + n % 3)), 2.0, 2.0) for n in range(12)]
    two = [ReadText("adapt", (("carl", n % 4), ("dora", n % 4)), 2.0, 2.0) for n in range(12)]
    found, _ = severities(one + two)
    assert [(one.rater, one.severity) for one in found] == [
        ("anna", 0.5),
        ("ben", -0.5),
        ("carl", 0.0),
        ("dora", 0.0),
    ]


def test_the_report_tells_the_automatic_marks_error_and_shift() -> None:
    """Simulated with a shift of +0.3 less the raters' mean severity of -0.15, and an error of 0.6."""
    found = report(simulated(2_000, 5), 2_100, 10).summary
    everything = found.kinds[0]
    assert (found.texts, found.rated, found.third_open) == (2_100, 2_000, 0)
    assert [one.kind for one in found.kinds] == ["all", "adapt", "summarise"]
    assert everything.automatic_more == pytest.approx(0.45, abs=0.1)
    assert everything.automatic_error == pytest.approx(0.6, abs=0.1)
    assert everything.raters.kappa is not None
    assert everything.raters.kappa < 0.7
    assert not everything.may_lower_error
    assert report(simulated(2_000, 5, apart=0.0), 2_100, 10).summary.kinds[0].may_lower_error


def test_below_ten_texts_nothing_is_told_and_below_thirty_nothing_is_lowered() -> None:
    few = report(simulated(9, 1), 20, 10)
    assert few.summary == RatingSummary(texts=20, rated=9, third_open=0)
    assert few.severities == ()
    some, more = (report(simulated(n, 1, error=0.2, apart=0.0), 40, 10).summary.kinds[0] for n in (29, 30))
    assert some.raters.kappa is not None
    assert some.automatic.kappa is not None
    assert min(some.raters.kappa, some.automatic.kappa) > 0.7
    assert (some.may_lower_error, more.may_lower_error) == (False, True)


def test_a_kind_with_few_texts_is_not_told_by_subtraction() -> None:
    """Forty summaries and two prompts: all less the summaries would be the two prompts' marks."""
    many = simulated(40, 1)
    two = [dataclasses.replace(text, kind="adapt") for text in simulated(2, 3)]
    both = [dataclasses.replace(text, kind="summarise") for text in many] + two
    assert [one.kind for one in report(both, 60, 10).summary.kinds] == ["all"]
    assert [one.kind for one in report(both[:40], 60, 10).summary.kinds] == ["all", "summarise"]


def test_an_open_third_look_counts_against_the_raters_and_lowers_nothing() -> None:
    """Left out, kappa would rise by the very texts on which two disagree."""
    texts = simulated(80, 2, error=0.6)
    far = [n for n, text in enumerate(texts) if abs(text.marks[0][1] - text.marks[1][1]) >= 2]
    assert far
    waiting = [
        ReadText(text.kind, text.marks, None if n in far else text.read, text.automatic)
        for n, text in enumerate(texts)
    ]
    before, after = report(texts, 80, 10).summary, report(waiting, 80, 10).summary
    assert after.third_open == len(far)
    assert after.kinds[0].raters == before.kinds[0].raters
    assert not after.kinds[0].may_lower_error


def test_what_is_kept_names_no_rater() -> None:
    found = report(simulated(40, 1), 40, 10)
    assert [one.rater for one in found.severities] == ["anna", "ben"]
    kept = msgspec.json.encode(found.summary)
    assert b"anna" not in kept
    assert "severities" not in RatingSummary.__struct_fields__
    assert isinstance(found.severities[0], Severity)


def summary(more: float, error: float = 0.1, severity_sd: float = 0.3, raters: int = 2) -> RatingSummary:
    none = Agreed(kappa=None, low=None, high=None)
    kind = RatedKind(
        kind="all",
        texts=40,
        raters=none,
        automatic=none,
        automatic_more=more,
        automatic_more_error=error,
        automatic_error=0.6,
        may_lower_error=False,
    )
    return RatingSummary(
        texts=40, rated=40, third_open=0, kinds=(kind,), severity_sd=severity_sd, rater_count=raters
    )


def test_the_raters_term_by_hand() -> None:
    """0.25 x 0.55 x half the tasks x sqrt(.4^2 + .1^2 + .3^2 / 2) points, over an SD of one point."""
    expected = 0.25 * 0.55 * 0.5 * math.sqrt(0.16 + 0.01 + 0.045)
    assert rater_log_sd(summary(0.4), 0.5) == pytest.approx(expected)
    assert rater_log_sd(summary(-0.4), 0.5) == pytest.approx(expected)
    assert rater_log_sd(summary(0.4, severity_sd=1.0), 0.5) > expected
    assert rater_log_sd(summary(0.4, raters=8), 0.5) < expected
    assert rater_log_sd(RatingSummary(texts=40, rated=9, third_open=0), 0.5) == 0.0


def test_the_weight_of_capability_is_that_of_the_expert_guess() -> None:
    """Everybody's capability moved by a tenth of an SD, at the reference's correlations."""
    needs = np.random.default_rng(1).multivariate_normal(np.zeros(4), assumed_correlations(), 200_000)

    def hours(shift: float) -> float:
        d, _ = deficit_and_slope(needs + np.array([0.0, 0.0, 0.0, shift]))
        features = np.column_stack([np.ones(len(d)), d, d[:, 0] * d[:, 2], d[:, 1] * d[:, 3]])
        return float(contributions(features, DEFAULT_HOURS).sum(axis=1).mean())

    slope = (math.log(hours(-0.1)) - math.log(hours(0.1))) / 0.2
    assert slope == pytest.approx(CAPABILITY_WEIGHT, abs=0.01)


def test_the_raters_term_widens_what_all_share_and_changes_nothing_else() -> None:
    """The plan's copy only: hours, intervals printed in the release, tiers and hidden rows stay."""
    frozen = release_with(row("Everybody", 100, 150, 200), row("A", 60, 90, 120), row("B", 4, 6, None))
    wider = with_rater_doubt(frozen, 0.12)
    table, before = wider.hours[0], frozen.hours[0]
    assert table.total.common_sd == pytest.approx(math.hypot(0.5, 0.12))
    assert table.rows[1] == before.rows[1]
    back = [msgspec.structs.replace(one, common_sd=0.5) for one in (table.total, table.rows[0])]
    assert back == [before.total, before.rows[0]]
    assert msgspec.structs.replace(wider, hours=frozen.hours) == frozen
    assert with_rater_doubt(frozen, 0.0) is frozen
    narrow, wide = (demand_of_all(one.hours[0]) for one in (frozen, wider))
    assert narrow is not None
    assert wide is not None
    assert (wide.hours, wide.low < narrow.low, wide.high > narrow.high) == (narrow.hours, True, True)
