"""Fourth page: whose words were asked, and against which figures the scores are read."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.records import WordingLine
from scoring.records import Release
from tui.text.blocks import Block, Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line

ADAPTED = "Adapted wording: published reliability does not carry over."
ASSUMED = (
    "Assumed reference: nobody has measured these very words in a comparable organisation. Compare groups "
    "of this release with each other, not with published figures."
)


def wording_page(release: Release) -> Page:
    """Return the page of wording and reference status, one row an instrument."""
    return tuple(_blocks(release.header.wordings))


def _blocks(lines: tuple[WordingLine, ...]) -> Iterator[Block]:
    yield Heading("Wording and reference of each instrument", level=1)
    if not lines:
        yield Paragraph("The release names no instrument.", "warn")
        return
    if any(line.wording.startswith("adapted") for line in lines):
        yield Paragraph(ADAPTED, "warn")
    if any("assumed" in line.reference for line in lines):
        yield Paragraph(ASSUMED, "note")
    columns = (
        Column("Instrument", wraps=True),
        Column("Wording", wraps=True),
        Column("Reference", wraps=True),
        Column("Questions answered", right=True),
    )
    yield Grid(columns, tuple(_row(line) for line in lines))


def _row(line: WordingLine) -> Row:
    share = "-" if line.answered_share is None else f"{5 * round(20 * line.answered_share)} %"
    return Row((one_line(line.name), one_line(line.wording), one_line(line.reference), share))
