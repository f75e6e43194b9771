"""Whether a study keeps what it promised: checks for employees and works councils, each one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from instruments.errors import BadInput
from instruments.model import Record
from instruments.reading import read_record
from instruments.records import Policy, sha256_of
from scoring.records import Release
from store.codes import CodeKey
from store.errors import KeyRefused, Unavailable
from store.inbox import counted_hash, read_own
from store.openings import Opening, openings_in, read_openings
from store.pledges import Saying, read_sayings
from store.proofs import Proof, read_proof
from store.public import PublicStudy, load_public
from store.study import Study
from tui.flows.agreeing import consent_sha256
from tui.flows.consent import roles_in_words
from tui.flows.pledges import pledge_lines, sayings_of
from tui.flows.verifying_release import release_checks
from tui.text.roles import role_title

Outcome = Literal["holds", "does not hold", "cannot be told"]


class Check(Record, frozen=True):
    """One thing that was looked at."""

    name: str
    outcome: Outcome
    sentence: str
    is_privacy: bool = False
    """Whether people are less safe than promised where it does not hold."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What can be seen from here; None where this account may not see it, or where it is not there yet."""

    public: PublicStudy
    proof: Proof | None
    release_sha256: str
    release: Release | None
    openings: tuple[Opening, ...] | None


def gather(root: Path, given: bytes | None = None) -> Evidence:
    """Return what there is to check at `root`; `given` is a release file that somebody handed over.

    Raises BadInput where a file of the study is not the one that was frozen or written.
    """
    public = load_public(root)
    proof = read_proof(public)
    data, openings = given, None
    try:
        study = Study.load(root)
        study.public()
        openings = read_openings(root)
        if data is None and study.is_released(public.policy.wave):
            data = study.read_release()
    except Unavailable:
        pass  # an employee's account may not look into the private folder
    release = None if data is None else read_record(data, Release, "the release")
    sha256 = "" if data is None else hashlib.sha256(data).hexdigest()
    return Evidence(public, proof, sha256, release, openings)


def verify(evidence: Evidence, key: CodeKey | None = None) -> tuple[Check, ...]:
    """Return every check of `evidence`; with the key of a personal code also that of the own answers."""
    return tuple(_checks(evidence, key))


def _checks(evidence: Evidence, key: CodeKey | None) -> Iterator[Check]:
    public = evidence.public
    yield _rules(evidence)
    consent = consent_sha256(public.policy, public.battery)
    yield Check(
        "consent",
        "holds",
        f"The consent text is made from these rules; with this careload its words have the hash "
        f"{consent[:16]}. The hash of the text that somebody agreed to is sealed with the answers.",
    )
    yield _limits(public.policy)
    yield _keys(public.policy)
    yield _openings(evidence)
    yield from _pledges(evidence)
    yield from _release(evidence)
    if key is not None:
        yield _own(evidence, key)


def _rules(evidence: Evidence) -> Check:
    public, proof = evidence.public, evidence.proof
    if proof is not None and proof.policy_sha256 != public.policy_sha256:
        return Check(
            "rules", "does not hold", "The rules are not those under which the round was closed.", True
        )
    told = f"Rules, questions and comparison figures are those frozen together ({public.policy_sha256[:16]})."
    return Check("rules", "holds", told)


def _limits(policy: Policy) -> Check:
    given = policy.thresholds
    told = (
        f"No number goes back to fewer than {given.k} people ({given.k_detail} for details); no results "
        f"below {given.minimum_people} people, none by group below {given.minimum_breakdown}."
    )
    if given.are_lowered:
        return Check("limits", "does not hold", f"{told} careload never allows so few.", is_privacy=True)
    return Check("limits", "holds", told)


def _keys(policy: Policy) -> Check:
    roles = roles_in_words(policy.key_holders)
    if len(policy.key_holders) == 1:
        return Check("keys", "holds", f"One key ({roles}): one person alone could open the answers.")
    begins = ", ".join(f"{role_title(one.role)} {one.public_key[:16]}" for one in policy.key_holders)
    return Check(
        "keys",
        "holds",
        f"{len(policy.key_holders)} keys, of different roles ({roles}). Only together can they open the "
        f"answers. A holder's own key file has the same public_key: {begins}.",
    )


def _openings(evidence: Evidence) -> Check:
    log, proof, name = evidence.openings, evidence.proof, "openings"
    if log is None:
        return Check(name, "cannot be told", "The log of openings can be read by the facilitator's account.")
    if proof and proof.opening_sha256 and proof.opening_sha256 not in {sha256_of(entry) for entry in log}:
        return Check(name, "does not hold", "The log of openings is not the one that closing wrote.", True)
    openings = openings_in(log)
    gone = " The keys were destroyed afterwards." if len(openings) < len(log) else ""
    if not openings:
        return Check(name, "holds", f"Nobody has opened any answers with careload.{gone}")
    times = "once" if len(openings) == 1 else f"{len(openings)} times"
    day = openings[-1].day or "a day unknown"
    return Check(name, "holds", f"Answers were opened {times} with careload, last on {day}.{gone}")


def _pledges(evidence: Evidence) -> Iterator[Check]:
    """Return what was said of each pledge; with the release at hand, what it tells is worked out anew."""
    public, release = evidence.public, evidence.release
    sayings = read_sayings(public)
    now = sayings if release is None else sayings_of(public, release)
    said, told = ({one.number: one for one in some} for some in (sayings, now))
    for number, sentence in enumerate(pledge_lines(public, now), 1):
        yield Check("pledge", _pledge(said.get(number), told.get(number)), sentence)


def _pledge(said: Saying | None, told: Saying | None) -> Outcome:
    if said is None or told is None:
        return "cannot be told"
    if said.said == "broken" or said.met != told.met:
        return "does not hold"
    return "holds" if said.said == "kept" else "cannot be told"


def _release(evidence: Evidence) -> Iterator[Check]:
    public, proof, release, name = evidence.public, evidence.proof, evidence.release, "release"
    if release is None:
        is_closed = public.closed_now()
        told = "Its file was not given: ask for it." if is_closed else "The round is open: none is written."
        yield Check(name, "cannot be told", told)
        return
    if proof is None:
        yield Check(name, "cannot be told", "No fingerprint of the release was published at closing.")
    elif proof.release_sha256 != evidence.release_sha256:
        yield Check(name, "does not hold", "This is not the release that was written at closing.", True)
    elif proof.counted_hashes != release.header.counted_hashes:
        yield Check(name, "does not hold", "It counts other files than were published as counted.")
    else:
        begins = evidence.release_sha256[:16]
        yield Check(
            name,
            "holds",
            f"It has the fingerprint that was published at closing ({begins}). Both lie in the facilitator's "
            "folder: compare it with the one that another key holder noted then.",
        )
    for one in release_checks(public, release):
        yield Check(one.name, "does not hold" if one.fault else "holds", one.fault or one.fine, True)


def _own(evidence: Evidence, key: CodeKey) -> Check:
    public, name = evidence.public, "your answers"
    hashed = counted_hash(public, key)
    try:
        read_own(public, key)
    except (BadInput, KeyRefused):
        told = "The file under your code is not as you handed it in: tell the key holders."
        return Check(name, "does not hold", told)
    if not public.closed_now():
        return Check(name, "holds", "They are there, sealed and whole. The round is still open.")
    hashes = _hashes(evidence)
    if hashes is None:
        return Check(name, "cannot be told", "The list of what was counted was not published: ask for it.")
    if hashed in hashes:
        return Check(name, "holds", "Yours was counted, unchanged.")
    if not hashes:
        few = public.policy.thresholds.minimum_people
        return Check(name, "cannot be told", f"Fewer than {few} people answered, so nothing is told at all.")
    return Check(
        name,
        "does not hold",
        "Yours is not among those counted. It was set aside, or held back because the same ticket or code "
        "came twice. Ask the facilitator; whoever looks need not know your answers.",
    )


def _hashes(evidence: Evidence) -> tuple[str, ...] | None:
    if evidence.proof is not None:
        return evidence.proof.counted_hashes
    return None if evidence.release is None else evidence.release.header.counted_hashes
