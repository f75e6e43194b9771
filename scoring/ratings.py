"""Blind double rating in figures: agreement, raters' severity, and what they add to the doubt of totals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from scoring.blocks import Floats
from scoring.rating_records import Agreed, RatedKind, RatingReport, RatingSummary, Severity
from scoring.records import Release
from scoring.table_records import HoursRow

Marks = NDArray[np.int64]
KAPPA_WANTED = 0.7
"""From here on a study may lower the error of its automatic marks (MEASURES.md, capability tasks)."""
TEXTS_WANTED = 30
"""Even of 30 texts a kappa of .7 is known only to about .47 to .85 (simulated); ours."""
LEAST_ERROR = 12**-0.5
"""Points. Marks by reading are whole: that a mark is surer than such rounding, no reading can show."""
DRAWS, SEED = 2_000, 20_261_122
"""Of the bootstrap over texts, as in docs/marking.md."""
ALL = "all"
CAPABILITY_WEIGHT = 0.25
"""Change of expected log hours per SD by which everybody's capability is off: the expert guess of the hours
in the reference population (a test works it out)."""
CAPABILITY_TOLD = 0.55
"""Share of a shift in marks that reaches the need: its reliability (MEASURES.md, assumed)."""
POINTS_SD = 1.0
"""SD of the marks of a text in the reference population, in points (assumed, reference.toml)."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with its two marks by reading, the mark it ends with, and the automatic one (0-4 points)."""

    kind: str
    marks: tuple[tuple[str, int], tuple[str, int]]
    """(rater, mark), by the raters' names."""
    read: float | None
    """None as long as a third look is open."""
    automatic: float | None


def weighted_kappa(one: Marks, other: Marks) -> Floats:
    """Return quadratic-weighted kappa (Cohen 1968) over the last axis; NaN where no mark differs.

    ``1 - mean (a - b)^2 / (var a + var b + (mean a - mean b)^2)`` is the same as the sum over the table of
    both marks, and goes over thousands of bootstrap samples at once.
    """
    a, b = one.astype(np.float64), other.astype(np.float64)
    seen = ((a - b) ** 2).mean(axis=-1)
    chance = a.var(axis=-1) + b.var(axis=-1) + (a.mean(axis=-1) - b.mean(axis=-1)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa: Floats = np.where(chance > 0, 1 - seen / chance, np.nan)
    return kappa


def agreed(one: Marks, other: Marks) -> Agreed:
    """Return kappa of the marks `one` and `other` (texts,) with its 95 % interval (percentiles)."""
    kappa = float(weighted_kappa(one, other))
    if math.isnan(kappa):
        return Agreed(kappa=None, low=None, high=None)
    chosen = np.random.default_rng(SEED).integers(0, len(one), (DRAWS, len(one)))
    drawn = weighted_kappa(one[chosen], other[chosen])
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return Agreed(kappa=round(kappa, 3), low=round(float(low), 3), high=round(float(high), 3))


def severities(texts: Sequence[ReadText]) -> tuple[tuple[Severity, ...], float]:
    """Return each rater's severity, and the error variance of one mark (square points).

    Least squares of ``mark = text + kindness of the rater``: with d a text's difference between its two
    marks, ``L s = b`` with the Laplacian L of who marked with whom, whose pseudo-inverse times the variance
    of d is the covariance (two raters: half the mean difference, and half its standard error). Raters whom
    no chain of texts joins are each set against those they are joined to. Third looks are left out: they are
    given where two marks differ, so they are no sample. Nothing where there are no more texts than raters.
    """
    names = sorted({name for text in texts for name, _ in text.marks})
    if len(texts) <= len(names):
        return (), math.nan
    design = np.array([[_side(name, text) for name in names] for text in texts])
    differences = np.array([text.marks[0][1] - text.marks[1][1] for text in texts], dtype=np.float64)
    inverse = np.linalg.pinv(design.T @ design, hermitian=True)
    kindness = inverse @ (design.T @ differences)
    left = differences - design @ kindness
    variance = float(left @ left) / (len(texts) - int(np.linalg.matrix_rank(design)))
    errors = np.sqrt(np.maximum(np.diag(inverse), 0.0) * variance)
    numbers = zip(names, np.abs(design).sum(axis=0), -kindness, errors, strict=True)
    found = (
        Severity(
            rater=name, texts=int(count), severity=round(float(s), 3) + 0.0, error=round(float(error), 3)
        )
        for name, count, s, error in numbers
    )
    return tuple(found), variance / 2


def _side(name: str, text: ReadText) -> float:
    """Return 1 or -1 for who gave the first or the second mark of `text`, 0 for others."""
    return float(name == text.marks[0][0]) - float(name == text.marks[1][0])


def report(texts: Sequence[ReadText], kept: int, least: int) -> RatingReport:
    """Return what double rating found in `texts`, those that two raters marked of `kept`.

    Figures are told of `least` texts or more: of fewer a mark could be told from its mean. Where one kind
    has fewer, none is told apart: all texts less the others would be that kind.
    """
    settled = [text for text in texts if text.read is not None]
    kinds = (ALL, *sorted({text.kind for text in texts}))
    found, _ = severities(texts) if len(texts) >= least else ((), math.nan)
    groups = ((kind, [text for text in texts if kind in {ALL, text.kind}]) for kind in kinds)
    figures = (_kind(kind, own, least) for kind, own in groups)
    told = tuple(one for one in figures if one is not None)
    if sum(one.texts for one in told if one.kind != ALL) != len(texts):
        told = tuple(one for one in told if one.kind == ALL)
    summary = RatingSummary(
        texts=kept,
        rated=len(settled),
        third_open=len(texts) - len(settled),
        kinds=told,
        severity_sd=_spread(found),
        rater_count=len(found),
    )
    return RatingReport(summary=summary, severities=found)


def rater_log_sd(summary: RatingSummary, share: float) -> float:
    """Return the relative SD that errors of marks by reading add to a total of hours, 0 without figures.

    Parameters
    ----------
    summary
        What double rating found.
    share
        Share of tasks that are texts among all that can be drawn.

    Notes
    -----
    The marks in the totals are automatic ones; reading tells by how much they are off on the whole, which no
    number of people averages out: ``d^2 = m^2 + e^2 + s^2 / R`` points squared, with m the automatic less the
    read mark on average, e its standard error, and s the SD of the severities of R raters. Which of both
    sides is right is not known, so it widens totals and moves none. What assumed reference means leave open
    stands in totals already: where both are the same, this counts it twice.
    """
    everything = next((one for one in summary.kinds if one.kind == ALL), None)
    if everything is None:
        return 0.0
    of_raters = (summary.severity_sd or 0.0) / math.sqrt(max(1, summary.rater_count))
    points = math.hypot(everything.automatic_more, everything.automatic_more_error, of_raters)
    return CAPABILITY_WEIGHT * CAPABILITY_TOLD * share * points / POINTS_SD


def with_rater_doubt(release: Release, log_sd: float) -> Release:
    """Return `release` as the plan reads it: the errors that all people share grown by `log_sd`.

    The frozen release stays as it is; tiers, hours and the intervals printed in it do not change.
    """
    tables = (
        msgspec.structs.replace(
            table,
            rows=tuple(_wider(row, log_sd) for row in table.rows),
            total=_wider(table.total, log_sd),
        )
        for table in release.hours
    )
    return msgspec.structs.replace(release, hours=tuple(tables)) if log_sd else release


def rater_doubt_said(log_sd: float) -> tuple[str, ...]:
    """Return what a plan says of the doubt that raters leave, nothing where there is none."""
    if not log_sd:
        return ()
    return (
        "What raters leave open about the marks of texts makes every total wider, by an error of "
        f"{max(1, round(100 * log_sd))} % (docs/rating.md).",
    )


def _wider(row: HoursRow, log_sd: float) -> HoursRow:
    if row.common_sd is None:
        return row
    return msgspec.structs.replace(row, common_sd=math.hypot(row.common_sd, log_sd))


def _spread(found: Sequence[Severity]) -> float | None:
    if len(found) < 2:
        return None
    return round(float(np.std([one.severity for one in found], ddof=1)), 3)


def _kind(kind: str, texts: Sequence[ReadText], least: int) -> RatedKind | None:
    """Return the figures of one kind, None where fewer than `least` texts are settled.

    Raters' kappa is of all texts with two marks: without those that wait for a third look it would be too
    high, and so is the automatic mark's while one waits.
    """
    settled = [text for text in texts if text.read is not None]
    _, of_one_mark = severities(texts)
    if len(settled) < least or math.isnan(of_one_mark):
        return None
    first, second = (np.array([text.marks[place][1] for text in texts]) for place in (0, 1))
    read = np.array([text.read for text in settled], dtype=np.float64)
    automatic = np.array([text.automatic or 0.0 for text in settled], dtype=np.float64)
    more = automatic - read
    raters, machine = agreed(first, second), agreed(_whole(automatic), _whole(read))
    own = float(more.var(ddof=1)) - of_one_mark / 2
    is_enough = len(texts) >= TEXTS_WANTED and len(settled) == len(texts)
    return RatedKind(
        kind=kind,
        texts=len(texts),
        raters=raters,
        automatic=machine,
        automatic_more=round(float(more.mean()), 3),
        automatic_more_error=round(float(more.std(ddof=1)) / math.sqrt(len(settled)), 3),
        automatic_error=round(math.sqrt(max(own, LEAST_ERROR**2)), 3),
        may_lower_error=is_enough and _reached(raters) and _reached(machine),
    )


def _whole(points: Floats) -> Marks:
    whole: Marks = np.floor(points + 0.5).astype(np.int64)
    return whole


def _reached(one: Agreed) -> bool:
    return one.kappa is not None and one.kappa >= KAPPA_WANTED
