"""Somebody in plain mode: types prepared lines, and keeps all that was told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.model import ChoiceFormat, Format, MarkFormat, RowsFormat
from tui.asking import choice_lines
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.plain.run import take_plainly
from tui.plain.talk import Talk
from tui.rows_entry import RowsEntry

Step = str | Callable[[list[str]], str]
"""A line to type, or what makes it from all that was told."""


def word_back(told: list[str]) -> str:
    """Return the word of the new personal code that the last line asks for."""
    wanted = re.fullmatch(r"Word ([1-6]):", told[-1])
    assert wanted, told[-1]
    return next(line[2:] for line in reversed(told) if re.fullmatch(f"{wanted[1]} [a-z]+", line))


AGREE: tuple[Step, ...] = ("1", "1", word_back, word_back)
"""From the first page behind the personal code, where no ticket is needed."""


def sit(session: TakingSession, *steps: Step) -> tuple[TakeOutcome, list[str]]:
    """Take part with `steps`, then the input ends; returns how it ended and what was told."""
    told: list[str] = []
    typed = iter(steps)

    def listen(hidden_prompt: str) -> str | None:
        if hidden_prompt:
            told.append(hidden_prompt)
        step = next(typed, None)
        if step is None:
            return None
        return f"{step(told) if callable(step) else step}\n"

    clock = itertools.count(0.0, 5.0)
    outcome = take_plainly(session, Talk(listen, told.append), lambda: next(clock))
    return outcome, told


def typed_for(answer: Answer, fmt: Format, *, draft: str = "") -> tuple[str, ...]:
    """Return the lines that give `answer` to a question of `fmt`; to a `draft` lines are added."""
    match answer, fmt:
        case Skipped(), _:
            return ("skip",)
        case Rating(value=value), _:
            return (str(value),)
        case Choice() | Marked(), ChoiceFormat() | MarkFormat():
            line = next(line for line in choice_lines(fmt, "en") if line.answer == answer)
            return (f"{line.letter}{line.number}",)
        case Text(value=value), _:
            added = [line for line in value.removeprefix(draft).split("\n") if line]
            return ("add", *added, "done", "done") if draft else (*added, "done")
        case Rows(rows=rows), RowsFormat():
            return tuple(_typed_rows(rows, fmt))
    raise AssertionError(answer)


def _typed_rows(rows: tuple[tuple[float, ...], ...], fmt: RowsFormat) -> list[str]:
    entry, lines = RowsEntry(fmt, "en"), []
    for row in rows:
        lines.append("1")
        opened = entry.chosen(0)
        assert opened is not None
        entry = opened
        for value in row:
            codes = [float(option.code) for option in entry.column.options]
            lines.append(str(entry.choices[codes.index(value)][0]) if codes else f"{value:g}")
            entry = entry.taken(value)
    return [*lines, "2" if len(rows) < fmt.max_rows else "1"]
