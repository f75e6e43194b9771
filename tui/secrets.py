"""Secrets given to a command: from standard input or a file, or asked for; never on the command line."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from pathlib import Path

from instruments.errors import BadInput, WrongUsage
from store.names import shown
from tui.cleaning import clean

MAX_SECRET_BYTES = 4096


def read_secret(option: str, given: str | None, prompt: str, *, echo: bool = False) -> str:
    """Return the secret that `given` points to (``-`` or ``@FILE``), or ask for it with `prompt`.

    Raises WrongUsage for a bare value or when nobody can be asked, BadInput when the file cannot be read.
    """
    if given is None:
        return _ask(option, prompt, echo)
    if given == "-":
        return _line_of_stdin(option)
    if given.startswith("@"):
        return _from_file(Path(given[1:]))
    raise WrongUsage(
        f"{option} does not take the secret itself: other people can read command lines.",
        f"Use {option} - (standard input) or {option} @FILE, or leave it out to be asked.",
    )


def _ask(option: str, prompt: str, echo: bool) -> str:
    if not sys.stdin.isatty():
        raise WrongUsage(f"{option} is needed here.", f"Use {option} - (standard input) or {option} @FILE.")
    asked = clean(prompt)
    sys.stderr.write(asked if echo else "")
    sys.stderr.flush()
    return (sys.stdin.readline() if echo else getpass.getpass(asked, sys.stderr)).strip()


def _line_of_stdin(option: str) -> str:
    line = sys.stdin.readline(MAX_SECRET_BYTES)
    if not line.strip():
        raise WrongUsage(f"Standard input ended before {option} was read.", "Give one secret a line.")
    return line.strip()


def _from_file(path: Path) -> str:
    """Return what the regular file `path` holds; a pipe that nobody writes to would be waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        with open(handle, "rb") as file:  # noqa: PTH123 - a number, no path
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise BadInput(
                    f"{shown(path.name)}: not a regular file.", "For a pipe use - (standard input)."
                )
            return file.read(MAX_SECRET_BYTES).decode("utf-8").strip()
    except (OSError, ValueError) as error:
        raise BadInput(
            f"{shown(path.name)}: the file with the secret cannot be read.", "Check name and rights."
        ) from error
