"""A plan as files: tables, calendars from a Monday on, a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scoring.plan.records import Plan
from scoring.records import Release
from store.study import Study
from tui.flows.calendars import calendar_files
from tui.flows.exporting import export_plan
from tui.flows.planning import keep_seats


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files are made beside the tables: calendars where there is a first Monday, reports by format."""

    start: date | None = None
    formats: tuple[str, ...] = ()


def write_plan(
    study: Study, release: Release, plan: Plan, folder: Path, wanted: Wanted
) -> tuple[tuple[Path, ...], bool]:
    """Write the plan's files into `folder` and keep who sits where.

    Returns the files, and whether calendars were asked for and the plan has none.
    """
    made = {}
    calendars = {}
    if wanted.start is not None:
        calendars = calendar_files(study, plan, wanted.start, release.header.closed_on)
    if wanted.formats:
        made = _report(study, release, plan, wanted.formats)
    paths = export_plan(plan, folder, calendars | made)
    keep_seats(study, plan)
    return paths, wanted.start is not None and not calendars


def _report(study: Study, release: Release, plan: Plan, formats: Sequence[str]) -> dict[str, bytes]:
    from tui.flows.reporting import report_files
    from tui.flows.scenarios import others

    return report_files(plan, release, formats, others(study, plan, release))
