"""Planned against logged: the arithmetic, and what could point at single people is not told."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.care_log import CareEntry
from instruments.records import Policy
from instruments.setup import Attribute, Category, Thresholds
from scoring.plan.ledger import NO_START, groups_logged, needs_logged, summarise
from tests.tui.desk_examples import PLAN

ENTRY = CareEntry(study="north", week="2027-01-11", minutes=60, kind="pair", role="champion")
LABELS = ("Sales", "Operations", "Legal", "Small")
HEADS = (40, 30, 20, 6)


def policy(k: int = 5) -> Policy:
    categories = tuple(
        Category(code=number, label=label, headcount=head)
        for number, (label, head) in enumerate(zip(LABELS, HEADS, strict=True), start=1)
    )
    return Policy(
        study="north",
        organisation="North",
        wave="baseline",
        language="en",
        attributes=(Attribute(id="department", title={"en": "Department"}, categories=categories),),
        headcount=sum(HEADS),
        key_holders=(),
        battery="standard",
        battery_sha256="",
        reference_sha256="",
        reference_status="assumed",
        release_plan=(),
        thresholds=Thresholds(k=k),
    )


def entries(**often: int) -> list[CareEntry]:
    return [msgspec.structs.replace(ENTRY, group=group) for group, n in often.items() for _ in range(n)]


def test_logged_hours_stand_beside_planned_ones_week_by_week() -> None:
    """Two entries of 60 minutes are 2 h logged; with 60 % logged 3.3 h were given, 2.2 to 5 h."""
    later = msgspec.structs.replace(ENTRY, week="2027-01-18", role="manager", minutes=90)
    told = summarise([ENTRY, ENTRY, later], PLAN, policy(), "2027-01-11")
    first = next(week for week in told.weeks if (week.week, week.role) == (1, "champion"))
    assert (first.logged, first.given, first.given_low, first.given_high) == (2.0, 3.3, 2.2, 5.0)
    planned = next(load for load in PLAN.loads if (load.week, load.role) == (1, "champion"))
    assert (first.planned, first.planned_low, first.planned_high) == (
        planned.hours,
        planned.low,
        planned.high,
    )
    second = next(week for week in told.weeks if (week.week, week.role) == (2, "manager"))
    assert second.logged == 1.5
    assert max(week.week for week in told.weeks) == 2
    assert (told.entries, told.logged, told.outside) == (3, 3.5, 0.0)


def test_hours_outside_of_the_plan_are_told_and_without_a_start_the_first_week_is_week_1() -> None:
    early = msgspec.structs.replace(ENTRY, week="2027-01-04")
    assert summarise([ENTRY, early], PLAN, policy(), "2027-01-11").outside == 1.0
    told = summarise([ENTRY, early], PLAN, policy())
    assert told.outside == 0.0
    assert NO_START in told.notes


def test_an_empty_ledger_is_told_as_one() -> None:
    told = summarise([], PLAN, policy())
    assert (told.entries, told.weeks, told.loads) == (0, (), {})


def told_of(**often: int) -> dict[str, int | None]:
    return {row.group: row.entries for row in groups_logged(entries(**often), policy())}


def test_a_small_group_and_few_entries_are_never_told_apart() -> None:
    assert told_of(Sales=9, Operations=6, Legal=3, Small=8) == {
        "Sales": 9,
        "Operations": 6,
        "Legal": None,
        "Small": None,
        "": 11,
    }


def test_few_entries_that_are_left_over_take_the_smallest_shown_group_with_them() -> None:
    assert told_of(Sales=9, Operations=6, Legal=3) == {
        "Sales": 9,
        "Operations": None,
        "Legal": None,
        "Small": None,
        "": 9,
    }


def test_a_small_team_is_never_all_that_is_left_over() -> None:
    """Six people with eight entries: by subtraction their hours would stand there, so Legal joins them."""
    told = told_of(Sales=9, Operations=7, Legal=6, Small=8)
    assert told == {"Sales": 9, "Operations": 7, "Legal": None, "Small": None, "": 14}


@given(st.lists(st.sampled_from((*LABELS, "")), max_size=60), st.integers(5, 8))
def test_no_row_and_no_difference_stands_for_fewer_entries_than_k(groups: list[str], k: int) -> None:
    """Rows add up to all entries; each row, the one of what is left over too, has none or at least k."""
    rows = groups_logged([msgspec.structs.replace(ENTRY, group=group) for group in groups], policy(k))
    told = [row.entries for row in rows if row.entries is not None]
    assert all(row.entries is None or row.entries >= k for row in rows if row.group) or not groups
    assert sum(told) == len(groups)
    assert all(count >= k for count in told) or len(groups) < k
    assert all(row.entries is None for row in rows if row.group == "Small")
    hidden = {row.group for row in rows if row.entries is None} & set(groups)
    people = sum(head for label, head in zip(LABELS, HEADS, strict=True) if label in hidden)
    assert not any(row.group and row.entries for row in rows) or not 0 < people < 10


def test_how_it_was_is_told_only_where_enough_said_so() -> None:
    heavy = msgspec.structs.replace(ENTRY, load="heavy")
    assert summarise([heavy] * 4, PLAN, policy()).loads == {}
    assert summarise([heavy] * 5, PLAN, policy()).loads == {"light": 0, "right": 0, "heavy": 5}


def test_sessions_follow_the_programme_and_not_the_need() -> None:
    session = msgspec.structs.replace(ENTRY, kind="session", minutes=600)
    assert needs_logged([ENTRY, ENTRY, session], "2027-01-11", 12) == {1: 2.0}
    assert needs_logged([ENTRY], "2027-01-18", 12) == pytest.approx({})
