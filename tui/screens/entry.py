"""One or two short lines to type, checked before the page is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Static

from instruments.errors import CareloadError
from tui.cleaning import clean
from tui.screens.base import TakeScreen, end, plain
from tui.take_front import Check, Entry, LineRefused
from tui.widgets.line_box import LineBox


class EntryScreen(TakeScreen[bool]):
    """Asks for typed lines; ends with True when they are right, with False on Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+b", "give_up", "Back", show=False, priority=True),
        Binding("enter", "go_on", "Next line", show=False, priority=True),
        Binding("up", "app.focus_previous", "Line above", show=False),
        Binding("down", "app.focus_next", "Line below", show=False),
    ]

    def __init__(self, entry: Entry, check: Check) -> None:
        super().__init__()
        self._entry, self._check = entry, check

    def page(self) -> Iterable[Widget]:
        """Return heading, text, lines to type in, and the place for a kind error."""
        yield plain(self._entry.title, classes="heading")
        yield plain(self._entry.text, classes="text")
        for number, label in enumerate(self._entry.labels):
            yield Label(clean(label), markup=False)
            yield LineBox(widget_id=f"line-{number}")
        yield plain("", widget_id="problem")
        yield plain(f"Enter goes on    Esc {self._entry.way_back}    ctrl+q leaves", classes="hints")

    def action_go_on(self) -> None:
        """Go to the next line, or check them all after the last.

        Keys that were typed behind Enter go into the next line, however fast they come.
        """
        lines = list(self.query(LineBox))
        place = next((place for place, line in enumerate(lines) if line is self.focused), 0)
        if place + 1 < len(lines):
            self.set_focus(lines[place + 1])
        else:
            self._when_typed(lines)

    def _when_typed(self, lines: Sequence[LineBox]) -> None:
        """Check once each of `lines` has taken in the keys that came before Enter."""
        if lines:
            lines[0].call_later(self._when_typed, lines[1:])
        else:
            self._check_all()

    def _check_all(self) -> None:
        lines = list(self.query(LineBox))
        try:
            self._check(tuple(clean(line.value) for line in lines))
        except CareloadError as error:
            self._say(f"{error.message} {error.todo}".strip())
            self.set_focus(lines[error.line if isinstance(error, LineRefused) else 0])
            return
        end(self, True)

    def action_give_up(self) -> None:
        """Go back."""
        end(self, False)

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(clean(problem)))
