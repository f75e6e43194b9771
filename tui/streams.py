"""Standard input, output and error, made fit for use whatever the caller did with them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper


def ready_streams() -> None:
    """Give closed streams a place, and let letters that the other end cannot take become question marks.

    A file that is opened later would otherwise get a closed stream's number, and be written into. Reading
    closed input ends at once; writing to closed output fails as writing to a full disk does.
    """
    for number, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives to the end
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def take_any_bytes() -> None:
    """Let bytes of standard input that are no letters become question marks, before any is read."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def let_go_of_output() -> None:
    """Throw away what could not be written, so that Python does not try again, and complain, at its end."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
