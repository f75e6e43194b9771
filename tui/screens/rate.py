"""A text to be marked: what it should hold beside it or, in a small window, behind Tab."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from instruments.errors import CareloadError
from tui.cleaning import clean
from tui.flows.rating import RatingPage, RatingSession
from tui.screens.base import TakeScreen, end, plain, reword
from tui.widgets.choice_list import ChoiceList, Entry
from tui.widgets.reading import Reading
from tui.widgets.source_pane import SourcePane

SIDE_BY_SIDE = 120
"""Columns from which the text and what it should hold stand side by side."""
HINTS = "0-4 mark   Tab what is wanted   space more   b back   ? help   q leave"
READING = "Tab the text   ↑ ↓ Page Down scroll   ? help   q leave"


class RateScreen(TakeScreen[None]):
    """Shows one text after another until none is open or the rater leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "turn", "Turn", show=False, priority=True),
        Binding("b", "back", "Back", show=False),
        Binding("pagedown,space", "page(1)", "More", show=False),
        Binding("pageup", "page(-1)", "Back", show=False),
    ]

    def __init__(self, session: RatingSession) -> None:
        super().__init__()
        self._session = session
        self._reads = False
        self._form = ""

    def page(self) -> Iterable[Widget]:
        """Return the line of progress, both halves, and the marks."""
        yield plain("", widget_id="progress")
        yield Horizontal(
            Vertical(id="asked"),
            Vertical(
                Reading(plain("", widget_id="text"), widget_id="reading"),
                plain("", widget_id="problem"),
                ChoiceList(widget_id="marks"),
                id="work",
            ),
            id="panes",
        )
        yield plain("", widget_id="hints", classes="hints")

    async def on_mount(self) -> None:
        """Show the first text; from now on it is this rater's to mark."""
        self._session.go_on()
        await self._show()

    async def _show(self, told: str = "") -> None:
        page = self._session.page()
        if page is None:
            end(self, None)
            return
        reword(
            self.query_one("#progress", Static),
            Content(f"{page.title}   {page.given} marked by you, {page.left} open to you"),
        )
        reword(self.query_one("#problem", Static), Content(clean(told or self._session.told)))
        self.query_one("#text", Static).update(Content(page.text))
        self.query_one("#reading", Reading).move(-len(page.text))
        entries = [Entry(mark, words) for mark, words in enumerate(page.anchors)]
        self.query_one(ChoiceList).show(entries, page.mark)
        await self._show_asked(page)
        self._arrange()

    async def _show_asked(self, page: RatingPage) -> None:
        """Lay out what texts of this form should hold; it stays, and keeps its place, within a form."""
        if page.form == self._form:
            return
        self._form = page.form
        place = self.query_one("#asked", Vertical)
        await place.remove_children()
        await place.mount(SourcePane(page.asked, widget_id="source-pane"))

    def on_resize(self, event: events.Resize) -> None:
        """Put the halves side by side where there is room."""
        super().on_resize(event)
        self._arrange()

    def action_turn(self) -> None:
        """Go to what the text should hold, or back."""
        self._reads = not self._reads
        self._arrange()

    async def action_back(self) -> None:
        """Show the text before."""
        if not self._session.back():
            reword(self.query_one("#problem", Static), Content("There is no text before this one here."))
            return
        await self._show()

    def action_page(self, direction: int) -> None:
        """Scroll the text."""
        self.query_one("#reading", Reading).page(direction)

    async def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Keep the mark; the second of two quick keys marks nothing."""
        message.stop()
        if message.is_late:
            return
        told = ""
        try:
            self._session.give(message.place)
        except CareloadError as error:
            told = f"{error.message} {error.todo}".strip()
        await self._show(told)

    def _arrange(self) -> None:
        is_wide = self.size.width >= SIDE_BY_SIDE
        self.query_one("#asked").display = is_wide or self._reads
        self.query_one("#work").display = is_wide or not self._reads
        reword(self.query_one("#hints", Static), Content(READING if self._reads else HINTS))
        panes = self.query(SourcePane)
        if self._reads and panes:
            panes.first().focus()
        else:
            self.query_one(ChoiceList).focus()
