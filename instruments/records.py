"""The records that travel between rooms and onto disk; each carries its schema version."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from instruments.answers import Answer
from instruments.model import Need, Record
from instruments.setup import Attribute, KeyHolder, Pledge, Thresholds
from instruments.tasks.model import AiUsePolicy

TIERS = ("self-directed", "peer-supported", "coached", "intensive")
Tier = Literal["self-directed", "peer-supported", "coached", "intensive"]
Wave = Literal["baseline", "day-30", "day-60", "day-90"]


def canonical(record: msgspec.Struct) -> bytes:
    """Return the one JSON form of `record` that is hashed: UTF-8, keys sorted, no spaces."""
    return msgspec.json.encode(record, order="sorted")


def sha256_of(record: msgspec.Struct) -> str:
    """Return the SHA-256 (hex) of the canonical form of `record`."""
    return hashlib.sha256(canonical(record)).hexdigest()


WorkKind = Literal[
    "tool-days",
    "tool-stopped",
    "slack-agreed",
    "slack-wrong",
    "help",
    "help-roles",
    "help-what",
    "workflows",
    "reviewing",
    "faults",
    "task-load",
]
"""Tables about work, in the order of the release."""


class PlannedTable(Record, frozen=True):
    """A table that the policy declares beforehand: what is counted, by which attribute (empty: everybody)."""

    kind: Literal["tiers", "need-bands", "hours", "minutes", "response", "quality", "records"] | WorkKind
    attribute: str = ""
    need: Need | None = None


class Policy(Record, frozen=True):
    """What is asked, of how many, who holds the keys, and what is released; frozen and hashed at opening."""

    study: str
    organisation: str
    wave: Wave
    language: str
    attributes: tuple[Attribute, ...]
    headcount: int
    key_holders: tuple[KeyHolder, ...]
    battery: str
    battery_sha256: str
    reference_sha256: str
    reference_status: str
    release_plan: tuple[PlannedTable, ...]
    thresholds: Thresholds = Thresholds()
    cut_hours: tuple[float, float, float] = (1.0, 2.0, 4.0)
    merge_tiers: bool = True
    tickets: bool = True
    rehearsal: bool = False
    retention_months: int = 12
    contact: str = ""
    purpose: str = ""
    agreement_date: str = ""
    pledges: tuple[Pledge, ...] = ()
    ai_use: AiUsePolicy = AiUsePolicy()
    program: str = ""
    record_file: bool = False
    """Whether a table with one row a person is released, told on the consent page."""
    scoring_sha256: str = ""
    """Hash of the frozen scoring; empty in a study that was opened without: nothing is widened there."""
    schema: int = 1


class Submission(Record, frozen=True):
    """A finished sitting as it is sealed: no clock time, no user or host name, no order."""

    study: str
    wave: Wave
    policy_sha256: str
    battery_sha256: str
    answers: dict[str, Answer]
    origin: Literal["sitting", "import", "rehearsal"] = "sitting"
    ticket: str = ""
    code_public: str = ""
    pace: Literal["", "fast", "middle", "slow"] = ""
    drawn: tuple[str, ...] = ()
    """Names of the tasks that were drawn, in the order of asking."""
    consent_sha256: str = ""
    """Hash of the consent page that was agreed to; empty for imported answers."""
    schema: int = 1


class TierShare(Record, frozen=True):
    """Of 100 people who answer like this, how many would want this much help."""

    tier: Tier
    of_100: int


class NeedBand(Record, frozen=True):
    """A latent need in words, with the range that the answers leave open (reference SD units)."""

    need: Need
    band: Literal["lower", "middle", "higher", "open"]
    mean: float
    low: float
    high: float
    words: str
    possible: tuple[Literal["lower", "middle", "higher"], ...] = ()
    """Every band that the range reaches; empty where it is open, and in results of an earlier careload."""


class OwnResult(Record, frozen=True):
    """What one respondent is told; made by scoring, kept in the respondent's own sealed box."""

    wave: Wave
    verdict: Literal["tier", "between", "not enough data", "not kept"]
    """`not kept` stands in the box of somebody who wanted no own result to be kept: nothing else is in it."""
    tiers: tuple[Tier, ...]
    """One tier, the two it lies between, or none."""
    shares: tuple[TierShare, ...]
    heading: str
    sentences: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    """Reasons in the team and the job: the organisation has to change them."""
    skill: tuple[str, ...] = ()
    """Reasons in which the person can grow."""
    needs: tuple[NeedBand, ...] = ()
    notes: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    """Names of the tasks that were done, so that a later wave can give the other form."""
    schema: int = 1


class WordingLine(Record, frozen=True):
    """Wording and reference status of one instrument, as release, desk and codebook print it."""

    instrument: str
    name: str
    wording: str
    wording_sha256: str
    reference: str
    answered_share: float | None = None


class ReleaseHeader(Record, frozen=True):
    """What a release says about itself."""

    study: str
    organisation: str
    wave: Wave
    policy_sha256: str
    battery_sha256: str
    reference_sha256: str
    reference_status: str
    program: str
    rehearsal: bool
    counted: int | None
    """None where so few took part that not even their number is told."""
    headcount: int
    imported: int
    held_back: int
    quarantined: int
    wordings: tuple[WordingLine, ...]
    counted_hashes: tuple[str, ...] = ()
    """Salted hashes of the submissions counted, sorted: a person can check that their own is there."""
    imported_left_out: int = 0
    """Of the `imported` those that do not count because people also answered through careload."""
    requests: int = 0
    """Requests for help by name; as many people do not count towards the smallest numbers for a release."""
    thresholds: Thresholds = Thresholds()
    closed_on: str = ""
    """ISO date of the closing; exports carry it in place of a clock's."""
    opening_sha256: str = ""
    """Hash of the log of openings up to this closing; empty where too few took part."""
    schema: int = 1
