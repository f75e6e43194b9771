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

from instruments.model import Column, RowsFormat, text_in
from tui.asking import option_label, row_words, shown_numbers
from tui.cleaning import clean
from tui.widgets.choice_list import ChoiceList, Entry
from tui.widgets.rating_line import RatingLine, Span

Row = tuple[float, ...]


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
        self._format, self._language = fmt, language
        self._rows: tuple[Row, ...] = ()
        self._open: Row | None = None

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
        self._format, self._language, self._rows, self._open = fmt, language, rows, None
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
        return action != "step_back" or self._open is not None

    def action_step_back(self) -> None:
        """Go back one column, or leave the open row."""
        self._open = self._open[:-1] if self._open else None
        self._draw()

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take a choice: in the menu, or for the open column."""
        message.stop()
        if message.is_late or self.asks_number:
            return
        if self._open is None:
            self._menu_chosen(message.place)
        else:
            self._take(float(self._column.options[message.place].code))

    def on_rating_line_given(self, message: RatingLine.Given) -> None:
        """Take a number for the open column."""
        message.stop()
        if self.asks_number and not message.is_late:
            self._take(message.value)

    @property
    def _column(self) -> Column:
        return self._format.columns[len(self._open or ())]

    @property
    def format(self) -> RowsFormat:
        """What is asked now."""
        return self._format

    @property
    def asks_number(self) -> bool:
        """Whether a number is wanted now, in place of a choice."""
        return self._open is not None and not self._column.is_choice

    @property
    def _can_add(self) -> bool:
        return len(self._rows) < self._format.max_rows

    def _menu_chosen(self, place: int) -> None:
        if self._can_add and place == 0:
            self._open = ()
            self._draw()
            return
        taken = place - (1 if self._can_add else 0)
        if taken == 0:
            self.post_message(self.Given(self, self._rows, self._format))
            return
        self._rows = tuple(row for number, row in enumerate(self._rows, 1) if number != taken)
        self.post_message(self.Grown(self._rows))
        self._draw()

    def _take(self, value: float) -> None:
        row = (*(self._open or ()), value)
        if len(row) < len(self._format.columns):
            self._open = row
        else:
            self._rows, self._open = (*self._rows, row), None
            self.post_message(self.Grown(self._rows))
        self._draw()

    def _menu(self) -> list[Entry]:
        none = clean(text_in(self._format.none_label, self._language)) or "Nothing to enter"
        lines = ["Add an entry" if not self._rows else "Add another entry"] if self._can_add else []
        lines.append("That is all" if self._rows else none)
        lines += [f"Take entry {number} out" for number in range(1, len(self._rows) + 1)]
        return [Entry(number, line) for number, line in enumerate(lines, 1)]

    def _draw(self) -> None:
        columns = self._format.columns
        said = [row_words(row, columns, self._language, is_full=True) for row in self._rows]
        if self._open:
            said.append(f"{row_words(self._open, columns, self._language, is_full=True)} …")
        lines = [f"{place}. {words}" for place, words in enumerate(said, 1)]
        done = self.query_one("#row-done", Static)
        done.update(Content("\n".join([*lines, ""])))
        done.display = bool(lines)
        asked = self._asked()
        ask = self.query_one("#row-ask", Static)
        ask.update(Content.styled(asked, "bold"))
        ask.display = bool(asked)
        choices, number = self.query_one("#row-choices", ChoiceList), self.query_one(RatingLine)
        choices.display, number.display = not self.asks_number, self.asks_number
        if self.asks_number:
            number.show(Span(self._column.minimum, self._column.maximum, self._column.step))
        else:
            choices.show(self._menu() if self._open is None else self._column_entries())
        if self.has_focus_within or self.screen.focused is None:
            self.focus()
        self.post_message(self.Turned())

    def _asked(self) -> str:
        if self._open is None:
            return ""
        place = f"({len(self._open) + 1} of {len(self._format.columns)})"
        return f"{clean(text_in(self._column.title, self._language))} {place}"

    def _column_entries(self) -> list[Entry]:
        options = self._column.options
        return [
            Entry(number, option_label(option, self._language))
            for number, option in zip(shown_numbers(options), options, strict=True)
        ]
