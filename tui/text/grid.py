"""Tables laid out for one width: columns share the room, long words wrap, hidden rows say why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tui.text.blocks import HIDDEN, Cell, Column, Grid, Mix, Row, Tone
from tui.text.cells import pad, wrap
from tui.text.drawing import Drawing, Line, Piece, filled
from tui.text.widths import GAP, Plan, plan_widths


def grid_lines(grid: Grid, width: int, drawing: Drawing) -> Iterator[Line]:
    """Return `grid` as lines of `width` cells or less."""
    plan = plan_widths(grid, width)
    yield from _header(grid.columns, plan.widths)
    for row in grid.rows:
        yield from _row(row, grid.columns, plan, drawing)


def _header(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[Line]:
    cells = [wrap(column.title, width) for column, width in zip(columns, widths, strict=True)]
    height = max(len(cell) for cell in cells)
    lowered = [("",) * (height - len(cell)) + cell for cell in cells]
    for texts in zip(*lowered, strict=True):
        parts = zip(texts, columns, widths, strict=True)
        yield _joined([(Piece(pad(text, width, right=c.right), "heading"),) for text, c, width in parts])


def _row(row: Row, columns: Sequence[Column], plan: Plan, drawing: Drawing) -> Iterator[Line]:
    end = row.why_from if row.why and drawing.explains_rows else len(columns)
    spaces = list(plan.widths[:end])
    cells = [
        _bar(cell, width, plan.digits, drawing)
        if not isinstance(cell, str)
        else _text(cell, column, width, row.tone)
        for cell, column, width in zip(row.cells[:end], columns[:end], spaces, strict=True)
    ]
    if end < len(columns):
        room = sum(plan.widths[end:]) + GAP * (len(columns) - end - 1)
        cells.append([(Piece(text, "hidden"),) for text in wrap(f"{HIDDEN} {row.why}", room)])
        spaces.append(room)
    for parts in zip_longest(*cells, fillvalue=()):
        yield _joined([filled(part, width) for part, width in zip(parts, spaces, strict=True)])


def _bar(cell: Cell, width: int, digits: int, drawing: Drawing) -> list[Line]:
    if isinstance(cell, Mix):
        return [drawing.counts(cell, digits), drawing.bar(cell, width)]
    return [] if isinstance(cell, str) else [drawing.gauge(cell, width)]


def _text(text: str, column: Column, width: int, tone: Tone) -> list[Line]:
    return [(Piece(pad(line, width, right=column.right), tone),) for line in wrap(text, width)]


def _joined(parts: Sequence[Line]) -> Line:
    line: list[Piece] = []
    for number, part in enumerate(parts):
        if number:
            line.append(Piece(" " * GAP))
        line += part
    return tuple(line)
