"""A box to tick whose state can be seen without colour."""

from __future__ import annotations

from textual.widgets import Checkbox


class Tick(Checkbox):
    """An X when ticked and empty when not: Textual's own box has the X always and tells by colour alone."""

    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Draw the new state."""
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()
