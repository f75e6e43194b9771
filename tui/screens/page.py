"""A page to read with a few ways to go on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.base import TakeScreen, end, plain
from tui.widgets.choice_list import ChoiceList, Entry
from tui.widgets.reading import Reading

HINT = "Number keys choose; arrow keys and Enter too"
ONE_WAY = "Enter goes on"


class PageScreen(TakeScreen[int]):
    """Shows text and a list of ways to go on; ends with the place of the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "page(1)", "More", show=False),
        Binding("pageup", "page(-1)", "Back", show=False),
    ]

    def __init__(
        self,
        title: str,
        content: Content | Sequence[Widget],
        ways: Sequence[str] = (),
        *,
        notice: str = "",
        pointed: int | None = None,
    ) -> None:
        super().__init__()
        self._heading, self._content, self._ways = title, content, tuple(ways)
        self._notice, self._pointed = notice, pointed

    def page(self) -> Iterable[Widget]:
        """Return heading, text, notice and ways to go on."""
        yield plain(self._heading, classes="heading")
        inside = self._content
        yield Reading(
            *([Static(inside, markup=False)] if isinstance(inside, Content) else inside), widget_id="reading"
        )
        if self._notice:
            yield plain(self._notice, classes="notice")
        if self._ways:
            entries = [Entry(number, way) for number, way in enumerate(self._ways, 1)]
            yield ChoiceList(entries, pointed=self._pointed, widget_id="ways")
            yield plain(HINT if len(self._ways) > 1 else ONE_WAY, classes="hints")

    def action_page(self, direction: int) -> None:
        """Scroll the text."""
        self.query_one(Reading).page(direction)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """End with the chosen way."""
        message.stop()
        end(self, message.place)


class MomentScreen(PageScreen):
    """Stands while something slow is done; others may come and go in front of it."""

    def __init__(self, title: str, content: Content) -> None:
        super().__init__(title, content)
        self._fronted = asyncio.Event()

    def on_screen_resume(self) -> None:
        """Tell who waits that this screen is in front."""
        self._fronted.set()

    async def comes_to_front(self) -> None:
        """Wait until nothing stands in front of this screen."""
        while not self.is_active:
            self._fronted.clear()
            await self._fronted.wait()
