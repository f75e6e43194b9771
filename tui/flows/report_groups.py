"""One page a released group, in the release's order: what to practise, with whom, what its manager can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from instruments.tasks.feedback import KIND_WORDS
from scoring.plan.groups import group_for
from scoring.plan.records import ConditionEffect, GroupLoad, LearnerWeek, Plan, PlannedCohort
from scoring.quality_records import ClimateRow
from scoring.records import Release
from scoring.table_records import MinutesRow
from scoring.work_records import FaultTable, WorkflowRow
from tui.flows.report_charts import learners_chart
from tui.flows.report_load import READ_RANGE, overload_words
from tui.flows.report_model import Block, Facts, Para, Picture, Points, Section, Sub, Table, left, right
from tui.text.words import WHY_HIDDEN, answered, interval, number, shares, weeks_in_words

NO_ORDER = (
    "Groups stand in the order of the study's rules. Their work differs in what it asks and leaves; this is "
    "no ranking."
)
EVERYBODY = "Everybody"
TOP_TASKS, MOST_MISSED = 3, 2
LITTLE_TIME = 20
"""Minutes a week of the programme's smallest part, weekly micro-learning."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that release and plan tell of one group."""

    name: str
    load: GroupLoad | None
    tasks: tuple[WorkflowRow, ...]
    found: tuple[tuple[str, int], ...]
    """Kinds of faults and how many of 100 people found them, the least found first."""
    climate: ClimateRow | None
    minutes: MinutesRow | None
    effects: tuple[ConditionEffect, ...]
    learners: tuple[LearnerWeek, ...]
    cohorts: tuple[PlannedCohort, ...]
    everybody: tuple[WorkflowRow, ...]
    """Of all groups together, the dearest task first."""
    peers: tuple[tuple[str, str], ...]
    """Tasks that other groups lose time on too, and those groups."""

    @property
    def is_told(self) -> bool:
        """Whether there is enough for a page."""
        return bool(self.load or self.tasks or self.found)


def group_sections(plan: Plan, release: Release) -> Iterator[Section]:
    """Return one section a group of which enough was released, and one sentence about the others."""
    groups = [_told(name, plan, release) for name in group_names(plan, release)]
    if not groups:
        return
    silent = [group.name for group in groups if not group.is_told]
    blocks: list[Block] = [Para(NO_ORDER, "note")]
    if plan.groups:
        blocks.append(_summary(plan.groups))
    if silent:
        blocks.append(Para(f"No page of their own: {', '.join(silent)}. Their numbers are {WHY_HIDDEN}."))
    yield Section(name="groups", title="Group by group", blocks=tuple(blocks), new_page=True)
    for place, group in enumerate((g for g in groups if g.is_told), start=1):
        yield Section(
            name=f"group-{place}", title=group.name, blocks=tuple(_blocks(group)), level=3, new_page=place > 1
        )


def group_names(plan: Plan, release: Release) -> tuple[str, ...]:
    """Return the groups of the plan's attribute, in the order of the study's rules."""
    kinds = (release.counts, release.hours, release.minutes, release.faults, release.workflows)
    named = [
        row.group
        for kind in kinds
        for t in kind
        if t.attribute and t.attribute == plan.attribute
        for row in t.rows
    ]
    return tuple(name for name in dict.fromkeys(named) if name != EVERYBODY)


def _summary(groups: tuple[GroupLoad, ...]) -> Table:
    rows = tuple(
        (
            group.group,
            answered(group.respondents, group.headcount),
            number(group.hours),
            interval(group.low, group.high),
            shares(group.skill, group.conditions),
        )
        for group in groups
    )
    return Table(
        caption="Hours of support a month, for everybody in the group; skill : conditions in per cent",
        heads=(*left("Group"), *right("Answered", "Hours", "90 % range", "Skill : conditions")),
        rows=rows,
    )


def _told(name: str, plan: Plan, release: Release) -> Told:
    tasks = [row for t in release.workflows if t.attribute == plan.attribute for row in t.rows]
    own = _dearest(tasks, name)
    climate = [row for t in release.quality if t.attribute == plan.attribute for row in t.climate]
    minutes = [row for t in release.minutes if t.attribute == plan.attribute for row in t.rows]
    return Told(
        name=name,
        load=next((group for group in plan.groups if group.group == name), None),
        tasks=own,
        found=_found(name, plan.attribute, release.faults),
        climate=next((row for row in climate if row.group == name), None),
        minutes=next((row for row in minutes if row.group == name), None),
        effects=tuple(effect for effect in plan.effects if effect.group == name),
        learners=tuple(week for week in plan.learners if week.group == name),
        cohorts=tuple(one for one in plan.cohorts if name in _names_of(one, plan)),
        everybody=_dearest(tasks, EVERYBODY),
        peers=_peers(name, own, tasks),
    )


def _names_of(cohort: PlannedCohort, plan: Plan) -> set[str]:
    """Return a cohort's groups as the plan names them: small ones may stand together there."""
    known = [group.group for group in plan.groups]
    return {group_for(label, known) or label for label in cohort.groups}


def _dearest(tasks: Sequence[WorkflowRow], name: str) -> tuple[WorkflowRow, ...]:
    return tuple(sorted((row for row in tasks if row.group == name), key=lambda row: -row.hours)[:TOP_TASKS])


def _found(name: str, attribute: str, tables: tuple[FaultTable, ...]) -> tuple[tuple[str, int], ...]:
    pairs = [
        (kind, cell)
        for table in tables
        if table.attribute == attribute
        for row in table.rows
        if row.group == name
        for kind, cell in zip(table.columns, row.cells, strict=True)
        if cell is not None
    ]
    return tuple(sorted(pairs, key=lambda pair: pair[1]))


def _peers(
    name: str, own: Sequence[WorkflowRow], tasks: Sequence[WorkflowRow]
) -> tuple[tuple[str, str], ...]:
    found = []
    for row in own:
        others = [t.group for t in tasks if t.task == row.task and t.group not in {name, EVERYBODY}]
        if others:
            found.append((row.task, ", ".join(dict.fromkeys(others))))
    return tuple(found)


def _blocks(group: Told) -> Iterator[Block]:
    if group.load:
        yield Facts(tuple(_facts(group.load)))
        yield Para(READ_RANGE.replace("The bar is the 90 % range", "The range is at 90 %"), "note")
    else:
        yield Para(f"The hours of this group are {WHY_HIDDEN}.", "note")
    yield Sub("What to practise")
    yield Points(tuple(_practise(group)))
    if group.tasks:
        yield _tasks(group.tasks)
    yield Sub("With whom, and when")
    yield Points(tuple(_together(group)))
    yield Sub("What the manager can do")
    yield Points(tuple(_manager(group)))
    if any(week.spare_median is not None for week in group.learners):
        yield _learning(group)


def _facts(load: GroupLoad) -> Iterator[tuple[str, str, str]]:
    yield "Support a month", f"{number(load.hours)} h", f"range {interval(load.low, load.high)} h"
    yield "Answered", answered(load.respondents, load.headcount), "the others are assumed"
    yield (
        "Skill : conditions",
        shares(load.skill, load.conditions),
        "per cent; conditions are the organisation's",
    )


def _practise(group: Told) -> Iterator[str]:
    weakest = " and ".join(_kind(kind) for kind, _ in group.found[:MOST_MISSED])
    look = f", looking above all for {weakest}" if weakest else ""
    if group.tasks:
        task = group.tasks[0].task
        yield f"Let an AI tool help with what costs most time here, {task}. Check what it writes{look}."
    else:
        yield f"Which recurring tasks cost time here is {WHY_HIDDEN}: ask the cohort in its first session."
        yield from _of_everybody(group.everybody)
    if group.found:
        told = (
            f"{_kind(kind)} ({of_100} of 100 people found it)" for kind, of_100 in group.found[:MOST_MISSED]
        )
        yield f"Found least often, of what is told: {'; '.join(told)}."
    else:
        yield f"Which faults are missed here is {WHY_HIDDEN}: practise all kinds."


def _of_everybody(rows: tuple[WorkflowRow, ...]) -> Iterator[str]:
    if rows:
        yield f"Of everybody together, {rows[0].task} costs most time: {rows[0].hours} hours a month."


def _kind(kind: str) -> str:
    return next((words for known, words in KIND_WORDS.items() if known == kind), kind)


def _tasks(tasks: tuple[WorkflowRow, ...]) -> Table:
    return Table(
        caption="Recurring tasks that cost time, as people told them",
        heads=(*left("Task"), *right("About people", "Hours lost a month"), *left("What suffers")),
        rows=tuple((row.task, str(row.people), str(row.hours), row.suffers or "not told") for row in tasks),
    )


def _together(group: Told) -> Iterator[str]:
    if group.climate and group.climate.agrees is False:
        yield "Pairs before the large round: the team does not agree on how safe it is to ask."
    else:
        yield "A cohort of 6 to 10, with pairs inside it for the weeks between sessions."
    starts = sorted({one.start_week for one in group.cohorts if one.start_week is not None})
    if group.cohorts:
        when = f"start in {weeks_in_words(tuple(starts))}" if starts else "cannot start within this plan"
        yield f"Cohorts with people of this group: {len(group.cohorts)}; they {when}."
    for task, others in group.peers:
        yield f"A community of practice on {task}, together with {others}: they lose time on it too."
    if group.tasks and not group.peers:
        yield "No other group is known to lose time on the same tasks."


def _manager(group: Told) -> Iterator[str]:
    if group.load and group.load.safety == "low":
        yield "Before anything else: a manager-and-team session about asking, trying and mistakes."
    elif group.climate and group.climate.agrees is False:
        yield "Ask the team early what would make asking easier: its people do not agree on how safe it is."
    if group.minutes and group.minutes.median is not None and group.minutes.median < LITTLE_TIME:
        yield f"Free time: half of this group can spare no more than {group.minutes.median} minutes a week."
    for effect in sorted(group.effects, key=lambda one: -one.saved):
        saved = f"{number(effect.saved)} hours ({interval(effect.saved_low, effect.saved_high)}) of support"
        costs = f"; it takes {number(effect.costs)} hours" if effect.costs else ""
        yield f"With {effect.words}, {saved} a month would fall away{costs}. A scenario: assumed, not proven."
    yield "Say openly what you tried yourself and where it went wrong; agree on which time is kept free."


def _learning(group: Told) -> Picture:
    most = max(group.learners, key=lambda week: week.minutes)
    return Picture(
        title="Minutes of learning a week",
        words=f"The bars are what the programme asks of each person, at most {number(most.minutes)} minutes, "
        f"in week {most.week}. The line is what half of the group can spare: {most.spare_median} minutes. It "
        f"asks for more in: {overload_words(group.learners)}.",
        chart=learners_chart(group.learners),
    )
