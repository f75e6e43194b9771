"""Numbers and letters typed for closed answers: what is asked in one line, and what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from instruments.answers import Answer, Rating, why_not
from instruments.model import ChoiceFormat, MarkFormat, RatingFormat, text_in
from tui.asking import choice_lines, unit_of
from tui.cleaning import clean

LONG_LIST = 200
"""Characters above which choices are told one a line every time."""
_NUMBER = re.compile(r"(\d{1,7})[.)]?")
_DECIMAL = re.compile(r"\d{1,7}(?:[.,]\d{1,4})?")


def number_in(line: str) -> int | None:
    """Return the whole number that `line` is, or None."""
    found = _NUMBER.fullmatch(line) if line.isascii() else None
    return int(found[1]) if found else None


def decimal_in(line: str) -> float | None:
    """Return the number that `line` is, or None."""
    is_number = line.isascii() and _DECIMAL.fullmatch(line)
    return float(line.replace(",", ".")) if is_number else None


def choice_prompt(choices: Sequence[tuple[int, str]], *, is_new: bool) -> tuple[tuple[str, ...], str]:
    """Return the lines that tell new or long `choices`, and the prompt; known short ones stand in it."""
    span = span_of(choices)
    labelled = [(number, label) for number, label in choices if label]
    between = "; " if any("," in label for _, label in labelled) else ", "
    told = between.join(f"{number} {label}" for number, label in labelled)
    has_gaps = len(labelled) < len(choices)
    if has_gaps:
        return (), f"Your answer, {span}; {told}."
    if is_new or len(told) > LONG_LIST:
        return tuple(f"{number} {label}" for number, label in choices), f"Your answer, {span}."
    return (), f"Your answer: {told}."


def span_of(choices: Sequence[tuple[int, str]]) -> str:
    """Return which numbers there are, in words."""
    first, last = choices[0][0], choices[-1][0]
    between = " or " if len(choices) == 2 else " to "
    return str(first) if len(choices) == 1 else f"{first}{between}{last}"


def not_a_choice(choices: Sequence[tuple[int, str]]) -> str:
    """Return a kind sentence for what is none of `choices`."""
    return f"Please type a number, {span_of(choices)}, or help."


def choices_of(fmt: ChoiceFormat, language: str) -> tuple[tuple[int, str], ...]:
    """Return number and label of each choice."""
    return tuple((line.number, line.label) for line in choice_lines(fmt, language))


def read_choice(fmt: ChoiceFormat, line: str, language: str) -> Answer | str:
    """Return the answer that `line` gives, or why it gives none."""
    number = number_in(line)
    for choice in choice_lines(fmt, language):
        if choice.number == number:
            return choice.answer
    return not_a_choice(choices_of(fmt, language))


def mark_prompt(fmt: MarkFormat, language: str, *, is_new: bool) -> str:
    """Return how a mark and its chance are typed; with an example where it is new."""
    flagged, fine = (clean(text_in(label, language)) for label in (fmt.flagged, fmt.fine))
    first, second = dict.fromkeys(line.letter for line in choice_lines(fmt, language))
    chances = ", ".join(
        f"{number} about {chance}" for number, chance in enumerate(sorted(fmt.confidences), 1)
    )
    return (
        f"Your answer: {first} {flagged} or {second} {fine}, then how sure: {chances} in 100."
        f"{f' For example {first}1.' if is_new else ''}"
    )


def read_mark(fmt: MarkFormat, line: str, language: str) -> Answer | str:
    """Return the answer that a letter and a number give, or why they give none."""
    lines = choice_lines(fmt, language)
    typed = line.lower().replace(" ", "").rstrip(".")
    for choice in lines:
        if typed == f"{choice.letter}{choice.number}":
            return choice.answer
    first, second = dict.fromkeys(choice.letter for choice in lines)
    last = len(fmt.confidences)
    return f"Please type {first} or {second} and a number from 1 to {last}, such as {first}1, or help."


def rating_prompt(fmt: RatingFormat, language: str) -> str:
    """Return which numbers there are, and what the ends mean."""
    low, high, unit = (clean(text_in(texts, language)) for texts in (fmt.low, fmt.high, fmt.unit))
    steps = f" in steps of {fmt.step}" if fmt.step != 1 else ""
    unit = f" {unit_of(fmt.maximum, unit)}" if unit else ""
    span = f"from {fmt.minimum} to {fmt.maximum}{unit}{steps}"
    ends = ", ".join(f"{at} {says}" for at, says in ((fmt.minimum, low), (fmt.maximum, high)) if says)
    return f"Your answer, a number {span}{f'; {ends}' if ends else ''}."


def read_rating(fmt: RatingFormat, line: str) -> Answer | str:
    """Return the rating that `line` gives, or why it gives none."""
    number = number_in(line)
    if number is None:
        return f"Please type a whole number from {fmt.minimum} to {fmt.maximum}, or help."
    answer = Rating(value=number)
    return why_not(answer, fmt) or answer
