"""Text to read that may be longer than the screen: it says when more follows."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


class _Scroll(VerticalScroll, can_focus=False):
    """Tells its parent where it stands."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow the scroll position."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def on_resize(self) -> None:
        """Follow the size."""
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        if isinstance(self.parent, Reading):
            self.parent.tell(is_below=self.scroll_y < self.max_scroll_y, is_above=self.scroll_y > 0)


class Reading(Widget):
    """Scrolls what is put into it with page keys, and shows a hint where text is hidden."""

    DEFAULT_CSS = """
    Reading { layout: vertical; height: 1fr; }
    Reading > _Scroll { height: 1fr; scrollbar-size-vertical: 1; }
    Reading > .more { height: 1; color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "page(1)", "More", show=False),
        Binding("pageup", "page(-1)", "Back", show=False),
    ]

    def __init__(self, *children: Widget, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._inside = children

    def compose(self) -> ComposeResult:
        """Lay out text and hint."""
        with _Scroll():
            yield from self._inside
        yield Static("", markup=False, classes="more")

    def tell(self, *, is_below: bool, is_above: bool) -> None:
        """Say where text is hidden."""
        words = [
            "▼ more below: Page Down or space" if is_below else "",
            "▲ Page Up goes back" if is_above else "",
        ]
        self.query_one(".more", Static).update(Content("   ".join(word for word in words if word)))

    def page(self, direction: int) -> None:
        """Scroll by one page."""
        scroll = self.query_one(_Scroll)
        if direction > 0:
            scroll.scroll_page_down(animate=False)
        else:
            scroll.scroll_page_up(animate=False)

    def move(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one(_Scroll).scroll_relative(y=lines, animate=False)

    def bring(self, child: Widget) -> None:
        """Scroll until `child`, one of the widgets inside, is in view."""
        self.query_one(_Scroll).scroll_to_widget(child, animate=False)
