"""What a plan advises: start, start smaller, start later, or change conditions first; and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from instruments.setup import SupporterRole
from scoring.plan.groups import Population
from scoring.plan.records import Decision, LearnerWeek, WeekLoad
from scoring.plan.streams import ROLE_WORDS

CONDITIONS_FIRST = 0.6
"""From this share of the hours above the base on that conditions cause, they come first (ours)."""
MOST_PEOPLE = 0.5
"""Of the people whose minutes are known (ours)."""


SMALL_SHARE = 0.01
"""Of all hours at the upper bound: where no more stay unmet a plan can start, and tells them (ours)."""
NO_HOURS = 0.5
"""Fewer unmet hours over a whole plan are told as none."""
KIND_WORDS = {
    "start": "Start",
    "start-smaller": "Start smaller",
    "start-later": "Start later",
    "change-conditions-first": "Change conditions first",
    "not-known": "Not known",
}
NOT_KNOWN = Decision(kind="not-known", words="No hours were released to plan with.")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a decision rests on."""

    population: Population
    loads: tuple[WeekLoad, ...]
    learners: tuple[LearnerWeek, ...]
    sessions: Mapping[SupporterRole, float] = field(default_factory=dict)
    """Hours of the programme by role, which do not follow the demand."""
    unmet: float | None = None
    """Hours at the upper bound that a schedule could not place; None where none was made."""
    unmet_after: float = 0.0
    """The same after the plan's last week, of programmes that start within it."""
    waiting: int = 0
    """Cohorts that cannot start within the weeks."""
    cohorts: int = 0
    fitting: tuple[int, int] | None = None
    """Cohorts, and people in them, that can start with every hour met; None where that was not asked."""


def fit_by_role(at: Situation, factor: float = 1.0) -> dict[SupporterRole, float]:
    """Return for how many times its load each role's hours suffice.

    The load is the upper bound of what needs ask for, times `factor`, and the sessions as they are.
    """
    out: dict[SupporterRole, float] = {}
    for role in ROLE_WORDS:
        own = [load for load in at.loads if load.role == role]
        sessions = at.sessions.get(role, 0.0)
        need = factor * max(0.0, math.fsum(load.high for load in own) - sessions) + sessions
        if need > 0:
            out[role] = math.fsum(load.supply for load in own) / need
    return out


def in_words(decision: Decision) -> str:
    """Return a decision as one sentence with its kind."""
    return f"{KIND_WORDS[decision.kind]}: {decision.words[:1].lower()}{decision.words[1:]}"


def decide(at: Situation, factor: float = 1.0) -> Decision:
    """Return what to do if the demand is `factor` times what is expected."""
    if not at.loads:
        return NOT_KNOWN
    first = (*_conditions(at), *_time(at))
    if first:
        return Decision(
            kind="change-conditions-first",
            words="More support would only stand in for time or safety.",
            reasons=(*first, *_supply_reasons(at, factor)),
        )
    return _by_supply(at, factor)


def _by_supply(at: Situation, factor: float) -> Decision:
    fit = fit_by_role(at, factor)
    least = min(fit.values(), default=1.0)
    busy = _busy_weeks(at)
    reasons = (*_supply_reasons(at, factor), *busy)
    time_first = "; agree on learners' time first" if busy else ""
    unmet = at.unmet if factor == 1.0 else None
    lacking, loads = unmet or 0.0, math.fsum(load.high for load in at.loads)
    if least >= 1 and lacking <= max(NO_HOURS, SMALL_SHARE * loads):
        but = f", but for {_hours(lacking)}" if lacking >= NO_HOURS else ""
        if at.waiting and factor == 1.0:
            begun = at.cohorts - at.waiting
            words = (
                f"Begin with {begun} of {at.cohorts} cohorts: their hours are enough{but}{time_first}; "
                "the others wait."
            )
            return Decision(kind="start-smaller" if begun else "start-later", words=words, reasons=reasons)
        words = f"The supporters' hours are enough{but}{time_first}."
        return Decision(kind="start", words=words, reasons=reasons)
    smallest = min(group.hours for group in at.population.groups) / math.fsum(
        group.hours for group in at.population.groups
    )
    if least >= min(smallest, MOST_PEOPLE):
        part = (
            f"for about {100 * min(least, 0.99):.0f} % of the demand"
            if least < 1
            else "in all, but not in every week"
        )
        return Decision(
            kind="start-smaller",
            words=f"The supporters' hours are enough {part}.",
            reasons=(*_fitting(at, factor), *reasons),
        )
    return Decision(
        kind="start-later",
        words="Find supporters first: the hours are not enough for even the smallest group.",
        reasons=(*_fitting(at, factor), *reasons),
    )


def _fitting(at: Situation, factor: float) -> tuple[str, ...]:
    """Say how many can start with the supporters there are, so that *smaller* has a size."""
    if factor != 1.0 or at.fitting is None or not at.fitting[0]:
        return ()
    cohorts, people = at.fitting
    return (
        f"With every hour met, {cohorts} of {at.cohorts} cohorts ({people} people) can start in these weeks; "
        "the others wait.",
    )


def _hours(number: float) -> str:
    return "1 hour" if round(number) == 1 else f"{number:.0f} hours"


def _supply_reasons(at: Situation, factor: float) -> tuple[str, ...]:
    fit = fit_by_role(at, factor)
    said = []
    for role, share in fit.items():
        if share <= 0:
            said.append(f"No {ROLE_WORDS[role]} have time; nobody else stands in for them.")
        elif share < 1:
            said.append(
                f"The hours of {ROLE_WORDS[role]} cover {100 * share:.0f} % of the upper bound of what is "
                "expected of them."
            )
    if factor == 1.0 and at.unmet is not None and at.unmet >= NO_HOURS:
        said.append(f"Nobody has time for {_hours(at.unmet)} at the upper bound.")
    if factor == 1.0 and at.unmet_after >= 1:
        said.append(f"After the last week it is {_hours(at.unmet_after)} more, as programmes go on.")
    if factor == 1.0 and at.waiting:
        said.append(f"{at.waiting} of {at.cohorts} cohorts cannot start within these weeks.")
    if not said:
        said.append("Every role's hours cover the upper bound of what is expected of it.")
    return tuple(said)


def _conditions(at: Situation) -> tuple[str, ...]:
    """Return why conditions come first, from the shares of the groups that are shown."""
    known = [g for g in at.population.groups if g.conditions is not None]
    hours = math.fsum(g.hours for g in known)
    if not hours:
        return ()
    share = math.fsum(g.hours * (g.conditions or 0) for g in known) / hours / 100
    if share < CONDITIONS_FIRST:
        return ()
    return (
        f"{100 * share:.0f} % of the hours that needs ask for come from time and safety, "
        "which the organisation has to change.",
    )


def _time(at: Situation) -> tuple[str, ...]:
    """Return whether most people cannot spare even the quietest week of the programme."""
    heads = {group.name: group.headcount for group in at.population.groups}
    quiet: dict[str, LearnerWeek] = {}
    for row in at.learners:
        if row.minutes > 0 and row.is_overload is not None:
            quiet[row.group] = min(quiet.get(row.group, row), row, key=lambda week: week.minutes)
    short = [name for name, row in quiet.items() if row.is_overload]
    if not short or sum(heads[name] for name in short) < MOST_PEOPLE * sum(heads[name] for name in quiet):
        return ()
    return (
        f"More than half of the people in {', '.join(short)} cannot spare even the "
        f"{min(quiet[name].minutes for name in short):.0f} minutes of the quietest week: protect time first.",
    )


def _busy_weeks(at: Situation) -> tuple[str, ...]:
    """Say in how many weeks sessions ask for more than most people can spare."""
    weeks = {row.week for row in at.learners if row.is_overload}
    if not weeks:
        return ()
    return (
        f"In {len(weeks)} weeks since a start the sessions take more minutes than half of the people can "
        "spare: agree on time for those weeks.",
    )
