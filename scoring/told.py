"""What one respondent is told: natural frequencies, plain words, conditions located in the job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np

from instruments.model import NEEDS, Need
from instruments.questions import Battery
from instruments.records import NeedBand, OwnResult, Tier, TierShare, Wave
from scoring.blocks import Floats
from scoring.hours import DEFAULT_HOURS, HoursModel, contributions
from scoring.scored import BAND_EDGE, Z90, Scored
from scoring.told_words import band_words, reasons_apart

_TIERS: tuple[Tier, ...] = get_args(Tier)
CLEAR = 0.6
"""Probability from which on one tier is named."""
NOTICEABLE = 0.15
"""Hours a month above the reference average from which on a reason is named (ours)."""
MOST_REASONS = 3
HOURS_GUESSED = "The hours are an expert guess until real hours of help have been logged."
PILOT = "In part, your answers are compared with those of people who took a pilot before you."

BANDS = ("lower", "middle", "higher")


def own_result(
    scored: Scored,
    battery: Battery,
    wave: Wave,
    cut_hours: Sequence[float],
    *,
    row: int = 0,
    hours: HoursModel = DEFAULT_HOURS,
    logged: bool = False,
    has_local: bool = False,
) -> OwnResult:
    """Return what the person in `row` of `scored` is told.

    `logged` says whether the hours model has been checked against hours really given, `has_local` whether
    the reference holds figures of a calibration sample.
    """
    enough = bool(scored.enough[row])
    chances = scored.tier_probabilities[row]
    low, high = named_tiers(chances) if enough else (0, 0)
    conditions, skill = reasons_apart(_reasons(scored, row, hours), battery) if enough else ((), ())
    verdict = "not enough data" if not enough else "tier" if low == high else "between"
    return OwnResult(
        wave=wave,
        verdict=verdict,  # type: ignore[arg-type]  # mypy widens the conditional to str
        tiers=tuple(_TIERS[tier] for tier in sorted({low, high})) if enough else (),
        shares=_shares(chances) if enough else (),
        heading="Relative need" if logged else "Relative need, hours assumed",
        sentences=_sentences(chances, cut_hours, low, high, logged=logged) if enough else _NOT_ENOUGH,
        conditions=conditions,
        skill=skill,
        needs=tuple(_band(need, scored, row, battery) for need in NEEDS),
        notes=_notes(battery, has_local=has_local),
    )


def named_tiers(chances: Floats) -> tuple[int, int]:
    """Return the first and last tier to name: equal where the most probable one reaches CLEAR.

    Otherwise the shortest run of neighbours that holds the two most probable tiers and no tier less
    probable than one outside it.
    """
    order = sorted(range(len(chances)), key=lambda tier: (-chances[tier], tier))
    if chances[order[0]] >= CLEAR:
        return order[0], order[0]
    low, high = sorted(order[:2])
    for tier in order[2:]:
        if not low <= tier <= high and chances[tier] > min(chances[low : high + 1]):
            low, high = min(low, tier), max(high, tier)
    return low, high


def whole_shares(chances: Floats) -> tuple[int, ...]:
    """Return `chances` as whole numbers of 100 that sum to 100 and keep their order (largest remainder)."""
    hundredths = [100.0 * float(chance) for chance in chances]
    shares = [int(share) for share in hundredths]
    by_rest = sorted(range(len(shares)), key=lambda i: (shares[i] - hundredths[i], -hundredths[i], i))
    for place in by_rest[: 100 - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def hours_words(tier: int, cut_hours: Sequence[float]) -> str:
    """Return the hours a month of `tier` in words, such as ``1 to 2 hours``."""
    if tier == 0:
        return f"less than {_hours(cut_hours[0])}"
    if tier == len(cut_hours):
        return f"more than {_hours(cut_hours[-1])}"
    return f"{cut_hours[tier - 1]:g} to {_hours(cut_hours[tier])}"


def _hours(number: float) -> str:
    return f"{number:g} hour" if number == 1 else f"{number:g} hours"


_NOT_ENOUGH = (
    "Your answers say too little about how much help would suit you.",
    "That is fine. Nothing follows from it.",
)


def _shares(chances: Floats) -> tuple[TierShare, ...]:
    return tuple(
        TierShare(tier=tier, of_100=share) for tier, share in zip(_TIERS, whole_shares(chances), strict=True)
    )


def _sentences(
    chances: Floats, cut_hours: Sequence[float], low: int, high: int, *, logged: bool
) -> tuple[str, ...]:
    wide = _range_words(low, high, cut_hours)
    if low == high:
        first = f"Your answers fit best with {_TIERS[low]}: {wide} of help a month."
    else:
        first = f"Your answers lie between {_TIERS[low]} and {_TIERS[high]}: {wide} of help a month."
    shares = whole_shares(chances)
    parts = [f"about {shares[i]} would want {hours_words(i, cut_hours)}" for i in range(low, high + 1)]
    parts[0] += " of help a month"
    guess = () if logged else (HOURS_GUESSED,)
    return first, f"Of 100 people who answer like this, {', and '.join(parts)}.", *guess


def _range_words(low: int, high: int, cut_hours: Sequence[float]) -> str:
    if low == 0 and high == len(cut_hours):
        return "any number of hours"
    if low == 0:
        return f"less than {_hours(cut_hours[high])}"
    if high == len(cut_hours):
        return f"more than {_hours(cut_hours[low - 1])}"
    return f"{cut_hours[low - 1]:g} to {_hours(cut_hours[high])}"


def _reasons(scored: Scored, row: int, hours: HoursModel) -> tuple[Need, ...]:
    """Return the needs told that add most hours over the reference average, the largest first."""
    above = _by_need(contributions(scored.features[row], hours)) - _by_need(
        contributions(scored.average_features, hours)
    )
    order = sorted(range(len(NEEDS)), key=lambda need: (-above[need], need))
    found = [NEEDS[need] for need in order if above[need] >= NOTICEABLE and scored.told[row, need]]
    return tuple(found[:MOST_REASONS])


def _by_need(parts: Floats) -> Floats:
    """Hours by need: each interaction counts half for either of its two needs (Shapley's split)."""
    base = len(NEEDS) + 1
    halves = 0.5 * np.array([parts[base], parts[base + 1], parts[base], parts[base + 1]])
    by_need: Floats = parts[1:base] + halves
    return by_need


def _band(need: Need, scored: Scored, row: int, battery: Battery) -> NeedBand:
    place = NEEDS.index(need)
    band = int(scored.bands[row, place]) if scored.told[row, place] else -1
    mean = float(scored.need_mean[row, place])
    reach = Z90 * float(scored.need_cov[row, place, place]) ** 0.5
    possible = () if band < 0 else reached_bands(mean - reach, mean + reach)
    return NeedBand(
        need=need,
        band="open" if band < 0 else BANDS[band],  # type: ignore[arg-type]
        mean=round(mean, 3),
        low=round(mean - reach, 3),
        high=round(mean + reach, 3),
        words=band_words(need, band, battery),
        possible=possible,  # type: ignore[arg-type]  # mypy widens the names to str
    )


def reached_bands(low: float, high: float) -> tuple[str, ...]:
    """Return the bands that the range from `low` to `high` (reference SD units) reaches, lower first."""
    reached = (low <= -BAND_EDGE, low < BAND_EDGE and high > -BAND_EDGE, high >= BAND_EDGE)
    return tuple(name for name, is_reached in zip(BANDS, reached, strict=True) if is_reached)


def _notes(battery: Battery, *, has_local: bool) -> tuple[str, ...]:
    notes = ["This is one person's view on one day. It is not a grade, and nobody is ranked."]
    if any(part.wording.status == "adapted" for part in battery.parts):
        notes.append("Adapted wording: published reliability does not carry over.")
    if has_local:
        notes.append(PILOT)
    if battery.tasks:
        notes.append("Practice with AI tools is read from a few short tasks: a hint, no measure of you.")
    notes.append("Short questionnaires are imprecise. You know your own situation best.")
    return tuple(notes)
