"""Destroying keys: what was sealed for them stays as it is and can no longer be opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from instruments.errors import BadInput
from store.errors import guarded
from store.files import read_bounded, sync_directory
from store.names import shown
from store.openings import Opening, append_opening
from store.study import Study
from store.vault import STEP, public_of_key_file, unlock_sheet

_WHAT = "The key file"


def role_of_key(study: Study, path: Path) -> str:
    """Return whose key the file at `path` is; BadInput when it is none of this study's, KeyRefused else."""
    return _role(study, public_of_key_file(_bytes(path), shown(path.name)), path)


def role_of_sheet(study: Study, path: Path) -> str:
    """Return whose recovery sheet the file at `path` is; BadInput or KeyRefused as above."""
    text = _bytes(path).decode("utf-8", errors="replace")
    return _role(study, unlock_sheet(text).public_hex, path)


def destroy(path: Path) -> None:
    """Overwrite the regular file `path` once with chance and remove it.

    Copies elsewhere are not reached; a flash disk or a file system that keeps old versions may keep these.
    """
    with guarded(_WHAT):
        path.chmod(0o600)
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.write(handle, os.urandom(os.fstat(handle).st_size))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink()
        sync_directory(path.parent)


def note_destruction(study: Study, roles: Sequence[str], day: str) -> tuple[Opening, ...]:
    """Add to the log of openings that the keys of `roles` were destroyed on `day`; returns the log."""
    entry = Opening(
        number=0,
        wave="baseline",
        roles=(),
        day=day,
        opened=0,
        counted=0,
        held_back=0,
        quarantined=0,
        destroyed=tuple(roles),
    )
    return append_opening(study.root, entry)


def _role(study: Study, public_hex: str, path: Path) -> str:
    for holder in study.setup().key_holders:
        if holder.public_key == public_hex:
            return holder.role
    raise BadInput(f"{shown(path.name)}: a key of another study.", "Nothing was destroyed. Leave it out.")


def _bytes(path: Path) -> bytes:
    with guarded(_WHAT):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise BadInput(f"{shown(path.name)}: not a regular file.", "Name the file itself, not a link.")
        return read_bounded(path, STEP)
