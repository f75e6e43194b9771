"""Answers collected elsewhere: a table read against a battery, every row taken or refused with its reason.

Nothing here repeats a cell: answers are personal, and so are the numbers of respondents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from instruments.answers import Answer, Choice, Rows
from instruments.importing_columns import Columns, Layout, Target, columns_of
from instruments.importing_table import Line, Table, read_table, why_not_width
from instruments.importing_values import CellReader, Misfit, RowsReader, Value, folded
from instruments.model import RowsFormat
from instruments.questions import Battery, Question

_TICKED = {"1": True, "checked": True, "yes": True, "0": False, "unchecked": False, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class How:
    """How a file is read: its layout (None: found out), a map of columns, further marks of missing answers.

    With `leave_out_values` a value that does not fit is left out, and the rest of its row is taken.
    """

    layout: Layout | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    leave_out_values: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a line that was not taken: the column (empty: the whole line), and what was expected."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's answers by question id; `name` is what the file calls the person, if anything."""

    line: int
    name: str = field(repr=False)
    answers: dict[str, Answer] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file read: who can be taken, and everything that was not."""

    columns: Columns
    rows: int
    """Rows of the file, blank lines aside."""
    respondents: tuple[Respondent, ...] = field(repr=False)
    refused: tuple[Trouble, ...]
    """Why rows were not taken; a row may stand here more than once."""
    left_out: tuple[Trouble, ...]
    """Values that were left out of rows that were taken."""
    without_column: tuple[str, ...]
    """Questions of the study, outside of tasks, that no column answers."""


def read_answers(data: bytes, source: str, battery: Battery, how: How | None = None) -> Reading:
    """Return what the csv file `data` answers of `battery`; `source` names it in messages.

    Raises BadInput when the file as a whole cannot be read (see `read_table` and `columns_of`); what is wrong
    in single rows is told in the reading.
    """
    how = how or How()
    table = read_table(data, source)
    columns = columns_of(table, battery, how.layout, how.mapping)
    reader = _RowReader(table, columns, battery, how)
    twice = _lines_by_name(table, columns)
    respondents, refused, left_out = [], [], []
    for line in table.lines:
        name = _cell(line, columns.respondent)
        reason = _why_not(line, table, columns) or _why_not_once(line, twice.get(name, []))
        answers, troubles = ({}, [Trouble(line.number, "", reason)]) if reason else reader.read(line)
        if not reason and troubles and how.leave_out_values:
            left_out += troubles
            troubles = []
        if not answers and not troubles:
            troubles = [Trouble(line.number, "", "no answer in the row")]
        refused += troubles
        respondents += [] if troubles else [Respondent(line.number, name, answers)]
    asked = {target.question for target in columns.targets.values()}
    missing = tuple(question.id for question in battery.questions() if question.id not in asked)
    return Reading(columns, len(table.lines), tuple(respondents), tuple(refused), tuple(left_out), missing)


class _RowReader:
    """Reads the answers of one line after the other."""

    def __init__(self, table: Table, columns: Columns, battery: Battery, how: How) -> None:
        self._header = table.header
        places: dict[str, dict[int, Target]] = defaultdict(dict)
        for place, target in columns.targets.items():
            places[target.question][place] = target
        self._readers = {
            question.id: _QuestionReader(question, places[question.id], columns.layout, battery.language, how)
            for question in battery.questions()
            if question.id in places
        }

    def read(self, line: Line) -> tuple[dict[str, Answer], list[Trouble]]:
        """Return the answers in `line`, and what does not fit."""
        answers: dict[str, Answer] = {}
        troubles = []
        for question, reader in self._readers.items():
            value = reader.read(line.cells)
            if isinstance(value, Misfit):
                names = ", ".join(self._header[place] for place in reader.places[:3])
                reason = f"not an answer to {question}; expected {value.expected}"
                troubles.append(Trouble(line.number, names, reason))
            elif value is not None:
                answers[question] = value
        return answers, troubles


class _QuestionReader:
    """Reads one question's answer from its columns: one for all of it, tick boxes, or entries of rows."""

    def __init__(
        self, question: Question, targets: Mapping[int, Target], layout: Layout, language: str, how: How
    ) -> None:
        self.places = tuple(targets)
        self._whole = [place for place, one in targets.items() if one.tick is None and one.cell is None]
        self._ticks = {place: one.tick for place, one in targets.items() if one.tick is not None}
        self._cells = {one.cell: place for place, one in targets.items() if one.cell is not None}
        is_lettered = layout == "limesurvey"
        self._cell = CellReader(question.format, language, how.missing, lettered=is_lettered)
        fmt = question.format
        self._rows = RowsReader(fmt, how.missing) if isinstance(fmt, RowsFormat) else None

    def read(self, cells: tuple[str, ...]) -> Value:
        """Return what the cells of one line answer."""
        value: Value = self._cell.read(cells[self._whole[0]]) if self._whole else None
        if self._ticks:
            value = _together(value, self._ticked(cells))
        if self._rows and self._cells:
            value = _together(value, self._rows.read({key: cells[at] for key, at in self._cells.items()}))
        return value

    def _ticked(self, cells: tuple[str, ...]) -> Value:
        marks = {code: _TICKED.get(folded(cells[place])) for place, code in self._ticks.items()}
        codes = [code for code, is_ticked in marks.items() if is_ticked]
        if None in marks.values() or len(codes) > 1:
            return Misfit("one box ticked (1), the others not (0)")
        return Choice(code=codes[0]) if codes else None


def _together(one: Value, other: Value) -> Value:
    """Return the one value that is there; a misfit when both are, or when either does not fit."""
    if isinstance(one, Misfit) or other is None:
        return one
    if isinstance(other, Misfit) or one is None:
        return other
    return Misfit("“none” or rows, not both" if isinstance(one, Rows) else "one answer")


def _lines_by_name(table: Table, columns: Columns) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for line in table.lines:
        name = _cell(line, columns.respondent)
        if name:
            found[name].append(line.number)
    return found


def _cell(line: Line, place: int | None) -> str:
    return line.cells[place] if place is not None and place < len(line.cells) else ""


def _why_not(line: Line, table: Table, columns: Columns) -> str:
    reason = why_not_width(line, len(table.header))
    if not reason and columns.submitted is not None and not _cell(line, columns.submitted):
        return f"not handed in: the column {table.header[columns.submitted]} is empty"
    return reason


def _why_not_once(line: Line, lines: list[int]) -> str:
    others = [str(number) for number in lines if number != line.number]
    if not others:
        return ""
    more = " and more" if len(others) > 3 else ""
    return f"the same respondent also stands on line {', '.join(others[:3])}{more}; expected one row a person"
