"""A plan in plain words: what is short, who did not answer, how wide the forecast is, what was assumed."""

from __future__ import annotations

from itertools import pairwise

from scoring.plan.conditions import HEADROOM_AN_HOUR, HEADROOM_RANGE
from scoring.plan.groups import Population
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan, WeekLoad
from scoring.plan.streams import FIRST_WEEK, LAST_WEEK, PROGRAMME_WEEKS, ROLE_WORDS, Stream
from scoring.plan.unplanned import BUSIEST
from scoring.records import HoursBasis, Release
from scoring.totals import LOW_RESPONSE, SILENT_MORE, Demand

MORE_LABELS = 50
"""The forecast says how far the hours of so many more people would narrow it."""
WIDE = 0.25
"""A forecast whose 90 % interval reaches further than this share to one side is called wide."""


def statements(plan: Plan, release: Release, population: Population) -> tuple[str, ...]:
    """Return what the plan says, the shortages first."""
    return (
        *_shortages(plan),
        *_answered(plan, release, population.total),
        *_width(population.total, release.basis),
        *_unfunded(plan),
        *_not_known(population),
        *_all_time(plan),
    )


def _shortages(plan: Plan) -> list[str]:
    said = []
    for role in ROLE_WORDS:
        own = [load for load in plan.loads if load.role == role]
        words = ROLE_WORDS[role]
        need = sum(load.hours for load in own)
        if need > 0 and not any(load.supply for load in own):
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
    by_role = ", ".join(f"{hours:.0f} of {ROLE_WORDS[role]}" for role, hours in plan.unfunded.items())
    return [
        f"{plan.unfunded_hours:.0f} of the supporters' hours a week are unfunded care work: "
        f"nothing was taken off their other work for them ({by_role})."
    ]


def _not_known(population: Population) -> list[str]:
    """Name the groups whose conditions cannot be told, so that nobody takes silence for a good sign."""
    hidden = [group.name for group in population.groups if group.needs.safety is None]
    return [f"How safe it is to learn is not known of: {', '.join(hidden)}."] if hidden else []


def _all_time(plan: Plan) -> list[str]:
    if not plan.supporter_hours:
        return []
    said = [
        f"All time together in {plan.weeks} weeks: {plan.supporter_hours:.0f} hours of supporters, "
        f"{plan.learner_hours:.0f} of learners and {plan.assessment_hours:.0f} for the assessment."
    ]
    if plan.hours_after >= 1:
        said.append(
            f"After week {plan.weeks} programmes that start in these weeks go on: {plan.hours_after:.0f} "
            "more hours of supporters."
        )
    if plan.cost is not None:
        said.append(f"By the costs an hour that were told, this is {plan.cost:.0f}.")
    return said


def without_hours(release: Release) -> tuple[str, ...]:
    """Return why there is no plan."""
    return (*release.statements, "The release holds no support hours, so there is nothing to plan with.")


def assumptions(options: PlanOptions, basis: HoursBasis | None = None) -> tuple[str, ...]:
    """Return everything the plan takes for granted, each with its source or the word *assumed*."""
    guess = "Hours come from weights that are a guess of experts until hours have been logged (assumed)."
    return (
        f"{basis.heading}, as people remember them." if basis and basis.labels else guess,
        *(_assumed(stream) for stream in options.streams),
        f"The first week of a cohort needs {FIRST_WEEK:g} times the average hours, week {PROGRAMME_WEEKS} "
        f"and all later ones {LAST_WEEK:g} times (assumed).",
        f"People who are not counted need 0 to {SILENT_MORE:.0%} more hours than those who are (assumed).",
        "Roles do not stand in for each other: hours that one role has left help no other (assumed).",
        "Sessions come on top of the hours that needs ask for, in which learners' own time is not counted "
        "(assumed).",
        f"One protected hour a week gives {HEADROOM_AN_HOUR:g} SD of headroom, between {HEADROOM_RANGE[0]:g} "
        f"and {HEADROOM_RANGE[1]:g} (assumed, not measured).",
        f"Without a plan the busiest tenth gives {BUSIEST:g} times the average (assumed).",
    )


def _assumed(stream: Stream) -> str:
    title = f"{stream.title[:1].upper()}{stream.title[1:]}"
    if stream.kind == "need":
        return f"{title}: {stream.share:.0%} of the hours ({stream.source})."
    parts = [f"{stream.learner_minutes:g} minutes of learners"] if stream.learner_minutes else []
    if stream.role:
        with_preparation = f"{stream.hours:g} hours of {ROLE_WORDS[stream.role]}"
        parts.append(f"{with_preparation} and {stream.preparation:.0%} more to prepare")
    weeks = _some_weeks(stream.weeks)
    low = ", groups of low safety only" if stream.for_low_safety else ""
    return f"{title}: {', '.join(parts)}, in {weeks} of a cohort{low} ({stream.source})."


def _some_weeks(weeks: tuple[int, ...]) -> str:
    """Return weeks since the start in words: ``week 1``, ``weeks 4, 8, 12`` or ``weeks 2 to 12``."""
    if len(weeks) > 3 and weeks[-1] - weeks[0] == len(weeks) - 1:
        return f"weeks {weeks[0]} to {weeks[-1]}"
    return f"week{'s' if len(weeks) > 1 else ''} {', '.join(map(str, weeks))}"
