"""The employee's program: one factory makes it for the command line and for tests."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.worker import WorkerFailed

from tui import take_texts as texts
from tui.crash import Crash
from tui.flows.outcomes import CRASH_CODE, TakeOutcome
from tui.flows.taking import TakingSession
from tui.keyboard import forgiving
from tui.screens.base import TakeScreen
from tui.take_guide import Guide
from tui.take_screens import TakeScreens
from tui.theme import use_themes


class TakeApp(App[TakeOutcome]):
    """The assessment: no palette, no notifications, nothing that could write an answer anywhere."""

    CSS_PATH = Path(__file__).with_name("take_app.tcss")
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Leave", show=False),
        Binding("ctrl+q,ctrl+c", "leave", "Leave", show=False, priority=True),
        Binding("question_mark,f1", "help", "Help", show=False),
    ]

    def __init__(self, session: TakingSession, now: Callable[[], float], *, light: bool = False) -> None:
        super().__init__()
        self._session = session
        self._screens = TakeScreens(self, session, now)
        self._guide = self.make_guide()
        self._light = light
        self._is_leaving = False

    def make_guide(self) -> Guide:
        """Return who leads through the screens."""
        return Guide(self._screens, self._session)

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal's driver, which outlives bytes that are no letters, but not its terminal."""
        return forgiving(super().get_driver_class(), self.told_to_end)

    def on_mount(self) -> None:
        """Choose the look, and begin."""
        self.animation_level = "none"
        use_themes(self, light=self._light)
        with suppress(NotImplementedError, RuntimeError, ValueError):  # a loop that hears no signals
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.told_to_end)
        self.run_worker(self._converse(), name="conversation")

    async def _converse(self) -> None:
        self.exit(await self._guide.lead())

    def action_leave(self) -> None:
        """Leave with everything kept; a second time leaves at once."""
        if self._guide.is_handing_in:
            return
        if self._is_leaving or not self._session.has_begun:
            self.exit(self._guide.left())
        else:
            self._ask_leave(is_shown=False)

    def told_to_end(self) -> None:
        """Give the terminal back when the system asks for the end, with what is typed just now kept."""
        if not self._guide.is_handing_in:
            self.keep_unfinished()
            self.exit(self._guide.left())

    def keep_unfinished(self) -> None:
        """Keep what is typed and not yet kept."""
        for screen in self.screen_stack:
            if isinstance(screen, TakeScreen):
                screen.keep_unfinished()

    def _ask_leave(self, *, is_shown: bool) -> None:
        from tui.screens.ask import AskScreen
        from tui.screens.contents import leave_content

        self._is_leaving = True
        content = leave_content(self._session.place.left, self._session.code, is_shown=is_shown)
        self.push_screen(AskScreen(texts.LEAVE_TITLE, content, texts.LEAVE_WAYS), self._leave_chosen)

    def _leave_chosen(self, way: int | None) -> None:
        self._is_leaving = False
        if way == 0:
            self.exit(self._guide.left())
        elif way == 1:
            self._ask_leave(is_shown=True)

    def action_help(self) -> None:
        """Tell what is asked, who sees it, and which keys there are."""
        from tui.flows.consent import Paragraph
        from tui.flows.helping import KEYS, seen_by
        from tui.screens.ask import AskScreen
        from tui.screens.base import paragraphs_content
        from tui.screens.question import QuestionScreen

        screen: Screen[Any] = self.screen
        told: tuple[Paragraph, ...] = (seen_by(self._session.policy), KEYS)
        if isinstance(screen, QuestionScreen):
            told = screen.told()
        content = paragraphs_content(told)
        self.push_screen(AskScreen("Help", content, ["Go on"], is_long=True))

    def _handle_exception(self, error: Exception) -> None:
        """Tell a plain sentence: Textual would print the locals, and with them answers.

        Textual has no public hook for this; `__rich__` is the one it defers to, with exit code 1.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        crash = cause if isinstance(cause, Crash) else Crash(cause, texts.CRASHED)
        outcome = TakeOutcome("refused", texts.CRASHED, CRASH_CODE, crash.place)
        self.exit(outcome, return_code=CRASH_CODE)
        super()._handle_exception(crash)


def make_take_app(
    session: TakingSession, *, now: Callable[[], float] = time.monotonic, light: bool = False
) -> App[TakeOutcome]:
    """Return the employee's program for `session`; `now` is the clock of the time left."""
    return TakeApp(session, now, light=light)
