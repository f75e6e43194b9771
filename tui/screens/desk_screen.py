"""The desk: six pages behind tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static, TabbedContent, TabPane

from tui.screens.desk_help import DeskHelp
from tui.terminal import COLUMNS, LINES
from tui.text.blocks import Page
from tui.text.cells import one_line
from tui.widgets.page_view import PageView

SMALL = f"This window is small; {COLUMNS} x {LINES} shows more. Arrow keys scroll."


@dataclass(frozen=True, slots=True)
class DeskTab:
    """One page of the desk: its id, the name on its tab, what it shows."""

    id: str
    name: str
    page: Page


class DeskPane(VerticalScroll, inherit_bindings=False):
    """Scrolls one page; left and right are left to the desk, which turns pages with them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Up", show=False),
        Binding("down", "scroll_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown,space", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "Start", show=False),
        Binding("end", "scroll_end", "End", show=False),
        Binding("shift+left", "scroll_left", "To the left", show=False),
        Binding("shift+right", "scroll_right", "To the right", show=False),
    ]


class DeskScreen(Screen[None]):
    """Shows one page at a time; number keys, arrow keys and the mouse change pages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"page({number})", f"Page {number}", show=False) for number in range(1, 7)),
        Binding("left", "turn(-1)", "Page before", key_display="←"),
        Binding("right", "turn(1)", "Next page", key_display="→"),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("q,ctrl+c", "leave", "Quit", key_display="q"),
    ]

    def __init__(self, title: str, tabs: Sequence[DeskTab]) -> None:
        super().__init__()
        self._heading, self._tabs = title, tuple(tabs)

    def compose(self) -> ComposeResult:
        """Lay out title, tabs and keys."""
        yield Static(Content(one_line(self._heading)), markup=False, id="title")
        with TabbedContent(initial=self._tabs[0].id):
            for number, tab in enumerate(self._tabs, 1):
                with TabPane(f"{number} {tab.name}", id=tab.id), DeskPane():
                    yield PageView(tab.page)
        yield Static(SMALL, markup=False, id="small")
        yield Footer(show_command_palette=False)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when the terminal is smaller than the pages are made for."""
        self.set_class(event.size.width < COLUMNS or event.size.height < LINES, "-small")

    @on(TabbedContent.TabActivated)
    def focus_page(self, message: TabbedContent.TabActivated) -> None:
        """Let the keys scroll the page that has come up."""
        message.pane.query_one(DeskPane).focus(scroll_visible=False)

    def action_page(self, number: int) -> None:
        """Show page `number`."""
        self.query_one(TabbedContent).active = self._tabs[number - 1].id

    def action_turn(self, step: int) -> None:
        """Show the page `step` further, from the last on to the first."""
        tabs = self.query_one(TabbedContent)
        place = [tab.id for tab in self._tabs].index(tabs.active)
        tabs.active = self._tabs[(place + step) % len(self._tabs)].id

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(DeskHelp())

    def action_leave(self) -> None:
        """Close the desk."""
        self.app.exit()
