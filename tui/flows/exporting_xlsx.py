"""Exports as one .xlsx workbook: a sheet a table, text always text, numbers always numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from tui.flows.exporting_sheets import Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook

BOOK = "results.xlsx"
LONGEST_NAME = 31
"""Letters of a sheet's name."""
WIDEST = 60
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx_files(sheets: Sequence[Sheet], day: date) -> dict[str, bytes]:
    """Return the one workbook by its name, dated `day`."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, **AS_TEXT})
    book.set_properties({"created": datetime.combine(day, time(), UTC)})
    for sheet, name in zip(sheets, _names([sheet.name for sheet in sheets]), strict=True):
        _add(book, sheet, name)
    book.close()
    return {BOOK: buffer.getvalue()}


def _add(book: Workbook, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for place, column in enumerate(sheet.columns):
        width = max(len(text) for text in (column.title, *column.texts()))
        page.set_column(place, place, min(WIDEST, width + 2))
    for line, row in enumerate(sheet.rows):
        for place, cell in enumerate(row):
            style = None if line else bold
            if isinstance(cell, str):
                page.write_string(line, place, cell, style)
            else:
                page.write_number(line, place, cell, style)
    page.freeze_panes(1, 0)


def _names(names: Sequence[str]) -> list[str]:
    """Return names that a workbook takes, each once."""
    found: list[str] = []
    for number, name in enumerate(names):
        fits = len(name) <= LONGEST_NAME and name.casefold() not in {one.casefold() for one in found}
        found.append(name if fits else f"{name[: LONGEST_NAME - 4]}~{number}")
    return found
