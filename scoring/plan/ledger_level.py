"""What the care ledger says of the level of all hours: logged help draws the plan's hours towards itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from instruments.care_log import SESSION_KINDS, CareEntry
from scoring.plan.ledger import COVERAGE, COVERAGE_RANGE, needs_logged
from scoring.plan.records import Plan
from scoring.records import HoursBasis, Release
from scoring.scored import Z90
from scoring.table_records import HoursRow, HoursTable

GIVEN_COLUMNS = ("got", "wanted and not got")
"""Of the released table of help."""


@dataclass(frozen=True, slots=True)
class LevelSeen:
    """Hours that the ledger stands for, against those that the plan foresaw for the same weeks."""

    weeks: tuple[int, ...]
    logged: float
    planned: float
    ratio: float
    """Hours needed as seen over hours needed as planned."""
    log_sd: float
    """How far the ratio may be off, SD of its logarithm."""


def level_seen(
    entries: Sequence[CareEntry], plan: Plan, start: str, needed_per_received: float = 1.0
) -> LevelSeen | None:
    """Return what `entries` say of the hours of `plan`, None where they say nothing yet.

    Parameters
    ----------
    entries
        The ledger. The last week logged is left out: it may not be over.
    plan
        As it was before the ledger; week 1 begins on the Monday `start`.
    needed_per_received
        Hours of help needed for each hour received, from people's reports: a ledger holds hours given only.

    Notes
    -----
    Sessions and their preparation follow the programme and not people's needs: both sides leave them out.
    The share of help that is logged at all is assumed (COVERAGE, its range read as a 90 % interval); chance
    adds a variance of one over the number of entries (log scale, as of a Poisson count).
    """
    logged = needs_logged(entries, start, plan.weeks)
    whole = {week: hours for week, hours in logged.items() if week < max(logged)}
    need = {stream.id for stream in plan.options.streams if stream.kind == "need"}
    last = max(whole, default=0)
    planned = math.fsum(row.hours for row in plan.demand if row.stream in need and row.week <= last)
    hours = math.fsum(whole.values())
    if hours <= 0 or planned <= 0:
        return None
    low, high = COVERAGE_RANGE
    often = sum(entry.kind not in SESSION_KINDS for entry in entries)
    sd = math.hypot(math.log(high / low) / (2 * Z90), 1 / math.sqrt(often))
    ratio = hours / COVERAGE * needed_per_received / planned
    return LevelSeen(tuple(range(1, last + 1)), hours, planned, ratio, sd)


def needed_per_received(release: Release) -> float:
    """Return hours of help needed for each hour received, as released of everybody; 1 where it is hidden."""
    for table in release.sums:
        cells: Mapping[str, int | None] = dict(
            zip(table.columns, table.total.cells if table.total else (), strict=False)
        )
        got, missed = (cells.get(name) for name in GIVEN_COLUMNS)
        if got and missed is not None:
            return (got + missed) / got
    return 1.0


def with_level(release: Release, seen: LevelSeen | None) -> Release:
    """Return `release` as the plan reads it: hours drawn towards the ledger, their common error smaller.

    The logarithm of everybody's level is known to `common_sd` before, and seen to `log_sd`: precisions add,
    and the level moves by the ledger's share of them (normal, conjugate). The frozen release stays as it is.
    """
    common = max((table.total.common_sd or 0.0 for table in release.hours), default=0.0)
    if seen is None or common <= 0:
        return release
    share = common**2 / (common**2 + seen.log_sd**2)
    factor, narrower = seen.ratio**share, math.sqrt(1 - share)
    tables = tuple(_moved(table, factor, narrower) for table in release.hours)
    basis = release.basis or HoursBasis(heading="", sentences=())
    return msgspec.structs.replace(release, hours=tables, basis=_said(basis, seen, factor))


def _moved(table: HoursTable, factor: float, narrower: float) -> HoursTable:
    rows = tuple(_moved_row(row, factor, narrower) for row in table.rows)
    return msgspec.structs.replace(table, rows=rows, total=_moved_row(table.total, factor, narrower))


def _moved_row(row: HoursRow, factor: float, narrower: float) -> HoursRow:
    if row.hours is None or row.low is None or row.high is None or row.common_sd is None:
        return row
    hours, common = row.hours * factor, row.common_sd * narrower
    reach = Z90 * math.hypot(row.own_sd or 0.0, common)
    return msgspec.structs.replace(
        row,
        hours=round(hours),
        low=round(hours * math.exp(-reach)),
        high=round(hours * math.exp(reach)),
        common_sd=common,
    )


def _said(basis: HoursBasis, seen: LevelSeen, factor: float) -> HoursBasis:
    before = basis.heading or "Relative need, hours assumed"
    percent = round(100 * (factor - 1))
    change = f"{abs(percent)} % {'more' if percent > 0 else 'fewer'} than before" if percent else "as before"
    said = (
        f"The care ledger has {seen.logged:.0f} hours of help in weeks 1 to {seen.weeks[-1]}, where "
        f"{seen.planned:.0f} were planned; about {100 * COVERAGE:.0f} % of help is logged (assumed). All "
        f"hours of need are {change}."
    )
    return msgspec.structs.replace(
        basis, heading=f"{before}, drawn by the care ledger", sentences=(*basis.sentences, said)
    )
