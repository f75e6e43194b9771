"""Page of releases and files: which waves were released, what can be written, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.records import Release
from tui.desk_work import Released
from tui.text.blocks import HIDDEN, Block, Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line
from tui.text.words import hidden_sentence

FORMATS = (
    ("csv", "for any program; a hidden number is *"),
    ("xlsx", "for spreadsheets; no cell is a formula"),
    ("sav", "for SPSS, PSPP and R, with labels; a hidden number is user-missing with its reason"),
    ("parquet", "for data tools; a hidden number is null"),
)
NO_ROWS = "There is no table with one row a person: it was not chosen before opening."
ROWS = "The table with one row a person tells group, tier and bands that several people share, in words."


def files_page(release: Release, release_sha256: str, releases: Sequence[Released] = ()) -> Page:
    """Return the page of releases and of files that can be written from them."""
    return tuple(_blocks(release, release_sha256, releases))


def _blocks(release: Release, release_sha256: str, releases: Sequence[Released]) -> Iterator[Block]:
    header = release.header
    yield Heading("Releases and files", level=1)
    yield Paragraph("Press e to write anonymised results and their codebook into a folder.")
    known = tuple(releases) or (Released(header.wave, header.closed_on, header.counted, release_sha256),)
    yield Heading("Releases of this study")
    columns = (Column("Wave"), Column("Closed on"), Column("Counted", right=True), Column("Hash begins"))
    yield Grid(columns, tuple(_release(one) for one in known))
    yield Heading("Formats")
    yield Grid((Column("Format"), Column("What it is for", wraps=True)), tuple(Row(line) for line in FORMATS))
    yield Heading("What is in the files")
    rows = any(table.rows for table in release.records)
    for text in (
        "The tables of this release with the same numbers hidden as here, and no other.",
        ROWS if rows else NO_ROWS,
        "A codebook: what each number is, which wording was asked, how reliable it is in this sample.",
        "A manifest with every file's hash. The same files come out each time.",
        hidden_sentence(header.thresholds.k),
    ):
        yield Paragraph(text, bullet=True)


def _release(one: Released) -> Row:
    counted = HIDDEN if one.counted is None else str(one.counted)
    return Row((one_line(one.wave), one.closed_on or "-", counted, one.sha256[:16] or "-"))
