"""What a facilitator wants of a study, as typed: read from flags and from the wizard alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

import msgspec

from instruments.errors import BadInput
from instruments.setup import (
    SUPPORTER_ROLES,
    Attribute,
    Category,
    Pledge,
    Setup,
    SupporterHours,
    SupporterRole,
    Thresholds,
)
from instruments.tasks.model import AiUsePolicy
from store.names import is_name
from tui.cleaning import clean

MAX_ATTRIBUTES = 2
MAX_PEOPLE = 1_000_000
MAX_GROUPS = 60
LONGEST_NAME, LONGEST_SENTENCE = 80, 500
_MERGE = "Groups of fewer than ten people are never shown alone: draw small ones together."
MAX_MONTHS = 120
ROLES = ("facilitator", "works-council", "data-protection", "hr-partner", "management")
"""Roles of key holders that the wizard offers; any other short name is allowed too."""
ROWS_TOLD = (
    "HR gets tables of groups. It can also get one row for each person: group, tier, bands of needs, "
    "each shared by several people. It is safer without; people read about it before they answer."
)
"""What the wizard says before it asks about rows of people."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything that `init` asks."""

    study: str
    organisation: str
    headcount: int
    attributes: tuple[Attribute, ...] = ()
    battery: str = "standard"
    holders: tuple[str, ...] = ("facilitator", "works-council")
    supporters: tuple[SupporterHours, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    tickets: bool = True
    rehearsal: bool = False
    retention_months: int = 12
    contact: str = ""
    purpose: str = ""
    agreement_date: str = ""
    pledges: tuple[Pledge, ...] = ()
    ai_use: AiUsePolicy = field(default_factory=AiUsePolicy)
    tasks: tuple[str, ...] = ()
    """Ids of the tasks to draw from; all of them where empty."""
    record_file: bool = False
    """Whether HR gets a table with one row a person, told on the consent page."""


def parse_name(text: str, what: str) -> str:
    """Return `text` when it may name a study, an attribute or a role; BadInput otherwise."""
    if not is_name(text):
        raise BadInput(
            f"{what}: found {text[:70]!r}; expected small letters, digits and hyphens, at most 64.",
            "For example: spring-rollout",
        )
    return text


def thresholds_from(k: int) -> Thresholds:
    """Return the thresholds with `k`, details never below it."""
    usual = Thresholds()
    return msgspec.structs.replace(usual, k=k, k_detail=max(usual.k_detail, k))


def parse_line(text: str, what: str, longest: int = LONGEST_SENTENCE) -> str:
    """Return `text` as one line without control characters; BadInput when it is too long or no text."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise BadInput(f"{what}: found bytes that are not UTF-8 text.", "Type it with plain letters.")
    line = " ".join(clean(" ".join(text.split())).split())
    if len(line) > longest:
        raise BadInput(f"{what}: found {len(line):,} letters; expected at most {longest}.")
    return line


def _whole(text: str, what: str) -> int:
    digits = text.strip()
    if not re.fullmatch(r"-?[0-9]{1,12}", digits):
        raise BadInput(f"{what}: found {digits[:40]!r}; expected a whole number.")
    if not 0 <= int(digits) <= MAX_PEOPLE:
        raise BadInput(f"{what}: found {digits}; expected 0 to {MAX_PEOPLE:,}.")
    return int(digits)


def parse_attribute(text: str) -> Attribute:
    """Read ``department: Sales=40, Operations=60`` into a closed list with headcounts."""
    name, colon, rest = text.partition(":")
    entries = [entry for entry in re.split(r"[,\n]", rest) if entry.strip()]
    if len(entries) > MAX_GROUPS:
        raise BadInput(f"Groups: found {len(entries)}; expected at most {MAX_GROUPS}.", _MERGE)
    if not colon or len(entries) < 2:
        raise BadInput(
            f"Groups: found {text[:60]!r}; expected a name, a colon and at least two groups.",
            "For example: department: Sales=40, Operations=60",
        )
    label = parse_line(name, "Attribute", LONGEST_NAME)
    categories = tuple(_category(code, entry) for code, entry in enumerate(entries, start=1))
    if len({category.label.casefold() for category in categories}) < len(categories):
        raise BadInput(f"Attribute {label!r}: the same group stands twice.", "Name every group once.")
    return Attribute(id=parse_name(_slug(label), "Attribute"), title={"en": label}, categories=categories)


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.casefold()).strip("-")


def _category(code: int, entry: str) -> Category:
    name, equals, count = entry.rpartition("=")
    label = parse_line(name, "Group", LONGEST_NAME)
    if not equals or not label:
        raise BadInput(
            f"Group: found {entry.strip()[:60]!r}; expected a name and how many people work there.",
            "For example: Sales=40",
        )
    return Category(code=code, label=label, headcount=_whole(count, f"People in {label}"))


def parse_supporter(text: str) -> SupporterHours:
    """Read ``champion=6x2`` (six people, two hours a week each) or ``champion=6x2-1`` (one hour relieved)."""
    match = re.fullmatch(r"([a-z-]+)=(\d{1,6})x(\d{1,2}(?:\.\d+)?)(?:-(\d{1,2}(?:\.\d+)?))?", text.strip())
    if not match or match[1] not in SUPPORTER_ROLES:
        raise BadInput(
            f"Supporters: found {text[:60]!r}; expected ROLE=PEOPLExHOURS, role one of "
            + ", ".join(get_args(SupporterRole)),
            "For example: champion=6x2 (six champions with two hours a week each)",
        )
    role = msgspec.convert(match[1], SupporterRole)
    hours, relief = float(match[3]), float(match[4] or 0)
    return SupporterHours(role=role, people=int(match[2]), hours_per_week=hours, relief_hours=relief)


def parse_tasks(given: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the tasks to draw from, each once; BadInput where one is no id."""
    return tuple(dict.fromkeys(parse_name(name.strip(), "Task") for name in given))


def parse_date(text: str) -> str:
    """Return `text` when it is empty or a date such as 2026-03-31."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BadInput(f"Date: found {text[:40]!r}; expected a date such as 2026-03-31.") from error


def roles_from(holders: Sequence[str], *, one_key: bool) -> tuple[str, ...]:
    """Return the key holders' roles: two unless one was chosen explicitly."""
    roles = tuple(parse_name(role, "Key holder") for role in holders)
    wanted = 1 if one_key else 2
    if not roles:
        return ("facilitator",) if one_key else ("facilitator", "works-council")
    if len(roles) != wanted:
        raise BadInput(
            f"Key holders: found {len(roles)}; expected {wanted}.",
            "Two holders of different roles protect people best; --one-key takes a single one.",
        )
    return roles


def check(wishes: Wishes) -> None:
    """Refuse wishes that do not fit together."""
    parse_name(wishes.study, "Name of the study")
    if not wishes.organisation.strip():
        raise BadInput("Organisation: found nothing; expected the name that employees read.")
    if len(set(wishes.holders)) < len(wishes.holders):
        raise BadInput("Key holders: the same role stands twice; two different roles are needed.")
    _check_numbers(wishes)
    _check_attributes(wishes)


def _check_numbers(wishes: Wishes) -> None:
    if not 1 <= wishes.headcount <= MAX_PEOPLE:
        raise BadInput(
            f"Headcount: found {wishes.headcount}; expected how many people are asked, 1 to {MAX_PEOPLE:,}."
        )
    if not 1 <= wishes.retention_months <= MAX_MONTHS:
        raise BadInput(f"Retention: found {wishes.retention_months} months; expected 1 to {MAX_MONTHS}.")
    k, least = wishes.thresholds.k, Thresholds().k
    if k < least:
        raise BadInput(f"Threshold k: found {k}; expected {least} or more.", "It can only be raised.")
    if k > max(least, wishes.headcount):
        raise BadInput(
            f"Threshold k: found {k}; expected at most {wishes.headcount}, the headcount.",
            "With more, nothing could ever be shown.",
        )


def _check_attributes(wishes: Wishes) -> None:
    if len(wishes.attributes) > MAX_ATTRIBUTES:
        raise BadInput(
            f"Attributes: found {len(wishes.attributes)}; expected at most {MAX_ATTRIBUTES}.",
            "Every further attribute makes people easier to recognise.",
        )
    if len({attribute.id for attribute in wishes.attributes}) < len(wishes.attributes):
        raise BadInput("Attributes: the same one stands twice.", "Name every attribute once.")
    for attribute in wishes.attributes:
        people = sum(category.headcount for category in attribute.categories)
        if people != wishes.headcount:
            raise BadInput(
                f"{attribute.title['en']}: the groups add up to {people}; expected {wishes.headcount}.",
                "Everybody belongs to exactly one group; correct the headcounts.",
            )


def setup_from(wishes: Wishes, public_keys: tuple[str, ...]) -> Setup:
    """Return the setup of `wishes` with one public key a holder, in their order."""
    from instruments.battery import FULL, STANDARD
    from instruments.setup import KeyHolder

    check(wishes)
    holders = tuple(
        KeyHolder(role=role, public_key=key) for role, key in zip(wishes.holders, public_keys, strict=True)
    )
    full = wishes.battery == "full"
    return Setup(
        study=wishes.study,
        organisation=wishes.organisation,
        language="en",
        attributes=wishes.attributes,
        headcount=wishes.headcount,
        battery="full" if full else "standard",
        parts=FULL if full else STANDARD,
        key_holders=holders,
        supporters=wishes.supporters,
        thresholds=wishes.thresholds,
        tickets=wishes.tickets,
        rehearsal=wishes.rehearsal,
        retention_months=wishes.retention_months,
        contact=wishes.contact,
        purpose=wishes.purpose,
        agreement_date=wishes.agreement_date,
        pledges=wishes.pledges,
        ai_use=wishes.ai_use,
        tasks=wishes.tasks,
        record_file=wishes.record_file,
    )
