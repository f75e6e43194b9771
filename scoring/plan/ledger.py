"""Help that was logged, against the plan: by week, by role, and by group where enough was logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from instruments.care_log import ANY_GROUP, CARE_LOADS, SESSION_KINDS, CareEntry
from instruments.model import Record
from instruments.records import Policy
from instruments.setup import SupporterRole
from scoring.plan.records import Plan

COVERAGE = 0.6
"""Share of the support given that supporters log (assumed)."""
COVERAGE_RANGE = (0.4, 0.9)
"""Bounds of that share, read as a 90 % interval (assumed)."""
NO_START = "No start was set for the plan: week 1 is the first week that was logged."


class LoggedWeek(Record, frozen=True):
    """One week and role: hours logged, hours that this stands for, and hours planned."""

    week: int
    role: SupporterRole
    logged: float
    given: float
    """Logged hours divided by the share of help that is logged at all."""
    given_low: float
    given_high: float
    planned: float
    planned_low: float
    planned_high: float


class LoggedGroup(Record, frozen=True):
    """Hours logged for one group over all weeks; None where they could point at single people."""

    group: str
    entries: int | None
    logged: float | None


class LedgerSummary(Record, frozen=True):
    """The ledger against the plan."""

    entries: int
    logged: float
    """Hours."""
    weeks: tuple[LoggedWeek, ...]
    groups: tuple[LoggedGroup, ...]
    loads: dict[str, int]
    """How often help was said to be light, right or heavy; nothing where few said so."""
    outside: float
    """Hours logged outside of the plan's weeks."""
    notes: tuple[str, ...] = ()


def summarise(entries: Sequence[CareEntry], plan: Plan, policy: Policy, start: str = "") -> LedgerSummary:
    """Return what `entries` say against `plan`; week 1 begins on the Monday `start` (ISO date).

    Groups are told over all weeks together, and only as `groups_logged` allows.
    """
    first = start or min((entry.week for entry in entries), default="")
    by_place: Counter[tuple[int, str]] = Counter()
    for entry in entries:
        by_place[week_number(entry.week, first), entry.role] += entry.minutes
    inside = {place: minutes for place, minutes in by_place.items() if 1 <= place[0] <= plan.weeks}
    return LedgerSummary(
        entries=len(entries),
        logged=_hours(sum(entry.minutes for entry in entries)),
        weeks=tuple(_weeks(inside, plan)),
        groups=groups_logged(entries, policy),
        loads=_loads(entries, policy.thresholds.k),
        outside=_hours(sum(by_place.values()) - sum(inside.values())),
        notes=(*_coverage_note(), *(() if start or not entries else (NO_START,))),
    )


def week_number(monday: str, start: str) -> int:
    """Return the week of the rollout of a Monday; 1 is the week that begins on `start`."""
    return (date.fromisoformat(monday) - date.fromisoformat(start)).days // 7 + 1


def _weeks(minutes: dict[tuple[int, str], int], plan: Plan) -> Iterable[LoggedWeek]:
    last = max((week for week, _ in minutes), default=0)
    low, high = COVERAGE_RANGE
    for load in plan.loads:
        logged = minutes.get((load.week, load.role), 0) / 60
        if load.week <= last and (logged or load.hours):
            yield LoggedWeek(
                week=load.week,
                role=load.role,
                logged=round(logged, 1),
                given=round(logged / COVERAGE, 1),
                given_low=round(logged / high, 1),
                given_high=round(logged / low, 1),
                planned=load.hours,
                planned_low=load.low,
                planned_high=load.high,
            )


def groups_logged(entries: Sequence[CareEntry], policy: Policy) -> tuple[LoggedGroup, ...]:
    """Return hours by group over all weeks, where they can point at nobody.

    A group is told when it has at least `k_detail` people and `k` entries. What is left over must have `k`
    entries, too, and the groups in it `k_detail` people, or one small team could be had by subtraction from
    the total: else the group with the fewest entries joins it, until it has, or nothing is told.
    """
    limits = policy.thresholds
    minutes, often = Counter[str](), Counter[str]()
    for entry in entries:
        minutes[entry.group] += entry.minutes
        often[entry.group] += 1
    categories = [category for attribute in policy.attributes[:1] for category in attribute.categories]
    told = [c.label for c in categories if c.headcount >= limits.k_detail and often[c.label] >= limits.k]
    heads = {c.label: c.headcount for c in categories if often[c.label]}

    def is_little_left() -> bool:
        people = sum(head for label, head in heads.items() if label not in told)
        left = len(entries) - sum(often[label] for label in told)
        return 0 < left < limits.k or 0 < people < limits.k_detail

    while told and is_little_left():
        told.remove(min(told, key=lambda label: (often[label], label)))
    rows = [
        LoggedGroup(group=c.label, entries=often[c.label], logged=_hours(minutes[c.label]))
        if c.label in told
        else LoggedGroup(group=c.label, entries=None, logged=None)
        for c in categories
    ]
    left = len(entries) - sum(often[label] for label in told)
    if categories and left:
        other = sum(minutes.values()) - sum(minutes[label] for label in told)
        rows.append(LoggedGroup(group=ANY_GROUP, entries=left, logged=_hours(other)))
    return tuple(rows)


def _loads(entries: Sequence[CareEntry], k: int) -> dict[str, int]:
    said = Counter[str](entry.load for entry in entries if entry.load)
    return {load: said[load] for load in CARE_LOADS} if said.total() >= k else {}


def _coverage_note() -> tuple[str, ...]:
    low, high = COVERAGE_RANGE
    return (
        f"Not all help is logged: about {100 * COVERAGE:.0f} % of it, {100 * low:.0f} to {100 * high:.0f} % "
        "(assumed). Hours given are hours logged divided by that.",
    )


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)


def needs_logged(entries: Iterable[CareEntry], start: str, weeks: int) -> dict[int, float]:
    """Return hours logged by week of the rollout of all help that follows people's needs; no sessions."""
    found: dict[int, float] = {}
    for entry in entries:
        week = week_number(entry.week, start)
        if entry.kind not in SESSION_KINDS and 1 <= week <= weeks:
            found[week] = found.get(week, 0.0) + entry.minutes / 60
    return dict(sorted(found.items()))
