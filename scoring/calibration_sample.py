"""A local reference from a calibration sample: each figure between what was assumed and what was seen.

An estimate x with standard error e and an assumed figure m that may be off by d are pooled as two normal
statements: ``m + w (x - m)`` with ``w = d^2 / (d^2 + e^2)`` and standard error ``sqrt(w) e`` (Gelman et al.
2013, Bayesian Data Analysis, section 2.5). So the assumed figure weighs less the more people answered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from instruments.questions import Battery
from scoring.blocks import Floats
from scoring.calibration_key import KeyedSample, check_keys
from scoring.errors import BadModel
from scoring.items import ItemColumn, item_columns, scale_specs
from scoring.local_needs import local_correlations
from scoring.reference import Reference, ReferenceRow, assumed_doubt, default_reference
from scoring.reliability import Reliability, reliability
from scoring.scales import ScaleScorer, keyed

LEAST_PEOPLE = 30
"""Below so many answers a sample tells less than what was assumed (rule of thumb)."""
ENOUGH_PEOPLE = 100
"""Below so many the figures stay wide (rule of thumb)."""
LEAST_TEAMS = 5
"""Fewer teams do not tell how much teams differ (ours)."""
LEAST_RELIABILITY, MOST_RELIABILITY = 0.05, 0.99


@dataclass(frozen=True, slots=True)
class Calibration:
    """A local reference, and what to know about the sample."""

    reference: Reference
    people: int
    """Who answered at least one scored question."""
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Sample:
    """Keyed answers of one scale with its scores, of everybody whose score is reported."""

    names: tuple[str, ...]
    items: Floats
    told: NDArray[np.bool_]
    """(all people,) whose score is reported."""
    scores: Floats
    again: Floats
    """Second scores, NaN without one."""
    teams: NDArray[np.int64] | None

    @cached_property
    def reliability(self) -> Reliability:
        """How well the items go together."""
        return reliability(self.items)


def calibrate(
    battery: Battery,
    items: Floats,
    retest: Floats | None = None,
    teams: NDArray[np.int64] | None = None,
) -> Calibration:
    """Return the local reference of `battery`; parameters and errors as in `Reference.from_sample`.

    A mean is read with its standard error, by teams where they are given; a new `mean_sd` is what is left of
    the doubt, about the population that the sample was drawn from and about no other. Scales of one item
    keep their assumed alpha. Without a retest its share of alpha is kept as assumed. Validity always is.
    A scale with fewer than 30 scores, or with an item that fewer than 30 answered, keeps its assumed row; one
    that looks wrongly keyed (`check_keys`) is refused with BadModel.
    """
    columns = item_columns(battery)
    items, retest, teams = _checked(items, retest, teams, columns)
    samples = _samples(ScaleScorer(columns, scale_specs(battery)), items, retest, teams)
    if not samples:
        raise BadModel(f"No scale has {LEAST_PEOPLE} people who answered it.", "Collect more answers first.")
    assumed = default_reference(battery)
    rows, scores = list(assumed.rows), np.full((len(items), len(assumed.rows)), np.nan)
    notes = _notes_of_size(_people(items))
    for place, sample in samples.items():
        _check_differences(sample, rows[place].scale)
    check_keys(_keyed_sample(assumed.rows[place], sample) for place, sample in samples.items())
    for place, sample in samples.items():
        rows[place] = _local_row(rows[place], sample)
        scores[sample.told, place] = sample.scores
        notes += _notes_of_items(rows[place].scale, sample)
    correlations, status = local_correlations(tuple(rows), scores, assumed.correlations)
    local = Reference(rows=tuple(rows), correlations=correlations, correlations_status=status)
    return Calibration(local, _people(items), notes)


def mean_error(scores: Floats, teams: NDArray[np.int64] | None = None) -> float:
    """Return the standard error of the mean of `scores` (n,), in their own points.

    With `teams` (n,) the cluster-robust one, ``sqrt(G / (G - 1) sum of u_g^2) / n`` with u_g the summed
    deviations of team g (Liang & Zeger 1986, Biometrika 73, 13-22), widened by ``sqrt((G - 1) / (G - 3))``
    because few teams know their own spread badly (the SD of Student's t with G - 1 degrees); never less
    than ``s / sqrt(n)``. A code below 0 is a team of one.
    """
    people = len(scores)
    plain = float(scores.std(ddof=1)) / math.sqrt(people)
    if teams is None:
        return plain
    codes = np.where(teams < 0, teams.max(initial=0) + 1 + np.arange(people), teams)
    sums = np.bincount(np.unique(codes, return_inverse=True)[1], weights=scores - scores.mean())
    count = len(sums)
    spread = count / max(count - 1, 1) * float((sums**2).sum())
    return max(plain, math.sqrt(spread * (count - 1) / max(count - 3, 1)) / people)


def pooled(assumed: float, doubt: float, seen: float, error: float) -> tuple[float, float]:
    """Return the pooled figure and its standard error (formula above); `doubt` and `error` in its unit."""
    weight = doubt**2 / (doubt**2 + error**2)
    return assumed + weight * (seen - assumed), math.sqrt(weight) * error


def _samples(
    scorer: ScaleScorer, items: Floats, retest: Floats | None, teams: NDArray[np.int64] | None
) -> dict[int, _Sample]:
    """Return the sample of each scale, by its place, where enough people answered every item."""
    scorer.fit(items[:1])
    scores = _scores(scorer, items)
    again = np.full(scores.shape, np.nan) if retest is None else _scores(scorer, retest)
    found = {}
    for place, members in enumerate(scorer.members_):
        told = ~np.isnan(scores[:, place])
        own = [one for one in members if not scorer.columns_[one].is_weight]
        answers = np.column_stack([_keyed(items[told, one], scorer.columns_[one]) for one in own])
        if min((~np.isnan(answers)).sum(axis=0)) >= LEAST_PEOPLE:
            names = tuple(scorer.columns_[one].id for one in own)
            own_teams = None if teams is None else teams[told]
            found[place] = _Sample(names, answers, told, scores[told, place], again[told, place], own_teams)
    return found


def _local_row(row: ReferenceRow, sample: _Sample) -> ReferenceRow:
    people = len(sample.scores)
    doubt = assumed_doubt()
    error = mean_error(sample.scores, sample.teams)
    mean, left = pooled(row.mean, row.mean_sd * row.sd, float(sample.scores.mean()), error)
    # log of a normal sample's SD: standard error 1 / sqrt(2 (n - 1))
    spread = math.log(float(sample.scores.std(ddof=1)))
    log_sd, sd_error = pooled(math.log(row.sd), doubt["sd_log_sd"], spread, (2 * (people - 1)) ** -0.5)
    alpha, alpha_error = _alpha(row, sample, doubt["alpha_log_sd"])
    retest, retest_error = _retest(row, alpha, sample, doubt["retest_z_sd"])
    return msgspec.structs.replace(
        row,
        status="local",
        mean=_rounded(mean),
        sd=_rounded(math.exp(log_sd)),
        alpha=_rounded(alpha),
        retest=_rounded(retest),
        mean_sd=_rounded(left / math.exp(log_sd)),
        mark="seen",
        people=people,
        sd_error=_rounded(sd_error),
        alpha_error=_rounded(alpha_error),
        retest_error=_rounded(retest_error),
    )


def _alpha(row: ReferenceRow, sample: _Sample, doubt: float) -> tuple[float, float]:
    """Pool ``log(1 - alpha)``, whose standard error is ``sqrt(2 K / ((K - 1) (n - 2)))``.

    With ``log(n / (n - 1))`` taken off for its bias (Bonett 2002, Journal of Educational and Behavioral
    Statistics 27, 335-340).
    """
    people, size = sample.items.shape
    if size < 2:
        return row.alpha, row.alpha_error or 0.0
    seen = max(1 - sample.reliability.alpha, 1 - MOST_RELIABILITY)
    error = _alpha_error(people, size)
    level = math.log(seen) - math.log(people / (people - 1))
    log_rest, left = pooled(math.log(1 - row.alpha), doubt, level, error)
    alpha = min(max(1 - math.exp(log_rest), LEAST_RELIABILITY), MOST_RELIABILITY)
    return alpha, left * (1 - alpha)


def _alpha_error(people: int, size: int) -> float:
    """Return the standard error of ``log(1 - alpha)``; infinite for one item, whose alpha nobody sees."""
    return math.sqrt(2 * size / ((size - 1) * (people - 2))) if size > 1 else math.inf


def _retest(row: ReferenceRow, alpha: float, sample: _Sample, doubt: float) -> tuple[float, float]:
    """Pool Fisher's z of the retest correlation, standard error ``1 / sqrt(n - 3)`` (Fisher 1921).

    What lasts cannot be more than what is measured at all: never above `alpha`.
    """
    assumed = alpha * min(row.retest / row.alpha, 1.0)
    z, left = math.atanh(assumed), doubt
    both = ~np.isnan(sample.again)
    if both.sum() >= LEAST_PEOPLE:
        first, second = sample.scores[both], sample.again[both]
        if min(_width(first), _width(second)) == 0:
            raise BadModel(f"In the retest everybody has the same score on {row.scale}.", "Check the file.")
        seen = math.atanh(min(max(float(np.corrcoef(first, second)[0, 1]), -0.99), 0.99))
        z, left = pooled(z, doubt, seen, 1 / math.sqrt(both.sum() - 3))
    retest = min(max(math.tanh(z), LEAST_RELIABILITY), alpha)
    return retest, left * (1 - retest**2)


def _checked(
    items: Floats, retest: Floats | None, teams: NDArray[np.int64] | None, columns: tuple[ItemColumn, ...]
) -> tuple[Floats, Floats | None, NDArray[np.int64] | None]:
    first = _table(items, "The sample", len(columns))
    second = None if retest is None else _table(retest, "The retest", len(columns))
    if second is not None and len(second) != len(first):
        raise BadModel("The retest needs one row for each row of the sample.", "Leave blank who is missing.")
    people = _people(first)
    if people < LEAST_PEOPLE:
        raise BadModel(
            f"The sample has {people} people with answers; a local reference needs {LEAST_PEOPLE}, better "
            f"{ENOUGH_PEOPLE}.",
            "Fewer would tell less than the assumed figures do. Collect more answers first.",
        )
    if teams is None:
        return first, second, None
    codes = np.asarray(teams)
    if codes.shape != (len(first),) or codes.dtype.kind not in "iu":
        raise BadModel("Teams need one whole number for each row of the sample.")
    if len(np.unique(codes[codes >= 0])) + int((codes < 0).sum()) < LEAST_TEAMS:
        raise BadModel(
            f"Fewer than {LEAST_TEAMS} teams do not tell how much teams differ.",
            "Ask people of more teams, or leave the teams out.",
        )
    return first, second, codes.astype(np.int64)


def _table(items: Floats, what: str, columns: int) -> Floats:
    try:
        table = np.asarray(items, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadModel(f"{what} has to be a table of numbers.") from None
    if table.ndim != 2 or table.shape[1] != columns:
        raise BadModel(f"{what} needs {columns} columns, one for each scored question, in the order asked.")
    return table


def _people(items: Floats) -> int:
    return int((~np.isnan(items)).any(axis=1).sum())


def _scores(scorer: ScaleScorer, items: Floats) -> Floats:
    both = scorer.transform(items)
    scores: Floats = scorer.reported(both)
    return np.where(both[:, scores.shape[1] :] > 0, scores, np.nan)


def _check_differences(sample: _Sample, scale: str) -> None:
    given = [column[~np.isnan(column)] for column in sample.items.T]
    same = [name for name, column in zip(sample.names, given, strict=True) if _width(column) == 0]
    if same:
        raise BadModel(
            f"Everybody gave the same answer to {', '.join(same)}.",
            "Check how the answers were collected; a column left blank keeps its scale as assumed.",
        )
    if _width(sample.scores) == 0:
        raise BadModel(f"Everybody has the same score on {scale}.", "Check how the answers were collected.")


def _width(numbers: Floats) -> float:
    return float(np.ptp(numbers)) if np.ptp(numbers) > 1e-9 * np.abs(numbers).max(initial=0.0) else 0.0


def _keyed_sample(row: ReferenceRow, sample: _Sample) -> KeyedSample:
    error = math.hypot(_alpha_error(*sample.items.shape), assumed_doubt()["alpha_log_sd"])
    return KeyedSample(row.scale, sample.names, sample.items, sample.reliability, row.alpha, error)


def _keyed(values: Floats, column: ItemColumn) -> Floats:
    return keyed(values, column.minimum, column.maximum, column.reverse)


def _notes_of_size(people: int) -> tuple[str, ...]:
    if people >= ENOUGH_PEOPLE:
        return ()
    return (f"{people} people are few: the figures stay wide, and lean on what was assumed.",)


def _notes_of_items(scale: str, sample: _Sample) -> tuple[str, ...]:
    against = [sample.names[place] for place in sample.reliability.unreversed]
    if not against:
        return ()
    named = ", ".join(against)
    return (f"{scale}: going against the others: {named}; look whether a reversed one was turned twice.",)


def _rounded(figure: float) -> float:
    return float(f"{figure:.6g}")
