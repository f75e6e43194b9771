"""What my organisation will see: the tables of the release beforehand, with made-up figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.base import TakeScreen, end, plain, reword
from tui.take_texts import SEEN_TITLE
from tui.text.blocks import Page
from tui.widgets.page_view import PageView
from tui.widgets.reading import Reading

HINT = "← → other tables   Page Down or space more   b back   ? help   q leave"


class SeenScreen(TakeScreen[None]):
    """Shows one page of tables at a time; ends without a result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Tables before", show=False),
        Binding("right", "turn(1)", "Next tables", show=False),
        Binding("pagedown,space", "page(1)", "More", show=False),
        Binding("pageup", "page(-1)", "Back", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("b,escape,enter", "back", "Back", show=False),
    ]

    def __init__(self, pages: Sequence[tuple[str, Page]]) -> None:
        super().__init__()
        self._pages, self._place = tuple(pages), 0

    def page(self) -> Iterable[Widget]:
        """Return heading, the name of the page, every page, and the keys."""
        yield plain(SEEN_TITLE, classes="heading")
        yield Static(self._where(), markup=False, id="where")
        for number, (_, page) in enumerate(self._pages):
            reading = Reading(PageView(page), widget_id=f"seen-{number}")
            reading.display = number == self._place
            yield reading
        yield plain(HINT, classes="hints")

    def _where(self) -> Content:
        name = self._pages[self._place][0]
        return Content(f"Made-up figures, {self._place + 1} of {len(self._pages)}: {name}")

    @property
    def _reading(self) -> Reading:
        return self.query_one(f"#seen-{self._place}", Reading)

    def action_turn(self, step: int) -> None:
        """Show the page `step` further, from the last on to the first."""
        self._reading.display = False
        self._place = (self._place + step) % len(self._pages)
        self._reading.display = True
        reword(self.query_one("#where", Static), self._where())

    def action_page(self, direction: int) -> None:
        """Scroll by one page."""
        self._reading.page(direction)

    def action_move(self, lines: int) -> None:
        """Scroll by one line."""
        self._reading.move(lines)

    def action_back(self) -> None:
        """Go back to where the person came from."""
        end(self, None)
