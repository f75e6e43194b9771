"""Questions of `careload init`, asked with questionary; every one of them is a flag too."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

import msgspec
import questionary

from instruments.errors import BadInput
from instruments.setup import (
    MIN_RECORDS,
    SUPPORTER_ROLES,
    Attribute,
    Pledge,
    SupporterHours,
    SupporterRole,
    Thresholds,
)
from instruments.tasks.model import AiUsePolicy
from store.vault import SHORTEST_PASSPHRASE
from tui import output
from tui.flows.ai_rules import AI_QUESTIONS, SILENT, ai_use_of
from tui.flows.pledges import CONDITIONS, parse_pledge
from tui.flows.wishes import (
    LONGEST_NAME,
    MAX_ATTRIBUTES,
    MAX_PEOPLE,
    ROLES,
    ROWS_TOLD,
    Wishes,
    check,
    parse_attribute,
    parse_date,
    parse_line,
    parse_name,
    parse_supporter,
    parse_tasks,
    roles_from,
    thresholds_from,
)
from tui.prompts import answered, choose, text_line
from tui.text.roles import role_title

HELPERS = {
    "facilitator": "facilitators: one-to-one time",
    "manager": "managers: coaching",
    "champion": "champions: colleagues who work in pairs with others",
    "hr-partner": "HR partners",
}


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


def _tell(text: str) -> None:
    """Say what a question is for, before it is asked."""
    output.say(f"\n{text}")


def ask_wishes(given: argparse.Namespace) -> Wishes:
    """Ask everything `init` needs; flags given are not asked again."""
    study = parse_name(given.study.name, "Name of the study")
    output.say("A few questions about the study. Ctrl-C stops; nothing is made before the last answer.")
    asked = "Name of the organisation, as people know it:"
    organisation = _name(given.organisation) if given.organisation else text_line(asked, _name, empty=False)
    attributes = _attributes(given)
    headcount = _headcount(given, attributes)
    wishes = Wishes(
        study=study,
        organisation=organisation or "",
        headcount=headcount,
        attributes=attributes,
        battery=given.battery or _battery(),
        holders=_holders(given),
        supporters=_supporters(given),
        thresholds=_thresholds(given, headcount),
        tasks=parse_tasks(given.task),
        tickets=not given.no_tickets and _tickets(),
        retention_months=given.retention_months,
        purpose=parse_line(given.purpose, "Purpose") or _purpose() or "",
        contact=parse_line(given.contact, "Contact")
        or text_line("Whom can people ask? (empty: nobody is named)", _plain)
        or "",
        agreement_date=parse_date(given.agreement_date)
        or text_line("Date of the works agreement, as 2026-03-31 (empty: none yet):", parse_date)
        or "",
        pledges=_pledges(given),
        ai_use=_ai_use(given),
        record_file=_record_file(given, headcount),
    )
    check(wishes)
    return wishes


def _tickets() -> bool:
    _tell("A ticket lets one person take part once. Without tickets anybody may answer, also twice.")
    return bool(answered(questionary.confirm("Tickets, one for each person?")))


def _record_file(given: argparse.Namespace, headcount: int) -> bool:
    if given.record_file is not None or headcount < MIN_RECORDS:
        return bool(given.record_file)
    _tell(ROWS_TOLD)
    return bool(answered(questionary.confirm("One row for each person too?", default=False)))


def _purpose() -> str | None:
    _tell("People read the next answers before they decide to take part.")
    return text_line("What are the answers for? (one sentence; empty: enough time and helpers)", _plain)


def _pledges(given: argparse.Namespace) -> tuple[Pledge, ...]:
    if given.pledge:
        return tuple(parse_pledge(text) for text in given.pledge)
    _tell("A pledge says beforehand what the organisation will do at which result. People read it first.")
    found: list[Pledge] = []
    while condition := _condition(found):
        promise = text_line("What will the organisation do then? (empty: no pledge on this)", _plain)
        if promise:
            found.append(Pledge(condition=condition, promise=promise))
    return tuple(found)


def _condition(found: Sequence[Pledge]) -> str:
    taken = {pledge.condition for pledge in found}
    free = [(f"if {said}", said) for said in CONDITIONS.values() if said not in taken]
    return choose("Pledge?", [*free, ("no more" if found else "none", "")])


def _attributes(given: argparse.Namespace) -> tuple[Attribute, ...]:
    if given.attribute:
        return tuple(parse_attribute(text) for text in given.attribute)
    _tell(
        "Results can be told apart by groups: at most two lists, each with all people in it. For example:\n"
        "department: Sales=40, Operations=60"
    )
    found: list[Attribute] = []

    def fits(text: str) -> Attribute:
        attribute = parse_attribute(text)
        if found and people_in(attribute) != people_in(found[0]):
            raise BadInput(f"It adds up to {people_in(attribute)}; the first list to {people_in(found[0])}.")
        return attribute

    while len(found) < MAX_ATTRIBUTES:
        one = text_line(f"Groups (empty: {'no more' if found else 'none'}):", fits)
        if one is None:
            break
        found.append(one)
    return tuple(found)


def people_in(attribute: Attribute) -> int:
    """Return how many people all groups of `attribute` have together."""
    return sum(category.headcount for category in attribute.categories)


def _headcount(given: argparse.Namespace, attributes: tuple[Attribute, ...]) -> int:
    if given.headcount:
        return int(given.headcount)
    if attributes:
        return people_in(attributes[0])
    return text_line("How many people are asked?", _number, empty=False) or 0


def _ai_use(given: argparse.Namespace) -> AiUsePolicy:
    """Ask the organisation's rules for AI tools: they make the key of one of the tasks."""
    open_ones = [one for one in AI_QUESTIONS if getattr(given, one.dest, None) is None]
    if open_ones:
        _tell("Your rules for AI tools. One of the practical tasks shows them and goes by them.")
    for one in open_ones:
        ways = [(words, value) for value, words in one.answers]
        setattr(given, one.dest, choose(one.question, ways, SILENT))
    return ai_use_of(given)


def _battery() -> str:
    choices = (
        ("standard: 25 minutes at most", "standard"),
        ("full: more questions, for volunteers with time", "full"),
    )
    return choose("How long may it be?", choices)


def _holders(given: argparse.Namespace) -> tuple[str, ...]:
    if given.holder or given.one_key:
        return roles_from(given.holder, one_key=given.one_key)
    _tell("Answers are sealed with keys. Two people of different roles are needed to open them.")
    roles = [(role_title(role), role) for role in ROLES]
    first = choose("First key holder?", roles)
    others = [choice for choice in roles if choice[1] != first]
    nobody = ("nobody: one person alone could open the answers", "")
    second = choose("Second key holder, of another role?", [*others, nobody])
    return (first, second) if second else (first,)


def _supporters(given: argparse.Namespace) -> tuple[SupporterHours, ...]:
    if given.supporter:
        return tuple(parse_supporter(text) for text in given.supporter)
    _tell("Who will help people learn, and with how many hours? The plan compares need and hours.")
    found: list[SupporterHours] = []
    while (role := _helping_role(bool(found))) is not None:
        people = text_line(f"How many {HELPERS[role].partition(':')[0]}?", _number, empty=False) or 1
        hours = text_line("Hours a week that each of them has for it:", _hours, empty=False) or 0.0
        relief = text_line("Hours a week taken off other work of each:", _hours, "0", empty=False) or 0.0
        found.append(SupporterHours(role=role, people=people, hours_per_week=hours, relief_hours=relief))
    return tuple(found)


def _helping_role(is_more: bool) -> SupporterRole | None:
    nobody = ("nobody else" if is_more else "nobody yet", "")
    chosen = choose("Helpers?", [*((HELPERS[role], role) for role in SUPPORTER_ROLES), nobody])
    return msgspec.convert(chosen, SupporterRole) if chosen else None


def _hours(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,2}([.][0-9]{1,2})?", text.strip()):
        raise BadInput("Please type hours such as 2 or 1.5.")
    return float(text)


def _thresholds(given: argparse.Namespace, headcount: int = MAX_PEOPLE) -> Thresholds:
    if given.k is not None:
        return thresholds_from(int(given.k))

    def fits(text: str) -> int:
        if _k(text) > max(headcount, Thresholds().k):
            raise BadInput(f"At most {headcount}, please: with more, nothing could ever be shown.")
        return _k(text)

    k = text_line("Smallest number of people behind any number (5 or more):", fits, "5", empty=False) or 5
    return thresholds_from(k)


def ask_passphrase(role: str) -> str:
    """Ask a key holder for a new passphrase, twice."""

    def long_enough(text: str) -> bool | str:
        longer = f"At least {SHORTEST_PASSPHRASE} characters, please; four words are good."
        return len(text) >= SHORTEST_PASSPHRASE or longer

    asked = f"Passphrase of {role_title(role)} (nobody else looks):"
    first = str(answered(questionary.password(asked, validate=long_enough)))

    def same(text: str) -> bool | str:
        return text == first or "The two are not the same."

    answered(questionary.password("The same once more:", validate=same))
    return first
