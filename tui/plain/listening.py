"""Where plain lines come from: standard input, a line at a time."""

from __future__ import annotations

import getpass
import sys

from tui import output
from tui.plain import words
from tui.plain.talk import LONGEST
from tui.terminal import keyboard_back

LONGEST_OF_TERMINAL = {"darwin": 1023}.get(sys.platform, 4095)
"""Bytes of a line that a terminal passes on (n_tty of Linux, MAX_CANON of macOS); it drops the rest."""


class Listener:
    """Reads lines of standard input; the words of a code are not shown while they are typed on a terminal.

    Parameters
    ----------
    after_secret
        Whether a secret came from standard input: a pipe that held nothing else gives way to the keyboard.
    """

    def __init__(self, *, after_secret: bool = False) -> None:
        self._may_turn = after_secret

    def __call__(self, hidden_prompt: str) -> str | None:
        """Return the next line, or None when no more comes."""
        if hidden_prompt and sys.stdin.isatty():
            return _hidden(hidden_prompt)
        if hidden_prompt:
            output.put(hidden_prompt)
        line = self._read()
        if not line and self._may_turn:
            keyboard_back()
            line = self._read()
        self._may_turn = False
        if sys.stdin.isatty() and len(line.encode("utf-8", "replace")) > LONGEST_OF_TERMINAL:
            output.put_line(words.CUT)
        return line or None

    def _read(self) -> str:
        """Return a line with its end, cut where it is longer than any answer; empty at the end of all."""
        try:
            line = sys.stdin.readline(LONGEST + 2)
            rest = line
            while rest and not rest.endswith("\n"):
                rest = sys.stdin.readline(LONGEST)
                line = (line + rest)[: 2 * LONGEST]
        except OSError:  # the terminal is gone
            return ""
        return line


def _hidden(prompt: str) -> str | None:
    try:
        return getpass.getpass(f"{prompt}\n", sys.stdout)
    except EOFError:
        return None
    except UnicodeDecodeError:
        return "\n"
