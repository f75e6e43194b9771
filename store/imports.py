"""Answers collected elsewhere, sealed into the inbox: all of an import counts, or nothing of it.

Names of files come from a secret of the study's private folder, so that nobody else can make one. An import
counts from the moment when its names are noted, in one step, after the last file was sealed.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    from tinydb import TinyDB

    from store.study import Study

IMPORTS_FILE = "imports.json"
WRITERS = 16
"""Files written at a time: a disk makes many durable almost as fast as one."""
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
    fresh = {name: one.submission for name, one in zip(names, wanted, strict=True) if name not in before}
    inbox, nobody = folder_in(study.root, INBOX), _nobody()

    def seal(name: str) -> None:
        _seal(inbox / name, public, fresh[name], nobody)

    with ThreadPoolExecutor(WRITERS) as writers:
        try:
            for done, _ in enumerate(writers.map(seal, fresh), 1):
                tell(done, len(fresh))
        finally:
            writers.shutdown(cancel_futures=True)
    _note(study.root, public.policy.wave, list(fresh))
    return Imported(len(fresh), len(names) - len(fresh))


def imported_before(study: Study, wanted: Sequence[ToImport]) -> int:
    """Return how many of `wanted` a finished import has sealed already; nothing is sealed."""
    before = imported_names(study.root)
    return len(before.intersection(_names(wanted, _secret(study.root)))) if before else 0


def imported_names(root: Path) -> frozenset[str]:
    """Return the names of all files that finished imports have put into the inbox."""
    return frozenset(name for _, names in _noted(_store(root).snapshot()) for name in names)


def take_back(study: Study, public: PublicStudy) -> int:
    """Remove every import of the open wave from the inbox for good, and return how many there were.

    Call it inside `closing_alone`. Raises AlreadyClosed, Unavailable.
    """
    study.refuse_when_closed(public)
    wave = public.policy.wave
    with _store(study.root).transaction() as db:
        noted = _noted(db)
        names = [name for of_wave, names in noted if of_wave == wave for name in names]
        db.table("files").truncate()
        db.table("files").insert_multiple(
            {"wave": of_wave, "names": names} for of_wave, names in noted if of_wave != wave
        )
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
    data = pack(canonical(submission), b"", submission.wave, public.publics, nobody, name=path.name)
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


def _noted(db: TinyDB) -> list[tuple[str, list[str]]]:
    """Return wave and names of every finished import; BadInput when the list was damaged."""
    noted = []
    for row in db.table("files").all():
        wave, names = row.get("wave"), row.get("names")
        if not isinstance(wave, str) or not isinstance(names, list) or not all(map(_is_name, names)):
            raise BadInput(f"{IMPORTS_FILE}: not as careload writes it.", "Put back a copy of the file.")
        noted.append((wave, names))
    return noted


def _is_name(value: object) -> bool:
    return isinstance(value, str) and is_sealed_name(value)


def _store(root: Path) -> TinyStore:
    return TinyStore(folder_in(root, PRIVATE) / IMPORTS_FILE, "The list of imports")
