"""Questions of `careload init`, asked with questionary; every one of them is a flag too."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, TypeVar

import questionary

from instruments.errors import BadInput
from instruments.records import SUPPORTER_ROLES, Attribute, SupporterHours, Thresholds
from tui.flows.founding import MIN_PASSPHRASE
from tui.flows.wishes import (
    LONGEST_NAME,
    MAX_ATTRIBUTES,
    ROLES,
    Wishes,
    check,
    parse_attribute,
    parse_date,
    parse_line,
    parse_name,
    parse_pledge,
    parse_supporter,
    roles_from,
    thresholds_from,
)

T = TypeVar("T")


def _answered(question: questionary.Question) -> Any:
    """Return the answer; Ctrl-C ends the wizard before anything was made."""
    return question.unsafe_ask()


def _valid(parse: Callable[[str], object], *, empty: bool = True) -> Callable[[str], bool | str]:
    def validate(text: str) -> bool | str:
        if empty and not text.strip():
            return True
        try:
            parse(text)
        except BadInput as error:
            return f"{error.message} {error.todo}"
        return True

    return validate


def _text(message: str, parse: Callable[[str], T], default: str = "", *, empty: bool = True) -> T | None:
    text = str(_answered(questionary.text(message, default=default, validate=_valid(parse, empty=empty))))
    return parse(text) if text.strip() else None


def _several(message: str, parse: Callable[[str], T], most: int) -> tuple[T, ...]:
    found: list[T] = []
    while len(found) < most:
        one = _text(f"{message} (empty: {'none' if not found else 'no more'})", parse)
        if one is None:
            break
        found.append(one)
    return tuple(found)


def _plain(text: str) -> str:
    if not text.strip():
        raise BadInput("Please type something.")
    return parse_line(text, "This")


def _name(text: str) -> str:
    return parse_line(_plain(text), "The name", LONGEST_NAME)


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()) or int(text) < 1:
        raise BadInput("Please type a whole number above 0.")
    return int(text)


def _k(text: str) -> int:
    if _number(text) < Thresholds().k:
        raise BadInput("It can only be raised: 5 or more.")
    return int(text)


def ask_wishes(given: argparse.Namespace) -> Wishes:
    """Ask everything `init` needs; flags given are not asked again."""
    study = parse_name(given.study.name, "Name of the study")
    asked = "Name of the organisation, as people know it:"
    organisation = _name(given.organisation) if given.organisation else _text(asked, _name, empty=False)
    attributes = _attributes(given)
    wishes = Wishes(
        study=study,
        organisation=organisation or "",
        headcount=_headcount(given, attributes),
        attributes=attributes,
        battery=given.battery or _battery(),
        holders=_holders(given),
        supporters=_supporters(given),
        thresholds=_thresholds(given),
        tickets=not given.no_tickets
        and bool(_answered(questionary.confirm("Tickets, one for each person?"))),
        retention_months=given.retention_months,
        purpose=parse_line(given.purpose, "Purpose")
        or _text("What are the answers for? (one sentence)", _plain)
        or "",
        contact=parse_line(given.contact, "Contact") or _text("Whom can people ask?", _plain) or "",
        agreement_date=parse_date(given.agreement_date)
        or _text("Date of the works agreement (YYYY-MM-DD, empty: none yet):", parse_date)
        or "",
        pledges=tuple(parse_pledge(text) for text in given.pledge)
        or _several("Pledge, as 'if ...: what the organisation does'", parse_pledge, 5),
    )
    check(wishes)
    return wishes


def _attributes(given: argparse.Namespace) -> tuple[Attribute, ...]:
    if given.attribute:
        return tuple(parse_attribute(text) for text in given.attribute)
    return _several(
        "Groups with headcounts, as 'department: Sales=40, Operations=60'", parse_attribute, MAX_ATTRIBUTES
    )


def _headcount(given: argparse.Namespace, attributes: tuple[Attribute, ...]) -> int:
    if given.headcount:
        return int(given.headcount)
    people = sum(category.headcount for category in attributes[0].categories) if attributes else 0
    return _text("How many people are asked?", _number, str(people or ""), empty=False) or people


def _battery() -> str:
    chosen = _answered(
        questionary.rawselect(
            "Which battery?",
            choices=[
                questionary.Choice("standard: 25 minutes at most", "standard"),
                questionary.Choice("full: more scales, for volunteers with time", "full"),
            ],
        )
    )
    return str(chosen)


def _holders(given: argparse.Namespace) -> tuple[str, ...]:
    if given.holder or given.one_key:
        return roles_from(given.holder, one_key=given.one_key)
    first = str(_answered(questionary.rawselect("First key holder?", choices=list(ROLES))))
    others = [role for role in ROLES if role != first]
    nobody = "nobody: one person alone could open the answers"
    second = str(
        _answered(questionary.rawselect("Second key holder, of another role?", choices=[*others, nobody]))
    )
    return (first,) if second == nobody else (first, second)


def _supporters(given: argparse.Namespace) -> tuple[SupporterHours, ...]:
    if given.supporter:
        return tuple(parse_supporter(text) for text in given.supporter)
    return _several(
        "Supporters, as champion=6x2 (people x hours a week each)", parse_supporter, 2 * len(SUPPORTER_ROLES)
    )


def _thresholds(given: argparse.Namespace) -> Thresholds:
    if given.k is not None:
        return thresholds_from(int(given.k))
    k = _text("Smallest number of people behind any number (5 or more):", _k, "5", empty=False) or 5
    return thresholds_from(k)


def ask_passphrase(role: str) -> str:
    """Ask a key holder for a new passphrase, twice."""

    def long_enough(text: str) -> bool | str:
        return (
            len(text) >= MIN_PASSPHRASE
            or f"At least {MIN_PASSPHRASE} characters, please; four words are good."
        )

    first = str(
        _answered(questionary.password(f"Passphrase of {role} (nobody else looks):", validate=long_enough))
    )

    def same(text: str) -> bool | str:
        return text == first or "The two are not the same."

    _answered(questionary.password("The same once more:", validate=same))
    return first
