"""One line to type in."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tui.cleaning import clean


class LineBox(Input):
    """One line of text, for tickets, codes and single words."""

    def __init__(self, *, widget_id: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=widget_id, placeholder=placeholder, select_on_focus=False)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Paste several lines as one, without control characters."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(clean(event.text).split()))
