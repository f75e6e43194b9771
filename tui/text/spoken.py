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
                yield block.text
            case Legend():
                labels = block.labels
            case Grid():
                yield from (_row(row, block, labels) for row in block.rows)


def _row(row: Row, grid: Grid, labels: Sequence[str]) -> str:
    end = row.why_from if row.why else len(row.cells)
    told = [
        _cell(cell, column.title, labels)
        for cell, column in zip(row.cells[1:end], grid.columns[1:end], strict=True)
    ]
    hidden = [f"the rest is hidden: {row.why}"] if row.why else []
    return f"{row.cells[0]}: {'; '.join([*(one for one in told if one), *hidden])}."


def _cell(cell: Cell, title: str, labels: Sequence[str]) -> str:
    if isinstance(cell, Gauge):
        return ""  # the numbers beside it say the same
    counts = [str(count) for count in cell.counts] if isinstance(cell, Mix) else cell.split()
    is_mix = len(counts) == len(labels) and all(one == HIDDEN or one.isdigit() for one in counts)
    if isinstance(cell, Mix) or (is_mix and len(counts) > 1):
        pairs = zip(labels, counts, strict=False)
        return f"{title} " + ", ".join(f"{label} {_shown(count)}" for label, count in pairs)
    return f"{title} {_shown(cell)}" if cell else ""


def _shown(cell: str) -> str:
    return "hidden" if cell == HIDDEN else cell
