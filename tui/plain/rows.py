"""A few rows of the same columns, asked column by column."""

from __future__ import annotations

from instruments.answers import Rows, why_not
from instruments.model import Column, RowsFormat
from tui.plain.choosing import choice_prompt, decimal_in, not_a_choice, number_in
from tui.plain.turn import Turn
from tui.rows_entry import RowsEntry

ROWS_HELP = ("back: inside an entry, the step before",)


def ask_rows(turn: Turn, fmt: RowsFormat) -> None:
    """Ask for rows until they are complete; a finished row is on disk at once."""
    earlier = turn.earlier.rows if isinstance(turn.earlier, Rows) else ()
    entry = RowsEntry(fmt, turn.language, earlier)
    told: set[str] = set()
    tell_rows(turn, entry)
    while True:
        moved = _step(turn, entry, told)
        if moved is None:
            turn.give(Rows(rows=entry.rows))
            continue
        if moved.rows != entry.rows and turn.hold(Rows(rows=moved.rows)):
            tell_rows(turn, moved)
        entry = moved


def tell_rows(turn: Turn, entry: RowsEntry) -> None:
    """Read the finished rows."""
    turn.talk.tell(*(f"Entry {number}: {row}." for number, row in enumerate(entry.said, 1)))


def _step(turn: Turn, entry: RowsEntry, told: set[str]) -> RowsEntry | None:
    """Ask for one more step; None when the rows are complete."""
    prompt = _number_prompt(entry) if entry.asks_number else _choice_prompt(turn, entry, told)
    line = turn.ask(prompt, ROWS_HELP)
    if line.lower() in {"back", "b"} and entry.open is not None:
        return entry.back()
    if turn.command(line):
        return entry
    if entry.asks_number:
        value = decimal_in(line)
        wrong = _why_not_number(value, entry.column)
        if value is not None and not wrong:
            return entry.taken(value)
    else:
        numbers = [number for number, _ in entry.choices]
        chosen = number_in(line)
        if chosen in numbers:
            return entry.chosen(numbers.index(chosen))
        wrong = not_a_choice(entry.choices)
    turn.talk.tell(wrong)
    return entry


def _choice_prompt(turn: Turn, entry: RowsEntry, told: set[str]) -> str:
    is_menu = entry.open is None
    lines, prompt = choice_prompt(entry.choices, is_new=not is_menu and entry.column.id not in told)
    if not is_menu:
        told.add(entry.column.id)
        turn.talk.tell(f"{entry.asked}:")
    turn.talk.tell(*lines)
    return prompt


def _number_prompt(entry: RowsEntry) -> str:
    column = entry.column
    steps = f" in steps of {column.step:g}" if column.step != 1 else ""
    return f"{entry.asked}: a number from {column.minimum:g} to {column.maximum:g}{steps}."


def _why_not_number(value: float | None, column: Column) -> str:
    if value is None:
        return f"Please type a number from {column.minimum:g} to {column.maximum:g}, or help."
    return why_not(Rows(rows=((value,),)), RowsFormat(id="one", columns=(column,)))
