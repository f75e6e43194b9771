"""The log of openings: a hash chain that says when sealed answers were opened, by which roles, how many.

The destruction of keys is told in the same chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from instruments.errors import BadInput
from instruments.model import Record
from instruments.records import Wave, sha256_of
from store.names import folder_in
from store.public import PRIVATE
from store.tiny import TinyStore

OPENINGS_FILE = "openings.json"


class Opening(Record, frozen=True):
    """One opening of a wave's submissions; `previous` is the hash of the entry before (empty: the first)."""

    number: int
    wave: Wave
    roles: tuple[str, ...]
    day: str
    """Date as the caller gave it; the log knows no finer clock."""
    opened: int
    counted: int
    held_back: int
    quarantined: int
    previous: str = ""
    destroyed: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    """Roles whose keys were destroyed, in an entry that tells of that and of no opening; else absent."""


def append_opening(root: Path, opening: Opening) -> tuple[Opening, ...]:
    """Add `opening` at the end, numbered and chained, and return the whole log."""
    log = _log(root)
    with log.transaction() as db:
        before = _checked([dict(row) for row in db.table("openings").all()])
        chained = msgspec.structs.replace(
            opening,
            number=len(before) + 1,
            previous=sha256_of(before[-1]) if before else "",
        )
        db.table("openings").insert(msgspec.to_builtins(chained))
    return (*before, chained)


def read_openings(root: Path) -> tuple[Opening, ...]:
    """Return the log; BadInput when an entry was changed, removed or put in."""
    return _checked([dict(row) for row in _log(root).snapshot().table("openings").all()])


def openings_in(log: Sequence[Opening]) -> tuple[Opening, ...]:
    """Return the entries of `log` that tell of an opening."""
    return tuple(entry for entry in log if entry.destroyed is msgspec.UNSET)


def keys_are_destroyed(root: Path) -> bool:
    """Whether the log tells that keys of this study were destroyed."""
    return any(entry.destroyed is not msgspec.UNSET for entry in read_openings(root))


def _log(root: Path) -> TinyStore:
    return TinyStore(folder_in(root, PRIVATE) / OPENINGS_FILE, "The log of openings")


def _checked(rows: list[dict[str, object]]) -> tuple[Opening, ...]:
    try:
        entries = tuple(msgspec.convert(row, Opening, strict=True) for row in rows)
    except msgspec.ValidationError:
        raise _broken() from None
    previous = ""
    for number, entry in enumerate(entries, 1):
        if entry.number != number or entry.previous != previous:
            raise _broken()
        previous = sha256_of(entry)
    return entries


def _broken() -> BadInput:
    return BadInput(
        f"{OPENINGS_FILE}: the log of openings was changed.",
        "Put back an unchanged copy; tell the key holders that it was changed.",
    )
