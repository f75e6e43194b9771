"""Help of the desk: its keys, and what it can and cannot show."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.desk_commands import COMMANDS

KEYS = (
    ("1 to 9", "go to a page; a click on its tab does too"),
    ("↑ ↓", "scroll; Page Up, Page Down, Home and End too"),
    *((command.key, command.help) for command in COMMANDS),
    ("^p", "all commands by name"),
)
ABOUT = (
    "The desk shows the release of one wave and the plan made from it. It holds no single answer "
    "and cannot be filtered further: what is hidden here is hidden everywhere.\n\n"
    "Hours are a relative need until hours have been logged. Nobody is ranked."
)


class DeskHelp(ModalScreen[None]):
    """Closes on Escape, `?` or `q`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Close", show=False),
        Binding("ctrl+c", "app.quit", "Quit", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out explanation and keys."""
        lines = [
            Content.assemble(Content.styled(f"{key:<8}", "bold $text-accent"), Content(text))
            for key, text in KEYS
        ]
        with VerticalScroll(id="box"):
            yield Static(Content.styled("The desk", "bold $text-primary"), classes="part")
            yield Static(Content("\n").join(lines), classes="part")
            yield Static(Content(ABOUT))
