"""Work and help: tools in use, what people lose time on, who helps whom, what reviewing catches."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.records import Release
from scoring.work_records import ShareTable, SumRow, SumTable, WorkflowTable
from tui.text.blocks import HIDDEN, Block, Column, Grid, Heading, Page, Paragraph, Row, Tone
from tui.text.cells import one_line
from tui.text.needs import counts_grid
from tui.text.task_blocks import fault_blocks, load_blocks, reviewing_blocks
from tui.text.words import WHY_HIDDEN, percent

NOTHING = "This release tells nothing about work and help: it was not asked, or too few answered."
UNSEEN = "Much help is seen by nobody. These hours are what people remember of four weeks."
WITHHELD = "not told"
ROOM_FOR_WHY = 3
"""Columns of numbers from which on a hidden row has room for the reason."""


def work_page(release: Release) -> Page:
    """Return the page of work and help."""
    return tuple(_blocks(release))


def has_work(release: Release) -> bool:
    """Whether the release has any table about work and help."""
    days = any(table.kind == "tool-days" for table in release.counts)
    told = (release.shares, release.sums, release.workflows, release.reviewing, release.faults, release.loads)
    return days or any(told)


def _blocks(release: Release) -> Iterator[Block]:
    yield Heading("Work and help", level=1)
    if not has_work(release):
        yield Paragraph(NOTHING, "warn")
        return
    for workflows in release.workflows:
        yield from _workflows(workflows)
    for sums in release.sums:
        yield from _sums(sums)
    for counts in (table for table in release.counts if table.kind == "tool-days"):
        yield Heading(one_line(counts.title))
        yield from counts_grid(counts)
    for shares in release.shares:
        yield from _shares(shares)
    for reviewing in release.reviewing:
        yield from reviewing_blocks(reviewing)
    for faults in release.faults:
        yield from fault_blocks(faults)
    for load in release.loads:
        yield from load_blocks(load)


def _workflows(table: WorkflowTable) -> Iterator[Block]:
    yield Heading(one_line(table.title))
    if table.rows:
        columns = (
            Column("Group", wraps=True),
            Column("Task", wraps=True),
            Column("About people", right=True),
            Column("Hours lost a month", right=True),
            Column("What suffers"),
        )
        yield Grid(columns, tuple(Row(cells) for cells in _workflow_cells(table)))
    if table.note:
        yield Paragraph(one_line(table.note), "note")


def _workflow_cells(table: WorkflowTable) -> Iterator[tuple[str, ...]]:
    last = ""
    for row in table.rows:
        name = "" if row.group == last else one_line(row.group)
        last = row.group
        suffers = one_line(row.suffers) or WITHHELD
        yield name, one_line(row.task), str(row.people), str(row.hours), suffers


def _sums(table: SumTable) -> Iterator[Block]:
    yield Heading(one_line(table.title))
    yield Paragraph(UNSEEN, "note")
    first = Column("Group" if table.attribute or table.total else "Who and why", wraps=True)
    columns = (first, *(Column(one_line(name), right=True) for name in table.columns))
    rows = [_sum_row(row) for row in table.rows]
    if table.total is not None:
        rows.append(_sum_row(table.total, "total"))
    yield Grid(columns, tuple(rows))
    if table.note:
        yield Paragraph(one_line(table.note), "note")


def _sum_row(row: SumRow, tone: Tone = "") -> Row:
    numbers = tuple(HIDDEN if value is None else str(value) for value in row.cells)
    is_hidden = all(value is None for value in row.cells)
    if is_hidden and len(numbers) >= ROOM_FOR_WHY:
        return Row((one_line(row.group), *numbers), tone or "hidden", WHY_HIDDEN, why_from=1)
    return Row((one_line(row.group), *numbers), tone or ("hidden" if is_hidden else ""))


def _shares(table: ShareTable) -> Iterator[Block]:
    yield Heading(one_line(table.title))
    if table.rows:
        columns = (Column("Answer", wraps=True), Column("People", right=True), Column("Share", right=True))
        rows = [
            Row((one_line(row.label), str(row.people), percent(row.people, table.respondents)))
            for row in table.rows
        ]
        yield Grid(columns, tuple(rows))
    if table.note:
        yield Paragraph(one_line(table.note), "note")
