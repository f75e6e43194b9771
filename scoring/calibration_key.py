"""Whether the questions of a calibration sample are turned as their scale says; if not, no figure is made."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.blocks import Floats
from scoring.errors import BadModel
from scoring.reliability import Reliability, correlations

MOST_AGAINST = 1
"""One question against the others may be a bad question; more of them are a wrong key (ours)."""
LEAST_ALPHA = 0.3
"""A scale whose questions go together less has no mean worth taking, if chance does not explain it (ours)."""
BEYOND_CHANCE = 2.0
"""So many standard errors below what was assumed an alpha is no chance (ours)."""
WHAT_TO_DO = (
    "Put every answer in as it was ticked: careload turns the reversed questions itself. If they are in as "
    "ticked, look at the wording and the labels of the questions named, or leave the scale's columns blank: "
    "it stays as assumed."
)


@dataclass(frozen=True, slots=True, eq=False)
class KeyedSample:
    """Keyed answers of one scale, (people, items), and what was assumed of them."""

    scale: str
    names: Sequence[str]
    items: Floats
    found: Reliability
    assumed_alpha: float
    log_error: float
    """Standard error of ``log(1 - alpha)`` in the sample, with the doubt about the one assumed."""


def check_keys(samples: Iterable[KeyedSample]) -> None:
    """Raise BadModel, naming every scale and its questions, where questions run against each other.

    That is where at least two have an item-rest correlation more than its standard error, ``1 / sqrt(n)``,
    below 0, or where alpha is below LEAST_ALPHA and neither chance nor doubt explains it: the 30 people of a
    sound pilot give a short scale an alpha as low, or two slightly negative correlations, now and then.
    """
    wrong = [problem for one in samples if (problem := _problem(one))]
    if wrong:
        raise BadModel(" ".join(wrong), WHAT_TO_DO)


def turned(items: Floats) -> tuple[int, ...]:
    """Return the places of the smaller side of keyed `items` (people, items): those likely not turned right.

    Sides are the signs of the loadings on the first principal component of the items' correlations; of two
    sides of one size it is that without the first item.
    """
    first = np.linalg.eigh(correlations(items))[1][:, -1]
    other = (first < 0) != (first[0] < 0)
    smaller = ~other if 2 * other.sum() > len(other) else other
    return tuple(int(place) for place in np.flatnonzero(smaller))


def _off(one: KeyedSample) -> float:
    return (math.log(1 - one.found.alpha) - math.log(1 - one.assumed_alpha)) / one.log_error


def _problem(one: KeyedSample) -> str:
    """Return what is wrong with one scale in a sentence or two, empty when nothing is."""
    found = one.found
    against = np.flatnonzero(found.item_rest < -(found.people**-0.5)).tolist()
    if len(against) > MOST_AGAINST:
        named = ", ".join(one.names[place] for place in against)
        said = f"{one.scale}: {len(against)} of {len(one.names)} questions run against the others ({named})."
    elif found.alpha < LEAST_ALPHA and _off(one) > BEYOND_CHANCE:
        said = f"{one.scale}: the answers to its questions hardly go together (alpha {found.alpha:.2f})."
    else:
        return ""
    likely = ", ".join(one.names[place] for place in turned(one.items))
    return f"{said} Likely turned the wrong way round: {likely}." if likely else said
