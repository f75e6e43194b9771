"""The doors of a kiosk: nothing that a person sends changes which files or programs are used."""

from __future__ import annotations

import os
import pwd
import re
import signal
import sys
import termios
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager, suppress

from instruments.errors import WrongUsage
from tui.memory import keep_off_disk

KEPT = ("TERM", "TERM_PROGRAM", "COLORTERM", "NO_COLOR", "ACCESSIBLE", "LANG", "LC_ALL", "LC_CTYPE")
"""What says how a terminal looks and in which language; no other variable stays."""
_HARMLESS = re.compile(r"[A-Za-z0-9._@+-]{0,64}")
_PATH = "/usr/bin:/bin"
_KEYBOARD = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
_LOCAL_FLAGS, _INPUT_FLAGS = 3, 0


def has_connection(environment: Mapping[str, str]) -> bool:
    """Whether the person sits at the other end of an ssh connection: sshd itself sets this."""
    return bool(environment.get("SSH_CONNECTION"))


def close_doors(environment: MutableMapping[str, str]) -> None:
    """Write no memory to disk, make files for this account alone, and forget all surroundings but `KEPT`.

    State and settings then follow from the account alone. Python's own variables were read before this
    could run: start it with `python -I` where somebody else could set them.
    """
    os.umask(0o077)
    keep_off_disk()
    kept = {name: environment[name] for name in KEPT if _HARMLESS.fullmatch(environment.get(name, "\n"))}
    environment.clear()
    environment.update(kept, PATH=_PATH, HOME=_home())


def _home() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return "/nonexistent"


def check_keyboard() -> None:
    """Raise WrongUsage where there is no terminal: a command, a file transfer, a pipe."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise WrongUsage(
            "This is a kiosk: it needs a terminal and runs nothing else.",
            "Connect with a terminal (ssh -t) and without a command.",
        )


@contextmanager
def held_keyboard() -> Iterator[None]:
    """Let no key send a signal or stop the output; keys typed before are passed over."""
    for number in _KEYBOARD:
        signal.signal(number, signal.SIG_IGN)
    before = termios.tcgetattr(0)
    try:
        hold_keys()
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSAFLUSH, before)


def hold_keys() -> bool:
    """Set the terminal to lines with echo and without signals, whatever the last program left.

    Keys that wait are passed over. Returns False where there is no terminal any more.
    """
    try:
        held = termios.tcgetattr(0)
        held[_LOCAL_FLAGS] = held[_LOCAL_FLAGS] & ~termios.ISIG | termios.ICANON | termios.ECHO
        held[_INPUT_FLAGS] = held[_INPUT_FLAGS] & ~(termios.IXON | termios.IXOFF) | termios.ICRNL
        termios.tcsetattr(0, termios.TCSAFLUSH, held)
    except termios.error:
        return False
    return True
