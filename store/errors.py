"""What can go wrong where records are kept; `tui.exits` maps each class to its exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from instruments.errors import BadInput, CareloadError


class StoreError(CareloadError):
    """Base of the store's own errors."""


class KeyRefused(StoreError):
    """A key, passphrase, ticket or personal code does not fit (exit 4)."""


class Unavailable(StoreError):
    """The folder cannot be read or written as things stand (exit 6)."""


class Refused(BadInput):
    """The step does not fit the state that the study is in (exit 3)."""


class NotOpen(Refused):
    """The study has not been opened yet (exit 3)."""


class AlreadyOpen(Refused):
    """The study is open: what it asks is frozen (exit 3)."""


class AlreadyClosed(Refused):
    """The wave is closed or being closed (exit 3)."""


_FULL = ("there is no room left on the disk", "Make room, then try again; nothing was half-written.")
_ACCESS = (
    "this account may not do that there",
    "Check who owns the study folder (`careload doctor`), or use the account that wrote it.",
)
_WHY = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: ("the disk is read-only", "Use a disk that can be written, then try again."),
    errno.EACCES: _ACCESS,
    errno.EPERM: _ACCESS,
    errno.ENOENT: ("it is not there", "Check the folder's name, and whether the shared disk is connected."),
    errno.ENOTDIR: ("there is a file where a folder should be", "Run `careload doctor` on the study."),
    errno.ELOOP: ("there is a link where a folder should be", "Run `careload doctor` on the study."),
}


def unavailable(what: str, error: OSError) -> Unavailable:
    """Return `error` as a sentence about `what`, without any path of this machine in it."""
    text = str(error.strerror or type(error).__name__)
    why, todo = _WHY.get(error.errno or 0, (text, "Try again; if it stays, ask whoever runs this machine."))
    return Unavailable(f"{what} cannot be used: {why}.", todo)


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """Turn errors of the operating system inside the block into Unavailable about `what`.

    FileExistsError passes: the caller knows what it means.
    """
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise unavailable(what, error) from None
