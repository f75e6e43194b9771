"""What comes from the keyboard: bytes that are no letters are passed over, and end nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

_LINUX = "textual.drivers.linux_driver"


def forgiving(driver: type[Driver]) -> type[Driver]:
    """Return `driver`, made to read on after bytes that are no UTF-8.

    A terminal with another encoding sends such bytes for every accented letter; Textual would end with a
    traceback. What was read together with them, 4,096 bytes at most, is passed over.
    """
    if driver.__module__ != _LINUX:
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    class ForgivingDriver(LinuxDriver):
        """Reads the keyboard from anew after each such byte."""

        def run_input_thread(self) -> None:
            """Read until the program ends."""
            is_reading = True
            while is_reading:
                try:
                    super().run_input_thread()
                    is_reading = False
                except UnicodeDecodeError:
                    continue

    return ForgivingDriver
