"""How wide each column of a table gets: text before bars, and nothing cut while there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.text.blocks import Cell, Column, Grid, Mix
from tui.text.cells import width_of

GAP = 2
"""Cells between two columns."""

WORD = 16
"""Words up to this length stay whole in a column that wraps."""

NARROW = 6
"""Where even that is too much, a column that wraps goes down to this."""

LONGEST_BAR = 44
SHORTEST_MIX = 16
SHORTEST_GAUGE = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """Widths of a table's columns, and the digits of its longest count."""

    widths: tuple[int, ...]
    digits: int


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a column needs at least, is comfortable with, and would fill with a longer bar."""

    least: int
    good: int
    most: int


def plan_widths(grid: Grid, width: int) -> Plan:
    """Share `width` cells between the columns of `grid`."""
    counts = [n for row in grid.rows for cell in row.cells if isinstance(cell, Mix) for n in cell.counts]
    digits = max((len(str(count)) for count in counts), default=1)
    cells = [[row.cells[place] for row in grid.rows] for place in range(len(grid.columns))]
    wishes = [_wish(column, own, digits) for column, own in zip(grid.columns, cells, strict=True)]
    widths = [wish.least for wish in wishes]
    room = width - GAP * (len(widths) - 1)
    _shrink(widths, [column.wraps for column in grid.columns], room)
    _grow(widths, [wish.good for wish in wishes], room)
    _grow(widths, [wish.most for wish in wishes], room)
    return Plan(tuple(widths), digits)


def _wish(column: Column, cells: Sequence[Cell], digits: int) -> _Wish:
    content = max((_cell_width(cell, digits) for cell in cells), default=0)
    word = max(width_of(word) for word in column.title.split(" "))
    title = width_of(column.title)
    if column.wraps:
        longest = max(
            (width_of(w) for text in cells if isinstance(text, str) for w in text.split(" ")), default=0
        )
        return _Wish(max(word, min(longest, WORD)), max(title, content), max(title, content))
    least = max(word, content)
    good = max(least, min(title, content + 4))
    has_bars = any(not isinstance(cell, str) for cell in cells)
    return _Wish(least, good, max(good, LONGEST_BAR) if has_bars else good)


def _cell_width(cell: Cell, digits: int) -> int:
    if isinstance(cell, str):
        return width_of(cell)
    if isinstance(cell, Mix):
        return max(len(cell.counts) * (digits + 2) - 1, SHORTEST_MIX)
    return SHORTEST_GAUGE


def _shrink(widths: list[int], wraps: Sequence[bool], room: int) -> None:
    """Take cells from columns that wrap until the table fits, the widest first."""
    while sum(widths) > room:
        places = [place for place, can in enumerate(wraps) if can and widths[place] > NARROW]
        if not places:
            return
        widths[max(places, key=lambda place: widths[place])] -= 1


def _grow(widths: list[int], wanted: Sequence[int], room: int) -> None:
    """Give the cells that are left to the columns that are furthest, in proportion, from what they want."""
    while sum(widths) < room:
        lack = [want / now if now < want else 0.0 for want, now in zip(wanted, widths, strict=True)]
        if not any(lack):
            return
        widths[lack.index(max(lack))] += 1
