"""The records that travel between rooms and onto disk; each carries its schema version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Literal

import msgspec

from instruments.answers import Answer
from instruments.model import Format, Instrument, Item, Need, Record, Texts
from instruments.tasks.asking import Drawn, Task, asked_in, drawn_task
from instruments.tasks.model import AiUsePolicy

TIERS = ("self-directed", "peer-supported", "coached", "intensive")
Tier = Literal["self-directed", "peer-supported", "coached", "intensive"]
SUPPORTER_ROLES = ("facilitator", "manager", "champion", "hr-partner")
SupporterRole = Literal["facilitator", "manager", "champion", "hr-partner"]
Wave = Literal["baseline", "day-30", "day-60", "day-90"]


def canonical(record: msgspec.Struct) -> bytes:
    """Return the one JSON form of `record` that is hashed: UTF-8, keys sorted, no spaces."""
    return msgspec.json.encode(record, order="sorted")


def sha256_of(record: msgspec.Struct) -> str:
    """Return the SHA-256 (hex) of the canonical form of `record`."""
    return hashlib.sha256(canonical(record)).hexdigest()


class Wording(Record, frozen=True):
    """Verdict on the wording that is shown, in parts."""

    status: Literal["published", "adapted", "own"]
    sha256: str
    items_published: int = 0
    items: int = 0
    anchors: Literal["as published", "recalled", "ours"] = "ours"
    instruction: Literal["as published", "ours"] = "ours"

    def __str__(self) -> str:
        if self.status == "own":
            return "our own questions"
        anchors = {"as published": "as published", "recalled": "as recalled", "ours": "ours"}[self.anchors]
        items = f"items {self.items_published} of {self.items} as published"
        return f"{self.status} wording: {items}; anchors {anchors}; instruction {self.instruction}"


class Part(Record, frozen=True):
    """One section of a battery: an instrument with the wording that is shown, cut to the scales in use."""

    instrument: Instrument
    wording: Wording


class Question(Record, frozen=True):
    """One item as the sitting shows it. `id` is unique in the battery: ``instrument/item``.

    A question of a practical task knows the task by the name of its draw and the seconds it usually
    takes, and belongs to no part (-1).
    """

    id: str
    part: int
    item: Item
    format: Format
    task: str = ""
    seconds: float = 0.0


AFTER_TASKS = ("nasa-rtlx",)
"""Instruments that ask about the tasks, so that they come after them."""


class Battery(Record, frozen=True):
    """The ordered parts of a study with the wording in use, frozen when the study opens.

    A study's attributes (department, site) are the first part, an own-question part called ``attributes``.
    `tasks` holds every form that can be drawn; `task_count` of the tasks are drawn for each person.
    """

    name: Literal["standard", "full", "custom"]
    language: str
    parts: tuple[Part, ...]
    tasks: tuple[Task, ...] = ()
    task_count: int = 0
    schema: int = 1

    def questions(self, drawn: tuple[str, ...] = ()) -> tuple[Question, ...]:
        """Return every question in the order of asking, with those of the tasks that were `drawn`.

        Raises BadInput when a name stands for no task of this battery.
        """
        after = [part.instrument.id in AFTER_TASKS for part in self.parts]
        first = (one for number, is_after in enumerate(after) if not is_after for one in self._part(number))
        last = (one for number, is_after in enumerate(after) if is_after for one in self._part(number))
        tasks = (one for name in drawn for one in _task_questions(self.drawn(name)))
        return (*first, *tasks, *last)

    def drawn(self, name: str) -> Drawn:
        """Return the task that was drawn under `name`; BadInput when there is none."""
        return drawn_task(self.tasks, name)

    def _part(self, number: int) -> Iterator[Question]:
        instrument = self.parts[number].instrument
        for item in instrument.items:
            name = f"{instrument.id}/{item.id}"
            yield Question(id=name, part=number, item=item, format=instrument.format_of(item))


def _task_questions(drawn: Drawn) -> Iterator[Question]:
    for one in asked_in(drawn):
        yield Question(
            id=one.id, part=-1, item=one.item, format=one.format, task=drawn.name, seconds=one.seconds
        )


class Category(Record, frozen=True):
    """One value of an attribute, with the number of people the organisation has there."""

    code: int
    label: str
    headcount: int


class Attribute(Record, frozen=True):
    """A closed list that respondents place themselves in, such as the department."""

    id: str
    title: Texts
    categories: tuple[Category, ...]


class KeyHolder(Record, frozen=True):
    """Who holds one of the study's keys: the role is told to everybody, the public key seals."""

    role: str
    public_key: str


class Thresholds(Record, frozen=True):
    """Numbers of people below which the release hides; they can be raised, never lowered."""

    k: int = 5
    k_detail: int = 10
    minimum_people: int = 15
    minimum_breakdown: int = 30
    homogeneity: float = 0.9
    largest_share: float = 0.25

    @property
    def are_lowered(self) -> bool:
        """Whether any of them protects people less than careload always does."""
        least = Thresholds()
        return (
            self.k < least.k
            or self.k_detail < max(least.k_detail, self.k)
            or self.minimum_people < least.minimum_people
            or self.minimum_breakdown < least.minimum_breakdown
            or not self.homogeneity <= least.homogeneity
            or not self.largest_share <= least.largest_share
        )


class Pledge(Record, frozen=True):
    """What the organisation promised to do at which result, before it saw any."""

    condition: str
    promise: str


class SupporterHours(Record, frozen=True):
    """Supporters of one role: how many, and hours a week each can give."""

    role: SupporterRole
    people: int
    hours_per_week: float
    relief_hours: float = 0.0
    """Hours a week taken off other work for it, each."""


MIN_RECORDS = 50
"""People below whom no table with one row a person is released."""


class PartChoice(Record, frozen=True):
    """An instrument chosen for a study, and which of its scales; all items where `scales` is empty."""

    instrument: str
    scales: tuple[str, ...] = ()


class Setup(Record, frozen=True):
    """All that `init` settles, before opening freezes it into a policy; kept in the private study file."""

    study: str
    organisation: str
    language: str
    attributes: tuple[Attribute, ...]
    headcount: int
    battery: Literal["standard", "full", "custom"]
    parts: tuple[PartChoice, ...]
    key_holders: tuple[KeyHolder, ...]
    supporters: tuple[SupporterHours, ...] = ()
    thresholds: Thresholds = Thresholds()
    cut_hours: tuple[float, float, float] = (1.0, 2.0, 4.0)
    tickets: bool = True
    rehearsal: bool = False
    retention_months: int = 12
    contact: str = ""
    purpose: str = ""
    agreement_date: str = ""
    pledges: tuple[Pledge, ...] = ()
    ai_use: AiUsePolicy = AiUsePolicy()
    tasks: tuple[str, ...] = ()
    """Ids of the tasks to draw from; all that ship and all of the study's own where empty."""
    record_file: bool = False
    """Whether a table with one row a person is released: group, tier, bands; reduced risk."""
    schema: int = 1


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
