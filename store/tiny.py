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
        from tinydb import TinyDB

        with self.locked(), closing(BufferedStorage(self, is_open=True)) as storage:
            yield TinyDB(storage=lambda: storage)
            storage.commit()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep all other changes waiting; Unavailable when another one does not end."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.path.with_name(self.lock_name or f".{self.path.name}.lock"), mode=PRIVATE_FILE)
        with guarded(self.what):
            try:
                lock.acquire(timeout=LOCK_SECONDS)
            except Timeout:
                raise Unavailable(
                    f"{self.what} is being written by another careload.", "Wait a moment, then try again."
                ) from None
        try:
            yield
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
        return self.decoded(data if self.key is None else self.opened(data))

    def write(self, tables: Tables) -> None:
        """Replace the tables on disk; durable on return. Call it holding the lock only."""
        write_atomic(self.path, self.encoded(tables), PRIVATE_FILE, self.what, temporary=self.temporary)

    @property
    def temporary(self) -> str:
        """Name of the file that a killed process may have left beside ours."""
        return f".{self.path.name}.new"

    def encoded(self, tables: Tables, prefix: bytes = b"") -> bytes:
        """Return `prefix` and the tables as they go on disk, encrypted where there is a key."""
        data = prefix + json.dumps(tables, separators=(",", ":"), allow_nan=False).encode()
        if self.key is not None:
            from nacl.secret import SecretBox

            data += b" " * (-len(data) % PADDED)
            data = bytes(SecretBox(self.key).encrypt(data))
        if len(data) > MAX_BYTES:
            raise Unavailable(f"{self.what} has grown too large to be written.")
        return data

    def opened(self, data: bytes) -> bytes:
        """Return what was encrypted, padding and all; KeyRefused when it is damaged or of another key."""
        from nacl.exceptions import CryptoError
        from nacl.secret import SecretBox

        try:
            return SecretBox(self.key or b"").decrypt(data)
        except (CryptoError, ValueError):
            raise self.unreadable() from None

    def unreadable(self) -> KeyRefused:
        """Return the error about content that does not open."""
        return KeyRefused(
            f"{self.what} cannot be opened: it was written with another key, or is damaged.",
            "Check the code; a damaged file cannot be mended.",
        )

    def decoded(self, data: bytes) -> Tables:
        """Return the tables of decrypted or clear `data`."""
        if self.key is None:
            return self._checked(parse_json(data, self.path.name))
        try:
            return self._checked(json.loads(data))
        except ValueError:
            raise self.unreadable() from None

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
