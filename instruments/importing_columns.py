"""Which column of a table is which question: layouts of LimeSurvey and REDCap, our own ids, or a map."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from instruments.errors import BadInput, Fault
from instruments.importing_table import Table
from instruments.model import ChoiceFormat, RowsFormat
from instruments.questions import Battery, Question

Layout = Literal["limesurvey", "redcap", "plain"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
ID, SUBMITTED, LEFT_OUT = "id", "submitted", "-"
"""What a column can be besides a question: who answered, when it was handed in, and not to be read."""

_TICK = re.compile(r"(.+)___(\d+)")
_BRACKETS = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]")
_LIMESURVEY = {"lastpage", "startlanguage", "submitdate", "seed"}
_LIMESURVEY_OWN = re.compile(
    r"lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl|interviewtime|grouptime\d*|.*time"
    r"|.*\[(other|comment|.*comment)\]",
    re.IGNORECASE,
)
_REDCAP_OWN = re.compile(r"redcap_.*|.*_complete|.*_timestamp", re.IGNORECASE)
_IDS: dict[Layout, frozenset[str]] = {
    "limesurvey": frozenset({"id"}),
    "redcap": frozenset({"record_id", "recordid", "study_id"}),
    "plain": frozenset({"id", "respondent", "respondent_id"}),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a column answers: a question, one tick box of it (`tick`), or one cell of its rows (`cell`)."""

    question: str
    tick: int | None = None
    cell: tuple[int, str] | None = None
    """Row (1-based) and id of the column."""

    def __str__(self) -> str:
        if self.tick is not None:
            return f"{self.question}, answer {self.tick}"
        return f"{self.question}[{self.cell[0]}_{self.cell[1]}]" if self.cell else self.question


@dataclass(frozen=True, slots=True)
class Unknown:
    """A column that is no question of the study, and why."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table is, by its place in the header."""

    layout: Layout
    targets: dict[int, Target]
    respondent: int | None
    """The column that tells respondents apart."""
    submitted: int | None
    """The column that is empty for people who did not hand in."""
    left_out: tuple[str, ...]
    """Columns that the survey program adds about itself: not read."""
    unknown: tuple[Unknown, ...]
    meanings: tuple[tuple[str, str], ...]
    """Name and meaning of every column that is read."""


def columns_of(
    table: Table, battery: Battery, layout: Layout | None = None, mapping: Mapping[str, str] | None = None
) -> Columns:
    """Return what the columns of `table` are, by `layout` (found out where None); `mapping` goes first.

    Raises BadInput when the layout is unclear, the map does not fit, two columns answer the same, or no
    column is known.
    """
    names = _Names(battery)
    chosen = _chosen(table.header, names, mapping or {}, table.source)
    used = layout or layout_of(table.header, table.source)
    found = _Sorter(used, names, chosen)
    for place, column in enumerate(table.header):
        found.put(place, column)
    _check_once(found.targets, table)
    if not found.targets:
        raise BadInput(
            f"{table.source}: no column of this file is a question of the study.",
            "Name the columns as docs/import.md shows, or give --map FILE (column,question).",
            (Fault(table.source, 1, "", f"{len(table.header)} columns", f"names such as {names.example}"),),
        )
    return Columns(
        used,
        found.targets,
        found.respondent,
        found.submitted,
        tuple(found.own),
        found.unknown,
        tuple((table.header[place], str(target)) for place, target in found.targets.items()),
    )


def layout_of(header: Iterable[str], source: str) -> Layout:
    """Return the layout that the names of the columns speak for; BadInput when they speak for two."""
    names = [name.casefold() for name in header]
    limesurvey = any(name in _LIMESURVEY for name in names)
    redcap = any(_TICK.fullmatch(name) or name.startswith("redcap_") or name == "record_id" for name in names)
    if limesurvey and redcap:
        raise BadInput(
            f"{source}: the columns look like LimeSurvey and like REDCap.", "Say which one with --layout."
        )
    if limesurvey or redcap:
        return "limesurvey" if limesurvey else "redcap"
    is_coded = any(_BRACKETS.fullmatch(name) and "/" not in name for name in names)
    return "limesurvey" if is_coded else "plain"


class _Names:
    """Every name under which a question, a tick box or a cell of rows may stand."""

    def __init__(self, battery: Battery) -> None:
        self._exact: dict[str, Target] = {}
        self._loose: dict[str, list[Target]] = defaultdict(list)
        self._choices: dict[str, frozenset[int]] = {}
        for question in battery.questions():
            self._add(question)
        self.example = next(iter(self._exact), "instrument/item")

    def _add(self, question: Question) -> None:
        item = question.id.partition("/")[2]
        whole = Target(question.id)
        self._exact[question.id] = whole
        for name in {_plain(question.id), _plain(item)}:
            self._loose[name].append(whole)
        if isinstance(question.format, ChoiceFormat):
            self._choices[question.id] = frozenset(option.code for option in question.format.options)
        if isinstance(question.format, RowsFormat):
            for row in range(1, question.format.max_rows + 1):
                for column in question.format.columns:
                    cell = Target(question.id, cell=(row, column.id))
                    self._exact[f"{question.id}[{row}_{column.id}]"] = cell
                    self._loose[_plain(f"{question.id}{row}{column.id}")].append(cell)

    def exact(self, name: str) -> Target | None:
        """Return what one of our own ids stands for."""
        return self._exact.get(name)

    def like(self, name: str) -> list[Target]:
        """Return what `name` may stand for, upper case and signs aside."""
        exact = self._exact.get(name)
        return [exact] if exact else self._loose.get(_plain(name), [])

    def has_option(self, question: str, code: int) -> bool:
        """Whether the closed list of `question` has an answer with this code."""
        return code in self._choices.get(question, frozenset())


class _Sorter:
    """Puts one column after the other where it belongs."""

    def __init__(self, layout: Layout, names: _Names, chosen: dict[str, Target | str]) -> None:
        self.targets: dict[int, Target] = {}
        self.respondent: int | None = None
        self.submitted: int | None = None
        self.own: list[str] = []
        self._unknown: list[Unknown] = []
        self._layout = layout
        self._names = names
        self._chosen = chosen

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """Columns that are nothing of ours, so far."""
        return tuple(self._unknown)

    def put(self, place: int, column: str) -> None:
        """Settle what the column called `column` at `place` is."""
        found = self._chosen.get(column) or self._own(column) or self._question(column)
        if isinstance(found, Target):
            self.targets[place] = found
        elif isinstance(found, Unknown):
            self._unknown.append(found)
        elif found == ID and self.respondent is None:
            self.respondent = place
        elif found == SUBMITTED:
            self.submitted = place
        else:
            self.own.append(column)

    def _own(self, column: str) -> str:
        """Return what a column of the survey program itself is, empty for any other."""
        name = column.casefold()
        if name in _IDS[self._layout]:
            return ID
        if self._layout == "limesurvey":
            if name == "submitdate":
                return SUBMITTED
            return LEFT_OUT if _LIMESURVEY_OWN.fullmatch(column) and not self._names.like(column) else ""
        return LEFT_OUT if self._layout == "redcap" and _REDCAP_OWN.fullmatch(column) else ""

    def _question(self, column: str) -> Target | Unknown:
        tick = _TICK.fullmatch(column) if self._layout == "redcap" else None
        if tick:
            return self._tick(column, tick.group(1), int(tick.group(2)[:9]))
        found = self._names.like(column)
        inner = _BRACKETS.fullmatch(column)
        if not found and inner and self._layout == "limesurvey":
            found = self._names.like(inner.group(2))
        return _only(column, found)

    def _tick(self, column: str, field: str, code: int) -> Target | Unknown:
        found = _only(column, self._names.like(field))
        if isinstance(found, Unknown) or self._names.has_option(found.question, code):
            return found if isinstance(found, Unknown) else Target(found.question, tick=code)
        return Unknown(column, f"{found.question} has no answer {code}")


def _only(column: str, found: list[Target]) -> Target | Unknown:
    if len(found) == 1:
        return found[0]
    if not column:
        return Unknown(column, "the column has no name")
    if not found:
        return Unknown(column, "no question of the study has this name")
    names = ", ".join(target.question for target in found[:3])
    return Unknown(column, f"it could be any of: {names}")


def _chosen(
    header: tuple[str, ...], names: _Names, mapping: Mapping[str, str], source: str
) -> dict[str, Target | str]:
    """Return what the map says of columns; BadInput with every entry that does not fit."""
    chosen: dict[str, Target | str] = {}
    faults = []
    for column, question in mapping.items():
        target = question if question in {ID, LEFT_OUT} else names.exact(question)
        if column not in header:
            faults.append(Fault("the map", None, column, "no such column", f"a column of {source}"))
        elif target is None:
            expected = f"an id such as {names.example}, or {ID}, or {LEFT_OUT}"
            faults.append(Fault("the map", None, column, repr(question[:60]), expected))
        else:
            chosen[column] = target
    if faults:
        raise BadInput("The map does not fit the file and the study.", "Mend the map.", tuple(faults))
    return chosen


def _check_once(targets: Mapping[int, Target], table: Table) -> None:
    """Refuse two columns for the same answer: nobody can tell which one holds."""
    places: dict[Target, list[str]] = defaultdict(list)
    for place, target in targets.items():
        places[target].append(table.header[place])
    faults = tuple(
        Fault(table.source, 1, target.question, f"the columns {', '.join(columns)}", "one column")
        for target, columns in places.items()
        if len(columns) > 1
    )
    if faults:
        todo = "Remove the others, or leave them out with a map (column,-)."
        raise BadInput(f"{table.source}: several columns answer the same question.", todo, faults)


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.casefold())
