"""Who bears the same demand where nothing is planned: managers, people others ask, and HR."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scoring.plan.groups import Population
from scoring.plan.inputs import Helper, PlanInputs
from scoring.plan.records import UnplannedRow
from scoring.plan.streams import WEEKS_A_MONTH
from scoring.records import Release
from scoring.work_records import SumRow

ASSUMED_SHARES: dict[Helper, float] = {"manager": 0.35, "colleague": 0.55, "hr": 0.1}
"""Of the help that people get where nobody plans it (assumed)."""
WHO: dict[Helper, str] = {"manager": "managers", "colleague": "people others ask (high adopters)", "hr": "HR"}
REPORTS_EACH = 10
"""People a manager leads where no staff list tells it (assumed)."""
ADOPTERS = 0.1
"""Share of the staff whom others ask (assumed)."""
STAFF_EACH_HR = 100
"""People to one HR partner where none is named (assumed)."""
BUSIEST = 3.0
"""The busiest tenth gives so many times the average (assumed): help is never asked of everybody alike."""
ROLE_TABLE = "help-roles"


@dataclass(frozen=True, slots=True)
class Shares:
    """Who gives which share of the help, and where that comes from."""

    by_helper: dict[Helper, float]
    source: str


def unplanned_rows(release: Release, inputs: PlanInputs, population: Population) -> tuple[UnplannedRow, ...]:
    """Return hours a head and week of everybody's demand in an average month, no session counted."""
    shares = helper_shares(release, inputs.helpers)
    headcount = sum(group.headcount for group in population.groups)
    people = _people(inputs, headcount)
    total = population.total
    week = math.fsum(group.hours for group in population.groups) / WEEKS_A_MONTH
    low, high = (total.low / total.hours, total.high / total.hours) if total.hours else (1.0, 1.0)
    return tuple(
        UnplannedRow(
            who=WHO[helper],
            people=people[helper][0],
            share=round(share, 3),
            hours=round(week * share / people[helper][0], 2),
            low=round(week * low * share / people[helper][0], 2),
            high=round(week * high * share / people[helper][0], 2),
            busiest=round(BUSIEST * week * share / people[helper][0], 2),
            source=f"Shares: {shares.source}. People: {people[helper][1]}. Spread: assumed.",
        )
        for helper, share in shares.by_helper.items()
    )


def helper_shares(release: Release, helpers: Mapping[str, Helper]) -> Shares:
    """Return the shares of managers, colleagues and HR: released where all of their hours are shown.

    Hours that helpers say they gave come first, then hours that people say they got; help by trainers and
    from outside is left out, since without a plan there is neither.
    """
    rows = [row for table in release.sums if table.id.startswith(ROLE_TABLE) for row in table.rows]
    for prefix, source in (("Given", "hours given, as released"), ("Got", "hours got, as released")):
        found = _shares([row for row in rows if row.group.startswith(f"{prefix}: ")], helpers)
        if found:
            return Shares(found, source)
    return Shares(dict(ASSUMED_SHARES), "assumed")


def _shares(rows: list[SumRow], helpers: Mapping[str, Helper]) -> dict[Helper, float] | None:
    hours: dict[Helper, float] = dict.fromkeys(ASSUMED_SHARES, 0.0)
    met = set()
    for row in rows:
        helper = helpers.get(row.group.split(": ", 1)[1])
        if helper in hours:
            if row.cells[0] is None:
                return None
            hours[helper] += row.cells[0]
            met.add(helper)
    total = math.fsum(hours.values())
    return {who: each / total for who, each in hours.items()} if total and met == set(hours) else None


def _people(inputs: PlanInputs, headcount: int) -> dict[Helper, tuple[int, str]]:
    """Return how many of each there are, at least one, and how that is known."""
    managers = {one.manager for one in inputs.staff or () if one.manager}
    hr = sum(one.role == "hr-partner" for one in inputs.supporters)
    return {
        "manager": (len(managers), "staff list")
        if managers
        else (max(1, round(headcount / REPORTS_EACH)), f"one to {REPORTS_EACH}, assumed"),
        "colleague": (max(1, round(ADOPTERS * headcount)), f"{ADOPTERS:.0%} of the staff, assumed"),
        "hr": (hr, "supporters named")
        if hr
        else (max(1, round(headcount / STAFF_EACH_HR)), f"one to {STAFF_EACH_HR}, assumed"),
    }
