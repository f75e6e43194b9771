"""A short question or explanation in front of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.base import KeepsKeys, end, plain
from tui.widgets.choice_list import ChoiceList, Entry
from tui.widgets.reading import Reading


class AskScreen(KeepsKeys[int], ModalScreen[int]):
    """Ends with the place of the chosen way; Esc is the last one, which changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stay", "Back", show=False),
        Binding("pagedown,space", "page(1)", "More", show=False),
        Binding("pageup", "page(-1)", "Back", show=False),
    ]

    def __init__(self, title: str, content: Content, ways: Sequence[str], *, is_long: bool = False) -> None:
        super().__init__(classes="-long" if is_long else None)
        self._heading, self._content, self._ways = title, content, tuple(ways)
        self._is_long = is_long

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        text = Static(self._content, markup=False)
        with Vertical(id="box"):
            yield plain(self._heading, classes="heading")
            yield Reading(text, widget_id="reading") if self._is_long else text
            last = len(self._ways) - 1
            yield ChoiceList(
                [Entry(number, way) for number, way in enumerate(self._ways, 1)],
                pointed=last,
                widget_id="ways",
            )

    def action_stay(self) -> None:
        """Choose the last way."""
        end(self, len(self._ways) - 1)

    def action_page(self, direction: int) -> None:
        """Scroll the text."""
        for reading in self.query(Reading):
            reading.page(direction)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """End with the chosen way."""
        message.stop()
        end(self, message.place)
