"""Whether the intervals of a plan hold the true hours, on made-up organisations that answer, close and plan.

`python -m benchmarks.plan_intervals --seed S [--quick] [--json]`; docs/plan.md keeps one run.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.plan_truth import Held, expected_hours, held
from benchmarks.tier_populations import ATTENTIVE, Population, Scenario, populate
from benchmarks.tier_scorers import careless, pipeline
from benchmarks.tier_totals import RECALL_LOG_SD
from instruments.people import supporters_of
from instruments.records import Policy
from scoring.hours import DEFAULT_HOURS, HoursModel
from scoring.labels import HelpLabels
from scoring.learning import learn, with_hours
from scoring.pipeline import score
from scoring.plan.careload import build_plan
from scoring.plan.inputs import PlanInputs
from scoring.plan.records import Plan
from scoring.rehearsed_people import TRUE_WEIGHTS
from scoring.release import build_release, default_release_plan
from tests.scoring.people import header, policy
from tui.flows.rehearsing import wishes_for

ANSWERING = 280
"""Of whom a rehearsal makes an organisation of 389 people."""
POPULATIONS, QUICK = 100, 20
SURE = 1e-6
KNOWN = HoursModel(weights=TRUE_WEIGHTS, weight_log_sd=SURE, level_log_sd=SURE)
"""The true weights, without any doubt about them."""


@dataclass(frozen=True, slots=True)
class Arm:
    """Organisations of one kind, and what is known of their hours."""

    scenario: Scenario
    hours: HoursModel
    labels: int


@dataclass(frozen=True, slots=True)
class Row:
    """Means over populations."""

    scenario: str
    labels: int
    populations: int
    weeks: float
    """Share of the weeks of all plans whose 90 % interval holds the true hours."""
    total: float
    """Share of the plans whose interval of all weeks together does."""
    groups: float
    error: float
    """Mean absolute error of all weeks' hours, as a share of them."""
    bias: float
    """Mean of the log of told over true hours."""
    below: float
    """Median distance of the interval's ends from the hours told, as a share of them."""
    above: float


def _scenario(name: str, silence: float, *, is_off: bool) -> Scenario:
    return Scenario(
        name,
        replace(ATTENTIVE, response_on_need=silence),
        weights_off=is_off,
        level_off=is_off,
        reference_off=True,
        marks_off=True,
    )


RESPONSES = (
    ("anybody may be silent", 0.0),
    ("silent people need 12 % more", 0.3),
    ("silent people need 26 % more", 0.7),
)
"""And how strongly not answering depends on the month's hours; the per cent are of hours on average."""
ARMS = tuple(
    arm
    for words, silence in RESPONSES
    for arm in (
        Arm(_scenario(f"weights known, {words}", silence, is_off=False), KNOWN, 0),
        *(
            Arm(_scenario(f"weights off, {words}", silence, is_off=True), DEFAULT_HOURS, labels)
            for labels in (0, 50, 200)
        ),
    )
)


def arms_of(scenario: Scenario) -> tuple[Arm, ...]:
    """Return the arms that look at the same people."""
    return tuple(arm for arm in ARMS if arm.scenario.name == scenario.name)


def plans_of(scenario: Scenario, seed: int) -> list[Held]:
    """Return how the plan of each arm stands against the truth of the organisation that `seed` makes."""
    wishes = wishes_for(ANSWERING)
    population = populate(scenario, wishes.headcount, seed, wishes.attributes)
    names = {one.code: one.label for one in wishes.attributes[0].categories}
    codes, hours = population.truth.groups[wishes.attributes[0].id], expected_hours(population)
    own = {name: float(hours[codes == code].sum()) for code, name in names.items()}
    return [held(plan_of(arm, population, seed), own) for arm in arms_of(scenario)]


def plan_of(arm: Arm, population: Population, seed: int) -> Plan:
    """Return the plan of those who answered, released as at closing, with the hours of `arm.labels` known."""
    here = np.flatnonzero(population.truth.responded)
    X, rules = population.X[here], _policy()  # noqa: N806
    doubt = careless(X)
    told = score(pipeline(arm.hours), X, doubt)
    learnt = learn(told, _labels(population, here, arm.labels, seed), arm.hours, rules.thresholds)
    if learnt.model is not arm.hours:
        told = with_hours(told, score(pipeline(learnt.model), X, doubt))
    release = build_release(
        told,
        learnt.model,
        {one.id: population.truth.groups[one.id][here] for one in rules.attributes},
        np.full(len(here), np.nan),
        rules,
        header(len(here), rules.headcount),
        basis=learnt.basis,
    )
    supporters = supporters_of(wishes_for(ANSWERING).supporters)
    inputs = PlanInputs(supporters=supporters, attribute=rules.attributes[0].id, hours=arm.hours)
    return build_plan(release, inputs, is_quick=True, with_ways=False)


@cache
def _policy() -> Policy:
    """Return the policy of a rehearsal with the tables that a plan needs."""
    wishes = wishes_for(ANSWERING)
    tables = default_release_plan(wishes.attributes[:1], ("safety",))
    wanted = tuple(table for table in tables if table.kind in {"tiers", "need-bands", "hours"})
    return msgspec.structs.replace(policy(wishes.attributes, wishes.headcount), release_plan=wanted)


def _labels(population: Population, here: NDArray[np.intp], labels: int, seed: int) -> HelpLabels:
    """Return what `labels` of those who answered tell of help got and missed, as they remember it."""
    rng, truth = np.random.default_rng([seed, 600]), population.truth
    recalled = np.exp(RECALL_LOG_SD * rng.standard_normal(len(here)))
    recalled[rng.permutation(len(here))[labels:]] = np.nan
    received, wanted = truth.received[here] * recalled, truth.wanted[here] * recalled
    return HelpLabels(np.full(len(here), np.nan), received, wanted, np.zeros(len(here), dtype=np.bool_))


def row_of(arm: Arm, plans: Sequence[Held]) -> Row:
    """Return the means of one arm."""
    error = np.array([one.log_error for one in plans])
    return Row(
        scenario=arm.scenario.name,
        labels=arm.labels,
        populations=len(plans),
        weeks=float(np.mean([one.weeks for one in plans])),
        total=float(np.mean([one.total for one in plans])),
        groups=float(np.nanmean([one.groups for one in plans])),
        error=float(np.abs(np.expm1(error)).mean()),
        bias=float(error.mean()),
        below=float(np.median([one.below for one in plans])),
        above=float(np.median([one.above for one in plans])),
    )


def run(seed: int, populations: int, workers: int = 2) -> list[Row]:
    """Return a row for each arm, of the organisations that the seeds from `seed` on make."""
    scenarios = {arm.scenario.name: arm.scenario for arm in ARMS}.values()
    seeds = range(seed, seed + populations)
    rows = []
    with ProcessPoolExecutor(workers, initializer=_begin) as pool:
        found = [[pool.submit(plans_of, one, each) for each in seeds] for one in scenarios]
        for scenario, futures in zip(scenarios, found, strict=True):
            plans = [future.result() for future in futures]
            arms = arms_of(scenario)
            rows += [row_of(arm, own) for arm, own in zip(arms, zip(*plans, strict=True), strict=True)]
    return rows


def _begin() -> None:
    threadpool_limits(1)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| organisation (simulated) | hours known of | weeks held | all weeks held | groups held | off by "
        "| log bias | from | to |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in rows:
        parts = (one.weeks, one.total, one.groups, one.error)
        cells = [one.scenario, str(one.labels), *(f"{100 * part:.0f} %" for part in parts)]
        cells += [f"{one.bias:+.2f}", f"-{100 * one.below:.0f} %", f"+{100 * one.above:.0f} %"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run, and print a table or one JSON array."""
    made = argparse.ArgumentParser(prog="python -m benchmarks.plan_intervals", description=__doc__)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--quick", action="store_true", help=f"{QUICK} organisations of each kind only")
    made.add_argument("--json", action="store_true", help="print one JSON array in place of a table")
    given = made.parse_args(arguments)
    rows = run(given.seed, QUICK if given.quick else POPULATIONS)
    print(json.dumps([asdict(row) for row in rows], indent=2) if given.json else table(rows), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
