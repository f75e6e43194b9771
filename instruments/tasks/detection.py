"""Telling flawed statements from sound ones: sensitivity and criterion of signal detection, with errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()
MINIMUM_OF_A_KIND = 4
"""Flawed and sound statements that have to be answered in a half (of 6 each) before a mark is given: ours."""


@dataclass(frozen=True, slots=True)
class Detection:
    """Sensitivity d' and criterion c of one half, in units of the standard normal, with standard errors."""

    d_prime: float
    criterion: float
    """Above 0: statements tend to be let pass; below 0: they tend to be sent to review."""
    d_error: float
    c_error: float


@lru_cache(maxsize=4096)
def detect(hits: int, flawed: int, false_alarms: int, sound: int) -> Detection:
    """Return d' and c of `hits` among `flawed` and `false_alarms` among `sound` answered statements.

    Rates carry the log-linear correction: .5 is added to counts and 1 to totals (Hautus 1995, Behavior
    Research Methods 27, 46-51), so that none is 0 or 1. Standard errors are those of Gourevitch and
    Galanter (1967, Psychometrika 32, 25-33) at the corrected rates, with the totals as answered.

    Raises ValueError when a total is below 1 or a count lies outside its total.
    """
    if not (0 <= hits <= flawed and 0 <= false_alarms <= sound and flawed >= 1 and sound >= 1):
        msg = f"counts {hits} of {flawed} and {false_alarms} of {sound} cannot be"
        raise ValueError(msg)
    z_hit, variance_hit = _normal_score(hits, flawed)
    z_alarm, variance_alarm = _normal_score(false_alarms, sound)
    error = (variance_hit + variance_alarm) ** 0.5
    return Detection(z_hit - z_alarm, -(z_hit + z_alarm) / 2, error, error / 2)


def _normal_score(count: int, total: int) -> tuple[float, float]:
    """Return the normal score of the corrected rate, and its variance."""
    rate = (count + 0.5) / (total + 1)
    score = _NORMAL.inv_cdf(rate)
    return score, rate * (1 - rate) / (total * _NORMAL.pdf(score) ** 2)
