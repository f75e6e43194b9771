"""Totals of hours and tiers with 0, 50 and 200 people's hours known, on many made-up organisations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.tier_measures import kappa, stretched, stretched_cuts
from benchmarks.tier_oracle import oracle_probabilities, tier_shares
from benchmarks.tier_populations import Population, Scenario, populate
from benchmarks.tier_scorers import careless, frozen_cuts, pipeline
from scoring.blocks import Floats
from scoring.hours import DEFAULT_HOURS, HoursModel, expected_variance, relative_common_sd
from scoring.pipeline import score
from scoring.rehearsed_people import Truth, deficits_of
from scoring.scored import Z90, Scored
from scoring.totals import Answered, Demand, Doubt, headcount_demand

LABELS = (0, 50, 200)
RECALL_LOG_SD = 0.2
"""How far off people remember hours of help, log scale."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Means over populations at one number of labels."""

    scenario: str
    people: int
    populations: int
    labels: int
    weights_off: bool
    kappa: float
    oracle: float
    total_error: float
    """Mean absolute error of the respondents' total of expected hours, as a share of it."""
    total_bias: float
    """Mean of the log of told over true total."""
    held: float
    """Share of 90 % intervals that hold the true total."""
    width: float
    """Half the interval, as a share of the total, the median one."""
    headcount_error: float
    """As `total_error`, of everybody employed, people who did not answer included."""
    headcount_held: float
    least_safe: float
    """Change of the hours told for the least safe fifth by recalibration, the mean."""
    least_safe_worst: float
    """The same in the population where it fell most."""
    least_safe_against_all: float
    """The mean change against everybody's."""
    suppression: float
    """What suppressed asking alone changes of their hours, same people, same chance: the mean."""
    suppression_worst: float

    @property
    def share(self) -> float:
        """Kappa as a share of the oracle's."""
        return self.kappa / self.oracle


def learn(scenario: Scenario, people: int, seeds: Sequence[int], compared: int) -> list[Learned]:
    """Return what `LABELS` known hours make of one population a seed, the first `compared` for kappa too."""
    rows = [
        _one(populate(scenario, people, seed), seed, is_compared=place < compared)
        for place, seed in enumerate(seeds)
    ]
    return [_mean(scenario, people, labels, [row[labels] for row in rows]) for labels in LABELS]


@dataclass(frozen=True, slots=True)
class _Turn:
    agreement: tuple[float, float] | None
    """Kappa, and the oracle's, where they were compared."""
    error: float
    sd: float
    headcount_error: float
    is_headcount_held: bool
    least_safe: float
    everybody: float
    suppression: float


def _one(population: Population, seed: int, *, is_compared: bool) -> dict[int, _Turn]:
    rng = np.random.default_rng([seed, 300])
    truth, here = population.truth, np.flatnonzero(population.truth.responded)
    X, hours = population.X[here], _expected(population)  # noqa: N806
    shares = tier_shares(truth.needs[here], population.organisation)
    best = _best(population, shares, here, seed) if is_compared else None
    recalled = np.exp(RECALL_LOG_SD * rng.standard_normal(len(here)))
    told, free = (_needed(one)[here] * recalled for one in (truth, _freely_asking(population, seed)))
    order, doubt = rng.permutation(len(here)), careless(X)
    least_safe = truth.needs[here, 0] <= np.quantile(truth.needs[here, 0], 0.2)
    before, turns = np.zeros(2), {}
    for labels in LABELS:
        model = _fitted(X, told, order[:labels])
        scored = score(pipeline(model), X, doubt)
        now = np.array([scored.hours[least_safe].mean(), scored.hours.mean()])
        without = score(pipeline(_fitted(X, free, order[:labels])), X, doubt).hours[least_safe].mean()
        before = before if before.any() else now
        demand = _demand(scored, model, len(truth.hours))
        turns[labels] = _Turn(
            agreement=None if best is None else (_kappa(scored, shares, model), best),
            error=math.log(float(scored.hours.sum()) / float(hours[here].sum())),
            sd=math.hypot(_common_sd(scored, model), _own_sd(scored, model)),
            headcount_error=math.log(demand.hours / float(hours.sum())),
            is_headcount_held=demand.low <= float(hours.sum()) <= demand.high,
            least_safe=float(now[0] / before[0]) - 1,
            everybody=float(now[1] / before[1]) - 1,
            suppression=float(now[0] / without) - 1,
        )
    return turns


def _expected(population: Population) -> Floats:
    """Return the true hours (n,) that each person needs in a month on average."""
    weights = np.array(population.organisation.weights)
    expected: Floats = weights[0] + deficits_of(population.truth.needs) @ weights[1:]
    return expected


def _needed(truth: Truth) -> Floats:
    return truth.received + truth.wanted


def _freely_asking(population: Population, seed: int) -> Truth:
    """Return the truth of the same people if nobody feared to ask; as it is where that is not compared."""
    one = population.scenario
    if one.weights_off:
        return population.truth
    return populate(
        replace(one, organisation=replace(one.organisation, silence=0.0)), len(population.X), seed
    ).truth


def _best(population: Population, shares: Floats, here: NDArray[np.intp], seed: int) -> float:
    told = oracle_probabilities(population, seed)[here]
    return kappa(shares, stretched(told, stretched_cuts(told)))


def _kappa(scored: Scored, shares: Floats, model: HoursModel) -> float:
    return kappa(shares, stretched(scored.tier_probabilities, np.array(frozen_cuts(model))))


def _fitted(X: Floats, told: Floats, chosen: NDArray[np.intp]) -> HoursModel:  # noqa: N803
    if not len(chosen):
        return DEFAULT_HOURS
    known = np.full(len(X), np.nan)
    known[chosen] = told[chosen]
    tiers = pipeline().named_steps["tiers"]
    posterior = pipeline()[:-1].transform(X)
    model: HoursModel = type(tiers)(tiers.cut_hours, DEFAULT_HOURS).fit(posterior, known).hours_
    return model


def _common_sd(scored: Scored, model: HoursModel) -> float:
    return relative_common_sd(scored.features.sum(axis=0), scored.reference_effect.sum(axis=0), model)


def _own_sd(scored: Scored, model: HoursModel) -> float:
    variance = expected_variance(scored.hours, scored.hours_var, model)
    return math.sqrt(float(variance.sum())) / float(scored.hours.sum())


def _demand(scored: Scored, model: HoursModel, headcount: int) -> Demand:
    """Return the demand of everybody employed, as if the organisation were one group."""
    answered = Answered(float(scored.hours.sum()), len(scored), float(headcount - len(scored)))
    doubt = Doubt(_own_sd(scored, model) * math.sqrt(len(scored)), _common_sd(scored, model))
    return headcount_demand([answered], doubt)


def _mean(scenario: Scenario, people: int, labels: int, turns: Sequence[_Turn]) -> Learned:
    error, sd = np.array([t.error for t in turns]), np.array([t.sd for t in turns])
    changes = np.array([t.least_safe for t in turns])
    agreement = np.array([t.agreement for t in turns if t.agreement])
    return Learned(
        scenario=scenario.name,
        people=people,
        populations=len(turns),
        labels=labels,
        weights_off=scenario.weights_off,
        kappa=float(agreement[:, 0].mean()),
        oracle=float(agreement[:, 1].mean()),
        total_error=float(np.abs(np.expm1(error)).mean()),
        total_bias=float(error.mean()),
        held=float(np.mean(np.abs(error) <= Z90 * sd)),
        width=float(np.expm1(Z90 * np.median(sd))),
        headcount_error=float(np.abs(np.expm1([t.headcount_error for t in turns])).mean()),
        headcount_held=float(np.mean([t.is_headcount_held for t in turns])),
        least_safe=float(changes.mean()),
        least_safe_worst=float(changes.min()),
        suppression=float(np.mean([t.suppression for t in turns])),
        suppression_worst=min(t.suppression for t in turns),
        least_safe_against_all=float(np.mean([(1 + t.least_safe) / (1 + t.everybody) - 1 for t in turns])),
    )
