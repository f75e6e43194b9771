"""Small releases and plans made by hand, for the tests of the plan."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from instruments.model import Need
from instruments.people import Supporter, supporters_of
from instruments.setup import SupporterHours
from scoring.plan.careload import build_plan
from scoring.plan.inputs import PlanInputs
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan
from scoring.plan.streams import DEFAULT_STREAMS
from scoring.records import Release
from scoring.table_records import CountRow, CountTable, HoursRow, HoursTable, MinutesRow, MinutesTable
from tests.scoring.people import header

ENOUGH = tuple(
    SupporterHours(role=role, people=10, hours_per_week=10, relief_hours=10)
    for role in ("facilitator", "manager", "champion", "hr-partner")
)
ONLY_NEEDS = tuple(stream for stream in DEFAULT_STREAMS if stream.kind == "need")


def row(
    group: str,
    respondents: int,
    headcount: int | None,
    hours: int | None,
    own: float = 0.1,
    conditions: int = 40,
) -> HoursRow:
    """Return a released row of hours."""
    if hours is None:
        return HoursRow(group=group, respondents=respondents, headcount=headcount, hours=None)
    return HoursRow(
        group=group,
        respondents=respondents,
        headcount=headcount,
        hours=hours,
        low=hours // 2,
        high=hours * 2,
        skill=100 - conditions,
        conditions=conditions,
        own_sd=own,
        common_sd=0.5,
    )


def release_with(total: HoursRow, *rows: HoursRow) -> Release:
    """Return a release that holds these hours by department."""
    table = HoursTable(id="hours-department", title="Hours", attribute="department", total=total, rows=rows)
    return Release(header=header(total.respondents, total.headcount or 0), hours=(table,))


def with_bands(release: Release, need: Need, rows: dict[str, tuple[int | None, ...]]) -> Release:
    """Return `release` with people by band of `need`."""
    table = CountTable(
        id=f"need-bands-{need}-department",
        title=need,
        kind="need-bands",
        attribute="department",
        columns=("lower", "middle", "higher"),
        total=None,
        rows=tuple(
            CountRow(group=name, respondents=sum(n or 0 for n in cells), headcount=None, cells=cells)
            for name, cells in rows.items()
        ),
        need=need,
    )
    return msgspec.structs.replace(release, counts=(*release.counts, table))


def with_minutes(release: Release, rows: dict[str, tuple[int, int, int] | None]) -> Release:
    """Return `release` with quartiles of the minutes that people can spare."""
    told = [
        MinutesRow(group=name, respondents=30, lower=q[0], median=q[1], upper=q[2])
        if q
        else MinutesRow(group=name, respondents=30, lower=None, median=None, upper=None)
        for name, q in rows.items()
    ]
    everybody = MinutesRow(group="Everybody", respondents=100, lower=None, median=None, upper=None)
    table = MinutesTable(
        id="minutes-department",
        title="Minutes",
        attribute="department",
        total=everybody,
        rows=tuple(told),
    )
    return msgspec.structs.replace(release, minutes=(table,))


def inputs(
    supporters: Sequence[SupporterHours] = ENOUGH,
    by: str = "department",
    people: tuple[Supporter, ...] = (),
    minutes: float = 24,
) -> PlanInputs:
    """Return what a plan is made from beside the release."""
    return PlanInputs(
        supporters=people or supporters_of(supporters), attribute=by, assessment_minutes=minutes
    )


def plan_with(total: HoursRow, *rows: HoursRow, options: PlanOptions | None = None) -> Plan:
    """Return the plan of a release with these hours and enough supporters."""
    return build_plan(release_with(total, *rows), inputs(), options)
