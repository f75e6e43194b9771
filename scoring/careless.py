"""How probable it is that somebody answered without reading, from the own answers and the reference alone.

The signs are combined by a classifier (see `careless_training`) that is frozen with a study. Nobody is left
out for it: the probability widens the error of what the answers say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec
import numpy as np

from instruments.model import Record
from instruments.questions import Battery, Question
from scoring.blocks import Floats, blocks, people_last
from scoring.careless_indices import KeyedScale, distance, even_odd, longest_run
from scoring.errors import BadModel
from scoring.items import ItemColumn, item_columns
from scoring.reference import Reference

PRIOR = 0.1
"""Careless people expected before any answer is seen (Meade & Craig 2012 found 10 to 12 %; assumed)."""
PACE_ODDS = {"fast": 3.0, "middle": 0.8, "slow": 0.6}
"""Odds of being careless by pace bin, against no pace known (assumed)."""
FEWEST_ANSWERS = 10
"""With fewer answers the prior is all that is known."""
FEWEST_IN_RUN = 4
"""Runs are looked for where so many questions of one format follow each other."""
FEATURES = 7
"""How many features the classifier looks at."""
BLOCK = 4096


class Layout(Record, frozen=True):
    """Where the questionnaire's answers stand in the raw matrix, in the order of asking."""

    columns: tuple[int, ...]
    items: tuple[ItemColumn, ...]
    runs: tuple[tuple[int, ...], ...]
    """Places (of `items`) of questions of one format that follow each other."""
    scales: tuple[KeyedScale, ...]
    correlations: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """The signs of careless answering, (people,) each."""

    answered: Floats
    repeated: Floats
    """Share of answers that repeat the one before, in the longest run of each format, 0 to 1."""
    alternating: Floats
    """The same for answers that repeat the last but one."""
    even_odd: Floats
    oddness: Floats
    """Mahalanobis distance as a normal score (Wilson & Hilferty 1931, PNAS 17, 684-688)."""


class CarelessModel(Record, frozen=True):
    """The classifier of one battery and reference; all it knows, so that it can be frozen with them."""

    layout: Layout
    usual: tuple[float, ...]
    """Mean of each feature among attentive people; stands in where a sign is missing."""
    weights: tuple[tuple[float, ...], ...]
    """By kind of answering, attentive first: one weight a feature."""
    offsets: tuple[float, ...]
    prior: float = PRIOR
    pace_odds: dict[str, float] = msgspec.field(default_factory=PACE_ODDS.copy)
    fewest_answers: int = FEWEST_ANSWERS

    def probability(self, X: Floats, pace: Sequence[str] = ()) -> Floats:  # noqa: N803
        """Return (people,) probabilities of careless answering, of raw numbers `X` (people, columns).

        `pace` is each person's bin (fast, middle, slow, or empty); none may be given.
        """
        out = np.empty(X.shape[0])
        for rows in blocks(X.shape[0], BLOCK):
            block = people_last(X[rows])
            out[rows] = self._odds(block)[: rows.stop - rows.start]
        if len(pace):
            out *= np.array([self.pace_odds.get(one, 1.0) for one in pace])
        return np.asarray(out / (1 + out))

    def _odds(self, block: Floats) -> Floats:
        found = signs(self.layout, block[list(self.layout.columns)])
        features = features_of(found)
        values = [
            np.where(np.isnan(one), usual, one) for one, usual in zip(features, self.usual, strict=True)
        ]
        levels = []
        for offset, weights in zip(self.offsets, self.weights, strict=True):
            level = np.full(block.shape[1], offset)
            for value, weight in zip(values, weights, strict=True):
                level = level + weight * value
            levels.append(level)
        odds = np.zeros(block.shape[1])
        for level in levels[1:]:
            odds = odds + np.exp(np.clip(level - levels[0], -30.0, 30.0))
        prior = self.prior / (1 - self.prior)
        return np.where(found.answered >= self.fewest_answers, odds * prior, prior)


def check_model(model: CarelessModel, columns: int, source: str) -> None:
    """Raise BadModel, naming `source`, when the figures of `model` do not fit together or `columns`."""
    layout = model.layout
    asked = len(layout.columns)
    places = [
        place for group in (*layout.runs, *(scale.places for scale in layout.scales)) for place in group
    ]
    figures = (*model.usual, *model.offsets, *(one for line in model.weights for one in line))
    fits = (
        asked == len(layout.items)
        and all(0 <= place < columns for place in layout.columns)
        and all(0 <= place < asked for place in places)
        and len(model.weights) == len(model.offsets)
        and {FEATURES, len(model.usual)} == {FEATURES, *map(len, model.weights)}
        and all(math.isfinite(figure) for figure in figures)
        and 0 < model.prior < 1
        and all(0 < odds < math.inf for odds in model.pace_odds.values())
    )
    if not fits:
        raise BadModel(f"{source}: the figures about careless answers do not fit together.")


def layout_of(battery: Battery, reference: Reference) -> Layout:
    """Return where the answers of `battery` stand; an item of two scales is looked at once."""
    columns = item_columns(battery)
    place_of: dict[str, int] = {}
    for number, column in enumerate(columns):
        place_of.setdefault(column.id, number)
    asked = [question for question in battery.questions() if question.id in place_of]
    chosen = tuple(place_of[question.id] for question in asked)
    items = tuple(columns[place] for place in chosen)
    members: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        members.setdefault(item.scale, []).append(place)
    scales = tuple(
        KeyedScale(places=tuple(places), row=reference.row(scale)) for scale, places in members.items()
    )
    return Layout(
        columns=chosen, items=items, runs=_runs(asked), scales=scales, correlations=reference.correlations
    )


def _runs(asked: Sequence[Question]) -> tuple[tuple[int, ...], ...]:
    runs = []
    for _, same in groupby(enumerate(asked), key=lambda one: (one[1].part, one[1].format)):
        places = tuple(place for place, _ in same)
        if len(places) >= FEWEST_IN_RUN:
            runs.append(places)
    return tuple(runs)


def signs(layout: Layout, raw: Floats) -> Signs:
    """Return the signs of careless answering of `raw` answers (items of the layout, people)."""
    keyed = np.stack(
        [
            (item.minimum + item.maximum) - row if item.reverse else row
            for item, row in zip(layout.items, raw, strict=True)
        ]
    )
    squared, answered = distance(keyed, layout.scales, layout.correlations)
    return Signs(
        answered=answered,
        repeated=_share(layout, raw, 1),
        alternating=_share(layout, raw, 2),
        even_odd=even_odd(keyed, layout.scales),
        oddness=_normal_score(squared, answered),
    )


def features_of(found: Signs) -> tuple[Floats, ...]:
    """Return what the classifier looks at."""
    return (
        found.repeated,
        found.alternating,
        found.even_odd,
        found.oddness,
        np.square(found.repeated),
        np.square(found.alternating),
        np.square(np.clip(found.oddness, -6.0, 6.0)),
    )


def _share(layout: Layout, raw: Floats, lag: int) -> Floats:
    """Return how much of the answers the longest run of each format takes, the mean weighted by length."""
    repeated, possible = np.zeros(raw.shape[1]), np.zeros(raw.shape[1])
    for run in layout.runs:
        rows = raw[list(run)]
        most = np.maximum((~np.isnan(rows)).sum(axis=0) - float(lag), 0.0)
        repeated = repeated + np.minimum(longest_run(rows, lag) - lag, most)
        possible = possible + most
    return np.where(possible > 0, repeated / np.maximum(possible, 1.0), np.nan)


def _normal_score(squared: Floats, degrees: Floats) -> Floats:
    """Return the normal score of `squared` as a chi-square with `degrees`; NaN with none."""
    own = np.maximum(degrees, 1.0)
    spread = 2 / (9 * own)
    return np.where(degrees > 0, (np.cbrt(squared / own) - (1 - spread)) / np.sqrt(spread), np.nan)
