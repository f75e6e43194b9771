"""How well people know how sure they can be: told in words and bands, never as a score of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Band = Literal["overconfident", "about right", "underconfident"]
SMALLEST_GAP = 0.10
"""Gaps up to this size are called about right, as is every gap within one standard error: ours."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidence against what was right; shares and chances from 0 to 1."""

    answered: int
    confidence: float
    """Mean stated chance of being right."""
    right: float
    """Share that was right."""
    brier: float
    """Mean squared distance of the stated chance from what came (Brier 1950); 0 is best, 1 worst."""
    error: float
    """Standard error of `right`, with .5 added to the count and 1 to the total so that it is never 0."""

    @property
    def gap(self) -> float:
        """Mean confidence less the share that was right."""
        return self.confidence - self.right

    @property
    def band(self) -> Band:
        """The gap in a word."""
        if abs(self.gap) <= max(SMALLEST_GAP, self.error):
            return "about right"
        return "overconfident" if self.gap > 0 else "underconfident"


def calibrate(judgements: Sequence[tuple[int, bool]]) -> Calibration | None:
    """Return the calibration of `judgements` (stated chance in per cent, whether right); None for none."""
    n = len(judgements)
    if not n:
        return None
    count = sum(right for _, right in judgements)
    smoothed = (count + 0.5) / (n + 1)
    return Calibration(
        answered=n,
        confidence=sum(chance for chance, _ in judgements) / (100 * n),
        right=count / n,
        brier=sum((chance / 100 - right) ** 2 for chance, right in judgements) / n,
        error=(smoothed * (1 - smoothed) / n) ** 0.5,
    )
