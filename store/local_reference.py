"""A study's own reference figures, kept in its private folder until opening freezes them."""

from __future__ import annotations

from pathlib import Path

from store.errors import AlreadyOpen, guarded
from store.files import PRIVATE_FILE, read_bounded, write_atomic
from store.names import folder_in
from store.public import PRIVATE, REFERENCE
from store.study import Study

_WHAT = "The study's private folder"


def save_reference(study: Study, data: bytes) -> None:
    """Keep `data` as the reference to open with; AlreadyOpen once the study is open."""
    _refuse_when_open(study)
    write_atomic(_path(study), data, PRIVATE_FILE, _WHAT)


def saved_reference(study: Study) -> bytes | None:
    """Return the reference that was kept, None where there is none."""
    with guarded(_WHAT):
        return read_bounded(_path(study)) if _path(study).exists() else None


def drop_reference(study: Study) -> bool:
    """Remove the reference that was kept and say whether there was one; AlreadyOpen as above."""
    _refuse_when_open(study)
    with guarded(_WHAT):
        was_there = _path(study).exists()
        _path(study).unlink(missing_ok=True)
    return was_there


def _refuse_when_open(study: Study) -> None:
    if study.is_open():
        raise AlreadyOpen(
            "The study is open: its reference is frozen.",
            "A new reference can be used by a study that is not open yet.",
        )


def _path(study: Study) -> Path:
    return folder_in(study.root, PRIVATE) / REFERENCE
