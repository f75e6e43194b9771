"""What has to hold within one response format: anchors that fit the points, steps that fit the line."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from instruments.checking import Misfits
from instruments.locate import Path
from instruments.model import (
    ChoiceFormat,
    Format,
    MarkFormat,
    Option,
    RatingFormat,
    RowsFormat,
    TextFormat,
)

MAX_OPTIONS = 100


def repeated(values: Iterable[Any]) -> list[tuple[int, Any]]:
    """Return index and value of every text or number that stood before already."""
    seen: set[Hashable] = set()
    found = []
    for index, value in enumerate(values):
        if not isinstance(value, str | int | float):
            continue
        if value in seen:
            found.append((index, value))
        seen.add(value)
    return found


def check_format(fmt: Format, path: Path, misfits: Misfits) -> None:
    """Note what does not fit within one response format."""
    match fmt:
        case ChoiceFormat():
            _check_options(fmt.options, (*path, "options"), misfits, ends=fmt.labelled == "ends")
        case RatingFormat():
            _check_rating(fmt, path, misfits)
        case TextFormat(max_length=longest):
            if not 1 <= longest <= 20_000:
                misfits.add((*path, "max_length"), str(longest), "1 to 20,000 characters")
        case RowsFormat():
            _check_rows(fmt, path, misfits)
        case MarkFormat():
            _check_mark(fmt, path, misfits)


def _check_options(options: Sequence[Option], path: Path, misfits: Misfits, *, ends: bool) -> None:
    if not 2 <= len(options) <= MAX_OPTIONS:
        misfits.add(path, f"{len(options)} options", f"2 to {MAX_OPTIONS} options")
    for index, code in repeated(option.code for option in options):
        misfits.add((*path, index, "code"), f"{code} a second time", "a code of its own")
    for index, score in repeated(option.score for option in options):
        if options[index].value is not None:
            misfits.add((*path, index, "value"), f"{score:g} a second time", "a value of its own")
    for index, option in enumerate(options):
        is_end = index in {0, len(options) - 1}
        if not option.label and (is_end or not ends):
            expected = "a label at each end" if ends else "a label: labelled is 'all'"
            misfits.add((*path, index), "no label", expected)
        if option.label and ends and not is_end:
            misfits.add((*path, index, "label"), "a label", "no label between the ends: labelled is 'ends'")
    labels = [option.label.get("en", "") for option in options]
    for index, label in repeated(labels):
        if label:
            misfits.add((*path, index, "label"), "a label a second time", "a label of its own")


def _check_rating(fmt: RatingFormat, path: Path, misfits: Misfits) -> None:
    if fmt.minimum >= fmt.maximum:
        misfits.add((*path, "maximum"), str(fmt.maximum), f"more than the minimum, {fmt.minimum}")
    if fmt.step < 1 or (fmt.maximum - fmt.minimum) % max(fmt.step, 1):
        misfits.add((*path, "step"), str(fmt.step), "a step that leads from the minimum to the maximum")
    for key, text in (("low", fmt.low), ("high", fmt.high)):
        if not text:
            misfits.add((*path, key), "no label", "a label at each end")


def _check_rows(fmt: RowsFormat, path: Path, misfits: Misfits) -> None:
    if not 1 <= fmt.max_rows <= 20:
        misfits.add((*path, "max_rows"), str(fmt.max_rows), "1 to 20 rows")
    if not fmt.columns:
        misfits.add((*path, "columns"), "an empty list", "at least one column")
    for index, name in repeated(column.id for column in fmt.columns):
        misfits.add((*path, "columns", index, "id"), f"{name!r} a second time", "an id of its own")
    for index, column in enumerate(fmt.columns):
        place = (*path, "columns", index)
        if not column.title:
            misfits.add((*place, "title"), "no title", "a title")
        if column.is_choice:
            _check_options(column.options, (*place, "options"), misfits, ends=False)
        elif not (column.minimum < column.maximum and 0 < column.step <= column.maximum - column.minimum):
            found = f"{column.minimum:g} to {column.maximum:g} by {column.step:g}"
            misfits.add(place, found, "options, or a minimum, a larger maximum and a step between them")


def _check_mark(fmt: MarkFormat, path: Path, misfits: Misfits) -> None:
    allowed = fmt.confidences
    if not allowed or any(not 50 <= one <= 100 for one in allowed) or list(allowed) != sorted(set(allowed)):
        misfits.add((*path, "confidences"), str(list(allowed))[:60], "rising chances from 50 to 100")
    for key, text in (("flagged", fmt.flagged), ("fine", fmt.fine)):
        if not text:
            misfits.add((*path, key), "no label", "a label")
