"""Exports as .sav: variable and value labels, missing codes, levels of measurement, no clock's time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from scoring.record_rows import ANY, WITHHELD
from scoring.rows import ABSENT, HIDDEN, Cell
from tui.flows.exporting_sheets import PROSE, Column, Sheet

CODES: dict[Cell, int] = {HIDDEN: -999, ABSENT: -998}
OPEN_CODES: dict[Cell, int] = {ANY: -997, WITHHELD: -997}
"""Of columns with an order: what a row of a person does not tell."""
OPEN: dict[int | float, str] = {-997: "not told: saying more could tell of single people"}
MOST_VALUES = 100
"""Different texts up to which a column is coded with value labels."""
MISSING: dict[int | float, str] = {
    -999: "hidden, so that nobody can be told from the table",
    -998: "nothing to tell",
}
LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE = 60, 250, 120
"""Bytes that SPSS takes of a variable's name and label, and of a value's label."""
RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
MAGIC = b"$FL2"
DATE_AT, DATE_LENGTH = 92, 17
"""Where a .sav file's header holds date and time of its making: ``dd mmm yyhh:mm:ss``."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Measure = Literal["nominal", "ordinal", "scale"]


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a .sav file."""

    label: str
    values: list[float] | list[str]
    format: str
    """Empty for texts."""
    measure: Measure
    labels: dict[int | float, str] = field(default_factory=dict)


def sav_files(sheets: Sequence[Sheet], day: date) -> dict[str, bytes]:
    """Return one .sav file a table by name, dated `day`."""
    return {f"{sheet.name}.sav": dated(_sav(sheet), day) for sheet in sheets}


def dated(data: bytes, day: date) -> bytes:
    """Return the .sav file `data` with `day` at midnight in its header, in place of the clock's time.

    Raises ValueError when `data` is no .sav file.
    """
    if not data.startswith(MAGIC):
        raise ValueError("not a .sav file")
    stamp = f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}00:00:00".encode("ascii")
    return data[:DATE_AT] + stamp + data[DATE_AT + DATE_LENGTH :]


def _sav(sheet: Sheet) -> bytes:
    import polars
    import pyreadstat

    made = [variable(column, as_text=sheet.name in PROSE) for column in sheet.columns]
    variables = dict(zip(_names([column.title for column in sheet.columns]), made, strict=True))
    coded = {name: one for name, one in variables.items() if one.labels}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.sav"
        pyreadstat.write_sav(
            polars.DataFrame(
                [
                    polars.Series(name, one.values, dtype=polars.Float64 if one.format else polars.String)
                    for name, one in variables.items()
                ]
            ),
            path,
            file_label=_cut(sheet.title or sheet.name, 60),
            column_labels=[one.label for one in made],
            variable_value_labels={name: one.labels for name, one in coded.items()},
            missing_ranges={
                name: [code for code in (*MISSING, *OPEN) if code in one.labels]
                for name, one in coded.items()
            },
            variable_measure={name: one.measure for name, one in variables.items()},
            variable_format={name: one.format for name, one in variables.items() if one.format},
        )
        return path.read_bytes()


def variable(column: Column, *, as_text: bool = False) -> Variable:
    """Return `column` as numbers with value labels; as text where it is prose."""
    label = _cut(column.title, LONGEST_LABEL)
    if column.is_number:
        values = [float(CODES.get(cell, 0) if isinstance(cell, str) else cell) for cell in column.cells]
        return Variable(label, values, "F8.0" if column.is_whole else "F10.3", "scale", dict(MISSING))
    texts = column.texts()
    different = dict.fromkeys((*column.order, *texts))
    is_long = any(len(text.encode()) > LONGEST_VALUE for text in texts)
    if as_text or is_long or len(different) > MOST_VALUES:
        return Variable(label, texts, "", "nominal")
    marks = CODES | OPEN_CODES if column.order else CODES
    known = [text for text in different if text not in marks]
    codes: dict[Cell, int] = marks | {text: number for number, text in enumerate(known, start=1)}
    labels = MISSING | (OPEN if column.order else {}) | {codes[text]: text for text in known}
    values = [float(codes[text]) for text in texts]
    return Variable(label, values, "F8.0", "ordinal" if column.order else "nominal", labels)


def _names(titles: Sequence[str]) -> list[str]:
    """Return a variable's name for each title: small letters, digits and underscores, each once."""
    found: list[str] = []
    for number, title in enumerate(titles, start=1):
        name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:LONGEST_NAME]
        name = name if re.match("[a-z]", name) else f"v_{name}".rstrip("_")
        taken = name in RESERVED or name in found
        found.append(f"{name[: LONGEST_NAME - 4]}_{number}" if taken else name)
    return found


def _cut(text: str, longest: int) -> str:
    """Return the beginning of `text` that fits into `longest` bytes."""
    return text.encode()[:longest].decode(errors="ignore")
