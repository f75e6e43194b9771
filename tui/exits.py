"""The exit codes, and the one place that says which error ends with which."""

from __future__ import annotations

from enum import IntEnum

from instruments.errors import BadInput, CareloadError, WrongUsage


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    USAGE = 2
    """Wrong usage."""
    BAD_INPUT = 3
    """A file or value is wrong: file, line, found, expected."""
    KEY = 4
    """Key, code, ticket or passphrase."""
    PRIVACY = 5
    """Refused for privacy."""
    STORE = 6
    """The store is unavailable."""
    INTERRUPTED = 130
    """Ctrl-C, as shells count it."""


def exit_for(error: CareloadError) -> Exit:
    """Return the exit code that belongs to `error`."""
    from scoring.errors import PrivacyRefused
    from store.errors import KeyRefused, Unavailable

    table: tuple[tuple[type[CareloadError], Exit], ...] = (
        (WrongUsage, Exit.USAGE),
        (KeyRefused, Exit.KEY),
        (PrivacyRefused, Exit.PRIVACY),
        (Unavailable, Exit.STORE),
        (BadInput, Exit.BAD_INPUT),
    )
    return next((code for kind, code in table if isinstance(error, kind)), Exit.BAD_INPUT)
