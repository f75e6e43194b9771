"""A whole release as plain text, and release with plan as one object for `--json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from scoring.plan.records import Plan
from scoring.records import Release
from scoring.table_records import CountRow, CountTable, HoursTable
from tui.text.blocks import HIDDEN, Page
from tui.text.layout import plain_lines
from tui.text.needs import needs_page
from tui.text.overview import has_tables, overview_page
from tui.text.plan_text import minutes_blocks
from tui.text.quality import has_quality, quality_page
from tui.text.segments import segments_page
from tui.text.wording import wording_page
from tui.text.words import hidden_sentence
from tui.text.work import has_work, work_page

WORK_HEADS = {
    "capability": ("need-bands-capability-", "reviewing-", "faults-", "task-load-"),
    "workflows": ("workflows-",),
    "help": ("help-",),
    "tools": ("tool-",),
    "slack": ("slack-", "minutes-"),
}
"""Heads of the tables about work in the object for `--json`, with the beginnings of their ids."""


def release_lines(release: Release, release_sha256: str = "") -> tuple[str, ...]:
    """Return the whole `release` as plain text, at most 79 cells wide; hidden marks are explained once."""
    lines: list[str] = []
    for page in release_pages(release, release_sha256):
        lines += [*plain_lines(page), ""]
    return tuple(lines[:-1])


def release_pages(release: Release, release_sha256: str = "", steps: Sequence[str] = ()) -> tuple[Page, ...]:
    """Return the pages of `release` that have something to show; `steps` say what can be done next."""
    pages: list[Page] = [overview_page(release, release_sha256, steps)]
    if has_tables(release):
        pages += [segments_page(release), needs_page(release)]
    for table in release.minutes:
        pages.append(tuple(minutes_blocks(table)))
    if has_work(release):
        pages.append(work_page(release))
    if has_quality(release):
        pages.append(quality_page(release))
    pages.append(wording_page(release))
    return tuple(pages)


def summary_object(release: Release, plan: Plan | None, paths: dict[str, str]) -> dict[str, Any]:
    """Return release and plan as one object for `--json`; a hidden number is null, its row says ``hidden``.

    `paths` tells where the files are, by name.
    """
    header = release.header
    tiers = [_tiers(table) for table in release.counts if table.kind == "tiers"]
    return {
        "study": header.study,
        "organisation": header.organisation,
        "wave": header.wave,
        "rehearsal": header.rehearsal,
        "respondents": header.counted,
        "headcount": header.headcount,
        "statements": release.statements,
        "hidden": hidden_sentence(header.thresholds.k).replace(HIDDEN, "null", 1),
        "tiers": tiers,
        "hours": [_hours(table) for table in release.hours],
        "hours_from": None if release.basis is None else _whole(release.basis),
        "work": _work(release),
        "quality": [_whole(table) for table in release.quality],
        "plan": None if plan is None else _plan(plan),
        "paths": paths,
    }


def _tiers(table: CountTable) -> dict[str, Any]:
    rows = [_tier_row(row, table.columns) for row in table.rows]
    total = None if table.total is None else _tier_row(table.total, table.columns)
    return {"attribute": table.attribute, "groups": rows, "total": total, "note": table.note}


def _tier_row(row: CountRow, columns: tuple[str, ...]) -> dict[str, Any]:
    return {
        "group": row.group,
        "respondents": row.respondents,
        "headcount": row.headcount,
        "hidden": None in row.cells,
        "tiers": dict(zip(columns, row.cells, strict=True)),
    }


def _hours(table: HoursTable) -> dict[str, Any]:
    return {
        "attribute": table.attribute,
        "groups": [_fields(row) for row in table.rows],
        "total": _fields(table.total),
        "note": table.note,
    }


def _work(release: Release) -> dict[str, list[dict[str, Any]]]:
    """Return the tables about practice, tools, slack, help and recurring tasks, whole, under these heads."""
    tables: tuple[msgspec.Struct, ...] = (
        *release.counts,
        *release.minutes,
        *release.shares,
        *release.sums,
        *release.workflows,
        *release.reviewing,
        *release.faults,
        *release.loads,
    )
    return {
        head: [_whole(table) for table in tables if getattr(table, "id", "").startswith(starts)]
        for head, starts in WORK_HEADS.items()
    }


def _whole(value: Any) -> Any:
    """Return `value` with every record in it as an object of all its fields."""
    if isinstance(value, msgspec.Struct):
        return {name: _whole(part) for name, part in _fields(value).items()}
    return [_whole(part) for part in value] if isinstance(value, tuple) else value


def _fields(record: msgspec.Struct) -> dict[str, Any]:
    """Return every field, those with default values too."""
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "weeks": plan.weeks,
        "hours": [_fields(load) for load in plan.loads],
        "totals": [_fields(week) for week in plan.totals],
        "overload_weeks": plan.overload_weeks,
        "short_hours": plan.short_hours,
        "unfunded_hours": plan.unfunded_hours,
        "statements": plan.statements,
        "assumptions": plan.assumptions,
    }
