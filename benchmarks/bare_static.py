"""The smallest Textual app: one Static."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """Show the line that the benchmark waits for."""
        yield Static("first-paint-is-here")


if __name__ == "__main__":
    Bare().run()
