"""The employee's program at a kiosk: it cannot be stopped, ends by itself, and leaves no clipboard."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.events import Event

from tui.flows.idle import IdleWatch
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.kiosk import texts
from tui.kiosk.guide import KioskGuide
from tui.screens.still_there import StillThereScreen
from tui.take_app import TakeApp
from tui.take_guide import Guide

TICK_SECONDS = 1.0
SIGNS_OF_LIFE = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What only a person does; a mouse may move when a table is bumped."""


class KioskApp(TakeApp):
    """The assessment for one person at a terminal that others use too."""

    def __init__(
        self,
        session: TakingSession,
        now: Callable[[], float],
        idle: IdleWatch,
        notice: str = "",
        *,
        light: bool = False,
    ) -> None:
        self._notice, self._idle = notice, idle
        self._asking: StillThereScreen | None = None
        self._cut = ""
        super().__init__(session, now, light=light)

    def make_guide(self) -> Guide:
        """Return who leads through a kiosk's screens."""
        return KioskGuide(self._screens, self._session, self._notice)

    def get_driver_class(self) -> type[Driver]:
        """Return a driver that no signal stops: a stopped program would show what stands behind it."""

        class Unstoppable(super().get_driver_class()):  # type: ignore[misc]
            """Passes over requests to stop and to go on."""

            def __init__(self, *given: Any, **named: Any) -> None:
                super().__init__(*given, **named)
                for number in (signal.SIGTSTP, signal.SIGCONT):
                    signal.signal(number, signal.SIG_IGN)

        return Unstoppable

    def on_mount(self) -> None:
        """Begin to look whether somebody is there; Textual has let two more signals stop it by now."""
        with suppress(ValueError):  # a test's thread
            for number in (signal.SIGTTIN, signal.SIGTTOU):
                signal.signal(number, signal.SIG_IGN)
        self.set_interval(TICK_SECONDS, self.tick)

    async def on_event(self, event: Event) -> None:
        """Take every key and click for a sign of life."""
        if isinstance(event, SIGNS_OF_LIFE):
            self._idle.touch()
        await super().on_event(event)

    def tick(self) -> None:
        """Ask whether somebody is still there, and end the visit when nobody is."""
        if self._screens.is_busy or self._guide.is_handing_in:
            return
        if self._idle.is_over:
            self._end_idle()
        elif self._idle.is_close:
            self._ask_still_there()
        elif self._asking is not None and self.screen is self._asking:
            self._asking.dismiss(None)

    def _ask_still_there(self) -> None:
        words = texts.countdown(self._idle.seconds_left)
        if self._asking is None:
            self._asking = StillThereScreen(texts.STILL_THERE, words)
            self.push_screen(self._asking, self._answered)
        else:
            self._asking.count(words)

    def _answered(self, _: None) -> None:
        self._asking = None

    def _end_idle(self) -> None:
        self.keep_unfinished()
        self.exit(TakeOutcome("idle", texts.idle_ended(self._idle.minutes)))

    @property
    def clipboard(self) -> str:
        """What was cut or copied in this visit."""
        return self._cut

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what was cut for this visit only: the terminal's own clipboard is the next person's too."""
        self._cut = text


def make_kiosk_app(
    session: TakingSession,
    idle: IdleWatch,
    notice: str = "",
    *,
    now: Callable[[], float] = time.monotonic,
    light: bool = False,
) -> App[TakeOutcome]:
    """Return the program for one person; `notice` stands on the first page."""
    return KioskApp(session, now, idle, notice, light=light)
