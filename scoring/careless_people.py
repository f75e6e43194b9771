"""Made-up attentive and careless people, as a reference has them, to train the careless classifier on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from instruments.model import NEEDS
from scoring.blocks import Floats
from scoring.careless_indices import KeyedScale
from scoring.items import ItemColumn

KINDS = ("attentive", "random", "straight-line", "alternating")
SEED = 20260101
STYLE_SD = 0.3
"""Taste for one end of the answers, in item SDs (assumed)."""
LATE_SHARE = 0.5
"""Share of careless people who start well and stop reading within the first half (assumed)."""


def made_up(
    items: Sequence[ItemColumn],
    scales: Sequence[KeyedScale],
    correlations: Sequence[Sequence[float]],
    people: int,
) -> tuple[Floats, NDArray[np.int64]]:
    """Return raw answers (items, 2 x people) and the place in KINDS of each person, (2 x people,).

    Half are attentive: graded answers with the means, spreads and reliabilities of the reference, each
    person with other doubts about the means, so that an unusual organisation does not look careless.
    """
    rng = np.random.default_rng(SEED)
    raw = _attentive(items, scales, np.array(correlations), 2 * people, rng)
    kind = np.zeros(2 * people, dtype=np.int64)
    kind[people:] = 1 + np.arange(people) % (len(KINDS) - 1)
    careless = _careless(items, kind[people:], rng)
    start = rng.integers(0, max(1, len(items) // 2), people) * (rng.random(people) < LATE_SHARE)
    stopped = np.arange(len(items))[:, None] >= start
    raw[:, people:] = np.where(stopped, careless, raw[:, people:])
    return raw, kind


def _attentive(
    items: Sequence[ItemColumn],
    scales: Sequence[KeyedScale],
    correlations: Floats,
    people: int,
    rng: np.random.Generator,
) -> Floats:
    needs = np.linalg.cholesky(correlations) @ rng.standard_normal((len(NEEDS), people))
    style = STYLE_SD * rng.standard_normal(people)
    raw = np.empty((len(items), people))
    for scale in scales:
        row, loading = scale.row, scale.loading
        own = rng.standard_normal(people) * max(0.0, row.alpha - loading**2) ** 0.5
        level = own + row.mean_sd * rng.standard_normal(people)
        if row.need is not None:
            level = level + loading * needs[NEEDS.index(row.need)]
        for place in scale.places:
            item = items[place]
            error = scale.item_error**0.5
            taste = style * (row.sd**2 + error**2) ** 0.5 * (-1.0 if item.reverse else 1.0)
            keyed = row.mean + row.sd * level + error * rng.standard_normal(people) + taste
            keyed = np.clip(np.round(keyed), item.minimum, item.maximum)
            raw[place] = (item.minimum + item.maximum) - keyed if item.reverse else keyed
    return raw


def _careless(items: Sequence[ItemColumn], kind: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    """Return answers by chance, all at one place, or to and fro between two places, (items, people)."""
    first, second = rng.random(len(kind)), rng.random(len(kind))
    out = np.empty((len(items), len(kind)))
    for place, item in enumerate(items):
        chance = rng.random(len(kind))
        other = np.where(place % 2 == 0, first, second)
        where = np.select([kind == 1, kind == 2], [chance, first], other)
        out[place] = item.minimum + np.floor(where * (item.maximum - item.minimum + 1))
    return out
