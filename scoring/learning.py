"""What a wave's reports of help teach the hours model, and what of it may be told."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from instruments.setup import Thresholds
from scoring.blocks import Floats
from scoring.errors import ReceivedOnly
from scoring.hours import FEATURES, HoursModel, contributions, expected_variance
from scoring.labels import HelpLabels
from scoring.needs import PAIRS
from scoring.plan.narration import MORE_LABELS
from scoring.recalibration import recalibrate
from scoring.records import HOURS_ASSUMED, BandRow, HoursBasis, WeightRow
from scoring.scored import Z90, Scored
from scoring.sums import carries

ALIKE = (0.67, 1.5)
"""Hours given for each hour received between these are read as remembered alike (ours)."""
LABEL_STEP = 5
HOURS_STEP = 0.1
SUM_STEP = 5
"""A mean is rounded so that the sum behind it is known no better than this (as in `loads`)."""
RATIO_STEP = 0.1
LEVEL_STEP = 0.05
SD_STEP = 0.1
NARROWING_STEP = 5
SAFETY_BANDS = ("asking is rather hard", "asking is partly easy", "asking is rather easy")
GUESSED = "The hours are an expert guess; nobody's hours of help went into them."
TOO_FEW = "Too few people told their hours of help to learn from them; the hours are an expert guess."
ONLY_RECEIVED = (
    "People told the help they got and not the help they missed. Hours learnt from that alone would be too "
    "low for people who do not dare to ask, so they are an expert guess."
)
FEEL_DIFFERENT = "Hours of help given and received differ much ({ratio:g} to 1), so the level is in doubt."


@dataclass(frozen=True, slots=True)
class Learnt:
    """The hours model that totals use, and what the release tells of it."""

    model: HoursModel
    basis: HoursBasis


def learn(scored: Scored, labels: HelpLabels, expert: HoursModel, limits: Thresholds) -> Learnt:
    """Return the hours model for totals, re-estimated when enough people told their hours.

    Tiers stay with the pinned model: nobody is told another tier because of what colleagues reported. With
    fewer than `limits.minimum_people` reports the guess stays, so that no total gives one report away;
    weights and means are told from `limits.minimum_breakdown` reports on.
    """
    try:
        needed = labels.needed
    except ReceivedOnly:
        return Learnt(expert, _assumed(scored, expert, ONLY_RECEIVED))
    known = int(np.count_nonzero(~np.isnan(needed)))
    if known < limits.minimum_people:
        return Learnt(expert, _assumed(scored, expert, TOO_FEW if known else GUESSED))
    model = _doubted(recalibrate(posterior_of(scored), needed, expert), _ratio(labels, limits))
    return Learnt(model, _reported(scored, labels, expert, model, limits))


def _doubted(model: HoursModel, ratio: float | None) -> HoursModel:
    """Return `model`, its level less sure when givers and receivers remember different hours.

    Half the logarithm of the ratio is taken as one SD: the truth may be what either of them remembers.
    """
    if not ratio or ALIKE[0] <= ratio <= ALIKE[1]:
        return model
    covariance = model.covariance + (math.log(ratio) / 2) ** 2
    return msgspec.structs.replace(
        model, log_covariance=tuple(tuple(float(c) for c in row) for row in covariance)
    )


def with_hours(told: Scored, learnt: Scored) -> Scored:
    """Return `told`, tiers and all, with the hours of `learnt`: the same people by the model of `learn`."""
    return replace(
        told, hours=learnt.hours, hours_var=learnt.hours_var, reference_effect=learnt.reference_effect
    )


def posterior_of(scored: Scored) -> Floats:
    """Return (n, 14) means and covariances of the needs, as `NeedsEstimator.transform` gives them."""
    pairs = [scored.need_cov[:, a, b] for a, b in PAIRS]
    return np.column_stack([scored.need_mean, *pairs])


def narrowed(scored: Scored, model: HoursModel, more: int = MORE_LABELS) -> float:
    """Return the share by which everybody's total may be off, at 90 %, once `more` people's hours are known.

    One report tells the level with the log-variance of one person's hours around the expectation; what it
    adds in precision is added to the precision of the weights (a normal approximation).
    """
    parts = contributions(np.array([math.fsum(column) for column in scored.features.T]), model)
    shares = parts / parts.sum()
    before = float(shares @ model.covariance @ shares)
    one = float(np.log1p(scored.hours_var / scored.hours**2).mean())
    own = math.fsum(expected_variance(scored.hours, scored.hours_var, model)) / math.fsum(scored.hours) ** 2
    return math.exp(Z90 * math.sqrt(1 / (1 / before + more / one) + own)) - 1


def _assumed(scored: Scored, model: HoursModel, why: str) -> HoursBasis:
    narrowing = round(100 * narrowed(scored, model)) if len(scored) else None
    return HoursBasis(heading=HOURS_ASSUMED, sentences=(why,), narrowing=narrowing)


def _reported(
    scored: Scored, labels: HelpLabels, expert: HoursModel, model: HoursModel, limits: Thresholds
) -> HoursBasis:
    known = LABEL_STEP * (int(np.count_nonzero(~np.isnan(labels.needed))) // LABEL_STEP)
    average = scored.average_features
    guess = float(contributions(average, expert).sum())
    step = _level_step(known, guess)
    change = step * max(1, round(float(contributions(average, model).sum()) / guess / step))
    ratio = _ratio(labels, limits)
    is_told = known >= limits.minimum_breakdown
    bands = _bands(scored, labels, limits) if is_told else ()
    return HoursBasis(
        heading=f"Hours from about {known} people's reports",
        sentences=_sentences(known, change, ratio, bands),
        labels=known,
        level_change=round(change, 2),
        given_per_received=ratio,
        narrowing=NARROWING_STEP * math.ceil(100 * narrowed(scored, model) / NARROWING_STEP),
        weights=_weights(expert, model, step) if is_told else (),
        bands=bands,
    )


def _sentences(known: int, change: float, ratio: float | None, bands: tuple[BandRow, ...]) -> tuple[str, ...]:
    said = [
        f"The hours come from what about {known} people told of help they got and help they missed, and "
        f"from an expert guess: {_changed(change)}."
    ]
    if ratio is not None and not ALIKE[0] <= ratio <= ALIKE[1]:
        said.append(FEEL_DIFFERENT.format(ratio=ratio))
    said += [
        f"Hours of help a person and month where {row.band}: {row.needed:g} needed, {row.received:g} got."
        for row in bands
    ]
    said.append("Only totals use this. Tiers stay as they are, because people have seen their own already.")
    return tuple(said)


def _changed(change: float) -> str:
    per_cent = round(100 * abs(change - 1))
    return (
        "about as many as the guess"
        if per_cent < 5
        else (f"{per_cent} % {'more' if change > 1 else 'fewer'} than the guess")
    )


def _level_step(reports: int, guess: float) -> float:
    """Return how finely the level may be told, in hours for each hour of the `guess` (hours a person).

    The sum of the hours behind it is then known no better than SUM_STEP, as it is behind a mean.
    """
    return LEVEL_STEP * math.ceil(SUM_STEP / (max(1, reports) * guess) / LEVEL_STEP)


def _weights(expert: HoursModel, model: HoursModel, step: float) -> tuple[WeightRow, ...]:
    """Return the weights before and now; those of now in steps of `step` times the guess, as the level is."""
    before = np.array(expert.weights)
    times = np.divide(model.weights, before, out=np.ones_like(before), where=before > 0)
    now = before * step * np.maximum(np.round(times / step), 1)
    doubt = np.maximum(np.round(np.sqrt(np.diag(model.covariance)) / SD_STEP), 1) * SD_STEP
    columns = (*_intervals(before, np.sqrt(np.diag(expert.covariance))), *_intervals(now, doubt))
    return tuple(
        WeightRow(feature=name, guess=a, guess_low=b, guess_high=c, now=d, now_low=e, now_high=f)
        for name, (a, b, c, d, e, f) in zip(FEATURES, zip(*columns, strict=True), strict=True)
    )


def _intervals(weights: Floats, sd: Floats) -> tuple[list[float], list[float], list[float]]:
    low, high = weights * np.exp(-Z90 * sd), weights * np.exp(Z90 * sd)
    return tuple([round(float(x), 2) for x in part] for part in (weights, low, high))  # type: ignore[return-value]


def _ratio(labels: HelpLabels, limits: Thresholds) -> float | None:
    both = ~np.isnan(labels.given) & ~np.isnan(labels.received)
    if carries(labels.given[both], limits) and carries(labels.received[both], limits):
        least = SUM_STEP * max(1, math.floor(math.fsum(labels.received[both]) / SUM_STEP))
        step = RATIO_STEP * math.ceil(SUM_STEP / least / RATIO_STEP)
        return round(step * round(labels.given_per_received / step), 1)
    return None


def _bands(scored: Scored, labels: HelpLabels, limits: Thresholds) -> tuple[BandRow, ...]:
    """Return mean hours by how safe asking is, of all three bands or of none."""
    rows = []
    for band, words in enumerate(SAFETY_BANDS):
        here = (scored.bands[:, 0] == band) & ~np.isnan(labels.needed)
        received, needed = labels.received[here], labels.needed[here]
        if not (carries(received, limits) and carries(needed, limits)):
            return ()
        rows.append(BandRow(band=words, received=_mean(received), needed=_mean(needed)))
    return tuple(rows)


def _mean(hours: Floats) -> float:
    step = HOURS_STEP * math.ceil(SUM_STEP / len(hours) / HOURS_STEP)
    return round(step * round(math.fsum(hours) / len(hours) / step), 1)
