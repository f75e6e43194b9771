"""What `careload doctor` looks at: layout, modes, hashes, and files that cannot be read."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from instruments.errors import BadInput, CareloadError
from instruments.records import sha256_of
from store.calendars import CALENDARS, check_calendars
from store.closing import STALE_SECONDS
from store.envelope import LARGEST, wave_of
from store.errors import NotOpen
from store.files import PRIVATE_FILE, PUBLIC_FILE, SEALED_FILE, read_head
from store.imports import IMPORTS_FILE, imported_names
from store.ledger import entries_in
from store.names import is_sealed_name, is_temporary_name, shown
from store.openings import keys_are_destroyed, read_openings
from store.people import seats_in, staff_in, supporters_in
from store.proofs import read_proof
from store.public import (
    CLOSED,
    CLOSING,
    DEFINITIONS,
    INBOX,
    LEDGER,
    PRIVATE,
    PUBLIC,
    TICKETS,
    PublicStudy,
    load_public,
    proof_name,
    read_tickets,
)
from store.study import Study, layout
from store.texts import check_texts, texts_name
from store.tickets import issued

Severity = Literal["wrong", "notice"]
_PUT_BACK = "Put back the file from a copy of the study folder."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    severity: Severity
    path: str
    """Place inside the study folder."""
    found: str
    todo: str


def check_study(root: Path) -> tuple[Finding, ...]:
    """Return everything wrong or worth knowing about the study at `root`, as far as this account sees it."""
    found: list[Finding] = []
    try:
        if not root.is_dir():
            return (Finding("wrong", ".", "There is no such folder.", "Check the name and the disk."),)
        found.extend(_findings(root))
    except OSError:
        found.append(Finding("wrong", ".", "This account may not look further.", "Use the one that made it."))
    return tuple(found)


def _findings(root: Path) -> Iterator[Finding]:
    yield from _folders(root)
    for name, mode in {PUBLIC: PUBLIC_FILE, DEFINITIONS: PRIVATE_FILE, PRIVATE: PRIVATE_FILE}.items():
        yield from _files(root, root / name, mode)
    yield from _contents(root)
    yield from _closing(root)
    yield from _inbox(root)
    yield from _ledger(root)


def _is_shared(root: Path) -> bool:
    try:
        return stat.S_IMODE((root / INBOX).lstat().st_mode) & stat.S_ISVTX != 0
    except OSError:
        return False


def _folders(root: Path) -> Iterator[Finding]:
    expected = layout(shared=_is_shared(root))
    for name, mode in expected.items():
        try:
            status = (root / name).lstat()
        except OSError:
            yield Finding("wrong", name, "This folder is missing or out of reach.", _PUT_BACK)
            continue
        if not stat.S_ISDIR(status.st_mode):
            yield Finding("wrong", name, "This is not a folder.", "Put the real folder in its place.")
            continue
        yield from _mode(name, status, mode)
        if not os.access(root / name, os.R_OK):
            yield Finding(
                "notice",
                name,
                "This account may not list the folder, so a power cut may undo the newest file in it.",
                "Nothing to do.",
            )
    for path in _listed(root):
        if path.name not in expected:
            yield Finding("notice", shown(path.name), "careload did not put this here.", "Move it elsewhere.")


def _files(root: Path, folder: Path, mode: int) -> Iterator[Finding]:
    for path in _listed(folder):
        place = f"{folder.relative_to(root)}/{shown(path.name)}"
        status = path.lstat()
        if stat.S_ISDIR(status.st_mode) and folder.name == PRIVATE:
            yield from _mode(place, status, 0o700)
        elif not stat.S_ISREG(status.st_mode):
            yield Finding("wrong", place, "This is not a regular file.", "Move it elsewhere.")
        else:
            yield from _mode(place, status, mode)


def _mode(place: str, status: os.stat_result, mode: int) -> Iterator[Finding]:
    found = stat.S_IMODE(status.st_mode)
    if found != mode:
        yield Finding(
            "wrong",
            place,
            f"Its mode is {found:04o}; it should be {mode:04o}.",
            f"chmod {mode:04o} {place} (inside the study folder)",
        )


def _contents(root: Path) -> Iterator[Finding]:
    for place, look in _looks(root).items():
        try:
            look()
        except NotOpen:
            yield Finding("notice", place, "The study has not been opened yet.", "`careload open` opens it.")
        except CareloadError as error:
            yield Finding("wrong", place, error.message, error.todo or _PUT_BACK)


def _looks(root: Path) -> dict[str, Callable[[], object]]:
    looks: dict[str, Callable[[], object]] = {
        PUBLIC: lambda: load_public(root),
        f"{PUBLIC}/tickets": lambda: read_tickets(root),
    }
    if os.access(root / PRIVATE, os.R_OK | os.X_OK):
        study = Study(root)
        looks[PUBLIC] = study.public
        looks[f"{PUBLIC}/tickets"] = lambda: _check_tickets(root)
        looks[f"{PRIVATE}/tickets"] = lambda: _check_issued(root)
        looks[f"{PRIVATE}/study.json"] = lambda: _check_private(study)
        looks[f"{PRIVATE}/{CALENDARS}"] = lambda: check_calendars(study)
        looks[f"{PRIVATE}/openings.json"] = lambda: _check_openings(study)
        looks[f"{PUBLIC}/{CLOSED}"] = lambda: _check_closed(study)
        looks[f"{PRIVATE}/{IMPORTS_FILE}"] = lambda: imported_names(root)
        public = _sound_public(study)
        if public is not None:
            looks[f"{PUBLIC}/{proof_name(public.policy.wave)}"] = lambda: read_proof(public)
        if (root / PUBLIC / CLOSED).exists():
            looks[f"{PRIVATE}/releases"] = study.read_release
            if public is not None:
                looks[f"{PRIVATE}/{texts_name(public.policy.wave)}"] = lambda: check_texts(study)
    return looks


def _check_private(study: Study) -> None:
    study.about()
    study.setup()
    for kept in (staff_in, seats_in, supporters_in):
        kept(study)


def _check_tickets(root: Path) -> None:
    found = read_tickets(root)
    try:
        expected = issued(root)
    except CareloadError:
        return  # a damaged private list is told beside its own place
    if found != expected:
        raise BadInput(
            "This is not the list of the tickets that were issued.",
            "`careload invite` for one more ticket writes it anew; closing is not misled by it.",
        )


def _check_openings(study: Study) -> None:
    log = read_openings(study.root)
    public = _sound_public(study)
    if public is None:
        return
    try:
        proof = read_proof(public)
    except CareloadError:
        return  # a damaged proof is told beside its own place
    is_missing = study.is_released(public.policy.wave) and not log
    if is_missing or (proof and proof.opening_sha256 and proof.opening_sha256 not in map(sha256_of, log)):
        raise BadInput(
            "The log of openings does not tell of the closing: entries, or the whole file, are gone.",
            "Put back an unchanged copy; tell the key holders that it was changed.",
        )


def _sound_public(study: Study) -> PublicStudy | None:
    """Return the public folder, None where it is not there yet or damaged: that is told beside its place."""
    try:
        return study.public()
    except CareloadError:
        return None


def _check_closed(study: Study) -> None:
    public = _sound_public(study)
    if public is None:
        return
    wave = public.policy.wave
    if study.is_released(wave) and not study.is_closed(wave):
        raise BadInput(
            "This wave was released, and the mark that it is closed is gone.",
            "`careload close` puts it back.",
        )


def _check_issued(root: Path) -> None:
    if issued(root) and not (root / PRIVATE / TICKETS).exists():
        raise BadInput("The list of the tickets that were issued is missing here.", _PUT_BACK)


def _closing(root: Path) -> Iterator[Finding]:
    if not (root / PUBLIC / CLOSING).exists() or (root / PUBLIC / CLOSED).exists():
        return
    place = f"{PUBLIC}/{CLOSING}"
    if _is_shredded(root):
        yield Finding(
            "notice", place, "The keys were destroyed before closing.", "Nobody can hand in any more."
        )
    else:
        yield Finding(
            "notice",
            place,
            "Closing was begun and not finished; until then nobody can hand in.",
            "Run `careload close` again.",
        )


def _is_shredded(root: Path) -> bool:
    try:
        return keys_are_destroyed(root)
    except CareloadError:
        return False  # a damaged log, or one out of reach, is told beside its own place


def _inbox(root: Path) -> Iterator[Finding]:
    for path in _listed(root / INBOX):
        place = f"{INBOX}/{shown(path.name)}"
        try:
            status = path.lstat()
        except OSError:
            continue
        if is_temporary_name(path.name):
            if time.time() - status.st_ctime > STALE_SECONDS:
                yield Finding("notice", place, "Left by a process that died.", "`careload close` removes it.")
        elif not is_sealed_name(path.name) or not stat.S_ISREG(status.st_mode):
            yield Finding("notice", place, "Not a submission.", "`careload close` sets it aside.")
        elif status.st_size > LARGEST or wave_of(read_head(path, 16)) is None:
            yield Finding("notice", place, "Not as careload seals it.", "`careload close` sets it aside.")
        else:
            yield from _mode(place, status, SEALED_FILE)
    if not os.access(root / INBOX, os.W_OK | os.X_OK):
        yield Finding("wrong", INBOX, "This account cannot hand in here.", "The facilitator sets the mode.")


def _ledger(root: Path) -> Iterator[Finding]:
    try:
        _, problems = entries_in(load_public(root))
    except CareloadError:
        return  # not open, damaged, or out of this account's reach: told beside its own place
    for problem in problems:
        yield Finding(
            "notice", f"{LEDGER}/{problem.file}", f"Not counted: {problem.reason}.", "Move it elsewhere."
        )


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
