"""Which widget answers a question of each format, how it shows an earlier answer and reads a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.widget import Widget

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Text
from instruments.model import ChoiceFormat, Format, MarkFormat, RatingFormat, RowsFormat, TextFormat, text_in
from tui.asking import choice_lines
from tui.cleaning import clean
from tui.widgets.choice_list import ChoiceList, Entry
from tui.widgets.rating_line import RatingLine, Span

COMMANDS = "b back   s skip   ? help   q leave"
NUMBER = "type a number or ← →, then Enter"
CHOICE = "number keys or ↑ ↓ Enter"
LONG_CHOICE = "number or ↑ ↓, then Enter"
TYPING = "ctrl+n go on   ctrl+b back   ctrl+s skip   F1 help   ctrl+q leave"


@dataclass
class Body:
    """One way to answer, used for every question of its format."""

    widget: Widget
    show: Callable[[Format, Answer | None], None]
    """Show another question's format and its earlier answer."""
    read: Callable[[Any], Answer | None]
    """Turn what the widget's message carries into an answer."""
    hints: str = ""
    unfinished: Callable[[], Answer | None] | None = None
    """What has been typed and not yet given, where there is such a thing."""
    refresh_length: Callable[[], None] = lambda: None
    refresh_hints: Callable[[], None] = lambda: None


def kind_of(fmt: Format) -> str:
    """Return which body serves `fmt`: formats of one kind share one."""
    return "choice" if isinstance(fmt, ChoiceFormat | MarkFormat) else type(fmt).__name__


def body_for(fmt: Format, language: str) -> Body:
    """Return the body for questions of the kind of `fmt`."""
    match fmt:
        case RatingFormat():
            return _rating(fmt, language)
        case TextFormat():
            return _text(fmt)
        case RowsFormat():
            return _rows(fmt, language)
        case _:
            return _choices(language)


def _choices(language: str) -> Body:
    choices = ChoiceList(widget_id="choices")
    body = Body(choices, lambda *_: None, lambda _: None)
    shown: list[Choice | Marked] = []

    def show(fmt: Format, answer: Answer | None) -> None:
        if not isinstance(fmt, ChoiceFormat | MarkFormat):
            return
        lines = choice_lines(fmt, language)
        shown[:] = [line.answer for line in lines]
        chosen = next((place for place, one in enumerate(shown) if one == answer), None)
        choices.show([Entry(line.number, line.label, line.letter) for line in lines], chosen)
        first, last = lines[0].number, lines[-1].number
        typed = "type the number, then Enter" if choices.needs_enter else f"{first}-{last} answer"
        if choices.letters:
            typed = f"{' or '.join(choices.letters)}, then {first}-{last}"
        body.hints = f"{typed}   ↑ ↓ Enter   {COMMANDS}"

    body.show, body.read = show, lambda place: shown[place]
    return body


def _rating(fmt: RatingFormat, language: str) -> Body:
    def span(fmt: RatingFormat) -> Span:
        low, high, unit = (clean(text_in(texts, language)) for texts in (fmt.low, fmt.high, fmt.unit))
        return Span(fmt.minimum, fmt.maximum, fmt.step, low, high, unit)

    line = RatingLine(span(fmt), widget_id="rating")

    def show(fmt: Format, answer: Answer | None) -> None:
        if isinstance(fmt, RatingFormat):
            line.show(span(fmt), answer.value if isinstance(answer, Rating) else None)

    hints = f"{NUMBER}   {COMMANDS}"
    return Body(line, show, lambda value: Rating(value=int(value)), hints)


def _text(fmt: TextFormat) -> Body:
    from tui.widgets.text_box import TextBox

    box = TextBox(fmt.max_length, widget_id="own-words")

    def show(fmt: Format, answer: Answer | None) -> None:
        if isinstance(fmt, TextFormat):
            box.show(fmt.max_length, answer.value if isinstance(answer, Text) else "")

    def typed() -> Answer | None:
        return Text(value=box.words) if box.words.strip() else None

    return Body(box, show, lambda _: typed(), TYPING, typed, box.tell_length)


def _rows(fmt: RowsFormat, language: str) -> Body:
    from tui.widgets.rows_editor import RowsEditor

    editor = RowsEditor(fmt, language, widget_id="rows")

    def show(fmt: Format, answer: Answer | None) -> None:
        if isinstance(fmt, RowsFormat):
            editor.show(fmt, language, answer.rows if isinstance(answer, Rows) else ())

    body = Body(editor, show, lambda message: Rows(rows=message.rows))

    def refresh_hints() -> None:
        way = NUMBER if editor.asks_number else LONG_CHOICE if editor.needs_enter else CHOICE
        body.hints = f"{way}   {COMMANDS}"

    body.refresh_hints = refresh_hints
    refresh_hints()
    return body
