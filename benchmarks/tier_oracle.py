"""The best that any scorer could do with the same answers: it knows how they came about, not from whom.

Latent answers, moods, taste and needs are drawn in turn (Albert & Chib 1993, J. Am. Stat. Assoc. 88,
669-679, for graded answers of many people at once): the answers' own thresholds, loadings and means, the
spread of the needs and the true weights are all known. Marks of tasks come in as linear in capability with
normal error, fitted to the bank of marks. Types of people are taken as one wide normal distribution.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag
from scipy.special import ndtr, ndtri
from sklearn.ensemble import RandomForestClassifier

from benchmarks.tier_populations import Bank, Population, bank, battery, populate
from instruments.model import NEEDS, ChoiceFormat, RatingFormat
from instruments.questions import Question
from scoring.blocks import Floats
from scoring.items import item_columns, matrix
from scoring.marks import mark_scales
from scoring.rehearsed_items import steps_of
from scoring.rehearsed_people import (
    GROUP_SD,
    NEED_CORRELATION,
    TEAM_SD,
    TYPE_SD,
    Organisation,
    deficits_of,
    own_variance,
)

READ_BY_DRIFTERS = 0.4
"""Share of the questions that somebody who stops reading on the way is taken to have read."""
BURN_IN, KEPT = 25, 100
BLOCK = 1500
TRAINED_ON = 3000
"""People of another seed from whom the oracle learns what careless answers look like."""


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """Answers as they lie on latent lines: (n, columns) bounds; equal bounds where the place is known."""

    low: Floats
    high: Floats
    centre: Floats
    loadings: Floats
    """(columns, latents): four needs, taste, then the mood of each scale."""
    noise: Floats
    """(columns,) SD"""


def oracle_probabilities(population: Population, seed: int) -> Floats:
    """Return (n, 4) probabilities of the tiers, given everything but the people's own latents."""
    rng = np.random.default_rng([seed, 200])
    line, spread = _lines(population), _spread(population)
    out = _drawn(line, spread, population.organisation, rng)
    if population.organisation.careless > 0:
        doubt = _careless_probability(population, seed)
        out *= doubt[:, :1]
        for kind, read in enumerate((0.0, READ_BY_DRIFTERS), start=1):
            unread = _drawn(_only(line, read), spread, population.organisation, rng)
            out += doubt[:, kind : kind + 1] * unread
    return out


def _drawn(line: _Line, spread: Floats, one: Organisation, rng: np.random.Generator) -> Floats:
    """Return (n, 4) probabilities of the tiers, block by block."""
    people = len(line.low)
    out = np.empty((people, 4))
    for start in range(0, people, BLOCK):
        rows = slice(start, min(start + BLOCK, people))
        out[rows] = _by_drawing(line, rows, spread, one, rng)
    return out


def _only(line: _Line, read: float) -> _Line:
    """Return `line` with the answers after the first `read` of the questions open; tasks stay."""
    items = int((line.loadings[:, 4] > 0).sum())
    place = np.arange(line.low.shape[1])
    unread = (place >= read * items) & (place < items)
    return replace(line, low=np.where(unread, -np.inf, line.low), high=np.where(unread, np.inf, line.high))


def tier_shares(needs: Floats, organisation: Organisation) -> Floats:
    """Return (n, 4) probabilities of the tiers of people with `needs`, by the true weights and noise."""
    expected = organisation.weights[0] + deficits_of(needs) @ np.array(organisation.weights[1:])
    sd = organisation.outcome_log_sd
    cuts = np.log(np.array(organisation.cut_hours))
    below = ndtr((cuts - np.log(expected)[:, None] + sd * sd / 2) / sd)
    return np.diff(np.concatenate([np.zeros((len(needs), 1)), below, np.ones((len(needs), 1))], axis=1))


def _spread(population: Population) -> Floats:
    """Return the covariance (4, 4) of the needs over people."""
    one = population.organisation
    around = TEAM_SD**2 + GROUP_SD**2 * population.attributes + (TYPE_SD**2 if one.types else 0.0)
    return np.asarray(own_variance(population.attributes, one) * NEED_CORRELATION + around * np.eye(4))


def _by_drawing(
    line: _Line, rows: slice, spread: Floats, one: Organisation, rng: np.random.Generator
) -> Floats:
    """Return the mean over draws of the probabilities of the tiers, (people of `rows`, 4)."""
    moods = line.loadings.shape[1] - 5
    prior = block_diag(spread, one.taste_sd**2, one.mood_sd**2 * np.eye(moods))
    mean = np.concatenate([one.shift, np.zeros(1 + moods)])
    weighed = line.loadings / line.noise[:, None] ** 2
    cov = np.linalg.inv(np.linalg.inv(prior) + weighed.T @ line.loadings)
    root = np.linalg.cholesky(cov)
    low, high, centre = line.low[rows], line.high[rows], line.centre[rows]
    latent = np.tile(mean, (len(low), 1))
    total = np.zeros((len(low), 4))
    for turn in range(BURN_IN + KEPT):
        answers = _within(low, high, centre + latent @ line.loadings.T, line.noise, rng)
        middle = (np.linalg.solve(prior, mean) + (answers - centre) @ weighed) @ cov
        latent = middle + rng.standard_normal(latent.shape) @ root.T
        if turn >= BURN_IN:
            total += tier_shares(latent[:, :4], one)
    return np.asarray(total / KEPT)


def _within(low: Floats, high: Floats, middle: Floats, sd: Floats, rng: np.random.Generator) -> Floats:
    """Draw normal numbers between bounds; a place that is known stays."""
    below, above = ndtr((low - middle) / sd), ndtr((high - middle) / sd)
    share = below + rng.random(low.shape) * (above - below)
    drawn = middle + sd * ndtri(np.clip(share, 1e-10, 1 - 1e-10))
    return np.where(low == high, low, np.clip(drawn, low, high))


def _lines(population: Population) -> _Line:
    """Return the latent lines of the items that feed a need, then of the tasks."""
    questions = {question.id: question for question in battery().questions()}
    known, truth = population.truth.items, population.truth
    places = [(n, column.id) for n, column in enumerate(item_columns(battery())) if column.id in known]
    scales = sorted({known[name].scale for _, name in places})
    biased = population.organisation.item_bias * (truth.team % 2)
    low, high, centre, loadings, noise = [], [], [], [], []
    for n, name in places:
        item = known[name]
        ends = _steps(population.X[:, n], questions[name], item.low, item.high)
        low.append(ends[0])
        high.append(ends[1])
        unfair = item.direction * biased if item.biased else np.zeros(len(biased))
        centre.append(item.centre - unfair)
        row = np.zeros(5 + len(scales))
        row[item.need] = row[5 + scales.index(item.scale)] = item.direction * item.loading
        row[4] = 1.0
        loadings.append(row)
        noise.append(np.sqrt(1 - item.loading**2))
    for place, fit in enumerate(_mark_fits(bank())):
        points = population.X[:, len(item_columns(battery())) - 2 * len(mark_scales(battery())) + 2 * place]
        low.append(np.where(np.isnan(points), -np.inf, points))
        high.append(np.where(np.isnan(points), np.inf, points))
        centre.append(np.full(len(points), fit[0]))
        row = np.zeros(5 + len(scales))
        row[NEEDS.index("capability")] = fit[1]
        loadings.append(row)
        noise.append(fit[2])
    return _Line(
        np.stack(low, axis=1),
        np.stack(high, axis=1),
        np.stack(centre, axis=1),
        np.array(loadings),
        np.array(noise),
    )


def _steps(values: Floats, question: Question, low: float, high: float) -> tuple[Floats, Floats]:
    """Return the bounds (n,) on the line of the step that each answer stands for; none where unanswered."""
    match question.format:
        case ChoiceFormat(options=options):
            scores = np.sort([option.score for option in options])
        case RatingFormat(minimum=first, maximum=last, step=step):
            scores = np.arange(first, last + 1, step, dtype=np.float64)
        case _:
            scores = np.zeros(1)
    steps = steps_of(question.format)
    place = np.searchsorted(scores, values)
    width = (high - low) / steps
    below = np.where(place == 0, -np.inf, low + width * place)
    above = np.where(place == steps - 1, np.inf, low + width * (place + 1))
    gone = np.isnan(values)
    return np.where(gone, -np.inf, below), np.where(gone, np.inf, above)


def _mark_fits(known: Bank) -> list[tuple[float, float, float]]:
    """Return intercept, slope and error SD of each task's points on capability."""
    numbers = matrix(battery(), [{}] * len(known.marks), known.marks)
    tasks = len(mark_scales(battery()))
    fits = []
    for place in range(tasks):
        points = numbers[:, numbers.shape[1] - 2 * tasks + 2 * place]
        seen = ~np.isnan(points)
        slope, intercept = np.polyfit(known.capability[seen], points[seen], 1)
        rest = points[seen] - intercept - slope * known.capability[seen]
        fits.append((float(intercept), float(slope), float(rest.std())))
    return fits


def _careless_probability(population: Population, seed: int) -> Floats:
    """Return (n, 3) probabilities of reading, of not reading, and of stopping to read on the way.

    Learned from other people of the same organisation.
    """
    other = populate(population.scenario, TRAINED_ON, seed + 500_000)
    model = RandomForestClassifier(200, min_samples_leaf=8, random_state=seed)
    kind = np.where(other.truth.careless, 1, 0) + (other.truth.kind == "drifting")
    model.fit(_signs(other.X, other), kind)
    return np.asarray(model.predict_proba(_signs(population.X, other)))


def _signs(X: Floats, like: Population) -> Floats:  # noqa: N803
    """Return signs of carelessness: distance from the usual, repeats, repeats in turn, spread."""
    items = [n for n, column in enumerate(item_columns(battery())) if column.id in like.truth.items]
    usual = like.X[~like.truth.careless][:, items]
    mean, own = np.nanmean(usual, axis=0), X[:, items]
    away = np.where(np.isnan(own), 0.0, own - mean)
    cov = np.cov(np.where(np.isnan(usual), 0.0, usual - mean), rowvar=False)
    distance = np.einsum("ij,jk,ik->i", away, np.linalg.pinv(cov), away)
    again = np.mean(own[:, 1:] == own[:, :-1], axis=1)
    in_turn = np.mean(own[:, 2:] == own[:, :-2], axis=1)
    return np.column_stack([distance, again, in_turn, away.std(axis=1), _longest(own)])


def _longest(own: Floats) -> NDArray[np.float64]:
    """Return the longest run of one and the same answer, (n,)."""
    longest = run = np.ones(len(own))
    for place in range(1, own.shape[1]):
        run = np.where(own[:, place] == own[:, place - 1], run + 1, 1)
        longest = np.maximum(longest, run)
    return longest
