"""The one module that writes to standard output (data) and standard error (narration)."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from contextlib import suppress
from typing import Any

import msgspec

from instruments.errors import BadInput, CareloadError
from instruments.texts import CONTROL
from tui.cleaning import clean

_COMMAND = "Next: careload "
"""Starts a line that is meant to be copied as it stands."""


def put(text: str) -> None:
    """Write one piece of data to standard output."""
    sys.stdout.write(clean(text) + "\n")
    sys.stdout.flush()


def put_line(text: str) -> None:
    """Write one line of a conversation to standard output, broken between words for a person's terminal."""
    put(_wrapped(clean(text)) if sys.stdout.isatty() else text)


def put_json(value: Any) -> None:
    """Write `value` as one JSON object to standard output; BadInput for a file name that is no text."""
    try:
        data = msgspec.json.format(msgspec.json.encode(value), indent=2)
    except UnicodeEncodeError:
        raise BadInput(
            "A file name here is not UTF-8 text, so JSON cannot hold it.", "Use a name of plain letters."
        ) from None
    sys.stdout.write(CONTROL.sub(_escaped, data.decode("utf-8")) + "\n")
    sys.stdout.flush()


def _escaped(found: re.Match[str]) -> str:
    """Return a control character as JSON may also write it; a terminal would obey the character itself."""
    return f"\\u{ord(found.group()):04x}"


def say(text: str, end: str = "\n") -> None:
    """Tell the person something on standard error; where nobody can read it, the command goes on."""
    with suppress(OSError):
        sys.stderr.write(_for_terminal(clean(text)) + end)
        sys.stderr.flush()


def _for_terminal(text: str) -> str:
    """Break a sentence between words for a person's terminal; anything else gets it as it is."""
    return text if not sys.stderr.isatty() or _COMMAND in text else _wrapped(text)


def _wrapped(text: str) -> str:
    columns = max(shutil.get_terminal_size((80, 24)).columns - 1, 20)
    lines = text.split("\n")
    return "\n".join(
        textwrap.fill(line, columns, break_long_words=False, break_on_hyphens=False) for line in lines
    )


def say_error(error: CareloadError) -> None:
    """Tell what went wrong, every place of it, and what can be done."""
    say(error.message)
    if isinstance(error, BadInput):
        for fault in error.faults:
            say(f"  {fault}")
    if error.todo:
        say(error.todo)


class Progress:
    """A progress line on standard error: redrawn on a terminal, silent elsewhere."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._is_terminal = sys.stderr.isatty()
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        percent = 100 * done // max(total, 1)
        if not self._is_terminal or percent == self._shown:
            return
        self._shown = percent
        bar = "█" * (percent // 5) + "░" * (20 - percent // 5)
        sys.stderr.write(f"\r{self.title:<34} {bar} {percent:3d} %" + ("\n" if done >= total else ""))
        sys.stderr.flush()
