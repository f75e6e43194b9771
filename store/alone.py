"""One careload at a time closes a wave: a second one would let people hand in while the first one counts."""

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
    """Let nobody else close the study at `root` while the block runs; Unavailable when somebody does."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder_in(root, PRIVATE) / LOCK, mode=PRIVATE_FILE)
    with guarded("The study folder"):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise Unavailable(
                "Another careload is closing this wave at this moment.", "Wait until it has finished."
            ) from None
    try:
        yield
    finally:
        lock.release()
