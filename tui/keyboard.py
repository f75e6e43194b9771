"""What comes from the keyboard: bytes that are no letters end nothing, a terminal that is gone ends all."""

from __future__ import annotations

import asyncio
import errno
import termios
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

LOOK_SECONDS = 1.0
_LINUX = "textual.drivers.linux_driver"


class _Watch:
    """Looks each second whether the terminal is still there, and calls `gone` each second once it is not."""

    def __init__(self, number: int, gone: Callable[[], object]) -> None:
        self._number, self._gone = number, gone
        self._next: asyncio.TimerHandle | None = None
        self.is_unreadable = False

    @property
    def has_hung_up(self) -> bool:
        """Whether the terminal is gone."""
        try:
            termios.tcgetattr(self._number)
        except termios.error as error:
            return bool(error.args[0] == errno.EIO)
        return False

    def look(self) -> None:
        """Look now, and again in a second."""
        if self.is_unreadable or self.has_hung_up:
            self._gone()
        self._next = asyncio.get_running_loop().call_later(LOOK_SECONDS, self.look)

    def end(self) -> None:
        """Look no more."""
        if self._next is not None:
            self._next.cancel()


def forgiving(driver: type[Driver], gone: Callable[[], object]) -> type[Driver]:
    """Return `driver`, made to read on after bytes that are no UTF-8, and to tell when there is no terminal.

    A terminal with another encoding sends such bytes for every accented letter; Textual would end with a
    traceback. What was read together with them, 4,096 bytes at most, is passed over.

    Behind `su` or `sudo` a terminal can vanish without a signal: Textual would read its end over and over.
    `gone` is then called each second until the program has ended: it may have to wait for a sealed file.
    """
    if driver.__module__ != _LINUX:
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    class ForgivingDriver(LinuxDriver):
        """Reads the keyboard from anew after each such byte, and keeps an eye on the terminal."""

        _watch: _Watch

        def start_application_mode(self) -> None:
            """Begin to watch, too."""
            self._watch = _Watch(self.fileno, gone)
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self._watch.look()

        def stop_application_mode(self) -> None:
            """Watch no more."""
            self._watch.end()
            super().stop_application_mode()

        def run_input_thread(self) -> None:
            """Read until the program ends, or nothing can be read any more."""
            is_reading = True
            while is_reading:
                try:
                    super().run_input_thread()
                    is_reading = False
                except UnicodeDecodeError:
                    continue
                except OSError:
                    is_reading, self._watch.is_unreadable = False, True

    return ForgivingDriver
