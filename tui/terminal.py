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
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - lives as long as the program


def wants_lines() -> bool:
    """Whether plain lines take the place of screens: asked for by ACCESSIBLE, or nothing else is possible."""
    is_simple = os.environ.get("TERM", "") in {"", "dumb"}
    return is_accessible() or is_simple or not (sys.stdin.isatty() and sys.stdout.isatty() and _has_size())


def is_accessible() -> bool:
    """Whether the person's surroundings ask for text that a screen reader can follow (ACCESSIBLE=1)."""
    return os.environ.get("ACCESSIBLE", "").strip().lower() not in {"", "0", "no", "false"}


def _has_size() -> bool:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns > 0 or bool(os.environ.get("COLUMNS"))
    except (OSError, ValueError):
        return False


def check_terminal() -> None:
    """Raise WrongUsage with a sentence when screens do not fit here."""
    size = shutil.get_terminal_size((COLUMNS, LINES))
    if size.columns < COLUMNS or size.lines < LINES:
        raise WrongUsage(
            f"This terminal shows {size.columns} x {size.lines} characters; {COLUMNS} x {LINES} are needed.",
            "Make the window larger or the letters smaller, or add --plain: plain lines fit everywhere.",
        )
