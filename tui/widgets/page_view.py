"""Shows a page of text, tables and bars; the words and patterns carry the meaning, colours repeat it."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.text.blocks import Page, Tone
from tui.text.drawing import SCREEN, Line
from tui.text.layout import NARROWEST, page_lines

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


class PageView(Widget):
    """One page, laid out anew for each width."""

    DEFAULT_CSS = f"PageView {{ height: auto; min-width: {NARROWEST}; }}"

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height in lines at `width`."""
        del container, viewport
        return len(page_lines(self._page, width, SCREEN))

    def render(self) -> Content:
        """Draw the page for the width there is."""
        return Content("\n").join(_drawn(line) for line in page_lines(self._page, self.size.width, SCREEN))


def _drawn(line: Line) -> Content:
    return Content.assemble(*(Content.styled(piece.text, STYLES[piece.tone]) for piece in line))
