"""A csv list of people: columns by their titles, each cell read or refused with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, TypeVar

from instruments.errors import BadInput, Fault
from instruments.importing_table import Line, Table, read_table, why_not_width
from instruments.importing_values import folded
from instruments.texts import RUNNABLE, shorten, why_not_text

MAX_LIST_BYTES = 8 * 1024 * 1024
LONGEST_CELL = 80
NEAREST = 20
"""Faults of a file that name the nearest label: looking for it takes time in a long list (assumed)."""
TODO = "Mend the places named and read the file again; nothing of it was taken."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What a study calls its groups and sites; `group_titles` may stand over the column of groups, too.

    Where a tuple of labels is empty any label is taken.
    """

    groups: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    group_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleReading(Generic[T]):
    """A whole list read; with any fault nobody of it may be taken."""

    rows: int
    people: tuple[T, ...] = field(repr=False)
    faults: tuple[Fault, ...] = field(repr=False)
    not_read: tuple[str, ...]
    """Titles of columns that are none of the list's."""


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A file with the columns of a list found in it, by the names that the list gives them."""

    source: str
    width: int
    places: Mapping[str, int]
    not_read: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)


def people_table(
    data: bytes, source: str, titles: Mapping[str, Collection[str]], needed: Collection[str], most: int
) -> PeopleTable:
    """Return the table in `data`, its columns found by `titles` (case, spaces and dashes do not count).

    Raises BadInput for a file that is no csv, for a column of `needed` that is missing, one that stands
    twice or is almost one of the list's, and for more than `most` rows.
    """
    table = read_table(data, source)
    if len(table.lines) > most:
        line, found = table.lines[most].number, f"{len(table.lines):,} rows"
        raise BadInput(
            f"{source}: too long a list.", TODO, (Fault(source, line, "", found, f"at most {most:,}"),)
        )
    places, not_read, faults = _columns(table, titles)
    missing = [name for name in needed if name not in places]
    faults += [
        Fault(source, 1, "", "no such column", f"a column “{name}”; the list needs {', '.join(needed)}")
        for name in missing
    ]
    if faults:
        raise BadInput(f"{source}: the first row does not name the columns as expected.", TODO, tuple(faults))
    return PeopleTable(source, len(table.header), places, tuple(not_read), table.lines)


def _columns(
    table: Table, titles: Mapping[str, Collection[str]]
) -> tuple[dict[str, int], list[str], list[Fault]]:
    names = {_plain(title): name for name, some in titles.items() for title in (name, *some)}
    places: dict[str, int] = {}
    not_read: list[str] = []
    faults: list[Fault] = []
    for place, title in enumerate(table.header):
        name = names.get(_plain(title))
        if name is None:
            not_read += [shorten(title)] if title else []
        elif name in places:
            faults.append(Fault(table.source, 1, name, "two such columns", "one of them"))
        else:
            places[name] = place
    open_names = [plain for plain, name in names.items() if name not in places]
    for title in list(not_read):
        near = get_close_matches(_plain(title), open_names, n=1, cutoff=0.8)
        if near:
            meant = f"“{names[near[0]]}”, or a title that is less like it"
            faults.append(Fault(table.source, 1, "", f"a column {title}", meant))
    return places, not_read, faults


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", "", folded(title))


class Labels:
    """Labels that a cell may name, found whatever their case; `nearest` helps with a misspelt one."""

    def __init__(self, labels: Iterable[str], what: str) -> None:
        self.what = what
        self._by_fold: dict[str, str] = {}
        for label in labels:
            self._by_fold.setdefault(folded(label), label)
        self._left = NEAREST

    def find(self, text: str) -> str | None:
        """Return the label that `text` names."""
        return self._by_fold.get(folded(text))

    def expected(self, text: str) -> str:
        """Return what is expected where `text` stands, with the nearest label."""
        self._left -= 1
        near = get_close_matches(folded(text), self._by_fold, n=1, cutoff=0.5) if self._left >= 0 else []
        return f"{self.what}; the nearest is “{self._by_fold[near[0]]}”" if near else self.what


class Cells:
    """The cells of one line; what is wrong with them is collected in `faults`."""

    def __init__(self, table: PeopleTable, line: Line) -> None:
        self.line = line
        self.faults: list[Fault] = []
        self._table = table
        wrong = why_not_width(line, table.width)
        if wrong:
            found, _, expected = wrong.removeprefix("found ").partition("; expected ")
            self.refuse("", found, expected)

    def text(self, name: str, *, needed: bool = False) -> str:
        """Return one cell with single spaces, empty where there is none or where it may not stand."""
        place = self._table.places.get(name)
        raw = self.line.cells[place] if place is not None and place < len(self.line.cells) else ""
        wrong = _why_not(raw)
        if wrong or (needed and not raw):
            expected = "plain text" if wrong else "something in this cell"
            self.refuse(name, wrong or "an empty cell", expected)
            return ""
        return " ".join(raw.split())

    def label(self, name: str, labels: Labels | None, *, needed: bool = False) -> str:
        """Return the label that a cell names; as it stands where `labels` is None."""
        text = self.text(name, needed=needed)
        return self.label_of(name, text, labels) if text else ""

    def label_of(self, name: str, text: str, labels: Labels | None) -> str:
        """Return the label that `text`, a part of a cell, names."""
        found = labels.find(text) if labels else text
        if found is None and labels:
            self.refuse(name, shorten(text), labels.expected(text))
        return found or ""

    def number(self, name: str, most: float, *, needed: bool = False) -> float:
        """Return a number from 0 to `most`, 0 where the cell is empty."""
        text = self.raw(name)
        if not text and not needed:
            return 0.0
        value = number_in(text)
        if value is None or value > most:
            self.refuse(name, shorten(text) if text else "an empty cell", f"a number from 0 to {most:g}")
        return value or 0.0

    def raw(self, name: str) -> str:
        """Return one cell as it stands, for numbers and the like that are never shown as text."""
        place = self._table.places.get(name)
        return self.line.cells[place] if place is not None and place < len(self.line.cells) else ""

    def refuse(self, name: str, found: str, expected: str) -> None:
        """Note that the cell under `name` does not fit."""
        self.faults.append(Fault(self._table.source, self.line.number, name, found, expected))


def number_in(text: str) -> float | None:
    """Return the plain number, with a point or a comma, that `text` is; None for anything else."""
    if not re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,6})?", text):
        return None
    return float(text.replace(",", "."))


def _why_not(text: str) -> str:
    if RUNNABLE.match(text):
        return f"{shorten(text)}, which a spreadsheet would run as a formula"
    wrong = why_not_text(text)
    return wrong or (f"{len(text)} characters" if len(text) > LONGEST_CELL else "")


def faults_of_doubles(table: PeopleTable, name: str) -> list[Fault]:
    """Return a fault for each line whose cell under `name` stands on an earlier line, too."""
    first: dict[str, int] = {}
    faults = []
    place = table.places[name]
    for line in table.lines:
        text = line.cells[place] if place < len(line.cells) else ""
        before = first.setdefault(folded(text), line.number) if text else line.number
        if before != line.number:
            expected = "each name once: for two people add what tells them apart"
            faults.append(Fault(table.source, line.number, name, f"the name of line {before}", expected))
    return faults


def reading_of(table: PeopleTable, people: Iterable[T], faults: Iterable[Fault]) -> PeopleReading[T]:
    """Return what was read of `table`, its faults in the order of the lines; no row at all is one, too."""
    none = [] if table.lines else [Fault(table.source, 2, "", "no row", "one row a person")]
    in_order = sorted([*faults, *none], key=lambda fault: fault.line or 0)
    return PeopleReading(len(table.lines), tuple(people), tuple(in_order), table.not_read)
