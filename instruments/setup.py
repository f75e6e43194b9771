"""All that is settled before a study opens: groups, keys, thresholds, promises, helpers."""

from __future__ import annotations

from typing import Literal

from instruments.model import Record, Texts
from instruments.tasks.model import AiUsePolicy

SUPPORTER_ROLES = ("facilitator", "manager", "champion", "hr-partner")


SupporterRole = Literal["facilitator", "manager", "champion", "hr-partner"]


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
