"""One careload at a time closes a wave or imports into it: nothing is handed in while another one counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import Unavailable, guarded
from store.files import PRIVATE_FILE
from store.names import folder_in
from store.public import PRIVATE

LOCK = ".closing.lock"


@contextmanager
def closing_alone(root: Path) -> Iterator[None]:
    """Let nobody else close or import while the block runs; Unavailable when somebody does."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder_in(root, PRIVATE) / LOCK, mode=PRIVATE_FILE)
    with guarded("The study folder"):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise Unavailable(
                "Another careload is closing this wave, or importing into it, at this moment.",
                "Wait until it has finished.",
            ) from None
    try:
        yield
    finally:
        lock.release()
