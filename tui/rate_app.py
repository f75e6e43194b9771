"""The raters' program: one factory makes it for the command line and for tests."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver

from tui.crash import Crash
from tui.flows.rating import RatingSession, welcome
from tui.keyboard import forgiving
from tui.screens.ask import AskScreen
from tui.screens.base import paragraphs_content
from tui.screens.page import PageScreen
from tui.screens.rate import RateScreen
from tui.theme import use_themes

CRASHED = "Rating had to stop because of a fault in the program. Every mark you gave is kept."
TITLE = "Reading texts for a second opinion"


class RateApp(App[None]):
    """Shows texts until none is open or the rater leaves; nothing here could write a text anywhere."""

    CSS_PATH = "rate_app.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Leave", show=False),
        Binding("ctrl+q,ctrl+c", "leave", "Leave", show=False, priority=True),
        Binding("question_mark,f1", "help", "Help", show=False),
    ]

    def __init__(self, session: RatingSession, *, light: bool) -> None:
        super().__init__()
        self._session = session
        self.animation_level = "none"
        use_themes(self, light=light)

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal's driver, which outlives bytes that are no letters, but not its terminal."""
        return forgiving(super().get_driver_class(), self.exit)

    def on_mount(self) -> None:
        """Begin with what raters should know."""
        page = PageScreen(TITLE, paragraphs_content(welcome(self._session)), ["Go on"], pointed=0)
        self.push_screen(page, lambda _: self._rate())

    def _rate(self) -> None:
        self.push_screen(RateScreen(self._session), lambda _: self.exit())

    def action_leave(self) -> None:
        """Leave: every mark was kept when it was given."""
        self.exit()

    def action_help(self) -> None:
        """Show the keys, and what raters were told at the start."""
        if isinstance(self.screen, RateScreen):
            content = paragraphs_content(welcome(self._session)[::-1])
            self.push_screen(AskScreen("Help", content, ["Go on"], is_long=True))

    def _handle_exception(self, error: Exception) -> None:
        """Tell a plain sentence; Textual has no public hook for it, and would print a text."""
        super()._handle_exception(error if isinstance(error, Crash) else Crash(error, CRASHED))


def make_rate_app(session: RatingSession, *, light: bool = False) -> App[None]:
    """Return the raters' program for `session`."""
    return RateApp(session, light=light)
