"""First page: who answered, what holds for the whole release, what a hidden number means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from instruments.records import ReleaseHeader
from scoring.records import Release
from scoring.table_records import CountRow, CountTable
from tui.text.blocks import Block, Column, Gauge, Grid, Heading, Page, Paragraph, Row, Tone
from tui.text.cells import one_line
from tui.text.words import answered, attribute_title, hidden_sentence, percent, plural

SAME_MARK = (
    "The mark is the same for small numbers and for those that would give a small number away. "
    "No table, filter or file shows what is behind it."
)
NO_TABLES = "This release has no tables: in so small a number nobody could be protected."
REHEARSAL = "REHEARSAL: these people are made up. Nothing here is about a real organisation."


def overview_page(release: Release, release_sha256: str = "", steps: Sequence[str] = ()) -> Page:
    """Return the first page of the desk; `steps` say what can be done next."""
    return tuple(_blocks(release, release_sha256, steps))


def _blocks(release: Release, release_sha256: str, steps: Sequence[str]) -> Iterator[Block]:
    header = release.header
    yield Heading(f"{one_line(header.organisation)}, wave {header.wave}", level=1)
    if header.rehearsal:
        yield Paragraph(REHEARSAL, "warn")
    yield from (Paragraph(one_line(text), bullet=True) for text in release.statements)
    if has_tables(release):
        yield from (Paragraph(text, bullet=True) for text in _set_aside(header))
    else:
        yield Paragraph(NO_TABLES, "warn")
    if steps:
        yield Heading("What to do next")
        yield from (Paragraph(one_line(step), bullet=True) for step in steps)
    for table in responses(release):
        yield from _response(table)
    if has_tables(release):
        yield Heading("What a hidden number means")
        yield Paragraph(f"{hidden_sentence(header.thresholds.k)} {SAME_MARK}")
    yield Heading("Where these figures come from")
    yield from (Paragraph(text, "note", bullet=True) for text in _origin(header, release_sha256))


def has_tables(release: Release) -> bool:
    """Whether enough people answered for any number to be told."""
    return bool(release.counts or release.hours or release.minutes)


def responses(release: Release) -> tuple[CountTable, ...]:
    """Return one table an attribute that tells how many answered: response tables, else tables of tiers."""
    found: dict[str, CountTable] = {}
    for kind in ("response", "tiers"):
        for table in release.counts:
            if table.kind == kind and table.attribute and table.rows:
                found.setdefault(table.attribute, table)
    return tuple(found.values())


def _response(table: CountTable) -> Iterator[Block]:
    yield Heading(f"Who answered {attribute_title(table.attribute).lower()}")
    columns = (Column("Group", wraps=True), Column("Answered", right=True), Column("Share", right=True))
    rows = [_response_row(row) for row in table.rows]
    if table.total is not None:
        rows.append(_response_row(table.total, is_total=True))
    yield Grid((*columns, Column("")), tuple(rows))
    if table.note:
        yield Paragraph(one_line(table.note), "note")


def _response_row(row: CountRow, *, is_total: bool = False) -> Row:
    name = one_line(row.group)
    count = answered(row.respondents, row.headcount)
    tone: Tone = "total" if is_total else ""
    if not row.headcount:
        return Row((name, count, "-", ""), tone)
    bar = Gauge(row.respondents, row.headcount, row.headcount)
    return Row((name, count, percent(row.respondents, row.headcount), bar), tone)


def _set_aside(header: ReleaseHeader) -> Iterator[str]:
    if header.imported:
        yield f"Collected elsewhere and imported: {plural(header.imported, 'submission')}."
    if header.held_back:
        yield f"Not counted, ticket or code used twice: {plural(header.held_back, 'submission')}."
    if header.quarantined:
        yield f"Set aside, no answers to this wave: {plural(header.quarantined, 'file')}."


def _origin(header: ReleaseHeader, release_sha256: str) -> Iterator[str]:
    yield f"Program version: {one_line(header.program)}."
    yield f"Reference figures: {one_line(header.reference_status)}."
    yield f"Policy {header.policy_sha256[:16]}, questions {header.battery_sha256[:16]}."
    if header.opening_sha256:
        yield f"Log of openings {header.opening_sha256[:16]}."
    if release_sha256:
        yield f"Release {release_sha256}"
