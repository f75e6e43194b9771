"""One cell from elsewhere as an answer: a number or a label of the response format, or nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from instruments.answers import Answer, Choice, Rating, Rows, Text, why_not
from instruments.model import (
    ChoiceFormat,
    Column,
    Format,
    Option,
    RatingFormat,
    RowsFormat,
    TextFormat,
    text_in,
)
from instruments.texts import CONTROL

MISSING = frozenset({"", "-oth-", "n/a", "na", "#n/a", "#null!", "null", "nan", ".", "-"})
"""Cells that say that there is no answer, in lower case."""
NONE = frozenset({"0", "none"})
"""Cells that say "no row at all" where rows are asked for; the format's own words for it do too."""
_CODE = re.compile(r"[+-]?\d{1,9}(?:[.,]0+)?")
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,9})?")
_LETTERED = re.compile(r"ao?(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell is no answer to its question; `expected` says what would be. The cell itself is not kept."""

    expected: str


Value = Answer | Misfit | None
"""An answer, no answer, or a cell that does not fit."""


class CellReader:
    """Reads single cells for one question; the same cell always gives the same answer."""

    def __init__(
        self, fmt: Format, language: str, missing: Collection[str] = (), *, lettered: bool = False
    ) -> None:
        """Read for `fmt`; `missing` names further cells that are no answer.

        `lettered` takes ``A3`` and ``AO03``, as LimeSurvey codes its answers, for the third of a list that
        counts from 1.
        """
        self._format = fmt
        self._missing = MISSING | {folded(one) for one in missing}
        self._own_missing = frozenset(folded(one) for one in missing)
        self._lettered = lettered
        self._codes = _codes(fmt.options) if isinstance(fmt, ChoiceFormat) else {}
        none_label = text_in(fmt.none_label, language) if isinstance(fmt, RowsFormat) else ""
        self._none = NONE | {folded(none_label)}
        self._known: dict[str, Value] = {}

    def read(self, cell: str) -> Value:
        """Return what `cell` answers."""
        if isinstance(self._format, TextFormat):
            return self._read(cell)
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def _read(self, cell: str) -> Value:
        text = folded(cell)
        if text in self._own_missing or (text in self._missing and text not in self._codes):
            return None
        match self._format:
            case ChoiceFormat():
                code = code_in(text, self._codes, lettered=self._lettered)
                return Misfit(_choices(self._format.options)) if code is None else Choice(code=code)
            case RatingFormat():
                return _rating(text, self._format)
            case TextFormat():
                return _text(cell, self._format)
            case RowsFormat() if text in self._none:
                return Rows()
            case _:
                return Misfit("0 or “none”; what is in rows has a column for each entry")


class RowsReader:
    """Reads the rows of one question, which stand in a column for each entry."""

    def __init__(self, fmt: RowsFormat, missing: Collection[str] = ()) -> None:
        self._format = fmt
        self._missing = MISSING | {folded(one) for one in missing}
        self._codes = {column.id: _codes(column.options) for column in fmt.columns}
        self._known: dict[tuple[str, str], float | Misfit | None] = {}

    def read(self, cells: Mapping[tuple[int, str], str]) -> Value:
        """Return the rows in `cells`, by row (from 1) and column; None when all are missing.

        A row is there whole or not at all.
        """
        rows = []
        for number in range(1, self._format.max_rows + 1):
            row = [self._entry(cells.get((number, column.id), ""), column) for column in self._format.columns]
            values = [entry for entry in row if isinstance(entry, float)]
            if len(values) == len(row):
                rows.append(tuple(values))
            elif any(entry is not None for entry in row):
                return Misfit(f"in row {number} a fitting entry in each of its {len(row)} columns")
        answer = Rows(rows=tuple(rows))
        return (
            (Misfit(why_not(answer, self._format)) if why_not(answer, self._format) else answer)
            if rows
            else None
        )

    def _entry(self, cell: str, column: Column) -> float | Misfit | None:
        key = (column.id, cell)
        if key not in self._known:
            text = folded(cell)
            known = text in self._codes[column.id]
            self._known[key] = None if text in self._missing and not known else self._number(text, column)
        return self._known[key]

    def _number(self, text: str, column: Column) -> float | Misfit:
        if column.is_choice:
            code = code_in(text, self._codes[column.id])
            return Misfit(_choices(column.options)) if code is None else float(code)
        return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else Misfit("a number")


def folded(text: str) -> str:
    """Return `text` as labels are compared: one case, one kind of apostrophe, single spaces."""
    plain = unicodedata.normalize("NFKC", CONTROL.sub("", text)).replace("\u2019", "'")
    return " ".join(plain.casefold().split())


def code_in(text: str, codes: Mapping[str, int | None], *, lettered: bool = False) -> int | None:
    """Return the code that folded `text` stands for: a label or a number; None when it is none or unclear."""
    if text in codes:
        return codes[text]
    if _CODE.fullmatch(text):
        return codes.get(str(int(re.split("[.,]", text)[0])))
    letters = _LETTERED.fullmatch(text) if lettered else None
    numbers = {code for code in codes.values() if code is not None}
    if letters and numbers == set(range(1, len(numbers) + 1)):
        return codes.get(str(int(letters.group(1))))
    return None


def _codes(options: tuple[Option, ...]) -> dict[str, int | None]:
    """Return the code by folded label and by number; None where one text stands for two."""
    codes: dict[str, int | None] = {}
    for option in options:
        for name in {str(option.code), *(folded(label) for label in option.label.values())} - {""}:
            codes[name] = option.code if codes.get(name, option.code) == option.code else None
    return codes


def _choices(options: tuple[Option, ...]) -> str:
    codes = sorted(option.code for option in options)
    is_run = codes == list(range(codes[0], codes[0] + len(codes)))
    numbers = f"{codes[0]} to {codes[-1]}" if is_run else ", ".join(map(str, codes))
    return f"{numbers}, or one of the labels"


def _rating(text: str, fmt: RatingFormat) -> Value:
    if _CODE.fullmatch(text):
        answer = Rating(value=int(re.split("[.,]", text)[0]))
        if not why_not(answer, fmt):
            return answer
    return Misfit(f"{fmt.minimum} to {fmt.maximum} in steps of {fmt.step}")


def _text(cell: str, fmt: TextFormat) -> Value:
    answer = Text(value=CONTROL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")))
    return Misfit(f"at most {fmt.max_length} characters") if why_not(answer, fmt) else answer
