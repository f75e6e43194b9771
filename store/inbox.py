"""Handing in, taking back and reading one's own: what a respondent's side does with the inbox."""

from __future__ import annotations

from pathlib import Path

from instruments.errors import BadInput
from instruments.records import OwnResult, Submission, canonical
from store.closing import Collected, collect, count
from store.codes import CodeKey
from store.envelope import LARGEST, own_in, pack, unpack
from store.errors import AlreadyClosed, KeyRefused, Refused, Unavailable, guarded, unavailable
from store.files import SEALED_FILE, read_bounded, sync_directory, write_once
from store.names import folder_in
from store.public import INBOX, PublicStudy
from store.quarantine import Problem
from store.records import read_own_record

__all__ = ["Collected", "Problem", "collect", "count", "counted_hash", "read_own", "submit", "withdraw"]

_WHAT = "The study's inbox"
_NOTHING = "There is no submission under this code."


def submit(public: PublicStudy, submission: Submission, own: OwnResult, key: CodeKey) -> Path:
    """Seal `submission` for the key holders and `own` for the code, and hand both in as one file.

    Raises AlreadyClosed, Refused when this code has handed in, KeyRefused for an unknown ticket, BadInput
    when the answers do not belong to this study, Unavailable when nothing could be written.
    """
    _refuse_when_closed(public, "Nothing can be handed in any more.")
    if public.why_not(submission) or submission.code_public != key.public_hex:
        problem = public.why_not(submission) or "made under another code"
        raise BadInput(f"These answers cannot be handed in here: {problem}.", "Take the assessment anew.")
    if submission.ticket and not public.ticket_is_known(submission.ticket):
        raise KeyRefused("The ticket is not one of this study.", "Ask the facilitator for another.")
    path = _path(public, key)
    data = pack(
        canonical(submission),
        canonical(own),
        public.policy.wave,
        public.publics,
        key.public_hex,
        name=path.name,
    )
    try:
        write_once(path, data, SEALED_FILE, _WHAT)
    except FileExistsError:
        raise Refused(
            "Under this code answers were handed in already.",
            "To replace them, take them back with `careload withdraw` first.",
        ) from None
    return path


def withdraw(public: PublicStudy, key: CodeKey) -> None:
    """Remove the submission and the own result of this code for good.

    Raises AlreadyClosed, KeyRefused when there is none, Unavailable from another account than the one
    that handed in.
    """
    _refuse_when_closed(public, "What was counted can no longer be taken back.")
    path = _path(public, key)
    try:
        path.unlink()
    except FileNotFoundError:
        raise KeyRefused(_NOTHING, "Check the code and the study's name.") from None
    except PermissionError:
        raise Unavailable(
            "These answers were handed in from another account of this machine; only that one can take "
            "them back.",
            "Log in there and withdraw again.",
        ) from None
    except OSError as error:
        raise unavailable(_WHAT, error) from None
    with guarded(_WHAT):
        sync_directory(path.parent)


def read_own(public: PublicStudy, key: CodeKey) -> OwnResult:
    """Return the own result that was handed in under this code, also after closing.

    Raises KeyRefused when there is none, or when the file is not as it was handed in.
    """
    data = _read(public, key)
    try:
        envelope = unpack(data, _path(public, key).name)
        opened = own_in(envelope, key.open_own(envelope.own))
    except KeyRefused:
        raise KeyRefused(
            "The file handed in under this code is damaged; the own result cannot be opened.",
            "Tell the facilitator. Until the wave closes you can withdraw and take part again.",
        ) from None
    return read_own_record(opened, OwnResult, "your own result")


def counted_hash(public: PublicStudy, key: CodeKey) -> str:
    """Return the salted hash under which a release lists this code's submission, if it was counted."""
    return public.counted_hash(_read(public, key))


def _read(public: PublicStudy, key: CodeKey) -> bytes:
    with guarded(_WHAT):
        try:
            return read_bounded(_path(public, key), LARGEST)
        except FileNotFoundError:
            raise KeyRefused(_NOTHING, "Check the code and the study's name.") from None


def _path(public: PublicStudy, key: CodeKey) -> Path:
    return folder_in(public.root, INBOX) / key.submission_name(public.policy.wave)


def _refuse_when_closed(public: PublicStudy, consequence: str) -> None:
    if public.closed_now():
        raise AlreadyClosed(f"This wave is closed. {consequence}", "")
