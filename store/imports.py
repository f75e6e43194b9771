"""Answers collected elsewhere, sealed into the inbox: all of an import counts, or nothing of it.

Names of files come from a secret of the study's private folder, so that nobody else can make one. An import
counts from the moment when its names are noted, in one step, after the last file was sealed.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import BadInput
from instruments.records import Submission, canonical
from store.envelope import pack
from store.errors import Unavailable, guarded
from store.files import SEALED_FILE, sync_directory, write_once
from store.names import folder_in, is_sealed_name
from store.public import INBOX, PRIVATE, PublicStudy
from store.tiny import TinyStore

if TYPE_CHECKING:
    from store.study import Study

IMPORTS_FILE = "imports.json"
_WHAT = "The study's inbox"
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: submissions sealed now, and those that had been imported before."""

    sealed: int
    already: int


@dataclass(frozen=True, slots=True)
class ToImport:
    """One submission to import, and what its file calls the respondent (empty: nothing)."""

    submission: Submission = field(repr=False)
    respondent: str = field(repr=False)


def import_all(
    study: Study, public: PublicStudy, wanted: Sequence[ToImport], tell: Tell = lambda _done, _total: None
) -> Imported:
    """Seal every one of `wanted` for the key holders, then count them all, in one step.

    Run twice, also after a kill, it imports nobody twice: a file's name comes from what the person is called,
    the answers, and how many rows before it are just the same. Call it inside `closing_alone`. Raises
    AlreadyClosed, Unavailable, and before anything is written BadInput when one does not belong here.
    """
    study.refuse_when_closed(public)
    for one in wanted:
        problem = public.why_not(one.submission)
        if problem or one.submission.origin != "import":
            raise BadInput(f"These answers cannot be imported here: {problem or 'not an import'}.")
    before = imported_names(study.root)
    names = _names(wanted, _secret(study.root))
    inbox = folder_in(study.root, INBOX)
    nobody = _nobody()
    for done, (name, one) in enumerate(zip(names, wanted, strict=True), 1):
        if name not in before:
            _seal(inbox / name, public, one.submission, nobody)
        tell(done, len(wanted))
    _note(study.root, public.policy.wave, [name for name in names if name not in before])
    return Imported(len(set(names) - before), len(set(names) & before))


def imported_names(root: Path) -> frozenset[str]:
    """Return the names of all files that finished imports have put into the inbox."""
    names = [name for row in _store(root).snapshot().table("files").all() for name in row.get("names", ())]
    if not all(isinstance(name, str) and is_sealed_name(name) for name in names):
        raise BadInput(f"{IMPORTS_FILE}: not as careload writes it.", "Put back a copy of the file.")
    return frozenset(names)


def take_back(study: Study, public: PublicStudy) -> int:
    """Remove every import of the open wave from the inbox for good, and return how many there were.

    Call it inside `closing_alone`. Raises AlreadyClosed, Unavailable.
    """
    study.refuse_when_closed(public)
    wave = public.policy.wave
    with _store(study.root).transaction() as db:
        table = db.table("files")
        names = [name for row in table.all() if row.get("wave") == wave for name in row["names"]]
        table.remove(lambda row: row.get("wave") == wave)
    inbox = folder_in(study.root, INBOX)
    with guarded(_WHAT):
        for name in names:
            (inbox / name).unlink(missing_ok=True)
        sync_directory(inbox)
    return len(names)


def _names(wanted: Iterable[ToImport], secret: bytes) -> list[str]:
    seen: Counter[bytes] = Counter()
    names = []
    for one in wanted:
        content = b"\0".join(
            (one.submission.wave.encode(), one.respondent.encode(), canonical(one.submission))
        )
        digest = hashlib.blake2b(content, key=secret).digest()
        seen[digest] += 1
        place = seen[digest].to_bytes(8, "big")
        names.append(hashlib.blake2b(digest + place, key=secret, digest_size=16).hexdigest())
    return names


def _seal(path: Path, public: PublicStudy, submission: Submission, nobody: str) -> None:
    data = pack(canonical(submission), b"", submission.wave, public.publics, nobody)
    try:
        write_once(path, data, SEALED_FILE, _WHAT)
    except FileExistsError:
        return  # sealed by an import that did not finish: nobody else could give it this name


def _nobody() -> str:
    """Return a public key whose private half is thrown away: nobody gets an own result of an import."""
    from nacl.public import PrivateKey

    return bytes(PrivateKey.generate().public_key).hex()


def _secret(root: Path) -> bytes:
    """Return the secret from which names are made; the first import draws it."""
    with _store(root).transaction() as db:
        table = db.table("secret")
        if not table.all():
            table.insert({"value": secrets.token_hex(32)})
        value = str(table.all()[0].get("value"))
    try:
        return bytes.fromhex(value)
    except ValueError:
        raise Unavailable(f"{IMPORTS_FILE} is damaged.", "Put back a copy of the file.") from None


def _note(root: Path, wave: str, names: list[str]) -> None:
    with _store(root).transaction() as db:
        if names:
            db.table("files").insert({"wave": wave, "names": names})


def _store(root: Path) -> TinyStore:
    return TinyStore(folder_in(root, PRIVATE) / IMPORTS_FILE, "The list of imports")
