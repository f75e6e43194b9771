"""Files in the inbox that are no submissions: kept apart with the reason, never deleted."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from store.errors import guarded
from store.files import PRIVATE_DIR, make_directory
from store.names import folder_in, shown
from store.public import INBOX, PRIVATE
from store.tiny import TinyStore

QUARANTINE = "quarantine"
INDEX = "quarantine.json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One file that was not counted: its name, made harmless, and the reason in words."""

    file: str
    reason: str


def set_aside(root: Path, wave: str, found: Sequence[tuple[str, str]]) -> tuple[Problem, ...]:
    """Note `found` (file names as they are, reasons) and move this account's own regular files apart.

    Returns these and the ones noted at earlier tries to close `wave`.
    """
    index = TinyStore(folder_in(root, PRIVATE) / INDEX, "The list of set-aside files")
    places = {name: secrets.token_hex(8) for name, _ in found}
    with index.transaction() as db:
        table = db.table("files")
        again = {shown(name) for name in places}
        before = [
            dict(row) for row in table.all() if row.get("wave") == wave and row.get("file") not in again
        ]
        others = [dict(row) for row in table.all() if row.get("wave") != wave]
        rows = [
            {"wave": wave, "file": shown(name), "reason": reason, "place": places[name]}
            for name, reason in found
        ]
        if rows:
            table.truncate()
            table.insert_multiple([*others, *before, *rows])
    _move(root, places)
    return tuple(Problem(str(row.get("file")), str(row.get("reason"))) for row in [*before, *rows])


def _move(root: Path, places: dict[str, str]) -> None:
    folder, inbox = folder_in(root, PRIVATE) / QUARANTINE, folder_in(root, INBOX)
    with guarded("The folder of set-aside files"), suppress(FileExistsError):
        make_directory(folder, PRIVATE_DIR)
    for name, place in places.items():
        path = inbox / name
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
                path.rename(folder / place)
