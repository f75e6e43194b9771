"""Plain lines at a kiosk: the same visit, with an end when nobody types."""

from __future__ import annotations

import os
import select
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tui.flows.idle import IdleWatch
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.kiosk import texts
from tui.kiosk.guide import KioskGuide
from tui.plain.run import take_plainly
from tui.plain.talk import LONGEST, Talk

TICK_SECONDS = 1.0
_MOST_BYTES = 4 * LONGEST + 2
_LOCAL_FLAGS = 3


class Gone(Exception):
    """Nobody has typed a line for too long."""


class KioskListener:
    """Reads lines of the terminal itself, and looks between them whether somebody is there."""

    def __init__(self, idle: IdleWatch) -> None:
        self._idle = idle
        self._waiting = b""
        self._has_asked = False

    def __call__(self, hidden_prompt: str) -> str | None:
        """Return the next line with its end, or None when no more comes; Gone when nobody types."""
        from tui import output

        if hidden_prompt:
            output.put(hidden_prompt)
        with _hidden(is_hidden=bool(hidden_prompt)):
            line = self._line()
        return line.decode("utf-8", "replace") or None

    def _line(self) -> bytes:
        while b"\n" not in self._waiting:
            self._wait()
            try:
                piece = os.read(0, 4096)
            except OSError:  # the terminal is gone
                piece = b""
            self._idle.touch()
            self._has_asked = False
            if not piece:
                rest, self._waiting = self._waiting, b""
                return rest
            self._waiting = (self._waiting + piece)[-_MOST_BYTES:]
        line, end, self._waiting = self._waiting.partition(b"\n")
        return line + end

    def _wait(self) -> None:
        from tui import output

        while not select.select([0], [], [], TICK_SECONDS)[0]:
            if self._idle.is_over:
                raise Gone
            if self._idle.is_close and not self._has_asked:
                self._has_asked = True
                output.put(texts.countdown_line(self._idle.seconds_left))


@contextmanager
def _hidden(*, is_hidden: bool) -> Iterator[None]:
    """Show nothing of what is typed."""
    before = termios.tcgetattr(0) if is_hidden else []
    try:
        if is_hidden:
            held = list(before)
            held[_LOCAL_FLAGS] &= ~termios.ECHO
            termios.tcsetattr(0, termios.TCSADRAIN, held)
        yield
    finally:
        if is_hidden:
            with suppress(termios.error):
                termios.tcsetattr(0, termios.TCSADRAIN, before)


def visit_in_lines(session: TakingSession, idle: IdleWatch, notice: str) -> TakeOutcome:
    """Let one person take part, in plain lines."""
    talk = Talk(KioskListener(idle))
    try:
        return take_plainly(session, talk, guide=lambda front: KioskGuide(front, session, notice))
    except Gone:
        return TakeOutcome("idle", texts.idle_ended(idle.minutes))
