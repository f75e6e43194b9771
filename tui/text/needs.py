"""Third page: bands of each need, one table a need and attribute."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.model import NEEDS
from scoring.records import Release
from scoring.table_records import CountRow, CountTable
from tui.text.blocks import HIDDEN, Block, Column, Grid, Heading, Legend, Page, Paragraph, Row, Tone
from tui.text.cells import one_line
from tui.text.segments import NOTHING, mix_of
from tui.text.words import WHY_HIDDEN, answered

MEANING = {
    "safety": "Safety: how safe it is to ask, try and err in the team.",
    "agility": "Agility: how people go about learning something new.",
    "headroom": "Headroom: the time and quiet that the work leaves.",
    "capability": "Capability: what people can already do with an AI tool.",
}
SOURCE = (
    "Lower means that there is less of it, so that more support is needed. Bands are relative to the "
    "reference figures. Safety and headroom describe the team and the work, not the people."
)


def needs_page(release: Release) -> Page:
    """Return the page of need bands by group."""
    return tuple(_blocks(release))


def _blocks(release: Release) -> Iterator[Block]:
    tables = [table for table in release.counts if table.kind == "need-bands"]
    yield Heading("Four needs, in bands", level=1)
    if not tables:
        yield Paragraph(NOTHING, "warn")
        return
    yield Paragraph(SOURCE, "note")
    order = {need: place for place, need in enumerate(NEEDS)}
    last = None
    for table in sorted(tables, key=lambda table: order[table.need] if table.need else len(order)):
        yield Heading(one_line(table.title))
        if table.need and table.need != last:
            yield Paragraph(MEANING[table.need], "note")
            last = table.need
        yield from counts_grid(table)


def counts_grid(table: CountTable) -> Iterator[Block]:
    """Return people by group and band, with the table's note."""
    yield Legend(tuple(one_line(column) for column in table.columns))
    columns = (
        Column("Group", wraps=True),
        Column("Answered", right=True),
        Column("People by band"),
    )
    rows = [_row(row) for row in table.rows]
    if table.total is not None:
        rows.append(_row(table.total, "total"))
    yield Grid(columns, tuple(rows))
    if table.note:
        yield Paragraph(one_line(table.note), "note")


def _row(row: CountRow, tone: Tone = "") -> Row:
    mix = mix_of(row)
    cells = (one_line(row.group), answered(row.respondents, row.headcount), mix)
    if mix == HIDDEN:
        return Row(cells, tone or "hidden", WHY_HIDDEN, why_from=2)
    return Row(cells, tone)
