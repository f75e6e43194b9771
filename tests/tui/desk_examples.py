"""Releases and plans made by hand, for the tests of desk and text."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from instruments.records import TIERS, ReleaseHeader, WordingLine
from instruments.setup import SupporterRole
from instruments.tasks.model import FAULT_KINDS
from scoring.plan.records import GroupLoad, Plan, WeekLoad, WeekTotal
from scoring.quality_records import ClimateRow, QualityTable, ScaleQuality, TypeRow
from scoring.records import Release
from scoring.table_records import CountRow, CountTable, HoursRow, HoursTable, MinutesRow, MinutesTable
from scoring.work_records import (
    FaultRow,
    FaultTable,
    LoadTable,
    ReviewingTable,
    ShareRow,
    ShareTable,
    SumRow,
    SumTable,
    WorkflowRow,
    WorkflowTable,
)

R = TypeVar("R", CountRow, HoursRow, SumRow, WorkflowRow)

HOSTILE = "[/x][bold]\x1b[31m=cmd\u202e|evil"
BANDS = ("lower", "middle", "higher")

HEADER = ReleaseHeader(
    study="north",
    organisation="North Works",
    wave="baseline",
    policy_sha256="a1" * 32,
    battery_sha256="b2" * 32,
    reference_sha256="c3" * 32,
    reference_status="assumed",
    program="0.1.0",
    rehearsal=True,
    counted=248,
    headcount=400,
    imported=0,
    held_back=2,
    quarantined=1,
    wordings=(
        WordingLine(
            instrument="edmondson-1999",
            name="Psychological safety",
            wording="adapted wording: items 0 of 7 as published; anchors as recalled; instruction ours",
            wording_sha256="d4" * 32,
            reference="assumed",
            answered_share=0.97,
        ),
        WordingLine(
            instrument="help",
            name="Help given and received",
            wording="our own questions",
            wording_sha256="e5" * 32,
            reference="none",
        ),
    ),
)

GROUPS = (("Engineering", 96, 140), ("Sales", 70, 120), ("Care and support", 62, 100), ("Legal", 20, 40))
CELLS: tuple[tuple[int, ...] | None, ...] = ((20, 41, 25, 10), (9, 24, 26, 11), None, None)
TOTAL = (38, 92, 84, 34)


def count_rows(cells: tuple[tuple[int, ...] | None, ...], columns: int) -> tuple[CountRow, ...]:
    return tuple(
        CountRow(group=name, respondents=n, headcount=of, cells=row or (None,) * columns)
        for (name, n, of), row in zip(GROUPS, cells, strict=True)
    )


def everybody(cells: tuple[int, ...]) -> CountRow:
    return CountRow(group="Everybody", respondents=248, headcount=400, cells=cells)


TIER_TABLE = CountTable(
    id="tiers-department",
    title="Support tiers by department",
    kind="tiers",
    attribute="department",
    columns=TIERS,
    total=everybody(TOTAL),
    rows=count_rows(CELLS, 4),
)
NEED_TABLE = CountTable(
    id="need-bands-safety-department",
    title="Safe to learn in the team by department",
    kind="need-bands",
    attribute="department",
    columns=BANDS,
    total=everybody((70, 98, 80)),
    rows=count_rows(((30, 40, 26), (20, 24, 26), None, None), 3),
    need="safety",
)
HOURS_TABLE = HoursTable(
    id="hours-department",
    title="Support hours a month by department",
    attribute="department",
    total=HoursRow(
        group="Everybody",
        respondents=248,
        headcount=400,
        hours=480,
        low=300,
        high=760,
        skill=45,
        conditions=55,
    ),
    rows=(
        HoursRow(
            group="Engineering",
            respondents=96,
            headcount=140,
            hours=170,
            low=110,
            high=265,
            skill=60,
            conditions=40,
        ),
        HoursRow(group="Sales", respondents=70, headcount=120, hours=None),
        HoursRow(group="Care and support", respondents=62, headcount=100, hours=None),
        HoursRow(group="Legal", respondents=20, headcount=40, hours=None),
    ),
)
MINUTES_TABLE = MinutesTable(
    id="minutes-department",
    title="Minutes a week to spare by department",
    attribute="department",
    total=MinutesRow(group="Everybody", respondents=240, lower=10, median=25, upper=45),
    rows=(
        MinutesRow(group="Engineering", respondents=95, lower=15, median=30, upper=60),
        MinutesRow(group="Legal", respondents=20, lower=None, median=None, upper=None),
    ),
)
DAYS_TABLE = CountTable(
    id="tool-days-department",
    title="Days with an AI tool, of the last ten by department",
    kind="tool-days",
    attribute="department",
    columns=("none or no answer", "1 to 3 days", "4 to 10 days"),
    total=everybody((110, 88, 50)),
    rows=count_rows(((46, 30, 20), (25, 25, 20), None, None), 3),
)
STOPPED_TABLE = ShareTable(
    id="tool-stopped-everybody",
    title="AI tools tried, and why people stopped",
    respondents=248,
    rows=(
        ShareRow(label="I have never tried one at work", people=98),
        ShareRow(label="Another or a rarer answer, or none", people=150),
    ),
)
HELP_TABLE = SumTable(
    id="help-department",
    title="Hours of help in four weeks by department",
    attribute="department",
    columns=("given", "got", "wanted and not got"),
    rows=(
        SumRow(group="Engineering", cells=(120, 90, None), respondents=96),
        SumRow(group="Legal", cells=(None, None, None), respondents=20),
    ),
    total=SumRow(group="Everybody", cells=(400, 310, 145), respondents=248),
)
WORKFLOW_TABLE = WorkflowTable(
    id="workflows-department",
    title="Recurring tasks that cost time by department",
    attribute="department",
    rows=(
        WorkflowRow(
            group="Everybody", task="Data: lists and tables", people=60, hours=210, suffers="Quality"
        ),
        WorkflowRow(group="Care and support", task="Data: lists and tables", people=15, hours=40),
    ),
    note="Only tasks with enough people behind them are listed.",
)
REVIEWING_TABLE = ReviewingTable(
    id="reviewing-everybody",
    title="Statements marked as needing review, everybody together",
    people=120,
    hits=65,
    false_alarms=30,
)
FAULT_TABLE = FaultTable(
    id="faults-department",
    title="Faults found, by kind and department",
    attribute="department",
    columns=FAULT_KINDS,
    total=FaultRow(group="Everybody", cells=(70, 55, 45, 60, 50, 75)),
    rows=(
        FaultRow(group="Engineering", cells=(75, 60, None, 65, 55, None)),
        FaultRow(group="Legal", cells=(None,) * 6),
    ),
    people=120,
    note="A statement that was passed over counts as not found.",
)
LOAD_TABLE = LoadTable(
    id="task-load-department",
    title="Load of the tasks by department",
    attribute="department",
    total=MinutesRow(group="Everybody", respondents=248, lower=30, median=45, upper=60),
    rows=(MinutesRow(group="Legal", respondents=20, lower=None, median=None, upper=None),),
    parts=(MinutesRow(group="Mental demand", respondents=248, lower=40, median=55, upper=75),),
    note="Not part of any tier.",
)
QUALITY_TABLE = QualityTable(
    id="quality-department",
    title="Quality of the answers",
    attribute="department",
    scales=(
        ScaleQuality(
            scale="edmondson-1999/psychological_safety",
            name="Psychological safety",
            items=7,
            people=245,
            alpha=0.71,
            alpha_low=0.65,
            alpha_high=0.76,
            omega=0.73,
            agreement=0.85,
            agreement_skewed=0.6,
            icc_one=0.05,
            icc_two=0.75,
            icc_size=60,
            alarms=("Item 5 looks un-reversed: answers to it run against those to the other items.",),
        ),
        ScaleQuality(scale="slack/slack", name="Slack", items=3, people=None),
    ),
    careless=10,
    climate=(
        ClimateRow(group="Engineering", respondents=96, agrees=True, mean=65),
        ClimateRow(group="Care and support", respondents=62, agrees=False),
        ClimateRow(group="Legal", respondents=20, agrees=None),
    ),
    types=(
        TypeRow(name="Type 1", share=60, bands={"safety": "higher", "headroom": "middle"}),
        TypeRow(name="Type 2", share=40, bands={"safety": "lower", "headroom": "lower"}),
    ),
    types_note="Types that another sample would show again.",
)
RELEASE = Release(
    header=HEADER,
    counts=(
        CountTable(
            id="response-department",
            title="People counted by department",
            kind="response",
            attribute="department",
            columns=(),
            total=everybody(()),
            rows=count_rows(((), (), (), ()), 0),
        ),
        TIER_TABLE,
        NEED_TABLE,
        DAYS_TABLE,
    ),
    hours=(HOURS_TABLE,),
    minutes=(MINUTES_TABLE,),
    shares=(STOPPED_TABLE,),
    sums=(HELP_TABLE,),
    workflows=(WORKFLOW_TABLE,),
    reviewing=(REVIEWING_TABLE,),
    quality=(QUALITY_TABLE,),
    faults=(FAULT_TABLE,),
    loads=(LOAD_TABLE,),
    statements=("248 of 400 people answered.",),
)

FEW = Release(
    header=msgspec.structs.replace(HEADER, counted=None, held_back=0, quarantined=0),
    statements=("Fewer than 15 people answered, so no numbers are shown.",),
)

WHOLE = Release(
    header=msgspec.structs.replace(HEADER, counted=24, headcount=40, rehearsal=False),
    counts=(
        CountTable(
            id="tiers-everybody",
            title="Support tiers",
            kind="tiers",
            attribute="",
            columns=("self-directed or peer-supported", "coached or intensive"),
            total=CountRow(group="Everybody", respondents=24, headcount=40, cells=(10, 14)),
            rows=(),
        ),
    ),
    hours=(
        HoursTable(
            id="hours-everybody",
            title="Support hours a month",
            attribute="",
            total=HoursRow(
                group="Everybody",
                respondents=24,
                headcount=40,
                hours=55,
                low=30,
                high=95,
                skill=50,
                conditions=50,
            ),
            rows=(),
        ),
    ),
    statements=("24 of 40 people answered.", "With fewer than 30 people, no groups are shown."),
)


def renamed(release: Release, label: str) -> Release:
    """Return `release` with `label` as the name of its first group, its organisation and an instrument."""
    header = msgspec.structs.replace(
        release.header,
        organisation=label,
        wordings=tuple(msgspec.structs.replace(line, name=label) for line in release.header.wordings),
    )
    counts = tuple(
        msgspec.structs.replace(table, rows=_first_renamed(table.rows, label)) for table in release.counts
    )
    hours = tuple(
        msgspec.structs.replace(table, rows=_first_renamed(table.rows, label)) for table in release.hours
    )
    changed = msgspec.structs.replace(release, header=header, counts=counts, hours=hours, statements=(label,))
    sums = tuple(
        msgspec.structs.replace(table, rows=_first_renamed(table.rows, label)) for table in release.sums
    )
    workflows = tuple(
        msgspec.structs.replace(table, rows=_first_renamed(table.rows, label)) for table in release.workflows
    )
    return msgspec.structs.replace(changed, sums=sums, workflows=workflows)


def _first_renamed(rows: tuple[R, ...], label: str) -> tuple[R, ...]:
    return tuple(
        msgspec.structs.replace(row, group=label) if place == 0 else row for place, row in enumerate(rows)
    )


def _hours(week: int) -> float:
    return 150.0 / (1 + 0.25 * week)


def _role_loads(week: int) -> tuple[WeekLoad, ...]:
    whole = _hours(week)
    shares: tuple[tuple[SupporterRole, float, float], ...] = (
        ("facilitator", 0.2, 30.0),
        ("manager", 0.25, 20.0),
        ("champion", 0.45, 40.0),
        ("hr-partner", 0.1, 12.0),
    )
    return tuple(
        WeekLoad(
            week=week,
            role=role,
            hours=whole * part,
            low=whole * part * 0.6,
            high=whole * part * 1.6,
            supply=own,
        )
        for role, part, own in shares
    )


PLAN = Plan(
    study="north",
    weeks=12,
    attribute="department",
    groups=(
        GroupLoad(
            group="Engineering",
            headcount=140,
            respondents=96,
            hours=255.0,
            low=150.0,
            high=420.0,
            skill=60,
            conditions=40,
        ),
        GroupLoad(
            group="Everybody else",
            headcount=260,
            respondents=152,
            hours=540.0,
            low=300.0,
            high=930.0,
            skill=40,
            conditions=60,
        ),
    ),
    loads=tuple(load for week in range(1, 13) for load in _role_loads(week)),
    totals=tuple(
        WeekTotal(
            week=week,
            hours=_hours(week),
            low=_hours(week) * 0.6,
            high=_hours(week) * 1.6,
            supply=102.0,
            is_overload=_hours(week) * 0.25 > 20.0,
        )
        for week in range(1, 13)
    ),
    overload_weeks=tuple(week for week in range(1, 13) if _hours(week) * 0.25 > 20.0),
    short_hours=34.4,
    unfunded_hours=36.0,
    statements=(
        "248 of 400 answered; 152 are assumed.",
        "36 of the supporters' hours a week are unfunded care work.",
        "This forecast is wide: 50 people's hours would narrow it.",
    ),
    assumptions=("Week weights: assumed.", "Shares of the roles: assumed."),
)
