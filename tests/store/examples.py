"""A small study with made-up questions, its keys, and one way through it, for the store's tests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from instruments.answers import Answer, Rating, Text
from instruments.model import Instrument, Item, RatingFormat, TextFormat
from instruments.questions import Battery, Part, Wording
from instruments.records import OwnResult, Policy, Submission, canonical, sha256_of
from instruments.setup import KeyHolder, Setup
from instruments.sitting import SittingRecord
from store.codes import CodeKey, new_code
from store.cost import Cost
from store.envelope import pack
from store.files import SEALED_FILE, write_once
from store.inbox import submit
from store.public import PublicStudy
from store.study import Study
from store.tickets import issue
from store.vault import NewKey, PrivateKey, make_key, unlock

PASSPHRASES = ("the first passphrase", "the second passphrase")
REFERENCE = b'{"made":"up"}'
SCORING = b'{"made":"up too"}'
OWN = OwnResult(
    wave="baseline",
    verdict="tier",
    tiers=("coached",),
    shares=(),
    heading="About the same as others",
    sentences=("A sentence.",),
)


def battery(question: str = "How blue is the sky?") -> Battery:
    """Two questions: a rating and a text."""
    instrument = Instrument(
        schema=1,
        id="mini",
        kind="questions",
        name="Mini",
        title={"en": "Mini"},
        formats=(RatingFormat(id="line", low={"en": "no"}, high={"en": "yes"}), TextFormat(id="words")),
        items=(Item(id="a", format="line", text={"en": question}), Item(id="b", format="words")),
    )
    part = Part(instrument=instrument, wording=Wording(status="own", sha256="0" * 64))
    return Battery(name="custom", language="en", parts=(part,))


def setup_for(publics: tuple[str, ...], *, rehearsal: bool = False, tickets: bool = True) -> Setup:
    roles = ("facilitator", "works council")
    return Setup(
        study="lighthouse",
        organisation="Lighthouse Works",
        language="en",
        attributes=(),
        headcount=40,
        battery="custom",
        parts=(),
        key_holders=tuple(
            KeyHolder(role=role, public_key=public) for role, public in zip(roles, publics, strict=False)
        ),
        rehearsal=rehearsal,
        tickets=tickets,
    )


def policy_for(setup: Setup, asked: Battery) -> Policy:
    return Policy(
        study=setup.study,
        organisation=setup.organisation,
        wave="baseline",
        language="en",
        attributes=(),
        headcount=setup.headcount,
        key_holders=setup.key_holders,
        battery="custom",
        battery_sha256=sha256_of(asked),
        reference_sha256=hashlib.sha256(REFERENCE).hexdigest(),
        reference_status="assumed",
        release_plan=(),
        rehearsal=setup.rehearsal,
        tickets=setup.tickets,
    )


@dataclass(frozen=True)
class Opened:
    """An opened study with all that its people know."""

    study: Study
    keys: tuple[NewKey, ...]

    @property
    def root(self) -> Path:
        return self.study.root

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def public(self) -> PublicStudy:
        return self.study.public()

    @property
    def privates(self) -> tuple[PrivateKey, ...]:
        pairs = zip(self.keys, PASSPHRASES, strict=True)
        return tuple(unlock(key.key_file, passphrase, "the key file") for key, passphrase in pairs)

    def tickets(self, count: int) -> tuple[str, ...]:
        return issue(self.study, count)

    def hand_in(self, value: int = 50, text: str = "", *, ticket: str = "", code: str = "") -> CodeKey:
        """Hand in one submission with a fresh ticket and code unless given; returns the code's key."""
        key = cheap_key(self.public, code)
        submit(self.public, self.submission(key, value, text, ticket=ticket), OWN, key)
        return key

    def submission(self, key: CodeKey, value: int = 50, text: str = "", *, ticket: str = "") -> Submission:
        public = self.public
        if public.policy.tickets and not ticket:
            (ticket,) = self.tickets(1)
        return submission_with(public, key, value, text, ticket=ticket)


def submission_with(
    public: PublicStudy, key: CodeKey, value: int = 50, text: str = "", *, ticket: str = ""
) -> Submission:
    """A finished sitting of the made-up questions."""
    answers: dict[str, Answer] = {"mini/a": Rating(value=value), "mini/b": Text(value=text)}
    return Submission(
        study=public.policy.study,
        wave=public.policy.wave,
        policy_sha256=public.policy_sha256,
        battery_sha256=public.policy.battery_sha256,
        answers=answers,
        origin="rehearsal" if public.policy.rehearsal else "sitting",
        ticket=ticket,
        code_public=key.public_hex,
    )


def cheap_key(public: PublicStudy, code: str = "") -> CodeKey:
    return CodeKey.derive(code or new_code(), public.salt, cost=Cost.CHEAP)


def make_keys() -> tuple[NewKey, ...]:
    return tuple(make_key(passphrase, cost=Cost.CHEAP) for passphrase in PASSPHRASES)


def open_study(
    root: Path, *, shared: bool = False, rehearsal: bool = False, tickets: bool = True, question: str = ""
) -> Opened:
    """Lay out and open a study at `root` with two key holders."""
    keys = make_keys()
    setup = setup_for(tuple(key.public_hex for key in keys), rehearsal=rehearsal, tickets=tickets)
    study = Study.create(root, setup, shared=shared)
    asked = battery(question) if question else battery()
    policy = msgspec.structs.replace(
        policy_for(setup, asked), scoring_sha256=hashlib.sha256(SCORING).hexdigest()
    )
    study.freeze(policy, asked, REFERENCE, SCORING)
    return Opened(study, keys)


def sitting_record(text: str = "", answers: int = 2) -> SittingRecord:
    given: dict[str, Answer] = {"mini/b": Text(value=text), "mini/a": Rating(value=5)}
    return SittingRecord(
        study="lighthouse",
        wave="baseline",
        policy_sha256="0" * 64,
        battery_sha256="1" * 64,
        answers=dict(list(given.items())[:answers]),
        ticket="T",
    )


def flipped(data: bytes, bit: int) -> bytes:
    """`data` with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def everything_under(*roots: Path) -> bytes:
    """All names and contents of files under `roots`, run together."""
    pieces = []
    for root in roots:
        for path in sorted(root.rglob("*")):
            pieces.append(str(path.relative_to(root)).encode())
            if path.is_file() and not path.is_symlink():
                pieces.append(path.read_bytes())
    return b"\n".join(pieces)


def encoded(record: msgspec.Struct) -> bytes:
    return canonical(record)


def forge(opened: Opened, submission: Submission, **changes: object) -> Path:
    """Put `submission` with `changes` into the inbox as another program could, unchecked."""
    public = opened.public
    key = cheap_key(public)
    path = opened.inbox / key.submission_name("baseline")
    data = pack(
        encoded(msgspec.structs.replace(submission, **changes)),
        encoded(OWN),
        "baseline",
        public.publics,
        key.public_hex,
        name=path.name,
    )
    write_once(path, data, SEALED_FILE, "it")
    return path


def values(submissions: tuple[Submission, ...]) -> list[int]:
    found = [one.answers["mini/a"] for one in submissions]
    return sorted(answer.value for answer in found if isinstance(answer, Rating))
