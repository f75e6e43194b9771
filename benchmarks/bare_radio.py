"""A bare RadioSet of seven choices; each choice is fsynced before the next text is painted."""

from __future__ import annotations

import os
import sys

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import RadioButton, RadioSet, Static


class Bare(App[None]):
    """Seven choices, the current question above them."""

    BINDINGS = [Binding(str(n), f"choose({n})", priority=True) for n in range(1, 8)]

    def __init__(self, path: str) -> None:
        super().__init__()
        self.handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.number = 0

    def compose(self) -> ComposeResult:
        """Show a question and its choices."""
        yield Static("question-0")
        with RadioSet():
            for n in range(1, 8):
                yield RadioButton(f"choice {n}")

    def action_choose(self, choice: int) -> None:
        """Keep the choice durably, then paint the next question."""
        os.write(self.handle, f"{self.number} {choice}\n".encode())
        os.fsync(self.handle)
        self.number += 1
        self.query_one(Static).update(f"question-{self.number}")
        radios = self.query_one(RadioSet)
        for button in radios.query(RadioButton):
            button.label = f"choice for {self.number}"
            button.value = False


if __name__ == "__main__":
    Bare(sys.argv[1]).run()
