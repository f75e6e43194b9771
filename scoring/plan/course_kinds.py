"""What one cohort of a group needs from week to week: the pieces from which a schedule is made."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from instruments.setup import SupporterRole
from scoring.plan.groups import PlanGroup, Population, group_for
from scoring.plan.options import PlanOptions
from scoring.plan.records import PlannedCohort
from scoring.plan.streams import (
    PROGRAMME_WEEKS,
    ROLE_WORDS,
    WEEKS_A_MONTH,
    Stream,
    lead_weeks,
    need_weights,
    sessions,
)

Hours = dict[SupporterRole, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class CohortNeed:
    """Cohorts of one group, site and size, which all need the same.

    Hours are of one cohort, by role and week since its first week: place 0 is the week in which anything of
    it begins, place `lead` the week of its foundation session.
    """

    group: str
    """As the plan names it."""
    site: str
    parts: tuple[tuple[str, int], ...]
    """People of each cohort by group of the plan; `group` has most of them, or low safety."""
    count: int
    lead: int
    length: int
    """Weeks from its first to the last of its programme."""
    earliest: int
    """First week of the rollout in which it may begin, 1 the first."""
    expected: Hours
    low: Hours
    high: Hours
    """The bound to plan with: the upper end of the 90 % interval."""
    minutes: tuple[float, ...]
    """Of each learner's time."""
    cohorts: tuple[str, ...]
    """Ids of the cohorts of this kind."""

    @property
    def size(self) -> int:
        """People in each cohort."""
        return sum(people for _, people in self.parts)


@dataclass(frozen=True, slots=True)
class Course:
    """Cohorts of one group that begin alike: how many, with how many people, and the foundation's week."""

    group: str
    parts: tuple[tuple[str, int], ...]
    count: int
    foundation: int

    @property
    def people(self) -> int:
        """Of all these cohorts."""
        return self.count * sum(people for _, people in self.parts)

    def people_of(self, group: str) -> int:
        """Return the people of one group in all these cohorts."""
        return self.count * sum(people for name, people in self.parts if name == group)


def is_in(group: PlanGroup, options: PlanOptions, names: Sequence[str]) -> bool:
    """Whether `group` starts within the weeks of this scenario."""
    return not options.groups or any(group_for(label, names) == group.name for label in options.groups)


def wanted_start(group: str, options: PlanOptions, names: Sequence[str]) -> int:
    """Return the first week that the scenario sets for a group's foundation, 0 where it sets none."""
    weeks = [week for label, week in options.earliest.items() if group_for(label, names) == group]
    return max(weeks, default=0)


def lead_of(group: PlanGroup, options: PlanOptions, names: Sequence[str]) -> int:
    """Return how many weeks before its foundation session a group begins, 0 where it starts early."""
    lead = lead_weeks(options.streams) if group.safety == "low" else 0
    return 0 if 0 < wanted_start(group.name, options, names) <= lead else lead


def is_early(group: PlanGroup, options: PlanOptions, names: Sequence[str]) -> bool:
    """Whether a group of low safety is to start before its manager and team have met."""
    lead = lead_weeks(options.streams) if group.safety == "low" else 0
    return 0 < wanted_start(group.name, options, names) <= lead


def given_to(group: PlanGroup, streams: Iterable[Stream]) -> tuple[Stream, ...]:
    """Return the streams that a group gets: those for low safety only where it was released as low."""
    return tuple(stream for stream in streams if group.safety == "low" or not stream.for_low_safety)


def profile(stream: Stream, weeks: int, pace: float, lead: int, *, is_early: bool) -> tuple[float, ...]:
    """Return what one cohort has of a stream in each week since its first, the foundation at place `lead`.

    Of a need stream weights of the average week, of a programme stream numbers of sessions. Sessions that
    should come before the foundation are held from the foundation's week on where a cohort starts early.
    """
    if stream.kind == "need":
        return (0.0,) * min(lead, weeks) + need_weights(max(0, weeks - lead), pace)
    found = sessions(stream, pace)
    shift = 1 - min(found) if is_early and min(found) < 1 else 0
    out = [0.0] * weeks
    for week, often in found.items():
        place = week - 1 + lead + shift
        if 0 <= place < weeks:
            out[place] += often
    return tuple(out)


def parts_of(
    cohort: PlannedCohort, names: Sequence[str], groups: Mapping[str, str]
) -> tuple[tuple[str, int], ...]:
    """Return the people of a cohort by group of the plan, most first; `groups` has each member's label.

    Where it names no members, all count as of its first group.
    """
    labels = [groups.get(name, "") for name in cohort.members] or [
        next(iter(cohort.groups), "")
    ] * cohort.size
    people = Counter(group_for(label, names) or names[-1] for label in labels)
    return tuple(sorted(people.items(), key=lambda part: (-part[1], part[0])))


def alike(
    population: Population,
    options: PlanOptions,
    cohorts: Sequence[PlannedCohort],
    groups: Mapping[str, str],
) -> dict[tuple[str, str, tuple[tuple[str, int], ...]], list[str]]:
    """Return the ids of cohorts that need the same, by group, site and people; those that start in the plan.

    A cohort goes with the group of most of its people, or with one whose safety is low.
    """
    names = [group.name for group in population.groups]
    low = {group.name for group in population.groups if group.safety == "low"}
    inside = {group.name for group in population.groups if is_in(group, options, names)}
    found: dict[tuple[str, str, tuple[tuple[str, int], ...]], list[str]] = {}
    for cohort in cohorts:
        parts = parts_of(cohort, names, groups)
        main = next((name for name, _ in parts if name in low), parts[0][0])
        if main in inside:
            found.setdefault((main, cohort.site, parts), []).append(cohort.id)
    return found


def course_kinds(
    population: Population,
    options: PlanOptions,
    cohorts: Sequence[PlannedCohort],
    groups: Mapping[str, str] | None = None,
) -> tuple[CohortNeed, ...]:
    """Return the demand of one cohort of every kind, by programme week and role.

    `groups` has the policy's label of the group of each member by name, where cohorts have members.
    """
    names = [group.name for group in population.groups]
    total = population.total
    bounds = (1.0, total.low / total.hours, total.high / total.hours) if total.hours else (1.0, 1.0, 1.0)
    kinds = []
    for (name, site, parts), ids in alike(population, options, cohorts, groups or {}).items():
        group = next(one for one in population.groups if one.name == name)
        lead = lead_of(group, options, names)
        month = math.fsum(
            people * one.each for one in population.groups for part, people in parts if part == one.name
        )
        expected, low, high = (_hours(group, bound * month, options, names) for bound in bounds)
        kinds.append(
            CohortNeed(
                group=name,
                site=site,
                parts=parts,
                count=len(ids),
                lead=lead,
                length=lead + programme_weeks(options),
                earliest=max(1, wanted_start(name, options, names) - lead),
                expected=expected,
                low=low,
                high=high,
                minutes=learner_minutes(group, options, names),
                cohorts=tuple(ids),
            )
        )
    return tuple(kinds)


def _hours(group: PlanGroup, month: float, options: PlanOptions, names: Sequence[str]) -> Hours:
    """Return a cohort's hours; its people need `month` hours a month."""
    length = programme_length(options)
    out: dict[SupporterRole, list[float]] = {role: [0.0] * length for role in ROLE_WORDS}
    for stream in given_to(group, options.streams):
        if stream.role:
            each = month * stream.share / WEEKS_A_MONTH if stream.kind == "need" else stream.hours_a_session
            for place, weight in enumerate(profile_of(stream, group, options, names, length)):
                out[stream.role][place] += each * weight
    return {role: tuple(hours) for role, hours in out.items() if any(hours)}


def profile_of(
    stream: Stream, group: PlanGroup, options: PlanOptions, names: Sequence[str], weeks: int
) -> tuple[float, ...]:
    """Return a stream's profile for a group under a scenario, of `weeks` weeks."""
    lead, early = lead_of(group, options, names), is_early(group, options, names)
    return profile(stream, weeks, options.pace, lead, is_early=early)


def programme_length(options: PlanOptions) -> int:
    """Return the weeks for which one cohort is looked at: its programme, or the plan if longer."""
    return max(options.weeks, lead_weeks(options.streams) + programme_weeks(options))


def programme_weeks(options: PlanOptions) -> int:
    """Return the weeks from the foundation session to the programme's last."""
    last = max((max(sessions(s, options.pace)) for s in options.streams if s.kind == "programme"), default=0)
    return max(round(PROGRAMME_WEEKS / options.pace), last)


def learner_minutes(group: PlanGroup, options: PlanOptions, names: Sequence[str]) -> tuple[float, ...]:
    """Return the minutes that the programme asks of each learner of `group`, by week since the first."""
    length = programme_length(options)
    out = [0.0] * length
    for stream in given_to(group, options.streams):
        if stream.kind == "programme" and stream.learner_minutes:
            for place, often in enumerate(profile_of(stream, group, options, names, length)):
                out[place] += stream.learner_minutes * often
    return tuple(out)


def courses_at(
    kinds: Iterable[CohortNeed], starts: Mapping[str, int | None] | None = None
) -> tuple[Course, ...]:
    """Return the cohorts with the week of their foundation session.

    `starts` has the first week of each cohort by id, None for one that cannot start; without it everybody
    begins as early as the scenario allows.
    """
    out = []
    for kind in kinds:
        if starts is None:
            out.append(Course(kind.group, kind.parts, kind.count, kind.earliest + kind.lead))
            continue
        begun = [starts.get(one) for one in kind.cohorts]
        out += [
            Course(kind.group, kind.parts, begun.count(week), week + kind.lead)
            for week in sorted({week for week in begun if week is not None})
        ]
    return tuple(out)
