"""Requests for help by name: sealed into the inbox like a submission, and never joined to one.

A request is a file of its own, so that not even all key holders together can tell from it what its writer
answered, or whether the writer took part. Its name is drawn by lot, its size that of a submission.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from instruments.errors import BadInput
from instruments.model import Record
from instruments.records import Wave, canonical
from store.envelope import pack
from store.errors import AlreadyClosed, Refused, guarded
from store.files import PRIVATE_FILE, SEALED_FILE, read_bounded, write_atomic, write_once
from store.holders import keys_in_order
from store.names import folder_in
from store.public import INBOX, PRIVATE, PublicStudy
from store.records import read_own_record
from store.study import Study
from store.vault import PrivateKey, open_sealed, seal

HelpKind = Literal["time", "a pair", "a first session", "one-to-one"]
HELP_KINDS: tuple[HelpKind, ...] = get_args(HelpKind)
LONGEST_NAME, LONGEST_CONTACT = 80, 160
_MARK = b"request "
"""Begins a sealed request; a submission begins with a brace."""
_WHAT = "The queue of requests"


class HelpRequest(Record, frozen=True):
    """Who asks for which kinds of help; nothing else is passed on, and nothing else is in it."""

    study: str
    wave: Wave
    policy_sha256: str
    name: str
    contact: str
    kinds: tuple[HelpKind, ...]
    schema: int = 1


class Queue(Record, frozen=True):
    """The requests of one wave, shuffled, as they lie sealed in the private folder."""

    requests: tuple[HelpRequest, ...]
    schema: int = 1


def new_request(public: PublicStudy, name: str, contact: str, kinds: Sequence[str]) -> HelpRequest:
    """Return a request for the open wave; BadInput says kindly what is missing."""
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(f"Please give your name, in at most {LONGEST_NAME} letters.")
    if not contact or len(contact) > LONGEST_CONTACT:
        raise BadInput(f"Please say how you can be reached, in at most {LONGEST_CONTACT} letters.")
    wanted = tuple(kind for kind in HELP_KINDS if kind in kinds)
    if not wanted or set(kinds) - set(HELP_KINDS):
        raise BadInput(f"Please choose at least one kind of help: {', '.join(HELP_KINDS)}.")
    policy = public.policy
    return HelpRequest(policy.study, policy.wave, public.policy_sha256, name, contact, wanted)


def ask_for_help(public: PublicStudy, request: HelpRequest) -> Path:
    """Seal `request` for the key holders into the inbox; AlreadyClosed when the wave takes nothing more."""
    if public.closed_now():
        raise AlreadyClosed("This round is closed.", "Ask the people who invited you directly.")
    data = _MARK + canonical(request)
    nobody = secrets.token_hex(32)  # a public key without a private one: nobody opens the second box
    path = folder_in(public.root, INBOX) / secrets.token_hex(16)
    sealed = pack(data, b"", public.policy.wave, public.publics, nobody, name=path.name)
    write_once(path, sealed, SEALED_FILE, "The study's inbox")
    return path


def request_in(opened: bytes) -> HelpRequest | None:
    """Return the request that an opened file of the inbox holds, None for another; BadInput when damaged."""
    if not opened.startswith(_MARK):
        return None
    return read_own_record(opened[len(_MARK) :], HelpRequest, "a request for help")


def why_not_request(public: PublicStudy, request: HelpRequest) -> str:
    """Return why `request` does not belong to this study and wave; empty when it does."""
    policy = public.policy
    expected = (policy.study, policy.wave, public.policy_sha256)
    is_ours = (request.study, request.wave, request.policy_sha256) == expected
    return "" if is_ours else "a request for help in another study, or under other rules"


def keep_queue(study: Study, requests: Sequence[HelpRequest]) -> None:
    """Seal `requests` for the key holders in the private folder; none of them twice."""
    public = study.public()
    queue = list(dict.fromkeys(requests))
    secrets.SystemRandom().shuffle(queue)
    sealed = seal(canonical(Queue(tuple(queue))), public.publics)
    write_atomic(_path(study, public.policy.wave), sealed, PRIVATE_FILE, _WHAT)


def open_queue(study: Study, privates: Sequence[PrivateKey]) -> tuple[HelpRequest, ...]:
    """Return the requests of the closed wave; Refused before closing, KeyRefused without the study's keys."""
    public = study.public()
    if not study.is_closed(public.policy.wave):
        raise Refused("Requests for help can be read once the wave is closed.", "`careload close` closes it.")
    path = _path(study, public.policy.wave)
    with guarded(_WHAT):
        if not path.exists():
            return ()
        data = read_bounded(path)
    opened = open_sealed(data, keys_in_order(public, privates))
    return read_own_record(opened, Queue, "the queue of requests").requests


def _path(study: Study, wave: str) -> Path:
    return folder_in(study.root, PRIVATE) / f"requests-{wave}"
