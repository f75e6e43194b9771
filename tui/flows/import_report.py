"""What an import would take and leave, as a record and as lines; no answer is ever repeated in it."""

from __future__ import annotations

from collections.abc import Sequence

from instruments.importing import Reading, Trouble
from instruments.model import Record

SHOWN = 40
"""Lines of one kind that a person is shown; `--json` prints all of them."""


class ColumnLine(Record, frozen=True):
    """A column of the file and what it is: a question, or why it is none."""

    column: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.column}: {self.meaning}"


class TroubleLine(Record, frozen=True):
    """What was not taken of a line, and why; never the value."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"line {self.line}{column}: {self.reason}"


class ImportReport(Record, frozen=True):
    """What a file has for a study; `sealed` and `already` are None as long as nothing was sealed."""

    file: str
    layout: str
    rows: int
    taken: int
    not_taken: tuple[TroubleLine, ...]
    values_left_out: tuple[TroubleLine, ...]
    columns: tuple[ColumnLine, ...]
    columns_not_read: tuple[str, ...]
    columns_not_known: tuple[ColumnLine, ...]
    questions_without_column: tuple[str, ...]
    warnings: tuple[str, ...]
    before: int = 0
    """How many of `taken` an earlier import has sealed; they are not sealed again."""
    sealed: int | None = None
    already: int | None = None

    def lines(self) -> tuple[str, ...]:
        """Return the report as lines for a person."""
        refused = len({one.line for one in self.not_taken})
        before = f"Imported before: {self.before}. " if self.before else ""
        return (
            f"{self.file}: read as {self.layout}, {self.rows} rows.",
            f"Can be taken: {self.taken - self.before}. {before}Cannot: {refused}.",
            *listed("Not taken", self.not_taken),
            *listed("Values left out", self.values_left_out),
            *_taken(self.columns),
            *listed("Columns not known, so not read", self.columns_not_known),
            *listed("Columns about the survey itself, not read", self.columns_not_read),
            *listed("Questions of the study without a column", self.questions_without_column),
            *self.warnings,
        )


def report_of(file: str, reading: Reading, warnings: Sequence[str], before: int) -> ImportReport:
    """Return what `reading` of `file` found; `before` of its people are imported already."""
    columns = reading.columns
    return ImportReport(
        file=file,
        layout=columns.layout,
        rows=reading.rows,
        taken=len(reading.respondents),
        not_taken=tuple(map(_line, reading.refused)),
        values_left_out=tuple(map(_line, reading.left_out)),
        columns=tuple(ColumnLine(column=name, meaning=what) for name, what in columns.meanings),
        columns_not_read=columns.left_out,
        columns_not_known=tuple(ColumnLine(column=u.column, meaning=u.reason) for u in columns.unknown),
        questions_without_column=reading.without_column,
        warnings=tuple(warnings),
        before=before,
    )


def _line(trouble: Trouble) -> TroubleLine:
    return TroubleLine(line=trouble.line, column=trouble.column, reason=trouble.reason)


def _taken(columns: Sequence[ColumnLine]) -> list[str]:
    if columns and all(one.column == one.meaning for one in columns):
        return [f"Columns taken: {len(columns)}, each named after its question."]
    return listed("Columns taken", columns)


def listed(title: str, lines: Sequence[object]) -> list[str]:
    """Return `lines` under a title, the first SHOWN of them; nothing where there are none."""
    if not lines:
        return []
    more = [f"  ... and {len(lines) - SHOWN} more (--json lists all)"] if len(lines) > SHOWN else []
    return [f"{title}:", *(f"  {line}" for line in lines[:SHOWN]), *more]
