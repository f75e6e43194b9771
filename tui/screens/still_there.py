"""A kind question in front of everything, before a visit ends by itself."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.base import end, plain


class StillThereScreen(ModalScreen[None]):
    """Counts down; any key or click ends it, and does nothing else."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self._heading, self._words = title, words

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box"):
            yield plain(self._heading, classes="heading")
            yield plain(self._words, widget_id="words")

    def count(self, words: str) -> None:
        """Show how long it is now."""
        for static in self.query("#words").results(Static):
            static.update(Content(words))

    def on_key(self, event: events.Key) -> None:
        """Take the key for a sign of life."""
        event.stop()
        event.prevent_default()
        end(self, None)

    def on_click(self) -> None:
        """Take the click for a sign of life."""
        end(self, None)
