"""Clearing a terminal, also one that a killed program left in any state."""

from __future__ import annotations

import os
from contextlib import suppress

SIMPLE = frozenset({"", "dumb"})
"""Terminals that know no sequences."""
_MODES_OFF = "".join(f"\x1b[?{mode}l" for mode in (1000, 1003, 1006, 1015, 1016, 1004, 2004, 2026, 2048))
_PLAIN = f"{_MODES_OFF}\x1b[=0;1u\x1b[?7h\x1b[?25h\x1b[0m\x1b[!p"
_TITLE = "\x1b]0;careload\x07"
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
_OTHER_SCREEN = f"\x1b[?1049h{_PLAIN}{_CLEAR}\x1b[?1049l"
_NO_SEQUENCES = "\n" * 100
"""For a terminal that knows no sequences: out of sight, though not out of a scroll bar."""


def wiping(terminal: str, *, own_screen: bool) -> str:
    """Return what clears a `terminal` (as TERM names it): both screens, scroll bar, title, modes.

    With `own_screen` what the person's terminal showed before the visit stays: careload wrote on the other
    screen only, and the scroll bar is the person's own.
    """
    if terminal in SIMPLE:
        return _NO_SEQUENCES
    return _OTHER_SCREEN + _PLAIN + _TITLE + ("" if own_screen else _CLEAR)


def wipe(terminal: str, *, own_screen: bool) -> None:
    """Clear the terminal on standard error; one that is gone shows nothing any more."""
    data = wiping(terminal, own_screen=own_screen).encode()
    with suppress(OSError):
        while data:
            data = data[os.write(2, data) :]
