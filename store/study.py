"""The facilitator's view of a study folder: its layout, its private file, opening and closing."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from instruments.errors import BadInput
from instruments.model import Instrument
from instruments.questions import Battery
from instruments.records import Policy, canonical
from instruments.setup import Setup
from store.errors import AlreadyClosed, AlreadyOpen, NotOpen, Refused, Unavailable, guarded
from store.files import (
    DROP_DIR,
    PRIVATE_DIR,
    PRIVATE_FILE,
    PUBLIC_DIR,
    PUBLIC_FILE,
    make_directory,
    read_bounded,
    write_atomic,
)
from store.frozen import PUT_BACK, check_frozen, remember, was_frozen
from store.names import check_name, folder_in
from store.public import (
    BATTERY,
    CLOSED,
    CLOSING,
    DEFINITIONS,
    INBOX,
    LEDGER,
    POLICY,
    PRIVATE,
    PUBLIC,
    REFERENCE,
    SALT,
    SCORING,
    PublicStudy,
    load_public,
)
from store.records import read_own_record
from store.tiny import TinyStore

SCHEMA = 1
"""Version of the private study file."""
STUDY_FILE = "study.json"
RELEASES = "releases"
_WHAT = "The study folder"


@dataclass(frozen=True, slots=True)
class Study:
    """A study as its facilitator keeps it."""

    root: Path

    @classmethod
    def create(cls, root: Path, setup: Setup, *, shared: bool = False) -> Study:
        """Lay out a new study folder; `shared` lets other accounts of the machine hand in.

        Raises Refused when something is there already.
        """
        check_name(setup.study, "a study")
        with guarded(_WHAT):
            try:
                make_directory(root, PUBLIC_DIR if shared else PRIVATE_DIR)
            except FileExistsError:
                raise Refused("There is a folder or file of this name already.", "Choose another.") from None
        try:
            return cls(root)._filled(setup, shared=shared)
        except Unavailable:
            shutil.rmtree(root, ignore_errors=True)
            raise

    def _filled(self, setup: Setup, *, shared: bool) -> Study:
        with guarded(_WHAT):
            for name, mode in layout(shared=shared).items():
                make_directory(self.root / name, mode)
        with self.private.transaction() as db:
            db.table("about").insert({"schema": SCHEMA, "shared": shared})
            db.table("setup").insert(msgspec.to_builtins(setup))
        return self

    @classmethod
    def load(cls, root: Path) -> Study:
        """Return the study at `root`; Unavailable when this account may not see its private folder."""
        study = cls(root)
        folder_in(root, PRIVATE)
        study.about()
        return study

    @property
    def private(self) -> TinyStore:
        """The private study file."""
        return TinyStore(self.root / PRIVATE / STUDY_FILE, "The study's private file")

    def about(self) -> dict[str, Any]:
        """Return what the study file says of itself; BadInput for one of a later careload."""
        rows = self.private.snapshot().table("about").all()
        if len(rows) != 1:
            raise Unavailable("The study's private file is missing.", "Put back your copy of the folder.")
        if rows[0].get("schema") != SCHEMA:
            raise BadInput(
                f"{STUDY_FILE}: written by a later careload (schema {rows[0].get('schema')}; "
                f"this one reads up to {SCHEMA}).",
                "Use the newer careload.",
            )
        return dict(rows[0])

    def setup(self) -> Setup:
        """Return what `init` settled."""
        rows = self.private.snapshot().table("setup").all()
        try:
            return msgspec.convert(dict(rows[0]), Setup, strict=True)
        except (IndexError, msgspec.ValidationError):
            raise BadInput(f"{STUDY_FILE}: the setup is not as careload wrote it.", "") from None

    def save_setup(self, setup: Setup) -> None:
        """Replace the setup; once the study is open only the supporters may change (AlreadyOpen)."""
        if self.is_open():
            before = self.setup()
            if msgspec.structs.replace(setup, supporters=before.supporters) != before:
                raise AlreadyOpen("The study is open: only the supporters can still change.", "")
        with self.private.transaction() as db:
            db.table("setup").truncate()
            db.table("setup").insert(msgspec.to_builtins(setup))

    def is_open(self) -> bool:
        """Whether the study has been opened (it stays so when a wave is closed)."""
        with guarded(_WHAT):
            is_there = (folder_in(self.root, PUBLIC) / POLICY).exists()
        return is_there or was_frozen(self.private)

    def is_closed(self, wave: str) -> bool:
        """Whether `wave` has been closed for good."""
        path = folder_in(self.root, PUBLIC) / CLOSED
        with guarded(_WHAT):
            return path.exists() and wave in read_bounded(path).decode(errors="replace").split()

    def refuse_when_closed(self, public: PublicStudy) -> None:
        """Raise AlreadyClosed when the open wave is closed or being closed."""
        if public.closed_now() or self.is_released(public.policy.wave):
            raise AlreadyClosed("This wave is closed.", "Nothing can be handed in or taken back any more.")

    def save_definition(self, instrument: Instrument) -> None:
        """Keep `instrument` as this study's own definition; AlreadyOpen once the study is open."""
        if self.is_open():
            raise AlreadyOpen("The study is open: its questions are frozen.", "")
        name = check_name(instrument.id, "an instrument")
        path = folder_in(self.root, DEFINITIONS) / f"{name}.json"
        write_atomic(path, canonical(instrument), PRIVATE_FILE, "The folder of definitions")

    def definition(self, instrument_id: str) -> Instrument | None:
        """Return this study's own definition: saved wording, or a TOML file put there by hand."""
        name = check_name(instrument_id, "an instrument")
        folder = folder_in(self.root, DEFINITIONS)
        with guarded("The folder of definitions"):
            if (folder / f"{name}.json").exists():
                return read_own_record(read_bounded(folder / f"{name}.json"), Instrument, f"{name}.json")
            if not (folder / f"{name}.toml").exists():
                return None
            data = read_bounded(folder / f"{name}.toml")
        from instruments.catalogue import load_definition

        instrument = load_definition(data, f"{name}.toml")
        if instrument.id != name:
            raise BadInput(f"{name}.toml: defines {instrument.id}.", "Name the file after its instrument.")
        return instrument

    def freeze(self, policy: Policy, battery: Battery, reference: bytes, scoring: bytes = b"") -> None:
        """Write the public folder; the policy comes last and makes the study open.

        Raises AlreadyOpen, or BadInput when the parts do not belong together.
        """
        if self.is_open():
            raise AlreadyOpen("This study is open already.", "")
        _check_parts(self.setup(), policy, battery, reference, scoring)
        folder = folder_in(self.root, PUBLIC)
        salt = f"{secrets.token_hex(16)}\n".encode()
        files = {SALT: salt, BATTERY: canonical(battery), REFERENCE: reference}
        files |= {SCORING: scoring} if scoring else {}
        for name, data in {**files, POLICY: canonical(policy)}.items():
            write_atomic(folder / name, data, PUBLIC_FILE, "The study's public folder")
        remember(self.private, load_public(self.root))

    def public(self) -> PublicStudy:
        """Return the study as respondents see it; BadInput when that is not what was frozen."""
        try:
            public = load_public(self.root)
        except NotOpen:
            if not was_frozen(self.private):
                raise
            raise BadInput(f"{POLICY}: missing, although this study was opened.", PUT_BACK) from None
        check_frozen(self.private, public)
        return public

    def begin_closing(self) -> None:
        """Stop handing in and taking back, so that what is counted is what is there."""
        path = folder_in(self.root, PUBLIC) / CLOSING
        write_atomic(path, b"", PUBLIC_FILE, "The study's public folder")

    def cancel_closing(self) -> None:
        """Let people hand in again after a closing that ended without a release; else change nothing."""
        if not self.is_released(self.public().policy.wave):
            self._remove_mark()

    def _remove_mark(self) -> None:
        with guarded(_WHAT):
            (folder_in(self.root, PUBLIC) / CLOSING).unlink(missing_ok=True)

    def mark_closed(self, wave: str) -> None:
        """Close `wave` for good; its release must have been written."""
        self.read_release()
        folder = folder_in(self.root, PUBLIC)
        write_atomic(folder / CLOSED, f"{wave}\n".encode(), PUBLIC_FILE, "The study's public folder")
        self._remove_mark()

    def is_released(self, wave: str) -> bool:
        """Whether the release of `wave` has been written."""
        return any(row.get("wave") == wave for row in self.private.snapshot().table("releases").all())

    def write_release(self, data: bytes) -> None:
        """Keep `data` as the release of the open wave; Refused when that wave has one."""
        wave = self.public().policy.wave
        folder = self.root / PRIVATE / RELEASES
        with self.private.transaction() as db:
            index = db.table("releases")
            if any(row.get("wave") == wave for row in index.all()):
                raise Refused("This wave has been released; a release is never written twice.", "")
            with guarded("The folder of releases"):
                if not folder.exists():
                    make_directory(folder, PRIVATE_DIR)
            write_atomic(folder / f"{wave}.json", data, PRIVATE_FILE, "The folder of releases")
            index.insert({"wave": wave, "sha256": hashlib.sha256(data).hexdigest()})

    def read_release(self) -> bytes:
        """Return the open wave's release; Refused when there is none, BadInput when it was changed."""
        wave = self.public().policy.wave
        rows = [row for row in self.private.snapshot().table("releases").all() if row.get("wave") == wave]
        if not rows:
            raise Refused("This wave has no release yet.", "Close it with `careload close`.")
        with guarded("The release"):
            data = read_bounded(self.root / PRIVATE / RELEASES / f"{wave}.json")
        if hashlib.sha256(data).hexdigest() != rows[0].get("sha256"):
            raise BadInput("The release is not the file that was written at closing.", "Put back a copy.")
        return data


def layout(*, shared: bool) -> dict[str, int]:
    """Return the folders of a study and their modes."""
    drop = DROP_DIR if shared else PRIVATE_DIR
    return {
        PUBLIC: PUBLIC_DIR,
        INBOX: drop,
        LEDGER: drop,
        PRIVATE: PRIVATE_DIR,
        DEFINITIONS: PRIVATE_DIR,
    }


def _check_parts(setup: Setup, policy: Policy, battery: Battery, reference: bytes, scoring: bytes) -> None:
    publics = [holder.public_key for holder in policy.key_holders]
    faults = {
        "the policy names another study": policy.study != setup.study,
        "the policy names other questions": policy.battery_sha256 != _sha256(canonical(battery)),
        "the policy names another reference": policy.reference_sha256 != _sha256(reference),
        "the policy names another scoring": policy.scoring_sha256 != (_sha256(scoring) if scoring else ""),
        "the policy names no key holder": not publics,
        "two key holders have the same key": len(set(publics)) != len(publics),
        "the policy and the setup disagree on rehearsal": policy.rehearsal != setup.rehearsal,
        "thresholds can be raised, never lowered": policy.thresholds.are_lowered,
    }
    wrong = [fault for fault, is_so in faults.items() if is_so]
    if wrong:
        raise BadInput(f"The study cannot open: {'; '.join(wrong)}.", "")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
