"""Cells of exported tables, and the one mark that stands for a hidden number."""

from __future__ import annotations

Cell = str | int | float
Row = list[Cell]
HIDDEN = "*"
"""Stands for every hidden number, whatever the reason."""
ABSENT = ""


def or_hidden(number: float | None) -> Cell:
    """Return `number`, or the mark where it is hidden."""
    return HIDDEN if number is None else number


def or_absent(number: float | None) -> Cell:
    """Return `number`, or nothing where there is none to tell."""
    return ABSENT if number is None else number
