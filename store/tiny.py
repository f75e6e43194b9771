"""TinyDB over a Storage that loses nothing: one lock a change, written whole, encrypted where asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from instruments.errors import BadInput
from instruments.reading import parse_json
from store.errors import KeyRefused, Unavailable, guarded
from store.files import MAX_BYTES, PRIVATE_FILE, read_bounded, write_atomic

if TYPE_CHECKING:
    from tinydb import TinyDB

LOCK_SECONDS = 30.0
PADDED = 16 * 1024
"""An encrypted file fills whole steps of so many bytes: its size would tell which tasks were drawn, how much
was written, and which questions were passed over. A usual sitting takes one step."""
Tables = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TinyStore:
    """One TinyDB file; `key` encrypts it, `what` names it in messages."""

    path: Path
    what: str
    key: bytes | None = field(default=None, repr=False)
    lock_name: str = ""

    @contextmanager
    def transaction(self) -> Iterator[TinyDB]:
        """Lock, read, let the block change, and write once; an exception in the block writes nothing.

        Another process or thread waits until the whole change is on disk.
        """
        from filelock import FileLock, Timeout
        from tinydb import TinyDB

        lock = FileLock(self.path.with_name(self.lock_name or f".{self.path.name}.lock"), mode=PRIVATE_FILE)
        with guarded(self.what):
            try:
                lock.acquire(timeout=LOCK_SECONDS)
            except Timeout:
                raise Unavailable(
                    f"{self.what} is being written by another careload.", "Wait a moment, then try again."
                ) from None
        try:
            with closing(BufferedStorage(self, is_open=True)) as storage:
                yield TinyDB(storage=lambda: storage)
                storage.commit()
        finally:
            lock.release()

    def snapshot(self) -> TinyDB:
        """Return what is on disk now, for reading; writing to it is refused."""
        from tinydb import TinyDB

        storage = BufferedStorage(self, is_open=False)
        return TinyDB(storage=lambda: storage)

    def exists(self) -> bool:
        """Whether the file has been written."""
        with guarded(self.what):
            return self.path.exists()

    def read(self) -> Tables | None:
        """Return the tables on disk, None when there is no file; KeyRefused when it does not open."""
        with guarded(self.what):
            try:
                data = read_bounded(self.path)
            except FileNotFoundError:
                return None
        return self._decoded(data)

    def write(self, tables: Tables) -> None:
        """Replace the tables on disk; durable on return. Call it holding the lock only."""
        data = json.dumps(tables, separators=(",", ":"), allow_nan=False).encode()
        if self.key is not None:
            from nacl.secret import SecretBox

            data += b" " * (-len(data) % PADDED)
            data = bytes(SecretBox(self.key).encrypt(data))
        if len(data) > MAX_BYTES:
            raise Unavailable(f"{self.what} has grown too large to be written.")
        write_atomic(self.path, data, PRIVATE_FILE, self.what, temporary=f".{self.path.name}.new")

    def _decoded(self, data: bytes) -> Tables:
        if self.key is None:
            return self._checked(parse_json(data, self.path.name))
        from nacl.exceptions import CryptoError
        from nacl.secret import SecretBox

        try:
            opened = json.loads(SecretBox(self.key).decrypt(data))
        except (CryptoError, ValueError):
            raise KeyRefused(
                f"{self.what} cannot be opened: it was written with another key, or is damaged.",
                "Check the code; a damaged file cannot be mended.",
            ) from None
        return self._checked(opened)

    def _checked(self, tables: object) -> Tables:
        """Return `tables` when they have TinyDB's form, rows by number in tables by name; BadInput else."""
        if _is_tables(tables):
            return cast("Tables", tables)
        name = self.path.name if self.key is None else self.what
        raise BadInput(f"{name}: not as careload writes it.", "Put back a copy of the file.")


def _is_tables(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(table, dict)
        and all(
            number.isdecimal() and len(number) < 19 and isinstance(row, dict) for number, row in table.items()
        )
        for table in value.values()
    )


class BufferedStorage:
    """The methods of TinyDB's Storage: changes stay in memory until `commit` writes them at once.

    Not a subclass: tinydb is imported with the first transaction, not on the way to the first screen.
    """

    def __init__(self, store: TinyStore, *, is_open: bool) -> None:
        self.is_open = is_open
        self._store = store
        self._tables = store.read()
        self._changed = False

    def read(self) -> Tables | None:
        """Return the tables as changed so far."""
        return self._tables

    def write(self, data: Tables) -> None:
        """Take over the changed tables; RuntimeError outside of a transaction."""
        if not self.is_open:
            msg = "a write outside of a transaction"
            raise RuntimeError(msg)
        self._tables, self._changed = data, True

    def commit(self) -> None:
        """Write the changes, if there are any, and refuse further ones."""
        self.is_open = False
        if self._changed and self._tables is not None:
            self._store.write(self._tables)

    def close(self) -> None:
        """Refuse further changes."""
        self.is_open = False
