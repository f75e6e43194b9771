"""Rows as they are entered, column by column: what is asked next, and what each step leads to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from instruments.model import Column, RowsFormat, text_in
from tui.asking import option_label, row_words, shown_numbers
from tui.cleaning import clean

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RowsEntry:
    """The rows so far and the one that is open; every step returns another entry."""

    format: RowsFormat
    language: str
    rows: tuple[Row, ...] = ()
    open: Row | None = None
    """The columns entered of a row that is not complete; None while no row is open."""

    @property
    def column(self) -> Column:
        """The column that is asked now."""
        return self.format.columns[len(self.open or ())]

    @property
    def asks_number(self) -> bool:
        """Whether a number is wanted now, in place of a choice."""
        return self.open is not None and not self.column.is_choice

    @property
    def can_add(self) -> bool:
        """Whether another row fits."""
        return len(self.rows) < self.format.max_rows

    @property
    def asked(self) -> str:
        """What is asked now; empty for the menu."""
        if self.open is None:
            return ""
        place = f"({len(self.open) + 1} of {len(self.format.columns)})"
        return f"{clean(text_in(self.column.title, self.language))} {place}"

    @property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """Number and label of each line to choose from now: the menu, or the options of the column."""
        if self.open is None:
            return tuple(enumerate(self._menu(), 1))
        labels = [option_label(option, self.language) for option in self.column.options]
        return tuple(zip(shown_numbers(self.column.options), labels, strict=True))

    @property
    def said(self) -> tuple[str, ...]:
        """The rows in words, the open one last."""
        columns = self.format.columns
        said = [row_words(row, columns, self.language, is_full=True) for row in self.rows]
        if self.open:
            said.append(f"{row_words(self.open, columns, self.language, is_full=True)} …")
        return tuple(said)

    def chosen(self, place: int) -> RowsEntry | None:
        """Return what choosing the line at `place` (from 0) leads to; None when the rows are complete."""
        if self.open is not None:
            return self.taken(float(self.column.options[place].code))
        if self.can_add and place == 0:
            return replace(self, open=())
        out = place - (1 if self.can_add else 0)
        if out == 0:
            return None
        return replace(self, rows=tuple(row for number, row in enumerate(self.rows, 1) if number != out))

    def taken(self, value: float) -> RowsEntry:
        """Return the entry with `value` in the column that is asked."""
        row = (*(self.open or ()), value)
        if len(row) < len(self.format.columns):
            return replace(self, open=row)
        return replace(self, rows=(*self.rows, row), open=None)

    def back(self) -> RowsEntry:
        """Return the entry one column before; before the first one no row is open."""
        return replace(self, open=self.open[:-1] if self.open else None)

    def _menu(self) -> tuple[str, ...]:
        none = clean(text_in(self.format.none_label, self.language)) or "Nothing to enter"
        add = ["Add an entry" if not self.rows else "Add another entry"] if self.can_add else []
        out = [f"Take entry {number} out" for number in range(1, len(self.rows) + 1)]
        return (*add, "That is all" if self.rows else none, *out)
