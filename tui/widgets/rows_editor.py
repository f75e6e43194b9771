"""A few rows of the same columns, entered one column at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from instruments.model import RowsFormat
from tui.rows_entry import Row, RowsEntry
from tui.widgets.choice_list import ChoiceList, Entry
from tui.widgets.rating_line import RatingLine, Span


class RowsEditor(Widget):
    """Shows the rows so far and asks for the next entry; no row at all is an answer too."""

    DEFAULT_CSS = """
    RowsEditor { layout: vertical; height: 1fr; }
    RowsEditor > Static { height: auto; }
    RowsEditor > #row-choices { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "step_back", "Back", show=False),
    ]

    @dataclass
    class Given(Message):
        """The rows are complete."""

        editor: RowsEditor
        rows: tuple[Row, ...]
        format: RowsFormat

        @property
        def control(self) -> RowsEditor:
            """The editor it happened in."""
            return self.editor

        @property
        def is_late(self) -> bool:
            """Whether the editor shows something else by now: the second of two quick keys."""
            return self.format is not self.editor.format

    @dataclass
    class Grown(Message):
        """One row was finished or taken out; more may follow."""

        rows: tuple[Row, ...]

    @dataclass
    class Turned(Message):
        """Another kind of key is wanted now."""

    def __init__(self, fmt: RowsFormat, language: str, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._entry = RowsEntry(fmt, language)

    def compose(self) -> ComposeResult:
        """Lay out the rows, the question for one column, and the two ways to answer it."""
        yield Static("", markup=False, id="row-done")
        yield Static("", markup=False, id="row-ask")
        yield ChoiceList(widget_id="row-choices")
        yield RatingLine(Span(0, 1, 1), widget_id="row-number")

    def on_mount(self) -> None:
        """Show the first step."""
        self._draw()

    def show(self, fmt: RowsFormat, language: str, rows: tuple[Row, ...] = ()) -> None:
        """Show another list; `rows` is an earlier answer."""
        self._entry = RowsEntry(fmt, language, rows)
        if self.is_mounted:
            self._draw()

    def focus(self, scroll_visible: bool = True, *args: object, **kwargs: object) -> RowsEditor:
        """Focus the part that takes the next key."""
        del args, kwargs
        self.query_one("#row-number" if self.asks_number else "#row-choices").focus(scroll_visible)
        return self

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let `b` go on to the screen when no row is open."""
        del parameters
        return action != "step_back" or self._entry.open is not None

    def action_step_back(self) -> None:
        """Go back one column, or leave the open row."""
        self._go(self._entry.back())

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take a choice: in the menu, or for the open column."""
        message.stop()
        if message.is_late or self.asks_number:
            return
        entry = self._entry.chosen(message.place)
        if entry is None:
            self.post_message(self.Given(self, self._entry.rows, self._entry.format))
        else:
            self._go(entry)

    def on_rating_line_given(self, message: RatingLine.Given) -> None:
        """Take a number for the open column."""
        message.stop()
        if self.asks_number and not message.is_late:
            self._go(self._entry.taken(message.value))

    @property
    def format(self) -> RowsFormat:
        """What is asked now."""
        return self._entry.format

    @property
    def asks_number(self) -> bool:
        """Whether a number is wanted now, in place of a choice."""
        return self._entry.asks_number

    @property
    def needs_enter(self) -> bool:
        """Whether numbers of choices have two digits, so that Enter has to follow."""
        return not self.asks_number and any(number > 9 for number, _ in self._entry.choices)

    def _go(self, entry: RowsEntry) -> None:
        is_other = entry.rows != self._entry.rows
        self._entry = entry
        if is_other:
            self.post_message(self.Grown(entry.rows))
        self._draw()

    def _draw(self) -> None:
        entry = self._entry
        lines = [f"{place}. {words}" for place, words in enumerate(entry.said, 1)]
        done = self.query_one("#row-done", Static)
        done.update(Content("\n".join([*lines, ""])))
        done.display = bool(lines)
        ask = self.query_one("#row-ask", Static)
        ask.update(Content.styled(entry.asked, "bold"))
        ask.display = bool(entry.asked)
        choices, number = self.query_one("#row-choices", ChoiceList), self.query_one(RatingLine)
        choices.display, number.display = not entry.asks_number, entry.asks_number
        if entry.asks_number:
            number.show(Span(entry.column.minimum, entry.column.maximum, entry.column.step))
        else:
            choices.show([Entry(place, label) for place, label in entry.choices])
        if self.has_focus_within or self.screen.focused is None:
            self.focus()
        self.post_message(self.Turned())
