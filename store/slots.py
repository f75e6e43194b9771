"""TinyDB in two encrypted files by turns: a change overwrites the older one in place, and syncs once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import BadInput
from store.errors import KeyRefused, Unavailable, guarded
from store.files import PRIVATE_FILE, overwrite, read_bounded, sync_directory
from store.tiny import Tables, TinyStore

if TYPE_CHECKING:
    from tinydb import TinyDB

_COUNT = 8
"""Bytes before the tables that number the change. The first is 0; a file without a number begins with `{`."""
_MISSING, _UNREADABLE, _UNNUMBERED = -2, -1, 0


@dataclass(frozen=True, slots=True)
class SlotStore(TinyStore):
    """A TinyStore with a key in two slots, of which the newer one that opens counts.

    A crash can tear the slot that is being written only; the other holds the last change before. A single
    file of a TinyStore at the same path is read as the older slot.
    """

    @property
    def slots(self) -> tuple[Path, Path]:
        """The two files, each of which may be missing."""
        return self.path, self.path.with_name(f"{self.path.name}.2")

    def exists(self) -> bool:
        """Whether one of the slots has been written."""
        with guarded(self.what):
            return any(slot.exists() for slot in self.slots)

    def snapshot(self) -> TinyDB:
        """Return what is on disk now, for reading; two changes during one reading would tear both slots."""
        with self.locked():
            return TinyStore.snapshot(self)

    def read(self) -> Tables | None:
        """Return the tables of the newer slot that opens, None when there is neither; KeyRefused else."""
        number, data = max(self._content(slot) for slot in self.slots)
        if number == _MISSING:
            return None
        if number == _UNREADABLE:
            raise self.unreadable()
        return self.decoded(data)

    def write(self, tables: Tables) -> None:
        """Write the tables over the older slot; durable on return. Call it holding the lock only."""
        numbers = [self._content(slot)[0] for slot in self.slots]
        older = self.slots[numbers.index(min(numbers))]
        number = max(_UNNUMBERED, *numbers) + 1
        data = self.encoded(tables, number.to_bytes(_COUNT))
        overwrite(older, data, PRIVATE_FILE, self.what, self.temporary)

    def remove(self) -> None:
        """Remove both slots and what a killed process may have left; killed half-way, the newer one stays."""
        with self.locked(), guarded(self.what):
            for slot in sorted(self.slots, key=self._number):
                slot.unlink(missing_ok=True)
            self.path.with_name(self.temporary).unlink(missing_ok=True)
            sync_directory(self.path.parent)

    def _number(self, slot: Path) -> int:
        try:
            return self._content(slot)[0]
        except (BadInput, Unavailable):  # a link or a pipe goes like all else
            return _UNREADABLE

    def _content(self, slot: Path) -> tuple[int, bytes]:
        """Return the number of the change that `slot` holds, and its tables as text."""
        with guarded(self.what):
            try:
                data = self.opened(read_bounded(slot))
            except FileNotFoundError:
                return _MISSING, b""
            except KeyRefused:
                return _UNREADABLE, b""
        if data[:1] != b"\0":
            return _UNNUMBERED, data
        return int.from_bytes(data[:_COUNT]), data[_COUNT:]
