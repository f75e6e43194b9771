"""How right support tiers are, on made-up organisations: the scorer, its rivals, the best possible.

`python -m benchmarks.tiers --seed S --people N [--quick] [--json]`; docs/tiers.md keeps one run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.tier_measures import (
    calibration_error,
    chance_error,
    exact_errors,
    kappa,
    stretched,
    stretched_cuts,
)
from benchmarks.tier_oracle import oracle_probabilities, tier_shares
from benchmarks.tier_populations import ATTENTIVE, Population, Scenario, populate
from benchmarks.tier_scorers import ours, rivals
from benchmarks.tier_tables import report
from benchmarks.tier_totals import Learned, learn
from scoring.rehearsed_people import Organisation

AS_ASSUMED = Scenario("as assumed")


def _but(name: str, organisation: Organisation = ATTENTIVE, **rest: bool) -> Scenario:
    return Scenario(name, organisation, **rest)


SCENARIOS = (
    AS_ASSUMED,
    _but("reference off by its doubt", reference_off=True),
    _but("shifted organisation", replace(ATTENTIVE, shift=(-0.6, -0.3, -0.8, -0.4))),
    _but("20 % careless", replace(ATTENTIVE, careless=0.2)),
    _but("item bias in half the people", replace(ATTENTIVE, item_bias=0.6)),
    _but("four types of people", replace(ATTENTIVE, types=4)),
    _but("everything at once", replace(ATTENTIVE, careless=0.1, item_bias=0.3), reference_off=True),
)
LEARNING = (
    _but("weights off", weights_off=True),
    _but("weights and level off", weights_off=True, level_off=True),
    _but("weights, level, reference off", weights_off=True, level_off=True, reference_off=True),
    _but("weights right, the unsafe do not ask", replace(ATTENTIVE, silence=1.5)),
    _but("silent people need 23 % more", replace(ATTENTIVE, response_on_need=0.3), weights_off=True),
    _but("silent people need 60 % more", replace(ATTENTIVE, response_on_need=0.7), weights_off=True),
)
SMALL = {100: 8, 400: 4}
"""Populations of the smaller sizes, by people."""
LEARNING_PEOPLE, LEARNING_POPULATIONS, COMPARED = 1200, 32, 6
"""Six of the populations are compared with the oracle; totals need no oracle, and many populations."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Means over the populations of one scenario and size."""

    scenario: str
    people: int
    populations: int
    oracle: float
    kappas: dict[str, float]
    calibration: float
    """Expected calibration error of the most probable tier."""
    chance: float
    """What `calibration` would be on average if the probabilities were perfect."""
    exact: float
    """`calibration` without the noise of single outcomes."""
    exact_by_tier: float
    """The same, averaged over the four tiers."""
    best: float
    """The oracle's `exact`."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of one run."""

    seed: int
    people: int
    is_quick: bool
    agreement: list[Agreement]
    learning: list[Learned]
    flips: dict[str, float]
    """Share of people whose tier changes when a quarter more colleagues join, some answering nonsense."""
    seconds: float
    """Processor time of the shipped scorer for `people`, from numbers to probabilities."""
    megabytes: float
    """Its peak memory over the input."""


def run(seed: int, people: int, *, is_quick: bool = False) -> Report:
    """Compare all scorers on populations of the next seeds from `seed` on."""
    repeats = 1 if is_quick else 2
    scenarios = SCENARIOS[:4] if is_quick else SCENARIOS
    sizes = {} if is_quick else SMALL
    agreement = [agree(AS_ASSUMED, size, range(seed, seed + many)) for size, many in sizes.items()]
    agreement += [agree(one, people, range(seed, seed + repeats)) for one in scenarios]
    learning: list[Learned] = []
    many = 3 if is_quick else LEARNING_POPULATIONS
    for one in LEARNING[:1] if is_quick else LEARNING:
        learning += learn(one, LEARNING_PEOPLE, range(seed, seed + many), 2 if is_quick else COMPARED)
    seconds, megabytes = _cost(populate(AS_ASSUMED, people, seed))
    return Report(seed, people, is_quick, agreement, learning, flips(people, seed), seconds, megabytes)


def agree(scenario: Scenario, people: int, seeds: Sequence[int]) -> Agreement:
    """Return kappas and calibration of `scenario`, one population a seed."""
    found = [_agreement(populate(scenario, people, seed), seed) for seed in seeds]

    def mean(value: Callable[[Agreement], float]) -> float:
        return float(np.mean([value(one) for one in found]))

    return Agreement(
        scenario=scenario.name,
        people=people,
        populations=len(found),
        oracle=mean(lambda one: one.oracle),
        kappas={name: float(np.mean([one.kappas[name] for one in found])) for name in found[0].kappas},
        calibration=mean(lambda one: one.calibration),
        chance=mean(lambda one: one.chance),
        exact=mean(lambda one: one.exact),
        exact_by_tier=mean(lambda one: one.exact_by_tier),
        best=mean(lambda one: one.best),
    )


def flips(people: int, seed: int) -> dict[str, float]:
    """Return, by scorer, the share of people whose tier changes when others join."""
    first = populate(AS_ASSUMED, people, seed)
    others = populate(
        replace(AS_ASSUMED, organisation=replace(ATTENTIVE, careless=0.5)), people // 4, seed + 1
    )
    together = np.concatenate([first.X, others.X])
    return {
        one.name: float(np.mean(one.tell(first.X) != one.tell(together)[:people]))
        for one in rivals(first.organisation.weights, seed)
    }


def _agreement(population: Population, seed: int) -> Agreement:
    truth, X = population.truth, population.X  # noqa: N806
    shares = tier_shares(truth.needs, population.organisation)
    best, told = oracle_probabilities(population, seed), ours(X)
    exact, by_tier = exact_errors(told, shares)
    return Agreement(
        scenario=population.scenario.name,
        people=len(X),
        populations=1,
        oracle=kappa(shares, stretched(best, stretched_cuts(best))),
        kappas={
            one.name: kappa(shares, one.tell(X)) for one in rivals(population.organisation.weights, seed)
        },
        calibration=calibration_error(told, truth.tier),
        chance=chance_error(told, seed),
        exact=exact,
        exact_by_tier=by_tier,
        best=exact_errors(best, shares)[0],
    )


def _cost(population: Population) -> tuple[float, float]:
    before = time.process_time()
    ours(population.X)
    seconds = time.process_time() - before
    tracemalloc.start()
    ours(population.X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6


def main(arguments: Sequence[str]) -> int:
    """Run, and print tables or one JSON object."""
    made = argparse.ArgumentParser(prog="python -m benchmarks.tiers", description=__doc__.splitlines()[0])
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--people", type=int, help="of the large organisations: 4,200, or 800 with --quick")
    made.add_argument("--quick", action="store_true", help="fewer populations")
    made.add_argument("--json", action="store_true", help="print one JSON object in place of tables")
    given = made.parse_args(arguments)
    people = (800 if given.quick else 4200) if given.people is None else given.people
    if people < 50 or given.seed < 0:
        made.error("--people is 50 or more, --seed 0 or more")
    with threadpool_limits(limits=1):
        found = run(given.seed, people, is_quick=given.quick)
    print(json.dumps(asdict(found), indent=2) if given.json else report(asdict(found)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
