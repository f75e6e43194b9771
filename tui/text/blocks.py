"""What a page is made of, before anybody knows how wide the terminal is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HIDDEN = "*"
"""The one mark of a hidden number, whatever the reason: the mark itself gives nothing away."""

Tone = Literal[
    "", "title", "heading", "warn", "note", "total", "hidden", "over", "bar0", "bar1", "bar2", "bar3"
]
"""How a piece of text is meant; the words carry the meaning, colour only repeats it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 opens a page, 2 a section."""

    text: str
    level: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a `bullet` paragraph is one entry of a list."""

    text: str
    tone: Tone = ""
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """Which pattern of a bar stands for what, in the order of the bar."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """Counts that add up to a group: drawn as numbers with a bar below, each part in its own pattern."""

    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A quantity against its limit, drawn as a bar; `full` is the value at the right end."""

    value: float
    limit: float
    full: float


Cell = str | Mix | Gauge


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid; a `wraps` column gives way when the terminal is narrow."""

    title: str
    right: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid.

    Where cells are hidden, `why` says the reason; on a screen it takes the place of the cells from
    `why_from` on, in plain text the marks stay and the reason is told once for all.
    """

    cells: tuple[Cell, ...]
    tone: Tone = ""
    why: str = ""
    why_from: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Block = Heading | Paragraph | Legend | Grid
Page = tuple[Block, ...]
