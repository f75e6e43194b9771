"""From scored people to the one set of tables that leaves them (PRIVACY.md, "Release", steps 1 to 3, 6, 7).

Every table counts the same people, everybody who handed in, so that no two tables can be subtracted.
Counts by all attributes of one variable are protected together by `scoring.suppression`. The hours of
everybody are one rounded sum over at least 15 people and stay when tiers are hidden; the hours of a group go
with its tiers, any one of them.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from instruments.model import Need
from instruments.records import PlannedTable, Policy, ReleaseHeader
from instruments.setup import Attribute
from scoring.assembly import TableMaker
from scoring.grouping import BREAKDOWNS, Counted, count_people
from scoring.hours import HoursModel
from scoring.quality import Quality
from scoring.quality_records import QualityTable
from scoring.record_file import record_table
from scoring.record_rows import RECORDS
from scoring.records import HoursBasis, Release
from scoring.scored import Scored
from scoring.table_records import CountTable, HoursTable, MinutesTable
from scoring.work import Work
from scoring.work_records import FaultTable, LoadTable, ReviewingTable, ShareTable, SumTable, WorkflowTable
from scoring.work_tables import BY_GROUP, WORK_KINDS

REMEMBERED = ("Hours of help, days and recurring tasks are what people remember; nobody has measured them.",)


def default_release_plan(
    attributes: tuple[Attribute, ...],
    needs: tuple[Need, ...],
    work: Collection[str] = (),
    *,
    records: bool = False,
) -> tuple[PlannedTable, ...]:
    """Return the tables that a policy declares unless the study says otherwise.

    `needs` are the needs that the battery asks about, `work` the kinds of tables about work that it asks
    enough for (`work.work_kinds`), `records` whether a table with one row a person is wanted. At most two
    attributes get breakdowns; help, recurring tasks and the quality of the answers have one.
    """
    plan: list[PlannedTable] = []
    for name in [a.id for a in attributes[:BREAKDOWNS]] or [""]:
        plan.append(PlannedTable(kind="response", attribute=name))
        plan.append(PlannedTable(kind="tiers", attribute=name))
        plan += [PlannedTable(kind="need-bands", attribute=name, need=need) for need in needs]
        plan.append(PlannedTable(kind="hours", attribute=name))
        plan.append(PlannedTable(kind="minutes", attribute=name))
    first = attributes[0].id if attributes else ""
    plan += [
        PlannedTable(kind=kind, attribute=first if kind in BY_GROUP else "")
        for kind in WORK_KINDS
        if kind in work
    ]
    plan.append(PlannedTable(kind="quality", attribute=first))
    return (*plan, PlannedTable(kind=RECORDS, attribute=first)) if records else tuple(plan)


def build_release(  # noqa: PLR0917 -- the whole of a wave comes in here, once
    scored: Scored,
    hours: HoursModel,
    groups: Mapping[str, NDArray[np.int64]],
    minutes: NDArray[np.float64],
    policy: Policy,
    header: ReleaseHeader,
    work: Work | None = None,
    basis: HoursBasis | None = None,
    quality: Quality | None = None,
    chance: random.Random | None = None,
) -> Release:
    """Return all that is ever shown of one wave's answers.

    Parameters
    ----------
    scored
        All respondents of the wave, in any order.
    hours
        The model behind `scored.hours`; the tiers may be those of another.
    groups
        Category code of each respondent by attribute id, (n,); -1 where none was given.
    minutes
        Minutes a week that each respondent can spare, (n,); NaN where not answered.
    policy, header
        The frozen rules, and what the release says about itself.
    work
        What the same respondents told about tools, help and recurring tasks, in the same order.
    basis
        Where the hours come from, as `learning.learn` tells it.
    quality
        What the quality of the same respondents' answers is told from, in the same order.
    chance
        Draws order and numbers of a table with one row a person; the system's own where None.
    """
    imported = header.imported - header.imported_left_out
    counted = count_people(scored, groups, minutes, policy, imported=imported, requests=header.requests)
    statements = _statements(counted, policy, header)
    if counted.weight < policy.thresholds.minimum_people:
        return Release(header=_without_numbers(header), statements=statements)
    maker = TableMaker(counted, hours, policy, work, quality)
    tables = [maker.table(planned) for planned in policy.release_plan if planned.kind != RECORDS]
    counts = tuple(table for table in tables if isinstance(table, CountTable))
    records = tuple(
        record_table(counted, counts, policy, planned.attribute, chance or random.SystemRandom())
        for planned in policy.release_plan
        if planned.kind == RECORDS
    )
    return Release(
        header=header,
        counts=counts,
        hours=tuple(t for t in tables if isinstance(t, HoursTable)),
        minutes=tuple(t for t in tables if isinstance(t, MinutesTable)),
        shares=tuple(t for t in tables if isinstance(t, ShareTable)),
        sums=tuple(t for t in tables if isinstance(t, SumTable)),
        workflows=tuple(t for t in tables if isinstance(t, WorkflowTable)),
        reviewing=tuple(t for t in tables if isinstance(t, ReviewingTable)),
        faults=tuple(t for t in tables if isinstance(t, FaultTable)),
        loads=tuple(t for t in tables if isinstance(t, LoadTable)),
        quality=tuple(t for t in tables if isinstance(t, QualityTable)),
        records=records,
        statements=statements + (REMEMBERED if work else ()) + (basis.sentences if basis else ()),
        basis=basis,
    )


def _without_numbers(header: ReleaseHeader) -> ReleaseHeader:
    """Take out of `header` whatever tells how many took part."""
    return msgspec.structs.replace(
        header,
        counted=None,
        imported=0,
        imported_left_out=0,
        requests=0,
        held_back=0,
        counted_hashes=(),
        opening_sha256="",
    )


def _statements(counted: Counted, policy: Policy, header: ReleaseHeader) -> tuple[str, ...]:
    limits = policy.thresholds
    if counted.weight < limits.minimum_people:
        few = f"Fewer than {limits.minimum_people} people answered, so no numbers are shown."
        return (few, *_imported(header))
    said = [
        f"{header.counted} of {header.headcount} people answered.",
        "Somebody who skipped much is counted with what is most probable for people like that.",
    ]
    if counted.weight < limits.minimum_breakdown:
        said.append(f"With fewer than {limits.minimum_breakdown} people, no groups are shown.")
    said += _imported(header)
    if header.requests:
        said.append("Who asked for help by name does not count towards the smallest numbers of people.")
    if header.rehearsal:
        said.append("This is a rehearsal: every person in it is made up.")
    return tuple(said)


def _imported(header: ReleaseHeader) -> tuple[str, ...]:
    """Say in a sentence, without a number, what answers collected elsewhere are to this release."""
    if header.imported_left_out:
        return ("Imported answers are left out: others answered through careload, who have to be safe.",)
    if header.imported and header.imported == header.counted:
        return ("The whole wave was collected elsewhere and imported.",)
    return ()
