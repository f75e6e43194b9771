"""Pages as sentences: every row of a table says its columns, and nothing depends on where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.text.blocks import HIDDEN, Cell, Gauge, Grid, Heading, Legend, Mix, Page, Paragraph, Row


def spoken_lines(page: Page) -> Iterator[str]:
    """Yield `page` line by line, a row of a table as one line."""
    labels: tuple[str, ...] = ()
    for block in page:
        match block:
            case Heading():
                yield f"{block.text}:"
            case Paragraph():
                yield block.text.replace(f"{HIDDEN} means", "Hidden means", 1)
            case Legend():
                labels = block.labels
            case Grid():
                yield from _rows(block, labels)


def _rows(grid: Grid, labels: Sequence[str]) -> Iterator[str]:
    """Yield each row under the name in its first cell, which may stand in a row before."""
    name = ""
    for row in grid.rows:
        name = str(row.cells[0]) or name
        yield _row(name, row, grid, labels)


def _row(name: str, row: Row, grid: Grid, labels: Sequence[str]) -> str:
    end = row.why_from if row.why else len(row.cells)
    told = [
        _cell(cell, column.title, labels)
        for cell, column in zip(row.cells[1:end], grid.columns[1:end], strict=True)
    ]
    hidden = ["the rest is hidden"] if row.why else []
    named = f"{grid.columns[0].title} {name}" if name.isdigit() else name
    return f"{named}: {'; '.join([*(one for one in told if one), *hidden])}."


def _cell(cell: Cell, title: str, labels: Sequence[str]) -> str:
    if isinstance(cell, Gauge):
        return ""  # the numbers beside it say the same
    counts = [str(count) for count in cell.counts] if isinstance(cell, Mix) else cell.split()
    is_mix = len(counts) == len(labels) and all(one == HIDDEN or one.isdigit() for one in counts)
    if isinstance(cell, Mix) or (is_mix and len(counts) > 1):
        pairs = zip(labels, counts, strict=False)
        return f"{title} " + ", ".join(f"{label} {_shown(count)}" for label, count in pairs)
    return f"{title} {_shown(cell)}".strip() if cell else ""


def _shown(cell: str) -> str:
    return "hidden" if cell == HIDDEN else cell
