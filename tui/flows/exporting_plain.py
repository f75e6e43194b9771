"""Exports as csv and parquet: one file a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tui.flows.exporting_sheets import Sheet

if TYPE_CHECKING:
    import polars


def csv_files(sheets: Sequence[Sheet], _day: date) -> dict[str, bytes]:
    """Return one csv file a table by name: UTF-8, a hidden number as its mark.

    Lines end as RFC 4180 says; with a bare newline Python leaves a carriage return in a text unquoted.
    """
    return {f"{sheet.name}.csv": _csv(sheet) for sheet in sheets}


def _csv(sheet: Sheet) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(sheet.rows)
    return buffer.getvalue().encode("utf-8")


def parquet_files(sheets: Sequence[Sheet], _day: date) -> dict[str, bytes]:
    """Return one parquet file a table by name; a hidden or absent number is null."""
    return {f"{sheet.name}.parquet": _parquet(sheet) for sheet in sheets}


def _parquet(sheet: Sheet) -> bytes:
    buffer = io.BytesIO()
    _frame(sheet).write_parquet(buffer, compression="zstd", use_pyarrow=False)
    return buffer.getvalue()


def _frame(sheet: Sheet) -> polars.DataFrame:
    import polars

    return polars.DataFrame(
        [
            polars.Series(c.title, c.numbers(), dtype=polars.Int64 if c.is_whole else polars.Float64)
            if c.is_number
            else polars.Series(c.title, c.texts(), dtype=polars.String)
            for c in sheet.columns
        ]
    )
