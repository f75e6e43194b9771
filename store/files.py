"""Files read strictly and written whole: no links followed, modes whatever the umask, durable on return."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from instruments.errors import BadInput
from store.errors import guarded

PUBLIC_DIR, PUBLIC_FILE = 0o755, 0o644
PRIVATE_DIR, PRIVATE_FILE = 0o700, 0o600
DROP_DIR = 0o1733
"""Everybody may put files in, nobody but the owner may list, and only a file's owner may remove it."""
SEALED_FILE = 0o444
FIXED_TIME = 946_684_800
"""Modification time of every sealed file, 2000-01-01: the real one would tell who sealed when."""
MAX_BYTES = 16 * 1024 * 1024

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OVER = os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class BadFile(BadInput):
    """A file is not one that careload wrote there; `reason` says it in few words."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}.", "Put back the file as careload wrote it.")
        self.reason = reason


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of the regular file `path`.

    Raises BadFile for links, pipes, folders and files over `limit` bytes, FileNotFoundError and
    PermissionError as they are.
    """
    try:
        handle = os.open(path, _READ)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise BadFile(path.name, "a link, not a file") from None
        if error.errno == errno.ENXIO:
            raise BadFile(path.name, "not a regular file") from None
        raise
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise BadFile(path.name, "not a regular file")
        if status.st_size > limit:
            raise BadFile(path.name, f"larger than {limit:,} bytes")
        return _read_all(handle, path.name, limit)
    finally:
        os.close(handle)


def read_head(path: Path, size: int) -> bytes:
    """Return the first `size` bytes of the regular file `path`, none for anything else."""
    try:
        handle = os.open(path, _READ)
    except OSError:
        return b""
    try:
        return os.read(handle, size) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    finally:
        os.close(handle)


def _read_all(handle: int, name: str, limit: int) -> bytes:
    pieces, total = [], 0
    while piece := os.read(handle, 1 << 20):
        pieces.append(piece)
        total += len(piece)
        if total > limit:
            raise BadFile(name, f"larger than {limit:,} bytes")
    return b"".join(pieces)


def make_directory(path: Path, mode: int) -> None:
    """Make the folder `path` with exactly `mode`; FileExistsError when something is there."""
    path.mkdir(mode=0o700)
    path.chmod(mode)


def is_real_directory(path: Path) -> bool:
    """Whether `path` is a folder itself, not a link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def sync_directory(path: Path) -> bool:
    """Make the entries of folder `path` durable; False where this account may not read the folder."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:
        return False
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return True


def write_atomic(path: Path, data: bytes, mode: int, what: str, temporary: str = "") -> None:
    """Replace `path` by `data` in one step: after a crash the old or the new content is there, whole.

    `temporary` names the file beside it that is renamed; give one only while holding a lock, so that what
    a killed process left is cleared. Raises Unavailable about `what`.
    """
    beside = path.with_name(temporary or f".{path.name}.{os.urandom(8).hex()}.new")
    with guarded(what):
        if temporary:
            beside.unlink(missing_ok=True)
        _written(beside, data, mode, lambda: beside.replace(path))
        sync_directory(path.parent)


def overwrite(path: Path, data: bytes, mode: int, what: str, temporary: str) -> None:
    """Write `data` over the file `path` in place, with one sync; a crash may leave any part of it there.

    Where that could change a file elsewhere or show it to others (a second name, another owner or mode), and
    where there is none, `write_atomic` replaces it. An error empties it: what is not kept must not look so.
    """
    with guarded(what):
        handle = _own_handle(path, mode)
        if handle is None:
            write_atomic(path, data, mode, what, temporary)
            return
        try:
            _write_over(handle, data)
        finally:
            os.close(handle)


def _own_handle(path: Path, mode: int) -> int | None:
    """Open `path` for writing; None unless it is a file of this account alone."""
    try:
        handle = os.open(path, _OVER)
    except (FileNotFoundError, PermissionError):
        return None
    if _is_ours_alone(os.fstat(handle), mode):
        return handle
    os.close(handle)
    return None


def _is_ours_alone(status: os.stat_result, mode: int) -> bool:
    is_plain = stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) == mode
    return is_plain and status.st_uid == os.geteuid() and status.st_nlink == 1


def _write_over(handle: int, data: bytes) -> None:
    try:
        _write_all(handle, data)
        os.ftruncate(handle, len(data))
        os.fsync(handle)
    except OSError:
        with suppress(OSError):
            os.ftruncate(handle, 0)
        raise


def write_once(path: Path, data: bytes, mode: int, what: str) -> None:
    """Write `data` to `path`, which must not exist, with a fixed modification time.

    Raises FileExistsError when `path` exists, Unavailable about `what` for everything else.
    """
    beside = path.with_name(f".{os.urandom(16).hex()}.new")

    def link() -> None:
        os.utime(beside, (FIXED_TIME, FIXED_TIME), follow_symlinks=False)
        os.link(beside, path, follow_symlinks=False)

    with guarded(what):
        _written(beside, data, mode, link)
        sync_directory(path.parent)


def _written(beside: Path, data: bytes, mode: int, then: Callable[[], object]) -> None:
    """Write and sync `data` to the new file `beside`, do `then`, and leave no temporary file."""
    handle = os.open(beside, _NEW, 0o600)
    try:
        try:
            _write_all(handle, data)
            os.fchmod(handle, mode)
            os.fsync(handle)
        finally:
            os.close(handle)
        then()
    finally:
        with suppress(OSError):
            beside.unlink()


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
