"""Asks where anonymised results are written to, and in which formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Input, Static

from tui.text.files_page import FORMATS
from tui.widgets.tick import Tick

ASK = "Write anonymised results: the tables of this release, a codebook and a manifest."


@dataclass(frozen=True, slots=True)
class ExportWish:
    """A folder as typed, and the chosen formats."""

    folder: str
    formats: tuple[str, ...]


class ExportScreen(ModalScreen[ExportWish | None]):
    """Ends with the wish, or with None."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def compose(self) -> ComposeResult:
        """Lay out folder, formats and the two ways on."""
        with VerticalScroll(id="box"):
            yield Static(ASK, markup=False, classes="part")
            yield Input(placeholder="Folder to write into, such as results", id="folder")
            for number, (name, use) in enumerate(FORMATS):
                yield Tick(f"{name}: {use}", value=number == 0, id=f"format-{name}")
            yield Static("", markup=False, id="told")
            with Horizontal(classes="buttons"):
                yield Button("Write", variant="primary", id="write")
                yield Button("Close", id="close")

    @on(Button.Pressed, "#close")
    def close_it(self) -> None:
        """End without writing."""
        self.dismiss(None)

    @on(Button.Pressed, "#write")
    @on(Input.Submitted)
    def decide(self) -> None:
        """End with the wish, once a folder and a format are chosen."""
        folder = self.query_one("#folder", Input).value.strip()
        formats = tuple(name for name, _ in FORMATS if self.query_one(f"#format-{name}", Checkbox).value)
        if folder and formats:
            self.dismiss(ExportWish(folder, formats))
        else:
            self.query_one("#told", Static).update("Please name a folder and tick a format.")
