"""The audit of one row a person: honest rows pass, rare and telling ones are refused."""

from __future__ import annotations

import random

import msgspec
import numpy as np
import pytest

from instruments.records import Policy
from scoring.audit_rows import Truth
from scoring.hours import DEFAULT_HOURS
from scoring.record_rows import ANY, WITHHELD
from scoring.records import RecordTable, Release
from scoring.release import build_release
from scoring.release_audit import audit_release
from tests.scoring.people import header, random_people
from tests.scoring.test_record_file import groups_for, rules_for

replace = msgspec.structs.replace
PEOPLE = 160


@pytest.fixture(scope="module")
def made() -> tuple[Release, Truth, Policy]:
    """A release with one row a person, what it was made from, and its rules."""
    rules, scored = rules_for(3, sites=False), random_people(3, PEOPLE)
    groups, minutes = groups_for(3, PEOPLE, 3, sites=False), np.full(PEOPLE, 20.0)
    facts = header(PEOPLE, 600)
    release = build_release(scored, DEFAULT_HOURS, groups, minutes, rules, facts, chance=random.Random(1))
    return release, Truth(scored, groups, minutes), rules


def found(release: Release, table: RecordTable, truth: Truth, rules: Policy) -> set[tuple[str, str]]:
    """Return names and reasons of what is found with `table` in place of the rows."""
    return {(f.name, f.reason) for f in audit_release(replace(release, records=(table,)), truth, rules)}


def test_honest_rows_pass(made: tuple[Release, Truth, Policy]) -> None:
    release, truth, rules = made
    assert len(release.records[0].rows) == PEOPLE
    assert audit_release(release, truth, rules) == ()


def test_a_row_that_nobody_else_has_is_refused(made: tuple[Release, Truth, Policy]) -> None:
    release, truth, rules = made
    table = release.records[0]
    first = replace(table.rows[0], tier="nobody else's", bands=(ANY,) * len(table.needs))
    lone = replace(table, rows=(first, *table.rows[1:]))
    assert (first.group, "few") in found(release, lone, truth, rules)


def test_rows_of_other_people_are_refused(made: tuple[Release, Truth, Policy]) -> None:
    release, truth, rules = made
    table = release.records[0]
    fewer = replace(table, rows=table.rows[1:])
    assert found(release, fewer, truth, rules) >= {
        ("the number of rows", "wrong"),
        (table.rows[0].group, "wrong"),
    }


def test_rows_that_tell_what_the_release_hides_are_refused(made: tuple[Release, Truth, Policy]) -> None:
    """One number of a group's tiers is hidden in the table: its rows may tell no tier."""
    release, truth, rules = made
    table = release.records[0]
    group = next(row.group for row in table.rows if row.tier != WITHHELD)
    counts = tuple(
        replace(t, rows=tuple(replace(r, cells=(None,) * len(r.cells)) for r in t.rows))
        if t.kind == "tiers"
        else t
        for t in release.counts
    )
    assert (group, "derived") in found(replace(release, counts=counts), table, truth, rules)
