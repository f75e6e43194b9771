"""A plan in plain words: what is short, who did not answer, how wide the forecast is, what was assumed."""

from __future__ import annotations

from itertools import pairwise

from scoring.plan_records import Plan, WeekLoad
from scoring.records import HoursBasis, Release
from scoring.streams import FIRST_WEEK, LAST_WEEK, ROLE_WORDS, Stream
from scoring.totals import LOW_RESPONSE, SILENT_MORE, Demand

MORE_LABELS = 50
"""The forecast says how far the hours of so many more people would narrow it."""
WIDE = 0.25
"""A forecast whose 90 % interval reaches further than this share to one side is called wide."""


def statements(plan: Plan, release: Release, demand: Demand) -> tuple[str, ...]:
    """Return what the plan says, the shortages first."""
    return (
        *_shortages(plan),
        *_answered(plan, release, demand),
        *_width(demand, release.basis),
        *_unfunded(plan),
    )


def _shortages(plan: Plan) -> list[str]:
    said = []
    for role in ROLE_WORDS:
        own = [load for load in plan.loads if load.role == role]
        words = ROLE_WORDS[role]
        if own and own[0].supply == 0 and own[0].hours > 0:
            need = sum(load.hours for load in own)
            said.append(f"No {words} are named; {_hours(need)} would fall to them in {plan.weeks} weeks.")
            continue
        for run in _runs([load for load in own if load.is_over]):
            short = sum(load.hours - load.supply for load in run)
            weeks = _weeks(run[0].week, run[-1].week)
            said.append(f"{weeks}: the hours expected of {words} exceed their time by {_hours(short)}.")
    return said or ["In every week the supporters' hours are enough for the hours expected."]


def _runs(loads: list[WeekLoad]) -> list[list[WeekLoad]]:
    """Cut loads into runs of weeks that follow each other."""
    runs = [[load] for load in loads[:1]]
    for before, load in pairwise(loads):
        if load.week == before.week + 1:
            runs[-1].append(load)
        else:
            runs.append([load])
    return runs


def _hours(number: float) -> str:
    return "less than 1 hour" if number < 0.5 else "1 hour" if number < 1.5 else f"{number:.0f} hours"


def _weeks(first: int, last: int) -> str:
    return f"Week {first}" if first == last else f"Weeks {first}-{last}"


def _answered(plan: Plan, release: Release, demand: Demand) -> list[str]:
    everybody = demand.respondents + demand.silent
    said = [f"{demand.respondents} of {everybody} people are counted; {demand.silent} are assumed."]
    rows = next((table.rows for table in release.hours if table.attribute == plan.attribute), ())
    if demand.is_response_low:
        said.append(
            f"Fewer than {LOW_RESPONSE:.0%} answered, so the plan tells the organisation's total only."
        )
    elif len(plan.groups) < len(rows):
        said.append("Some groups are not listed: too few people answered, or their hours are hidden.")
    return said


def _width(demand: Demand, basis: HoursBasis | None) -> list[str]:
    if demand.high <= (1 + WIDE) * demand.hours:
        return []
    said = f"This forecast is wide: between {demand.low:.0f} and {demand.high:.0f} hours a month."
    if basis is None or basis.narrowing is None:
        return [said]
    more = "more people" if basis.labels else "people"
    narrow = (
        f"The hours that {MORE_LABELS} {more} really needed would narrow it to about ±{basis.narrowing} %"
    )
    return [f"{said} {narrow} for those who answered."]


def _unfunded(plan: Plan) -> list[str]:
    if plan.unfunded_hours <= 0:
        return []
    return [
        f"{plan.unfunded_hours:.0f} of the supporters' hours a week are unfunded care work: "
        "nothing was taken off their other work for them."
    ]


def without_hours(release: Release) -> tuple[str, ...]:
    """Return why there is no plan."""
    return (*release.statements, "The release holds no support hours, so there is nothing to plan with.")


def assumptions(streams: tuple[Stream, ...], weeks: int, basis: HoursBasis | None = None) -> tuple[str, ...]:
    """Return everything the plan takes for granted, each with its source or the word *assumed*."""
    shares = (
        f"{s.title[:1].upper()}{s.title[1:]}: {s.share:.0%} of the hours ({s.source})." for s in streams
    )
    guess = "Hours come from weights that are a guess of experts until hours have been logged (assumed)."
    return (
        f"{basis.heading}, as people remember them." if basis and basis.labels else guess,
        *shares,
        f"Week 1 needs {FIRST_WEEK:g} times the average hours, week {weeks} {LAST_WEEK:g} times (assumed).",
        f"People who are not counted need 0 to {SILENT_MORE:.0%} more hours than those who are (assumed).",
        "Roles do not stand in for each other: hours that one role has left help no other (assumed).",
        "Learners' own time and the time of the assessment are not in these hours.",
    )
