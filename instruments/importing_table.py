"""A csv file from elsewhere as header and rows, read strictly; no cell is ever quoted in a message."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from instruments.errors import BadInput, Fault

MAX_BYTES = 64 * 1024 * 1024
"""About 50,000 people who gave 60 answers each, in words."""
_DELIMITERS = ",;\t"
_SAVE_AS = "Export it again, or save it again in the spreadsheet as “CSV UTF-8”."


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the file: the line it begins on (1-based), and its cells without outer spaces."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A file taken apart: the header's cells, and the lines after it that are not blank."""

    source: str
    header: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)


def read_table(data: bytes, source: str) -> Table:
    """Return the table in `data`; commas, semicolons and tabs may divide its columns.

    Raises BadInput, naming `source` and the line, for other bytes than UTF-8, NUL bytes, quotes that do not
    close, an empty file, and a header that names a column twice.
    """
    text = _decoded(data, source)
    lines = list(_lines(text, source))
    if not lines:
        _refuse(source, 1, "an empty file", "a header and one row a person", "Export it again.")
    header = lines[0].cells
    _check_header(header, source, lines[0].number)
    return Table(source, header, tuple(lines[1:]))


def why_not_width(line: Line, columns: int) -> str:
    """Return what is wrong with the number of cells of `line`, empty when it is right.

    Empty cells beyond the last column do no harm.
    """
    if len(line.cells) < columns or any(line.cells[columns:]):
        return f"found {len(line.cells)} cells; expected {columns}, as the header has"
    return ""


def _decoded(data: bytes, source: str) -> str:
    if len(data) > MAX_BYTES:
        found = f"{len(data):,} bytes"
        _refuse(source, None, found, f"at most {MAX_BYTES:,} bytes", "Divide it, with the header in each.")
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        _refuse(source, line, "a NUL byte, as in UTF-16 or a spreadsheet's own format", "UTF-8", _SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _refuse(source, line, "a byte that is not UTF-8, as in Latin-1", "UTF-8", _SAVE_AS)


def _lines(text: str, source: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            expected = "quotes that close, and cells of at most 131,072 characters"
            _refuse(source, number, "a row that cannot be read as csv", expected, _SAVE_AS)
        stripped = tuple(cell.strip() for cell in cells)
        if any(stripped):
            yield Line(number, stripped)


def _delimiter(text: str) -> str:
    """Return the sign that divides most columns in the first line that is not blank, outside of quotes."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _check_header(header: tuple[str, ...], source: str, line: int) -> None:
    """Refuse a name that stands twice; without repeating it: a file without a header has answers there."""
    first: dict[str, int] = {}
    for place, name in enumerate(header, 1):
        if name and first.setdefault(name, place) != place:
            found = f"the same name in columns {first[name]} and {place}"
            todo = "The first row has to name the columns; rename or remove one of these."
            _refuse(source, line, found, "each name once", todo)


def _refuse(source: str, line: int | None, found: str, expected: str, todo: str) -> NoReturn:
    fault = Fault(source, line, "", found, expected)
    raise BadInput(f"{source}: this file cannot be read as a table.", todo, (fault,))
