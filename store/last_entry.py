"""What an account logged last, in its own folder: the next entry begins with it, and it can be taken back."""

from __future__ import annotations

from pathlib import Path

from instruments.care_log import CareEntry, why_not_entry
from instruments.errors import BadInput
from instruments.model import Record
from instruments.records import canonical
from store.errors import guarded
from store.files import (
    PRIVATE_DIR,
    PRIVATE_FILE,
    BadFile,
    is_real_directory,
    make_directory,
    read_bounded,
    write_atomic,
)
from store.ledger import LARGEST
from store.public import PublicStudy
from store.records import read_own_record

FOLDER = "log"


class LastEntry(Record, frozen=True):
    """An entry and its file; nobody else can read this, and no day stands in it."""

    entry: CareEntry
    name: str
    """Of the entry's file, so that it can be taken back; empty once it was."""
    schema: int = 1


def read_last(state: Path, public: PublicStudy) -> LastEntry | None:
    """Return what was logged last from this account; None for nothing, or nothing that fits any more."""
    try:
        data = read_bounded(_file(state, public), LARGEST)
        last = read_own_record(data, LastEntry, "the last entry")
    except (OSError, BadFile, BadInput):
        return None
    return None if why_not_entry(last.entry, public.policy) else last


def keep_last(state: Path, public: PublicStudy, last: LastEntry) -> None:
    """Remember `last` in this account's own folder `state`; Unavailable when that cannot be written."""
    path = _file(state, public)
    with guarded("The folder of this account's last entry"):
        if not is_real_directory(path.parent):
            make_directory(path.parent, PRIVATE_DIR)
    write_atomic(path, canonical(last), PRIVATE_FILE, "This account's last entry")


def _file(state: Path, public: PublicStudy) -> Path:
    return state / FOLDER / f"{public.policy_sha256[:32]}.json"
