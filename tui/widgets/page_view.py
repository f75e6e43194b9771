"""Shows a page of text, tables and bars; the words and patterns carry the meaning, colours repeat it."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.blocks import Page, Tone
from tui.text.layout import NARROWEST
from tui.text.looking import Looking, ShownLine

STYLES: dict[Tone, str] = {
    "": "",
    "title": "bold $text-accent",
    "heading": "bold $text-primary",
    "warn": "bold $text-warning",
    "note": "$text-muted",
    "total": "bold",
    "hidden": "italic $text-muted",
    "over": "bold $text-error",
    "bar0": "$success",
    "bar1": "$primary",
    "bar2": "$accent",
    "bar3": "$foreground",
}
FOUND = "$background on $accent"
POINTED = "bold $background on $primary"


class PageView(Widget):
    """One page, laid out anew for each width."""

    DEFAULT_CSS = f"PageView {{ height: auto; min-width: {NARROWEST}; }}"
    looking: reactive[Looking] = reactive(Looking(()), layout=True)

    class TableClicked(Message):
        """A table was clicked; `block` is its number on the page."""

        def __init__(self, view: PageView, block: int) -> None:
            super().__init__()
            self.view, self.block = view, block

        @property
        def control(self) -> PageView:
            """The page that was clicked."""
            return self.view

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.set_reactive(PageView.looking, Looking(page))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height in lines at `width`."""
        del container, viewport
        return len(self.looking.lines(width))

    def render(self) -> Content:
        """Draw the page for the width there is."""
        return Content("\n").join(_drawn(line) for line in self.looking.lines(self.size.width))

    def on_click(self, event: events.Click) -> None:
        """Say which table was clicked."""
        lines = self.looking.lines(self.size.width)
        if 0 <= event.y < len(lines) and lines[event.y].block in self.looking.tables:
            self.post_message(self.TableClicked(self, lines[event.y].block))

    def line_of_table(self) -> int:
        """Return the number of the first line of the table that is pointed at, 0 where there is none."""
        places = (n for n, line in enumerate(self.looking.lines(self.size.width)) if line.is_pointed)
        return next(places, 0)

    def found_lines(self) -> tuple[int, ...]:
        """Return the numbers of the lines that hold what is looked for."""
        return tuple(n for n, line in enumerate(self.looking.lines(self.size.width)) if line.is_found)


def _drawn(shown: ShownLine) -> Content:
    pieces = [Content.styled(piece.text, STYLES[piece.tone]) for piece in shown.line]
    content = Content.assemble(*pieces)
    if shown.is_found:
        return content.stylize(FOUND)
    return content.stylize(POINTED) if shown.is_pointed else content
