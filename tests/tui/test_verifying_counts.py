"""What the counts of a release tell by subtraction, and counts that cannot be."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from instruments.setup import Thresholds
from scoring.records import Release
from scoring.table_records import CountRow, CountTable, HoursRow, HoursTable
from scoring.work_records import ShareRow, ShareTable, WorkflowRow, WorkflowTable
from tui.flows.verifying_counts import few_people, told_by_subtraction, wrong_sums

Cells = tuple[int | None, ...]


def released(*rows: Cells, total: Cells = (40, 40)) -> Release:
    """Return a release with one table of two groups of forty people."""
    told = tuple(CountRow(name, 40, 50, cells) for name, cells in zip(("North", "South"), rows, strict=True))
    whole = CountRow("Everybody", 80, 100, total)
    table = CountTable("tiers-site", "Tiers", "tiers", "site", ("few", "many"), whole, told)
    return Release(header=None, counts=(table,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (((20, 20), (20, 20)), []),
        (((None, None), (None, None)), []),
        (((37, None), (None, None)), ["North", "few"]),
        (((37, None), (3, None)), ["North"]),
        (((None, 20), (37, None)), ["South", "few"]),
    ],
)
def test_hidden_counts_that_subtraction_tells_are_named(rows: tuple[Cells, Cells], told: list[str]) -> None:
    """Along a row from its people, along a column from the total."""
    assert list(told_by_subtraction(released(*rows), 5)) == told


def test_every_kind_of_table_is_looked_at_for_few_people() -> None:
    """A list's answer needs ten; an hours' row, a task or a group's climate five."""
    tasks = WorkflowTable("w", "Tasks", "site", (WorkflowRow("Everybody", "Reports", 1, 20),))
    list_of = ShareTable("s", "List", 80, (ShareRow("Yes", 71), ShareRow("No", 9)))
    hours = HoursTable("h", "Hours", "site", HoursRow("Everybody", 80, 100, 90), (HoursRow("East", 4, 9, 5),))
    release = replace(released((20, 20), (3, None)), workflows=(tasks,), shares=(list_of,), hours=(hours,))
    assert list(few_people(release, Thresholds())) == ["South", "No", "East", "Reports"]


def test_empty_hidden_cells_are_nobodys() -> None:
    assert not list(told_by_subtraction(released((40, None), (None, None)), 5))


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (((20, 20), (None, None)), []),
        (((21, 20), (None, None)), ["North"]),
        (((None, 41), (None, None)), ["North", "many"]),
    ],
)
def test_counts_that_are_not_their_people_are_named(rows: tuple[Cells, Cells], wrong: list[str]) -> None:
    """Somebody put a number in the place of a hidden one, or changed one."""
    assert list(wrong_sums(released(*rows))) == wrong
