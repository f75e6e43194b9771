"""The page of a table with one row a person: what a row says, and the first few of them."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.records import RecordTable, Release
from tui.text.blocks import Block, Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line

FEW = 12
"""Rows that stand for all of them on a page."""


def has_records(release: Release) -> bool:
    """Whether `release` has such a table, also one that was refused."""
    return bool(release.records)


def records_page(release: Release) -> Page:
    """Return the page of tables with one row a person."""
    return tuple(block for table in release.records for block in _blocks(table))


def _blocks(table: RecordTable) -> Iterator[Block]:
    yield Heading(one_line(table.title), level=1)
    yield Paragraph(one_line(table.note), "note")
    if not table.rows:
        return
    yield Paragraph(f"{len(table.rows)} rows; here are {min(FEW, len(table.rows))} of them.")
    titles = ("Number", "Group", "Tier", *(need.capitalize() for need in table.needs))
    rows = (Row((row.id, one_line(row.group), row.tier, *row.bands)) for row in table.rows[:FEW])
    yield Grid(tuple(Column(title, wraps=title in {"Group", "Tier"}) for title in titles), tuple(rows))
