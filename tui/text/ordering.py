"""Tables put into another order, and as text for the clipboard; totals and hidden numbers stay last."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tui.text.blocks import HIDDEN, Cell, Grid, Mix, Row

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
DOWN, UP = "↓", "↑"


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a table stands, and whether large numbers come first."""

    column: int
    descending: bool


def sortable(grid: Grid) -> tuple[int, ...]:
    """Return the columns that a table can be ordered by: those of words and single numbers."""
    return tuple(
        place
        for place, column in enumerate(grid.columns)
        if column.title and all(isinstance(row.cells[place], str) for row in grid.rows)
    )


def next_order(grid: Grid, before: Order | None) -> Order | None:
    """Return the order after `before`: each column up, then down, then the table's own order (None)."""
    places = sortable(grid)
    if before is None:
        return Order(places[0], descending=False) if places else None
    if not before.descending:
        return replace(before, descending=True)
    after = [place for place in places if place > before.column]
    return Order(after[0], descending=False) if after else None


def ordered(grid: Grid, order: Order | None) -> Grid:
    """Return `grid` in `order`, its column marked; rows of totals and hidden numbers come last."""
    if order is None:
        return grid
    place = order.column
    totals = [row for row in grid.rows if row.tone == "total"]
    hidden = [row for row in grid.rows if row.tone != "total" and _is_hidden(row, place)]
    shown = [row for row in grid.rows if row.tone != "total" and not _is_hidden(row, place)]
    shown.sort(key=lambda row: _value(row.cells[place]), reverse=order.descending)
    columns = list(grid.columns)
    title = f"{columns[place].title} {DOWN if order.descending else UP}"
    columns[place] = replace(columns[place], title=title)
    return Grid(tuple(columns), (*shown, *hidden, *totals))


def tab_separated(grid: Grid) -> str:
    """Return `grid` as lines with tabs between cells, as spreadsheets take them from the clipboard."""
    lines = [[column.title for column in grid.columns], *([_text(c) for c in row.cells] for row in grid.rows)]
    return "\n".join("\t".join(cells) for cells in lines) + "\n"


def _is_hidden(row: Row, place: int) -> bool:
    return row.cells[place] in {HIDDEN, "", "-"}


def _value(cell: Cell) -> tuple[int, float, str]:
    """Return what a cell is ordered by: its first number, else its words."""
    text = cell if isinstance(cell, str) else ""
    found = NUMBER.match(text)
    number = float(found.group().replace(",", ".")) if found else 0.0
    return (0 if found else 1, number, text.casefold())


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return " ".join(map(str, cell.counts)) if isinstance(cell, Mix) else f"{cell.value:g} of {cell.limit:g}"
