"""Unfinished sittings on the respondent's side: encrypted, durable with every answer, gone when sealed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from instruments.errors import BadInput
from instruments.sitting import SittingRecord
from store.codes import CodeKey
from store.errors import Refused, Unavailable, guarded, unavailable
from store.files import PRIVATE_DIR, is_real_directory
from store.slots import SlotStore

_WHAT = "The draft on this machine"
_FOLDER = "drafts"


def default_state_dir(parent: Path | None = None) -> Path:
    """Return the folder for drafts' parent, made with mode 0700 where missing.

    It lies in `parent`, or where this account keeps such things.
    """
    base = os.environ.get("XDG_STATE_HOME", "")
    try:
        if parent is None:
            parent = Path(base) if base.startswith("/") else Path.home() / ".local" / "state"
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (parent / "careload").mkdir(mode=0o700, exist_ok=True)
    except (FileNotFoundError, NotADirectoryError, PermissionError, RuntimeError):  # no home, or a closed one
        raise Unavailable(
            "There is no folder on this machine in which this account can keep unfinished answers.",
            "Set XDG_STATE_HOME to a folder of your own, or ask whoever runs this machine.",
        ) from None
    except OSError as error:
        raise unavailable(_WHAT, error) from None
    return _private_folder(parent / "careload")


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished sitting; its files are named and encrypted by the personal code's key."""

    store: SlotStore
    study: str
    wave: str

    @classmethod
    def start(cls, state_dir: Path, key: CodeKey, study: str, wave: str) -> Draft:
        """Return a new draft, written with the first save; Refused when this code has one already."""
        draft = cls._at(state_dir, key, study, wave)
        if draft.store.exists():
            raise Refused("There is an unfinished sitting under this code.", "Go on with it.")
        return draft

    @classmethod
    def find(cls, state_dir: Path, key: CodeKey, study: str, wave: str) -> Draft | None:
        """Return the draft that was saved under this code, None when there is none."""
        draft = cls._at(state_dir, key, study, wave)
        return draft if draft.store.exists() else None

    @classmethod
    def _at(cls, state_dir: Path, key: CodeKey, study: str, wave: str) -> Draft:
        folder = _private_folder(_private_folder(state_dir) / _FOLDER)
        name = key.draft_name(study, wave)
        # sixteen lock files stay for good: one a draft would have to be deleted, which splits its waiters
        return cls(SlotStore(folder / name, _WHAT, key.draft_key, lock_name=f".lock-{name[0]}"), study, wave)

    def save(self, record: SittingRecord, before: SittingRecord | None = None) -> None:
        """Replace the kept sitting by `record`; it survives a crash from the moment this returns.

        Refused, and nothing is written, when `before` is given and is not what is kept: another window
        has gone on with the same answers, and they would be lost.
        """
        from tinydb.table import Document

        with self.store.transaction() as db:
            table = db.table("sitting")
            if before is not None and _record_in(table.get(doc_id=1)) != before:
                raise Refused(
                    "Your answers were changed in another window, so nothing is written from this one.",
                    "Leave here and go on there, or start again here with your personal code.",
                )
            table.truncate()
            table.insert(Document(msgspec.to_builtins(record), doc_id=1))

    def load(self) -> SittingRecord:
        """Return the kept sitting; KeyRefused when it does not open, BadInput when it does not fit."""
        document = self.store.snapshot().table("sitting").get(doc_id=1)
        if document is None:
            raise Unavailable("There is no draft any more.", "Start anew.")
        if document.get("schema", 1) != 1:
            raise BadInput("The draft was written by a later careload.", "Use that one to go on.")
        record = _record_in(document)
        if record is None:
            raise BadInput("The draft is not as careload writes it.", "Start anew.")
        if (record.study, record.wave) != (self.study, self.wave):
            raise BadInput("The draft belongs to another study or wave.", "Start anew.")
        return record

    def delete(self) -> None:
        """Remove the draft and what a killed process may have left beside it."""
        self.store.remove()


def _record_in(document: object) -> SittingRecord | None:
    """Return the sitting that a row of the draft holds, None when it holds none."""
    try:
        return msgspec.convert(document, SittingRecord, strict=True) if document else None
    except msgspec.ValidationError:
        return None


def _private_folder(path: Path) -> Path:
    """Return folder `path`, made if missing, closed to other accounts whatever the umask."""
    with guarded(_WHAT):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_real_directory(path):
            raise Unavailable("The folder for drafts is a link.", "Put a real folder in its place.")
        if path.stat().st_mode & 0o7777 != PRIVATE_DIR:
            path.chmod(PRIVATE_DIR)
    return path
