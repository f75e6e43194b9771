"""What a question looks like in words: its choices, an answer read back, a change of answer format."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.model import (
    ChoiceFormat,
    Column,
    Format,
    MarkFormat,
    Option,
    RatingFormat,
    RowsFormat,
    TextFormat,
    text_in,
)
from tui.cleaning import clean

_COMMANDS = "bsqnt"
"""Letters that do something else where a mark is asked for."""
NOT_ANSWERED = "not answered"

NEW_FORMAT: dict[type[Format], str] = {
    ChoiceFormat: "New here: the choices are different from here on.",
    RatingFormat: "New here: you answer with a number on a line.",
    TextFormat: "New here: you answer in your own words.",
    RowsFormat: "New here: you may enter a few lines, or none.",
    MarkFormat: "New here: you say what you think, and how sure you are.",
}


def news(before: Format, now: Format) -> str:
    """Return what to say when the way to answer changes; of choices also when only their labels do."""
    if before == now or (type(before) is type(now) and not isinstance(now, ChoiceFormat)):
        return ""
    return NEW_FORMAT[type(now)]


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One line of a list to choose from: its number, what is shown, the answer, and the letter before it."""

    number: int
    label: str
    answer: Choice | Marked
    letter: str = ""


def choice_lines(fmt: ChoiceFormat | MarkFormat, language: str) -> tuple[ChoiceLine, ...]:
    """Return the lines of `fmt`; a mark becomes one line a mark and chance.

    Lines of a mark have a letter of it, and the same number for the same chance.
    """
    if isinstance(fmt, ChoiceFormat):
        return tuple(
            ChoiceLine(number, _shown_label(fmt, place, language), Choice(code=option.code))
            for place, (number, option) in enumerate(
                zip(shown_numbers(fmt.options), fmt.options, strict=True)
            )
        )
    flagged, fine = clean(text_in(fmt.flagged, language)), clean(text_in(fmt.fine, language))
    marks = zip((True, False), (flagged, fine), _letters(flagged, fine), strict=True)
    return tuple(
        ChoiceLine(
            number,
            f"{label}, about {chance} in 100 sure",
            Marked(flagged=mark, confidence=chance),
            letter,
        )
        for mark, label, letter in marks
        for number, chance in enumerate(sorted(fmt.confidences), 1)
    )


def _letters(*labels: str) -> tuple[str, ...]:
    """Return one letter a label, from its last word where possible, and none that is a command."""
    chosen: list[str] = []
    for label in labels:
        words = reversed(label.lower().split())
        letters = [one for word in words for one in word if one.isascii() and one.isalpha()]
        free = (one for one in (*letters, *ascii_lowercase) if one not in _COMMANDS and one not in chosen)
        chosen.append(next(free))
    return tuple(chosen)


def shown_numbers(options: tuple[Option, ...]) -> tuple[int, ...]:
    """Return the numbers shown before `options`: their codes where these count up from 0 or 1."""
    codes = tuple(option.code for option in options)
    count = len(codes)
    return codes if codes in {tuple(range(count)), tuple(range(1, count + 1))} else tuple(range(1, count + 1))


def _shown_label(fmt: ChoiceFormat, place: int, language: str) -> str:
    is_end = place in {0, len(fmt.options) - 1}
    if fmt.labelled == "ends" and not is_end:
        return ""
    return clean(text_in(fmt.options[place].label, language))


def option_label(option: Option, language: str) -> str:
    """Return the option's label, or its code where it has none."""
    return clean(text_in(option.label, language)) or str(option.code)


def cell_words(value: float, column: Column, language: str) -> str:
    """Return one entry of a row in words."""
    if column.is_choice:
        return next((option_label(o, language) for o in column.options if o.code == value), "?")
    return f"{value:g}"


def row_words(
    row: tuple[float, ...], columns: tuple[Column, ...], language: str, *, is_full: bool = False
) -> str:
    """Return one row in words, also an unfinished one; in full, its numbers say what they count."""
    words = []
    for value, column in zip(row, columns, strict=False):
        told = cell_words(value, column, language)
        named = is_full and not column.is_choice
        words.append(f"{clean(text_in(column.title, language))}: {told}" if named else told)
    return " · ".join(words)


def unit_of(value: float | None, unit: str) -> str:
    """Return `unit` as it is said of `value`: 1 day, 2 days."""
    return unit[:-1] if value == 1 and unit.endswith("s") else unit


def answer_words(answer: Answer | None, fmt: Format, language: str) -> str:
    """Return `answer` as the review page reads it back."""
    match answer, fmt:
        case Choice(code=code), ChoiceFormat(options=options):
            return _choice_words(code, fmt, next(o for o in options if o.code == code), language)
        case Rating(value=value), RatingFormat(unit=unit):
            return f"{value} {unit_of(value, clean(text_in(unit, language)))}".strip()
        case Text(value=value), _:
            return " ".join(clean(value).split())
        case Rows(rows=rows), RowsFormat(columns=columns, none_label=none_label):
            words = "; ".join(row_words(row, columns, language) for row in rows)
            return words or clean(text_in(none_label, language)) or "none"
        case Marked(), MarkFormat():
            return next(line.label for line in choice_lines(fmt, language) if line.answer == answer)
        case Skipped(), _:
            return "skipped"
        case _:
            return NOT_ANSWERED


def words_used(text: str, most: int) -> str:
    """Return how many words `text` has, as the marks count them, and how many are asked for (0: not said)."""
    from instruments.tasks.readability import words_of
    from instruments.tasks.tokens import normalise

    count = len(words_of(normalise(text)))
    return f"{count} words{f', at most {most} are asked for' if most else ''}"


def _choice_words(code: int, fmt: ChoiceFormat, option: Option, language: str) -> str:
    if fmt.labelled == "all":
        return option_label(option, language)
    numbers = shown_numbers(fmt.options)
    number = next(n for n, one in zip(numbers, fmt.options, strict=True) if one.code == code)
    last = clean(text_in(fmt.options[-1].label, language))
    return f"{number} of {numbers[-1]} ({numbers[-1]} = {last})"
