"""Closing a wave: everything in the inbox opened in memory, checked, and counted once."""

from __future__ import annotations

import os
import secrets
import stat
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from instruments.answers import Answer
from instruments.errors import BadInput
from instruments.records import Submission
from store.envelope import LARGEST, open_submission, unpack, wave_of
from store.errors import AlreadyClosed, KeyRefused, guarded, unavailable
from store.files import BadFile, read_bounded, read_head
from store.holders import keys_in_order
from store.imports import imported_names
from store.names import folder_in, is_sealed_name, is_temporary_name
from store.openings import Opening, append_opening
from store.public import INBOX, PUBLIC, PublicStudy, proof_name
from store.quarantine import Problem, set_aside
from store.records import read_own_record
from store.requests import HelpRequest, request_in, why_not_request
from store.study import Study
from store.tickets import issued
from store.vault import PrivateKey

STALE_SECONDS = 3600
"""A file still being written after this long was left by a process that died."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What closing found: the submissions that count, shuffled, and what did not count."""

    submissions: tuple[Submission, ...] = field(repr=False)
    held_back: int
    """Submissions with a repeated ticket or code and different answers: none of them counts."""
    identical: int
    """Further copies with the same answers as one that counts."""
    quarantined: tuple[Problem, ...]
    counted_hashes: tuple[str, ...]
    """Salted hashes of the sealed files that count, sorted."""
    openings: tuple[Opening, ...]
    """The log of openings, this one the last."""
    imported_left_out: int = 0
    """Imported submissions that do not count because people also answered through careload."""
    requests: tuple[HelpRequest, ...] = field(default=(), repr=False)
    """Requests for help by name: joined to no submission."""


@dataclass(frozen=True, slots=True)
class _Opened:
    submission: Submission = field(repr=False)
    counted_hash: str


class _Wrong(Exception):
    """A file is no submission of this wave; the argument says why."""


def count(study: Study) -> int:
    """Return how many sealed files of the open wave lie in the inbox, requests for help among them.

    What is in them is not looked at, and from outside they are alike.
    """
    wave = study.public().policy.wave
    inbox = folder_in(study.root, INBOX)
    return sum(
        is_sealed_name(name) and wave_of(read_head(inbox / name, 16)) == wave for name in _names(inbox)
    )


def collect(study: Study, privates: Sequence[PrivateKey], day: str = "") -> Collected:
    """Open, check and de-duplicate everything in the inbox, and log the opening under `day`.

    From here on nothing can be handed in or taken back, until `Study.mark_closed` or
    `Study.cancel_closing`. Raises KeyRefused without exactly the study's keys, AlreadyClosed when the
    wave was closed before, BadInput when only the public folder tells so.
    """
    public = study.public()
    if study.is_released(public.policy.wave) and not study.is_closed(public.policy.wave):
        study.mark_closed(public.policy.wave)  # a closing that was killed after its release
    if study.is_closed(public.policy.wave):
        raise AlreadyClosed("This wave was closed before.", "Its release is there: `careload review`.")
    _refuse_second_release(study, public)
    keys = keys_in_order(public, privates)
    study.begin_closing()
    opened, requests, found = _open_all(study, public, keys)
    kept, held_by_ticket, same_ticket = _once(opened, lambda one: one.submission.ticket)
    kept, held_by_code, same_code = _once(kept, lambda one: one.submission.code_public)
    kept, imported_left_out = _of_one_kind(kept)
    problems = set_aside(study.root, public.policy.wave, found)
    secrets.SystemRandom().shuffle(kept)
    held_back = held_by_ticket + held_by_code
    entry = Opening(
        number=0,
        wave=public.policy.wave,
        roles=tuple(holder.role for holder in public.policy.key_holders),
        day=day,
        opened=len(opened),
        counted=len(kept),
        held_back=held_back,
        quarantined=len(problems),
    )
    return Collected(
        submissions=tuple(one.submission for one in kept),
        held_back=held_back,
        identical=same_ticket + same_code,
        quarantined=problems,
        counted_hashes=tuple(sorted(one.counted_hash for one in kept)),
        openings=append_opening(study.root, entry),
        imported_left_out=imported_left_out,
        requests=tuple(requests),
    )


def _refuse_second_release(study: Study, public: PublicStudy) -> None:
    """Raise BadInput when a release of this wave was published that the private folder knows nothing of.

    Two releases of one wave, one file apart, would tell of one person; the gate needs the first to see it.
    """
    name = proof_name(public.policy.wave)
    if os.path.lexists(folder_in(study.root, PUBLIC) / name):
        raise BadInput(
            f"{name}: this wave was closed before, and its release is gone from the private folder.",
            "Put back the private folder as it was after closing; tell the key holders. Nothing was opened.",
        )


def _open_all(
    study: Study, public: PublicStudy, keys: Sequence[PrivateKey]
) -> tuple[list[_Opened], list[HelpRequest], list[tuple[str, str]]]:
    inbox = folder_in(study.root, INBOX)
    tickets, imported = issued(study.root), imported_names(study.root)
    opened: list[_Opened] = []
    requests: list[HelpRequest] = []
    found: list[tuple[str, str]] = []
    for name in _names(inbox):
        if is_temporary_name(name):
            _sweep(inbox / name)
            continue
        try:
            one = _open(inbox / name, study, public, keys, tickets)
            if isinstance(one, _Opened) and one.submission.origin == "import" and name not in imported:
                raise _Wrong("imported by somebody else, or by an import that did not finish")
        except _Wrong as wrong:
            found.append((name, str(wrong)))
        else:
            opened += [one] if isinstance(one, _Opened) else []
            requests += [one] if isinstance(one, HelpRequest) else []
    return opened, requests, found


def _open(
    path: Path, study: Study, public: PublicStudy, keys: Sequence[PrivateKey], tickets: frozenset[str]
) -> _Opened | HelpRequest | None:
    """Return the submission or the request in `path`, None for one of a wave that was closed before."""
    if not is_sealed_name(path.name):
        raise _Wrong("not a name that careload gives")
    data = _bytes_of(path)
    try:
        envelope = unpack(data, path.name)
    except KeyRefused as error:
        raise _Wrong(error.message) from None
    if envelope.wave != public.policy.wave:
        if study.is_closed(envelope.wave):
            return None
        raise _Wrong("made for another wave")
    try:
        plain = open_submission(envelope, keys)
    except KeyRefused:
        raise _Wrong("sealed for other keys, under another name, or changed after it was sealed") from None
    request = _request(public, plain)
    if request is not None:
        return request
    submission = _submission(plain)
    problem = public.why_not(submission)
    if not problem and submission.ticket and public.ticket_hash(submission.ticket) not in tickets:
        problem = "with a ticket that was never issued"
    if problem:
        raise _Wrong(problem)
    return _Opened(submission, public.counted_hash(data))


def _bytes_of(path: Path) -> bytes:
    try:
        return read_bounded(path, LARGEST)
    except BadFile as error:
        raise _Wrong(error.reason) from None
    except OSError:
        raise _Wrong("cannot be read by this account") from None


def _request(public: PublicStudy, plain: bytes) -> HelpRequest | None:
    try:
        request = request_in(plain)
    except BadInput:
        raise _Wrong("not a request for help as careload writes it") from None
    problem = why_not_request(public, request) if request else ""
    if problem:
        raise _Wrong(problem)
    return request


def _submission(plain: bytes) -> Submission:
    try:
        return read_own_record(plain, Submission, "a submission")
    except BadInput as error:
        later = "later careload" in error.message
        raise _Wrong(
            "written by a later careload" if later else "not a submission as careload writes it"
        ) from None


def _once(opened: Iterable[_Opened], mark: Callable[[_Opened], str]) -> tuple[list[_Opened], int, int]:
    """Return those that count when each `mark` may occur once, the number held back, and of equal copies."""
    groups: dict[str, list[_Opened]] = defaultdict(list)
    kept: list[_Opened] = []
    for one in opened:
        if mark(one):
            groups[mark(one)].append(one)
        else:
            kept.append(one)
    held_back = identical = 0
    for group in groups.values():
        if all(_answers(one) == _answers(group[0]) for one in group):
            kept.append(group[0])
            identical += len(group) - 1
        else:
            held_back += len(group)
    return kept, held_back, identical


def _of_one_kind(opened: list[_Opened]) -> tuple[list[_Opened], int]:
    """Return those that count, and how many imported ones are left out.

    Imported answers count only when the whole wave is imported: whoever had them in hand could take them off
    every table, and would see the tables of the few others.
    """
    sittings = [one for one in opened if one.submission.origin != "import"]
    return (sittings, len(opened) - len(sittings)) if sittings else (opened, 0)


def _answers(one: _Opened) -> dict[str, Answer]:
    return one.submission.answers


def _names(inbox: Path) -> list[str]:
    with guarded("The study's inbox"):
        return sorted(os.listdir(inbox))  # noqa: PTH208  (10,000 Path objects are not needed)


def _sweep(path: Path) -> None:
    """Remove a file that was being written by a process that died more than an hour ago."""
    try:
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and time.time() - status.st_ctime > STALE_SECONDS:
            path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise unavailable("The study's inbox", error) from None
