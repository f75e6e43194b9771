"""A table on its way into a file: columns that are numbers or text, the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.rows import ABSENT, HIDDEN, Cell

Rows = Sequence[Sequence[Cell]]
PROSE = ("about", "codebook")
"""Tables that are read, not counted with."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title and cells."""

    title: str
    cells: tuple[Cell, ...]
    order: tuple[str, ...] = ()
    """Its possible texts from low to high, where they have an order."""

    @property
    def is_number(self) -> bool:
        """Whether every cell is a number, or stands in the place of one that is hidden or absent."""
        texts = {cell for cell in self.cells if isinstance(cell, str)}
        return texts <= {HIDDEN, ABSENT} and (len(texts) < len(set(self.cells)) or HIDDEN in texts)

    @property
    def is_whole(self) -> bool:
        """Whether no cell is a broken number."""
        return not any(isinstance(cell, float) for cell in self.cells)

    def numbers(self) -> list[float | None]:
        """Return the cells of a column of numbers, None where there is none."""
        return [None if isinstance(cell, str) else cell for cell in self.cells]

    def texts(self) -> list[str]:
        """Return the cells as a csv file shows them."""
        return [str(cell) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export."""

    name: str
    columns: tuple[Column, ...]
    title: str = ""

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The titles, then the rows."""
        titles = tuple(column.title for column in self.columns)
        return [titles, *zip(*(column.cells for column in self.columns), strict=True)]


def sheet_of(
    name: str, rows: Rows, title: str = "", orders: dict[str, tuple[str, ...]] | None = None
) -> Sheet:
    """Return the table `name`; the first of `rows` holds its titles, `orders` the order of texts by title."""
    titles = [str(cell) for cell in rows[0]]
    cells = list(zip(*rows[1:], strict=True)) or [()] * len(titles)
    known = orders or {}
    columns = (Column(one, tuple(c), known.get(one, ())) for one, c in zip(titles, cells, strict=True))
    return Sheet(name, tuple(columns), title)
