"""Whether this terminal can show screens."""

from __future__ import annotations

import os
import shutil
import sys

from instruments.errors import WrongUsage

COLUMNS, LINES = 80, 24


def keyboard_back() -> None:
    """Make the keyboard standard input again after a pipe has carried a secret."""
    if sys.stdin.isatty():
        return
    try:
        keyboard = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return
    os.dup2(keyboard, 0)
    os.close(keyboard)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the program


def check_terminal() -> None:
    """Raise WrongUsage with a sentence when screens cannot be shown here."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "") in {"", "dumb"}:
        raise WrongUsage(
            "This needs a terminal with a keyboard; there is none here.",
            "Open a terminal window and try again.",
        )
    size = shutil.get_terminal_size((COLUMNS, LINES))
    if size.columns < COLUMNS or size.lines < LINES:
        raise WrongUsage(
            f"This terminal shows {size.columns} x {size.lines} characters; {COLUMNS} x {LINES} are needed.",
            "Make the window larger or the letters smaller, then try again.",
        )
