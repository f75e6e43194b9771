"""The five kinds of answers, and skipping; each is checked against its response format."""

from __future__ import annotations

from instruments.model import (
    ChoiceFormat,
    Column,
    Format,
    MarkFormat,
    RatingFormat,
    Record,
    RowsFormat,
    TextFormat,
)


class Choice(Record, frozen=True, tag="choice", tag_field="kind"):
    """The code of one option."""

    code: int


class Rating(Record, frozen=True, tag="rating", tag_field="kind"):
    """A number on the format's line."""

    value: int


class Text(Record, frozen=True, tag="text", tag_field="kind"):
    """Free text."""

    value: str


class Rows(Record, frozen=True, tag="rows", tag_field="kind"):
    """Rows of numbers, one a column (the option's code where the column is a closed list)."""

    rows: tuple[tuple[float, ...], ...] = ()


class Marked(Record, frozen=True, tag="mark", tag_field="kind"):
    """Whether something was flagged, and the chance of being right in per cent."""

    flagged: bool
    confidence: int


class Skipped(Record, frozen=True, tag="skipped", tag_field="kind"):
    """Passed over on purpose."""


Answer = Choice | Rating | Text | Rows | Marked | Skipped


def why_not(answer: Answer, fmt: Format) -> str:
    """Return why `answer` does not fit `fmt`, in words for the person; empty when it fits."""
    match answer, fmt:
        case Skipped(), _:
            return ""
        case Choice(code=code), ChoiceFormat(options=options):
            return "" if any(option.code == code for option in options) else "This is not one of the choices."
        case Rating(value=value), RatingFormat():
            return _why_not_rating(value, fmt)
        case Text(value=value), TextFormat(max_length=longest):
            return "" if len(value) <= longest else f"This is longer than {longest} characters."
        case Rows(rows=rows), RowsFormat():
            return _why_not_rows(rows, fmt)
        case Marked(confidence=confidence), MarkFormat(confidences=allowed):
            return "" if confidence in allowed else "This is not one of the chances offered."
        case _:
            return "This kind of answer does not belong to this question."


def _why_not_rating(value: int, fmt: RatingFormat) -> str:
    if not fmt.minimum <= value <= fmt.maximum:
        return f"Please choose a number from {fmt.minimum} to {fmt.maximum}."
    if (value - fmt.minimum) % fmt.step:
        return f"Please go in steps of {fmt.step}."
    return ""


def _why_not_rows(rows: tuple[tuple[float, ...], ...], fmt: RowsFormat) -> str:
    if len(rows) > fmt.max_rows:
        return f"At most {fmt.max_rows} rows fit here."
    for row in rows:
        if len(row) != len(fmt.columns):
            return "A row is not complete."
        for value, column in zip(row, fmt.columns, strict=True):
            if column.is_choice and not any(option.code == value for option in column.options):
                return "One entry is not one of the choices."
            if not column.is_choice and not column.minimum <= value <= column.maximum:
                return f"Please give a number from {column.minimum:g} to {column.maximum:g}."
            if not column.is_choice and not _is_on_step(value, column):
                return f"Please go in steps of {column.step:g}."
    return ""


def _is_on_step(value: float, column: Column) -> bool:
    steps = (value - column.minimum) / column.step if column.step else 0.0
    return abs(steps - round(steps)) < 1e-9


def score_of(answer: Answer | None, fmt: Format) -> float | None:
    """Return the number that scoring uses, before any reversal; None for no answer or text and rows."""
    match answer, fmt:
        case Choice(code=code), ChoiceFormat(options=options):
            return next((option.score for option in options if option.code == code), None)
        case Rating(value=value), RatingFormat():
            return float(value)
        case _:
            return None
