"""The care ledger: one small file an entry, added by many accounts at once, read by the folder's owner."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from instruments.care_log import CareEntry, why_not_entry
from instruments.errors import BadInput
from instruments.records import canonical
from store.errors import Refused, Unavailable, guarded
from store.files import (
    PRIVATE_FILE,
    SEALED_FILE,
    BadFile,
    read_bounded,
    sync_directory,
    write_once,
)
from store.names import folder_in, is_sealed_name, is_temporary_name, shown
from store.public import LEDGER, PublicStudy
from store.quarantine import Problem
from store.records import read_own_record

LARGEST = 1_024
MOST_ENTRIES = 200_000
"""More files than these are not read: no company logs so much, and a full folder would stop the plan."""
_WHAT = "The care ledger"


def append(public: PublicStudy, entry: CareEntry) -> str:
    """Add `entry` as a file of its own and return the file's name; BadInput when it is none of this study.

    Others may read the file where the ledger is shared, or the owner could not; its name, which is drawn, and
    the folder, which only the owner may list, keep it from them.
    """
    problem = why_not_entry(entry, public.policy)
    if problem:
        raise BadInput(f"This cannot be logged: {problem}.", "Choose from what the study offers.")
    folder = folder_in(public.root, LEDGER)
    mode = SEALED_FILE if folder.stat().st_mode & stat.S_ISVTX else PRIVATE_FILE
    name = secrets.token_hex(16)
    write_once(folder / name, canonical(entry), mode, _WHAT)
    return name


def take_back(public: PublicStudy, name: str) -> None:
    """Remove the entry `name`; Refused when it is gone, Unavailable from another account."""
    if not is_sealed_name(name):
        raise Refused("There is no entry to take back.", "")
    folder = folder_in(public.root, LEDGER)
    with guarded(_WHAT):
        try:
            (folder / name).unlink()
        except FileNotFoundError:
            raise Refused("The last entry was taken back already.", "") from None
        sync_directory(folder)


def entries_in(public: PublicStudy) -> tuple[tuple[CareEntry, ...], tuple[Problem, ...]]:
    """Return every entry of the study, in no order of time, and the files that are none.

    Unavailable for accounts that may not list the folder.
    """
    entries: list[CareEntry] = []
    problems: list[Problem] = []
    for path in _listed(public):
        if is_temporary_name(path.name):
            continue
        found = _read(path, public)
        if isinstance(found, CareEntry):
            entries.append(found)
        else:
            problems.append(Problem(shown(path.name), found))
    return tuple(sorted(entries, key=canonical)), tuple(problems)


def _listed(public: PublicStudy) -> Iterator[Path]:
    folder = folder_in(public.root, LEDGER)
    with guarded(_WHAT):
        names = sorted(os.listdir(folder))  # noqa: PTH208  (no Path for each of 200,000)
    if len(names) > MOST_ENTRIES:
        raise Unavailable(f"{_WHAT} has more than {MOST_ENTRIES:,} files.", "Look who fills it.")
    yield from (folder / name for name in names)


def _read(path: Path, public: PublicStudy) -> CareEntry | str:
    """Return the entry in `path`, or why it is none."""
    if not is_sealed_name(path.name):
        return "not a name that careload gives"
    try:
        entry = read_own_record(read_bounded(path, LARGEST), CareEntry, "an entry")
    except BadFile as error:
        return error.reason
    except BadInput:
        return "not an entry as careload writes it"
    except OSError:
        return "cannot be read by this account"
    return why_not_entry(entry, public.policy) or entry
