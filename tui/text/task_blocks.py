"""What groups of people do in the practical tasks: reviewing in per cent, faults by kind, the load."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.tasks.feedback import KIND_WORDS
from instruments.tasks.model import FAULT_KINDS
from scoring.table_records import MinutesRow
from scoring.work_records import FaultRow, FaultTable, LoadTable, ReviewingTable
from tui.text.blocks import HIDDEN, Block, Column, Grid, Heading, Paragraph, Row, Tone
from tui.text.cells import one_line
from tui.text.words import WHY_HIDDEN

POOLED = (
    "All statements of everybody together, rounded to 5 per cent. Real work has fewer faults, and people "
    "then miss more of them. No person has such a number."
)
OF_100 = "Of 100 people who were given the task, how many found each kind of fault, rounded to 5:"
QUARTERS = (
    "A quarter of the people felt no more load than the first number, half no more than the second, three "
    "quarters no more than the third."
)


def reviewing_blocks(table: ReviewingTable) -> Iterator[Block]:
    """Return what reviewing catches, over everybody."""
    yield Heading(one_line(table.title))
    if table.hits is not None and table.false_alarms is not None:
        yield Paragraph(f"Of the flawed statements: {table.hits} %.", bullet=True)
        yield Paragraph(f"Of the sound statements: {table.false_alarms} %.", bullet=True)
        yield Paragraph(f"About {table.people} people were given this task.", bullet=True)
        yield Paragraph(POOLED, "note")
    if table.note:
        yield Paragraph(one_line(table.note), "note")


def fault_blocks(table: FaultTable) -> Iterator[Block]:
    """Return who finds which kind of fault; the kinds are numbered, so that every column is narrow."""
    yield Heading(one_line(table.title))
    if table.people is not None:
        yield Paragraph(OF_100)
        for number, kind in enumerate(table.columns, start=1):
            yield Paragraph(f"{number}: {_kind_words(kind)}", bullet=True)
        numbers = (Column(str(number), right=True) for number in range(1, len(table.columns) + 1))
        rows = (*(_fault_row(row) for row in table.rows), _fault_row(table.total, "total"))
        yield Grid((Column("Group", wraps=True), *numbers), rows)
    if table.note:
        yield Paragraph(one_line(table.note), "note")


def _kind_words(kind: str) -> str:
    """Return a kind of fault in words; one of a later careload stands as it is."""
    return next((KIND_WORDS[known] for known in FAULT_KINDS if known == kind), one_line(kind))


def _fault_row(row: FaultRow, tone: Tone = "") -> Row:
    numbers = tuple(HIDDEN if cell is None else str(cell) for cell in row.cells)
    if all(cell == HIDDEN for cell in numbers):
        return Row((one_line(row.group), *numbers), tone or "hidden", WHY_HIDDEN, why_from=1)
    return Row((one_line(row.group), *numbers), tone)


def load_blocks(table: LoadTable) -> Iterator[Block]:
    """Return the load of the tasks: by group, then rating by rating."""
    yield Heading(one_line(table.title))
    yield Paragraph(QUARTERS, "note")
    quartiles = tuple(Column(name, right=True) for name in ("Lower quarter", "Middle", "Upper quarter"))
    rows = (*(quartile_cells(row) for row in table.rows), quartile_cells(table.total, "total"))
    yield Grid((Column("Group", wraps=True), Column("Answered", right=True), *quartiles), rows)
    if table.parts:
        parts = tuple(quartile_cells(row) for row in table.parts)
        yield Grid(
            (Column("Rating, everybody", wraps=True), Column("Answered", right=True), *quartiles), parts
        )
    if table.note:
        yield Paragraph(one_line(table.note), "note")


def quartile_cells(row: MinutesRow, tone: Tone = "") -> Row:
    """Return the quartiles of one group as a row; hidden ones say why."""
    quartiles = tuple(HIDDEN if value is None else str(value) for value in (row.lower, row.median, row.upper))
    cells = (one_line(row.group), str(row.respondents), *quartiles)
    if all(cell == HIDDEN for cell in quartiles):
        return Row(cells, tone or "hidden", WHY_HIDDEN, why_from=2)
    return Row(cells, tone)
