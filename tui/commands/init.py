"""`careload init`: set a study up, by questions or by flags."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from instruments.errors import BadInput, WrongUsage
from instruments.setup import Thresholds
from tui import output
from tui.exits import Exit
from tui.flows.ai_rules import add_flags, ai_use_of
from tui.flows.pledges import CONDITIONS, parse_pledge
from tui.flows.wishes import (
    LONGEST_NAME,
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


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options: one for every question of the wizard."""
    parser.add_argument(
        "study", type=Path, metavar="STUDY", help="folder to make; its name is the study's name"
    )
    _add_people_and_battery(parser)
    _add_keys_and_thresholds(parser)
    _add_words_for_employees(parser)
    add_flags(parser)
    parser.add_argument("--json", action="store_true", help="print the paths as one JSON object")


def _add_people_and_battery(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--organisation", metavar="NAME", help="name that employees read")
    add("--headcount", type=int, metavar="N", help="how many people are asked")
    add(
        "--attribute",
        action="append",
        default=[],
        metavar="'NAME: GROUP=N, ...'",
        help="a closed list with headcounts, at most two, such as 'department: Sales=40, Operations=60'",
    )
    add("--battery", choices=("standard", "full"), help="standard: 25 minutes at most; full: more scales")
    add(
        "--task",
        action="append",
        default=[],
        metavar="ID",
        help="a practical task to draw from, also one of your own (all of them without this flag)",
    )
    add(
        "--supporter",
        action="append",
        default=[],
        metavar="ROLE=NxH[-R]",
        help="N supporters with H hours a week each, R of them taken off other work, such as champion=6x2-1",
    )


def _add_keys_and_thresholds(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--holder", action="append", default=[], metavar="ROLE", help="key holder; two different roles")
    add("--one-key", action="store_true", help="one key holder: one person alone could open the answers")
    add("--key-dir", type=Path, metavar="DIR", help="folder for keys and recovery sheets, outside the study")
    add("--passphrase", action="append", metavar="-|@FILE", help="passphrase, once for each key holder")
    add("--k", type=int, metavar="K", help="smallest number of people behind a number (5, or more)")
    add("--no-tickets", action="store_true", help="anybody who can reach the study may answer")
    add("--shared", action="store_true", help="several accounts submit into the same folder")
    add(
        "--retention-months",
        type=int,
        default=12,
        metavar="M",
        help="months until the keys are destroyed (12)",
    )


def _add_words_for_employees(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--contact", default="", metavar="TEXT", help="whom employees can ask")
    add("--purpose", default="", metavar="TEXT", help="what the answers are for, in one sentence")
    add("--agreement-date", default="", metavar="DATE", help="date of the works agreement (YYYY-MM-DD)")
    add(
        "--pledge",
        action="append",
        default=[],
        metavar="'CONDITION: PROMISE'",
        help="what the organisation will do at which result, frozen before it sees any; conditions: "
        + ", ".join(f"{name} ({said})" for name, said in CONDITIONS.items()),
    )
    add(
        "--record-file",
        action=argparse.BooleanOptionalAction,
        help="release one row a person too: group, tier, bands; people read it before they answer (off)",
    )


def run(given: argparse.Namespace) -> int:
    """Ask what the flags leave open, then make the folder and the keys."""
    from tui.flows.founding import found_study

    parse_name(given.study.name, "Name of the study")
    if given.study.exists():
        raise BadInput(f"{given.study.name} exists already.", "Choose another folder; nothing was changed.")
    if _is_complete(given):
        wishes = _from_flags(given)
    elif sys.stdin.isatty():
        from tui.wizards import ask_wishes

        wishes = ask_wishes(given)
    else:
        raise WrongUsage(
            "There is no terminal to ask questions on.", "Give at least --organisation and --headcount."
        )
    key_folder = given.key_dir or given.study.parent / f"{given.study.name}-keys"
    passphrases = _passphrases(given, wishes.holders)
    founded = found_study(given.study, wishes, key_folder, passphrases, shared=given.shared)
    _tell(given.study, founded.keys, founded.sheets)
    if given.json:
        keys = {
            "keys": [str(path) for path in founded.keys],
            "sheets": [str(path) for path in founded.sheets],
        }
        output.put_json({"study": str(given.study), **keys})
    return Exit.DONE


def _is_complete(given: argparse.Namespace) -> bool:
    return bool(given.organisation and given.headcount)


def _from_flags(given: argparse.Namespace) -> Wishes:
    wishes = Wishes(
        study=parse_name(given.study.name, "Name of the study"),
        organisation=parse_line(given.organisation, "Organisation", LONGEST_NAME),
        headcount=given.headcount,
        attributes=tuple(parse_attribute(text) for text in given.attribute),
        battery=given.battery or "standard",
        holders=roles_from(given.holder, one_key=given.one_key),
        supporters=tuple(parse_supporter(text) for text in given.supporter),
        thresholds=thresholds_from(Thresholds().k if given.k is None else given.k),
        tickets=not given.no_tickets,
        retention_months=given.retention_months,
        contact=parse_line(given.contact, "Contact"),
        purpose=parse_line(given.purpose, "Purpose"),
        agreement_date=parse_date(given.agreement_date),
        pledges=tuple(parse_pledge(text) for text in given.pledge),
        ai_use=ai_use_of(given),
        tasks=parse_tasks(given.task),
        record_file=bool(given.record_file),
    )
    check(wishes)
    return wishes


def _passphrases(given: argparse.Namespace, holders: tuple[str, ...]) -> tuple[str, ...]:
    from tui.secrets import read_secret

    wanted: list[str | None] = list(given.passphrase or [None] * len(holders))
    if len(wanted) != len(holders):
        raise WrongUsage(
            f"--passphrase stands {len(wanted)} times; there are {len(holders)} key holders.",
            "Give it once for each key holder, in the same order.",
        )
    if given.passphrase is None:
        from tui.wizards import ask_passphrase

        if not sys.stdin.isatty():
            raise WrongUsage("--passphrase is needed here.", "Use --passphrase - or --passphrase @FILE.")
        return tuple(ask_passphrase(role) for role in holders)
    return tuple(
        read_secret("--passphrase", one, f"Passphrase of {role}: ")
        for one, role in zip(wanted, holders, strict=True)
    )


def _tell(study: Path, keys: tuple[Path, ...], sheets: tuple[Path, ...]) -> None:
    output.say(f"The study is in {study}. It is not open yet.")
    output.say("Keys (give each to its holder, then remove it from here):")
    for path in keys:
        output.say(f"  {path}")
    output.say("Recovery sheets (print each, give it to its holder, remove the file after `careload open`):")
    for path in sheets:
        output.say(f"  {path}")
    output.say("If a key and its sheet are both lost, the answers are gone. Nobody can help then.")
    output.say(f"Next: careload open {study}" + "".join(f" --sheet @{path}" for path in sheets))
