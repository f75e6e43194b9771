"""Asks each key holder for the key file and its passphrase; nothing typed is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from tui.text.cells import one_line

ASK = "All key holders have to be here. Each names the key file and types the passphrase; nobody else looks."


@dataclass(frozen=True, slots=True)
class Unlocking:
    """Key files as typed and their passphrases, in the same order."""

    paths: tuple[str, ...]
    passphrases: tuple[str, ...] = field(repr=False)


class KeysScreen(ModalScreen[Unlocking | None]):
    """Ends with keys and passphrases, or with None."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__()
        self._roles = tuple(roles)

    def compose(self) -> ComposeResult:
        """Lay out two lines a key holder and the two ways on."""
        with VerticalScroll(id="box"):
            yield Static(ASK, markup=False, classes="part")
            for number, role in enumerate(self._roles):
                yield Static(Content(one_line(role)), classes="holder")
                yield Input(placeholder="key file", id=f"key-{number}")
                yield Input(placeholder="passphrase", password=True, id=f"passphrase-{number}")
            yield Static("", markup=False, id="told")
            with Horizontal(classes="buttons"):
                yield Button("Open", variant="primary", id="open")
                yield Button("Close", id="close")

    @on(Button.Pressed, "#close")
    def close_it(self) -> None:
        """End without opening."""
        self.dismiss(None)

    @on(Input.Submitted)
    def go_on(self) -> None:
        """Go to the next line, and open after the last."""
        empty = next((line for line in self.query(Input) if not line.value), None)
        if empty is None:
            self.decide()
        else:
            empty.focus()

    @on(Button.Pressed, "#open")
    def decide(self) -> None:
        """End with what was typed, once every line is filled."""
        lines = [line.value for line in self.query(Input)]
        if all(lines):
            self.dismiss(Unlocking(tuple(lines[::2]), tuple(lines[1::2])))
        else:
            self.query_one("#told", Static).update("Please fill in every line.")
