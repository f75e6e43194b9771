"""Record tables as rows for export, and what the codebook says of them."""

from __future__ import annotations

from typing import Final

from scoring.masking import HIGHER_OR_NOT, LOWER_OR_NOT, THREE_BANDS
from scoring.records import RecordTable, Release
from scoring.rows import Row

RECORDS: Final = "records"
"""Id of the one table of people, and its kind in the plan of a release."""
ANY = "any"
"""Stands for a band that is not told."""
WITHHELD = "withheld"
"""Stands for a tier that is not told."""
LOWER, MIDDLE, HIGHER = THREE_BANDS.names
BANDS = (LOWER, HIGHER_OR_NOT.names[0], MIDDLE, LOWER_OR_NOT.names[1], HIGHER, ANY)
"""All words for bands, from low to high."""


def record_rows(release: Release) -> dict[str, list[Row]]:
    """Return the tables with one row a person by their ids, the first row their titles."""
    return {table.id: _rows(table) for table in release.records if table.rows}


def record_titles(release: Release) -> list[tuple[str, str, str]]:
    """Return id, title and note of the same tables, and of those that were refused."""
    return [(table.id, table.title, table.note) for table in release.records]


def orders_in(table: RecordTable) -> dict[str, tuple[str, ...]]:
    """Return the words of every column that has an order, from low to high, by its title."""
    return {"tier": table.tiers, **dict.fromkeys(table.needs, BANDS)}


def _rows(table: RecordTable) -> list[Row]:
    rows: list[Row] = [["id", "group", "tier", *table.needs]]
    return rows + [[row.id, row.group, row.tier, *row.bands] for row in table.rows]
