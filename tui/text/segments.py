"""Second page: support tiers and support hours, one table for each attribute."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.records import Release
from scoring.table_records import CountRow, CountTable, HoursRow, HoursTable
from tui.text.blocks import (
    HIDDEN,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Legend,
    Mix,
    Page,
    Paragraph,
    Row,
    Tone,
)
from tui.text.cells import one_line
from tui.text.words import (
    WHY_HIDDEN,
    answered,
    interval,
    number,
    shares,
    tiers_heading,
)

READING = (
    "Monthly hours are other people's time that those who answered are expected to need. In 9 of 10 "
    "cases the truth lies within the range.",
    "Skill : conditions says where the need comes from, in per cent. Skill: people can learn it. "
    "Conditions: time and safety, which the organisation has to change.",
    "Groups differ in what their work asks of them and leaves them; this is no ranking.",
)
NOTHING = "No group is large enough for a table: nobody could be protected in one."


def segments_page(release: Release) -> Page:
    """Return the page of tiers and hours by group."""
    return tuple(_blocks(release))


def _blocks(release: Release) -> Iterator[Block]:
    tiers = [table for table in release.counts if table.kind == "tiers"]
    attributes = dict.fromkeys(
        [*(table.attribute for table in tiers), *(table.attribute for table in release.hours)]
    )
    yield Heading(tiers_heading(release.basis), level=1)
    if not attributes:
        yield Paragraph(NOTHING, "warn")
        return
    for attribute in attributes:
        counts = next((table for table in tiers if table.attribute == attribute), None)
        hours = next((table for table in release.hours if table.attribute == attribute), None)
        yield from _segment(counts, hours)
    yield Heading("How to read this")
    yield from (Paragraph(text, bullet=True) for text in READING)


def _segment(counts: CountTable | None, hours: HoursTable | None) -> Iterator[Block]:
    yield Heading(next(one_line(table.title) for table in (counts, hours) if table))
    if counts is not None:
        yield Legend(tuple(one_line(column) for column in counts.columns))
    rows = tuple(_row(*pair) for pair in _pairs(counts, hours))
    totals = tuple(_row(*pair, "total") for pair in _totals(counts, hours))
    columns = (
        Column("Group", wraps=True),
        Column("Answered", right=True),
        Column("People by tier"),
        Column("Monthly hours", right=True),
        Column("90 % range", right=True),
        Column("Skill : conditions", right=True),
    )
    yield Grid(columns, rows + totals)
    for note in dict.fromkeys(one_line(table.note) for table in (counts, hours) if table and table.note):
        yield Paragraph(note, "note")


def _pairs(
    counts: CountTable | None, hours: HoursTable | None
) -> Iterator[tuple[CountRow | None, HoursRow | None]]:
    """Bring the rows of both tables together by group, in the order of the first."""
    by_count = {row.group: row for row in counts.rows} if counts else {}
    by_hours = {row.group: row for row in hours.rows} if hours else {}
    for group in dict.fromkeys((*by_count, *by_hours)):
        yield by_count.get(group), by_hours.get(group)


def _totals(
    counts: CountTable | None, hours: HoursTable | None
) -> Iterator[tuple[CountRow | None, HoursRow | None]]:
    total = (counts.total if counts else None, hours.total if hours else None)
    if total != (None, None):
        yield total


def _row(counted: CountRow | None, hours: HoursRow | None, tone: Tone = "") -> Row:
    some = counted or hours
    assert some is not None  # noqa: S101 - a pair has at least one row
    name, count = one_line(some.group), answered(some.respondents, some.headcount)
    mix = mix_of(counted)
    cells = (name, count, mix, *_hours_cells(hours))
    hidden = [cell == HIDDEN for cell in cells]
    if all(hidden[2:]):
        return Row(cells, tone or "hidden", WHY_HIDDEN, why_from=2)
    if all(hidden[3:]):
        return Row(cells, tone, WHY_HIDDEN, why_from=3)
    return Row(cells, tone)


def mix_of(row: CountRow | None) -> Cell:
    """Return the counts of `row`, one by one where some are hidden, or the one mark for none at all."""
    counts = tuple(cell for cell in row.cells if cell is not None) if row else ()
    if row is None or not counts:
        return HIDDEN
    if len(counts) == len(row.cells):
        return Mix(counts)
    return " ".join(HIDDEN if cell is None else str(cell) for cell in row.cells)


def _hours_cells(row: HoursRow | None) -> tuple[str, str, str]:
    if row is None or row.hours is None:
        return HIDDEN, HIDDEN, HIDDEN
    return number(row.hours), interval(row.low, row.high), shares(row.skill, row.conditions)
