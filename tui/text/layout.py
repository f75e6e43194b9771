"""Pages laid out for one width: wrapped paragraphs, aligned tables; the same for screen and plain text."""

from __future__ import annotations

from collections.abc import Iterator

from tui.text.blocks import Block, Grid, Heading, Legend, Page, Paragraph
from tui.text.cells import width_of, wrap
from tui.text.drawing import BAR_TONES, PLAIN, Drawing, Line, Piece
from tui.text.grid import grid_lines

NARROWEST = 60
"""A narrower terminal gets lines of this width and scrolls sideways."""

PAPER = 79
"""Width of plain text, one less than a terminal's so that no terminal wraps it."""


def page_parts(page: Page, width: int, drawing: Drawing) -> tuple[tuple[int, Line], ...]:
    """Return `page` as lines of at most `width` cells, each with the number of its block.

    One empty line stands between blocks; it belongs to the one after it.
    """
    width = max(width, NARROWEST)
    parts: list[tuple[int, Line]] = []
    previous: Block | None = None
    for number, block in enumerate(page):
        if previous is not None and not _belongs(previous, block):
            parts.append((number, ()))
        parts += [(number, line) for line in _block_lines(block, width, drawing)]
        previous = block
    return tuple(parts)


def page_lines(page: Page, width: int, drawing: Drawing) -> tuple[Line, ...]:
    """Return `page` as lines of at most `width` cells, with one empty line between blocks."""
    return tuple(line for _, line in page_parts(page, width, drawing))


def plain_lines(page: Page) -> tuple[str, ...]:
    """Return `page` as lines of plain text for pipes and files, at most 79 cells wide."""
    lines = page_lines(page, PAPER, PLAIN)
    return tuple("".join(piece.text for piece in line).rstrip() for line in lines)


def _belongs(previous: Block, block: Block) -> bool:
    """Whether two blocks stand together without an empty line."""
    if isinstance(previous, Heading | Legend):
        return True
    return (
        isinstance(previous, Paragraph) and isinstance(block, Paragraph) and previous.bullet and block.bullet
    )


def _block_lines(block: Block, width: int, drawing: Drawing) -> Iterator[Line]:
    match block:
        case Heading():
            yield from _heading(block, width, drawing)
        case Paragraph():
            yield from _paragraph(block, width)
        case Legend():
            yield from _legend(block, width, drawing)
        case Grid():
            yield from grid_lines(block, width, drawing)


def _heading(heading: Heading, width: int, drawing: Drawing) -> Iterator[Line]:
    lines = wrap(heading.text, width)
    for line in lines:
        yield (Piece(line, "title" if heading.level == 1 else "heading"),)
    if drawing.underlines:
        mark = "=" if heading.level == 1 else "-"
        yield (Piece(mark * max(width_of(line) for line in lines)),)


def _paragraph(paragraph: Paragraph, width: int) -> Iterator[Line]:
    first, other = ("- ", "  ") if paragraph.bullet else ("", "")
    for number, line in enumerate(wrap(paragraph.text, width - len(first))):
        yield (Piece((other if number else first) + line, paragraph.tone),)


def _legend(legend: Legend, width: int, drawing: Drawing) -> Iterator[Line]:
    line: list[Piece] = []
    used = 0
    for number, label in enumerate(legend.labels):
        pattern = drawing.pattern(number, len(legend.labels))
        wide = width_of(label) + 5
        if used and used + wide > width:
            yield tuple(line)
            line, used = [], 0
        line += [Piece(drawing.patterns[pattern] * 2, BAR_TONES[pattern]), Piece(f" {label}  ")]
        used += wide
    yield tuple(line)
