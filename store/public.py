"""The frozen public folder of a study: all that a respondent's side needs, checked before it is used."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from instruments.answers import why_not
from instruments.errors import BadInput
from instruments.model import Format
from instruments.questions import Battery
from instruments.records import Policy, Submission
from instruments.tasks.asking import asked_in
from instruments.tasks.lots import why_not_drawn
from store.errors import NotOpen, Unavailable, unavailable
from store.files import BadFile, read_bounded
from store.names import folder_in
from store.records import read_own_record

PUBLIC, INBOX, LEDGER, PRIVATE, DEFINITIONS = "public", "inbox", "ledger", "private", "definitions"
POLICY, BATTERY, REFERENCE, SALT, TICKETS = "policy.json", "battery.json", "reference.json", "salt", "tickets"
SCORING = "scoring.json"
CLOSING, CLOSED = "closing", "closed"
TICKET_PASSES = 4096
"""Passes of a ticket's hash, 1.5 ms. With one, a graphics card (1e10 hashes a second, assumed) that tries all
random bits against the public list finds one of 300 tickets in days; so it takes thousands of times that."""
_TODO = "Ask the facilitator; `careload doctor` says which file it is."


@dataclass(frozen=True)
class PublicStudy:
    """An opened study as everybody may see it."""

    root: Path
    policy: Policy
    battery: Battery
    policy_sha256: str
    """Hash of the policy file's very bytes."""
    salt: bytes = field(repr=False)
    reference: bytes = field(repr=False)
    is_closed: bool
    """Whether the wave was closed, or being closed, when the folder was read."""
    scoring: bytes = field(default=b"", repr=False)
    """What people are scored with; empty in a study that was opened without."""

    @property
    def publics(self) -> tuple[str, ...]:
        """The key holders' public keys, in the policy's order."""
        return tuple(holder.public_key for holder in self.policy.key_holders)

    @cached_property
    def formats(self) -> dict[str, Format]:
        """The response format of every question outside of tasks, by the question's id."""
        return {question.id: question.format for question in self.battery.questions()}

    def formats_with(self, drawn: tuple[str, ...]) -> dict[str, Format]:
        """Return the response formats of a sitting with the tasks that were `drawn`."""
        if not drawn:
            return self.formats
        asked = (one for name in drawn for one in asked_in(self.battery.drawn(name)))
        return {**self.formats, **{one.id: one.format for one in asked}}

    @cached_property
    def binding(self) -> bytes:
        """Hash of the policy, the public keys and the salt: tickets carry 40 bits that depend on it."""
        parts = [self.policy_sha256, *self.publics, self.salt.hex()]
        return hashlib.sha256("\n".join(parts).encode()).digest()

    def ticket_is_known(self, ticket: str) -> bool:
        """Whether the ticket, in its normalised form, was issued for this study."""
        return self.ticket_hash(ticket) in read_tickets(self.root)

    def ticket_hash(self, ticket: str) -> str:
        """Return the hash that the study keeps of a normalised ticket; everybody may read their list."""
        return hashlib.pbkdf2_hmac("sha256", ticket.encode(), self.binding, TICKET_PASSES).hex()

    def counted_hash(self, sealed: bytes) -> str:
        """Return the salted hash under which a release lists the sealed file with these bytes."""
        return hashlib.sha256(self.salt + sealed).hexdigest()

    def closed_now(self) -> bool:
        """Whether the wave is closed, or being closed, at this moment; a proof of its release is enough."""
        return _is_marked(self.root, proof_name(self.policy.wave))

    def why_not(self, submission: Submission) -> str:
        """Return why `submission` does not belong to this study and wave; empty when it does.

        Never quotes an answer.
        """
        policy = self.policy
        if submission.study != policy.study or submission.policy_sha256 != self.policy_sha256:
            return "made for another study or policy"
        if submission.wave != policy.wave:
            return "made for another wave"
        if submission.battery_sha256 != policy.battery_sha256:
            return "made with another set of questions"
        if (submission.origin == "rehearsal") != policy.rehearsal:
            return "made in a rehearsal" if not policy.rehearsal else "a real one in a rehearsal study"
        if submission.origin == "import":
            return self._why_not_imported(submission) or self._why_not_answers(submission)
        if bool(submission.ticket) != policy.tickets:
            return "without a ticket" if policy.tickets else "with a ticket where none is used"
        if not re.fullmatch(r"([0-9a-f]{64})?", submission.code_public):
            return "the code's public half has a wrong form"
        return self._why_not_answers(submission)

    @staticmethod
    def _why_not_imported(submission: Submission) -> str:
        if submission.ticket or submission.code_public or submission.drawn:
            return "imported, but with a ticket, a code or tasks"
        return ""

    def _why_not_answers(self, submission: Submission) -> str:
        problem = why_not_drawn(self.battery, submission.drawn)
        if problem:
            return problem
        formats = self.formats_with(submission.drawn)
        for name, answer in submission.answers.items():
            fmt = formats.get(name)
            if fmt is None:
                return "an answer to a question that was not asked"
            if why_not(answer, fmt):
                return f"the answer to {name} does not fit the question"
        return ""


def load_public(root: Path) -> PublicStudy:
    """Return the opened study at `root`, every hash checked.

    Raises NotOpen when it has not been opened, Unavailable when there is no study, BadInput when a file
    is not the one that was frozen.
    """
    folder = folder_in(root, PUBLIC)
    try:
        raw = read_bounded(folder / POLICY)
    except FileNotFoundError:
        raise NotOpen("This study has not been opened yet.", "The facilitator opens it.") from None
    except OSError as error:
        raise unavailable("The study", error) from None
    policy = read_own_record(raw, Policy, POLICY)
    if policy.thresholds.are_lowered:
        raise BadInput(f"{POLICY}: its limits protect people less than careload ever does.", _TODO)
    battery_bytes, reference = _read(folder / BATTERY), _read(folder / REFERENCE)
    if hashlib.sha256(battery_bytes).hexdigest() != policy.battery_sha256:
        raise BadInput(f"{BATTERY}: not the questions that were frozen with the policy.", _TODO)
    if hashlib.sha256(reference).hexdigest() != policy.reference_sha256:
        raise BadInput(f"{REFERENCE}: not the reference that was frozen with the policy.", _TODO)
    scoring = _read(folder / SCORING) if policy.scoring_sha256 else b""
    if policy.scoring_sha256 and hashlib.sha256(scoring).hexdigest() != policy.scoring_sha256:
        raise BadInput(f"{SCORING}: not the scoring that was frozen with the policy.", _TODO)
    battery = read_own_record(battery_bytes, Battery, BATTERY)
    salt = read_salt(folder)
    policy_sha256 = hashlib.sha256(raw).hexdigest()
    return PublicStudy(root, policy, battery, policy_sha256, salt, reference, _is_marked(root), scoring)


def read_salt(folder: Path) -> bytes:
    """Return the study's 16-byte salt."""
    text = _read(folder / SALT)
    if not re.fullmatch(rb"[0-9a-f]{32}\n", text):
        raise BadInput(f"{SALT}: not as careload wrote it.", _TODO)
    return bytes.fromhex(text.decode().strip())


def read_tickets(root: Path, place: str = PUBLIC) -> frozenset[str]:
    """Return the hashes of all tickets issued so far, as the folder `place` has them."""
    try:
        text = read_bounded(folder_in(root, place) / TICKETS)
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise unavailable("The list of tickets", error) from None
    if not re.fullmatch(rb"([0-9a-f]{64}\n)*", text):
        raise BadFile(TICKETS, "not as careload wrote it")
    return frozenset(text.decode().split())


def _read(path: Path) -> bytes:
    try:
        return read_bounded(path)
    except FileNotFoundError:
        raise Unavailable(f"The study's file {path.name} is missing.", _TODO) from None
    except OSError as error:
        raise unavailable(f"The study's file {path.name}", error) from None


def proof_name(wave: str) -> str:
    """Return the name of the file by which everybody can check the release of `wave`."""
    return f"proof-{wave}.json"


def _is_marked(root: Path, *more: str) -> bool:
    folder = root / PUBLIC
    try:
        return any(os.path.lexists(folder / name) for name in (CLOSING, CLOSED, *more))
    except OSError as error:
        raise unavailable("The study", error) from None
