"""What better conditions would save: a scenario of the hours model, assumed and no proof of a cause.

The released counts by band of a need are read as a normal distribution with the reference's spread; it is
moved, and the part of the hours that conditions cause is computed again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri

from instruments.model import Need
from scoring.hours import deficit_and_slope, normal_points
from scoring.quality_records import ClimateRow
from scoring.records import HoursBasis, Release
from scoring.scored import BAND_EDGE, Z90
from scoring.table_records import CountRow, CountTable

HEADROOM_AN_HOUR = 0.15
"""SD of headroom that one protected hour a week is taken to give everybody (assumed; nothing measured it)."""
HEADROOM_RANGE = (0.05, 0.3)
"""Read as a 90 % interval (assumed)."""
ONE_BAND = 2 * BAND_EDGE
"""Width of the middle band: from the middle of one band to that of the next, in SD."""
LOW_SHARE = 1 / 3
"""A group's safety is low where this share of its people stand in the lower band, and more of them than in
the higher one (ours); in the reference it would be 31 %."""
LOW_MEAN = 50
"""Or where its people agree on a mean below the middle of the answers (ours)."""
SafetyKnown = Literal["low", "not low", "not known"]


@dataclass(frozen=True, slots=True)
class Needs:
    """Means of a group's latent safety and headroom in reference SD, None where bands are hidden."""

    safety: float | None = None
    headroom: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """The part of the hours model that conditions make: hours a month per SD of deficit."""

    base: float
    safety: float
    headroom: float
    together: float
    correlation: float
    log_sd: float = 0.35

    def hours(self, needs: Needs) -> float:
        """Return expected hours a head and month from conditions; 0 SD stands in for an unknown mean."""
        points = normal_points()
        safety = (needs.safety or 0.0) + points[:, 0]
        other = self.correlation * points[:, 0] + math.sqrt(1 - self.correlation**2) * points[:, 1]
        first, second = deficit_and_slope(safety)[0], deficit_and_slope((needs.headroom or 0.0) + other)[0]
        parts = self.safety * first + self.headroom * second + self.together * first * second
        return float(np.mean(parts))


def weights_of(basis: HoursBasis | None, pinned: Sequence[float], correlation: float) -> Weights:
    """Return the weights behind the released hours: those of the release where it tells them."""
    told = {row.feature: row.now for row in basis.weights} if basis else {}
    names = ("base", "safety", "headroom", "safety x headroom")
    places = (0, 1, 3, 5)
    base, safety, headroom, together = (
        told.get(name, float(pinned[place])) for name, place in zip(names, places, strict=True)
    )
    return Weights(base, safety, headroom, together, correlation)


def moved(needs: Needs, protected_hours: float, *, safety_up: bool, each: float = HEADROOM_AN_HOUR) -> Needs:
    """Return the means under better conditions; a mean that is not known stays so."""
    safety = needs.safety
    if safety is not None and safety_up:
        safety += ONE_BAND
    headroom = None if needs.headroom is None else needs.headroom + each * protected_hours
    return Needs(safety, headroom)


def share_left(needs: Needs, then: Needs, weights: Weights, conditions: float) -> float:
    """Return the share of all hours that stays when the means move from `needs` to `then`.

    `conditions` is the share of all hours that conditions cause, 0 to 1.
    """
    before = weights.hours(needs)
    if before <= 0:
        return 1.0
    return 1 - conditions * (1 - min(1.0, weights.hours(then) / before))


def log_reach(number: float, bound: float) -> float:
    """Return how far `bound` is from `number` on the log scale, 0 where either is nothing."""
    return abs(math.log(bound / number)) if number > 0 and bound > 0 else 0.0


def weight_reach(weights: Weights) -> float:
    """Return the reach of the doubt about a single weight at 90 %, log scale."""
    return Z90 * weights.log_sd


def bands_of(release: Release, attribute: str, need: Need, group: str) -> tuple[CountTable, CountRow] | None:
    """Return the released row of `group` in the bands of `need`."""
    for table in release.counts:
        if table.kind == "need-bands" and table.need == need and table.attribute == attribute:
            rows = [*table.rows, *([table.total] if table.total else [])]
            return next(((table, row) for row in rows if row.group == group), None)
    return None


def shares_of(table: CountTable, row: CountRow) -> tuple[float | None, float | None]:
    """Return the shares of a row's people in the lower and in the higher band, None where hidden.

    Half a person is added to each side, so that no share is 0 or 1.
    """
    if None in row.cells or not row.respondents:
        return None, None
    counts = dict(zip(table.columns, (cell or 0 for cell in row.cells), strict=True))
    whole = sum(counts.values()) + 1
    lower, higher = ((counts[name] + 0.5) / whole if name in counts else None for name in ("lower", "higher"))
    return lower, higher


def needs_of(release: Release, attribute: str, group: str) -> Needs:
    """Return the means of a group's needs that its released bands tell."""
    return Needs(_mean(release, attribute, "safety", group), _mean(release, attribute, "headroom", group))


def _mean(release: Release, attribute: str, need: Need, group: str) -> float | None:
    """Return the mean with which a normal distribution of SD 1 has the released shares beyond either edge."""
    found = bands_of(release, attribute, need, group)
    lower, higher = shares_of(*found) if found else (None, None)
    told = []
    if lower is not None:
        told.append(-BAND_EDGE - float(ndtri(lower)))
    if higher is not None:
        told.append(BAND_EDGE + float(ndtri(higher)))
    return math.fsum(told) / len(told) if told else None


def safety_of(release: Release, attribute: str, group: str) -> SafetyKnown:
    """Return whether a group's released safety is low; *not known* where it is hidden."""
    climate = [row for t in release.quality if t.attribute == attribute for row in t.climate]
    row = next((row for row in climate if row.group == group), None)
    if row is not None and _is_low_mean(row):
        return "low"
    found = bands_of(release, attribute, "safety", group)
    lower, higher = shares_of(*found) if found else (None, None)
    if lower is None:
        return "not known"
    return "low" if lower >= LOW_SHARE and (higher is None or lower > higher) else "not low"


def _is_low_mean(row: ClimateRow) -> bool:
    return bool(row.agrees) and row.mean is not None and row.mean < LOW_MEAN
