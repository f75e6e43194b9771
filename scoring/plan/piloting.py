"""Where to start: the group whose logged hours would narrow everybody's forecast most."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scoring.plan.deciding import in_words
from scoring.plan.groups import PlanGroup, Population
from scoring.plan.ledger import COVERAGE_RANGE
from scoring.plan.records import Decision, Pilot
from scoring.scored import Z90
from scoring.table_records import HoursTable
from scoring.totals import Answered, Demand, Doubt, answered_in, doubt_of, headcount_demand

CASES = (("half", 0.5), ("expected", 1.0), ("double", 2.0))
WORTH = 0.01
"""A smaller gain than this share of the hours is told as none."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What everybody's forecast is made from."""

    groups: list[Answered]
    doubt: Doubt
    outcome_log_sd: float

    def width(self) -> float:
        """Return half the width of the 90 % interval, as a share of the hours."""
        return half_width(headcount_demand(self.groups, self.doubt))


def half_width(demand: Demand) -> float:
    """Return half the width of the 90 % interval as a share of the hours."""
    return (demand.high - demand.low) / (2 * demand.hours) if demand.hours > 0 else 0.0


def logged_common(doubt: Doubt, people: int, outcome_log_sd: float) -> float:
    """Return the common relative SD once the hours given to `people` have been logged.

    A log tells the level of the hours, off by the share that is logged at all (COVERAGE_RANGE, read as a
    90 % interval) and by the chance of those people; its precision adds to the one there is (normal
    approximation on the log scale, as in `learning.narrowed`).
    """
    low, high = COVERAGE_RANGE
    coverage = (math.log(high / low) / (2 * Z90)) ** 2
    chance = (outcome_log_sd**2 + math.log1p(doubt.person**2)) / max(1, people)
    precision = 1 / (coverage + chance) + (1 / doubt.common**2 if doubt.common > 0 else math.inf)
    return 1 / math.sqrt(precision)


def pilot_of(
    population: Population,
    table: HoursTable,
    outcome_log_sd: float,
    decide: Callable[[float], Decision],
) -> Pilot | None:
    """Return the group to begin with, None where no group is shown; `decide` takes the demand's factor."""
    forecast = Forecast(answered_in(table), doubt_of(table.total), outcome_log_sd)
    shown = [group for group in population.groups if group.is_shown]
    if not shown:
        return None
    now = forecast.width()
    widths = {group.name: _then(forecast, group, table) for group in shown}
    best = min(shown, key=lambda group: (widths[group.name], group.headcount))
    hours = math.fsum(group.hours for group in population.groups)
    return Pilot(
        group=best.name,
        width_now=round(now, 3),
        width_then=round(widths[best.name], 3),
        words=_words(best, now, widths[best.name]),
        cases=tuple((name, round(hours * factor, 1), in_words(decide(factor))) for name, factor in CASES),
    )


def _then(forecast: Forecast, group: PlanGroup, table: HoursTable) -> float:
    """Return the half width once one group's hours were logged: nobody in it is silent any more."""
    rows = [row for row in table.rows if row.hours is not None and row.headcount is not None]
    place = next((number for number, row in enumerate(rows) if row.group == group.name), None)
    common = logged_common(forecast.doubt, group.headcount, forecast.outcome_log_sd)
    groups = list(forecast.groups)
    if place is not None and len(groups) > place:
        groups[place] = Answered(group.demand.hours, group.headcount, 0.0)
    return Forecast(groups, Doubt(forecast.doubt.person, common), forecast.outcome_log_sd).width()


def _words(group: PlanGroup, now: float, then: float) -> str:
    if now - then < WORTH:
        return (
            f"No group's log would narrow the plan by much (±{100 * now:.0f} %); it would be least wide "
            f"after {group.name}."
        )
    return (
        f"Log the hours of {group.name} first: everybody's forecast would narrow from about "
        f"±{100 * now:.0f} % to ±{100 * then:.0f} %."
    )
