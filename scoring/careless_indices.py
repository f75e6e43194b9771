"""Signs of answering without reading, one person at a time: runs, halves that disagree, odd patterns.

People are on the last axis and everything is done element by element, so that nobody's figures depend on
who else is there. Answers are compared with the reference, never with the other answers of the sample.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from instruments.model import NEEDS, Record
from scoring.blocks import Floats
from scoring.reference import ReferenceRow

LEAST_ERROR = 0.02
"""Item error variance of a scale, in SD squared, is taken to be at least this."""
FEWEST_SCALES = 3
"""Even and odd halves are compared over at least this many scales."""


class KeyedScale(Record, frozen=True):
    """One scale with its reference: the places of its items among the rows of an array of keyed answers."""

    places: tuple[int, ...]
    row: ReferenceRow

    @property
    def loading(self) -> float:
        """Correlation of the complete score with its need; 0 where it feeds none."""
        return self.row.sign * self.row.validity * self.row.retest**0.5 if self.row.need else 0.0

    @property
    def item_error(self) -> float:
        """Variance, in square points, of one item around the person's level on the scale."""
        return self.row.sd**2 * max(1 - self.row.alpha, LEAST_ERROR) * self.row.items


def longest_run(raw: Floats, lag: int = 1) -> Floats:
    """Return the longest run of equal raw answers in `raw` (items, people), in the order asked, (people,).

    With `lag` 2 each answer equals the last but one, as in 2 4 2 4. A gap ends a run. At least `lag` where
    there are so many items (longstring: Johnson 2005, Journal of Research in Personality 39, 103-129).
    """
    run = np.zeros(raw.shape[1])
    longest = np.zeros(raw.shape[1])
    for place in range(lag, len(raw)):
        run = np.where(raw[place] == raw[place - lag], run + 1, 0.0)
        longest = np.maximum(longest, run)
    return longest + min(lag, len(raw))


def even_odd(keyed: Floats, scales: Sequence[KeyedScale]) -> Floats:
    """Return the even-odd consistency of `keyed` answers (items, people), (people,).

    Over scales, the correlation of the means of even and odd items, each in SDs from the reference mean,
    stepped up by ``2r / (1 + r)``, at least -1 (Johnson 2005; Curran 2016, Journal of Experimental Social
    Psychology 66, 4-19). NaN with fewer than three scales, or without any spread.
    """
    count, a, b, aa, bb, ab = (np.zeros(keyed.shape[1]) for _ in range(6))
    for scale in scales:
        odd, even = (_mean(keyed, scale.places[start::2])[0] for start in (0, 1))
        x, y = ((half - scale.row.mean) / scale.row.sd for half in (odd, even))
        known = ~np.isnan(x) & ~np.isnan(y)
        x, y = np.where(known, x, 0.0), np.where(known, y, 0.0)
        count += known
        a, b, aa, bb, ab = a + x, b + y, aa + x * x, bb + y * y, ab + x * y
    most = np.maximum(count, 1.0)
    spread = (aa - a * a / most) * (bb - b * b / most)
    known = (count >= FEWEST_SCALES) & (spread > 1e-12)
    r = np.where(known, ab - a * b / most, 0.0) / np.sqrt(np.where(known, spread, 1.0))
    stepped = np.where(r > -0.5, 2 * r / (1 + np.maximum(r, -0.5)), -1.0)
    return np.where(known, np.maximum(stepped, -1.0), np.nan)


def distance(
    keyed: Floats, scales: Sequence[KeyedScale], correlations: Sequence[Sequence[float]]
) -> tuple[Floats, Floats]:
    """Return the squared Mahalanobis distance of `keyed` answers (items, people) and their number, (people,).

    The covariance is the reference's: item i of scale s is ``mean + sd (loading x need + rest) + error``, so
    the distance is that of the items from their own mean, and that of the scale means from the
    reference means. Gaps are integrated out.
    """
    people = keyed.shape[1]
    total, answered = np.zeros(people), np.zeros(people)
    steps: list[tuple[KeyedScale, Floats, Floats]] = []
    for scale in scales:
        mean, count = _mean(keyed, scale.places)
        for place in scale.places:
            off = keyed[place] - mean
            total += np.where(np.isnan(off), 0.0, off * off) / scale.item_error
        level = np.where(count > 0, (mean - scale.row.mean) / scale.row.sd, 0.0)
        steps.append((scale, level, count))
        answered += count
    return total + _between(steps, correlations), answered


def _between(
    steps: Sequence[tuple[KeyedScale, Floats, Floats]], correlations: Sequence[Sequence[float]]
) -> Floats:
    """Return the squared distance of the scale means: one innovation a scale (an LDL' decomposition)."""
    total = np.zeros_like(steps[0][1])
    below: list[list[Floats]] = []
    spreads: list[Floats] = []
    innovations: list[Floats] = []
    for scale, level, count in steps:
        factors: list[Floats] = []
        for other, (one, _, _) in enumerate(steps[: len(below)]):
            shared = np.where(count > 0, _shared(scale, one, correlations), 0.0)
            for before in range(other):
                shared = shared - factors[before] * below[other][before] * spreads[before]
            factors.append(np.where(steps[other][2] > 0, shared, 0.0) / spreads[other])
        error = scale.item_error / scale.row.sd**2 / np.maximum(count, 1.0)
        spread = max(scale.row.alpha, scale.loading**2) + error
        left = level
        for other, factor in enumerate(factors):
            spread = spread - factor * factor * spreads[other]
            left = left - factor * innovations[other]
        below.append(factors)
        spreads.append(spread)
        innovations.append(left)
        total += left * left / spread
    return total


def _shared(one: KeyedScale, other: KeyedScale, correlations: Sequence[Sequence[float]]) -> float:
    if one.row.need is None or other.row.need is None:
        return 0.0
    between = correlations[NEEDS.index(one.row.need)][NEEDS.index(other.row.need)]
    return one.loading * other.loading * between


def _mean(keyed: Floats, places: Sequence[int]) -> tuple[Floats, Floats]:
    """Return the mean of the answered items (NaN without any) and their number, (people,)."""
    total, count = np.zeros(keyed.shape[1]), np.zeros(keyed.shape[1])
    for place in places:
        known = ~np.isnan(keyed[place])
        total += np.where(known, keyed[place], 0.0)
        count += known
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan), count
