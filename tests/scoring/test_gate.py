"""The gate between two releases of one wave: who came, who left, who was swapped; a new wave passes."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from instruments.records import Policy, Wave
from scoring.errors import PrivacyRefused
from scoring.gate import gate, refuse_linked
from scoring.hours import DEFAULT_HOURS
from scoring.records import Release
from scoring.release import build_release
from scoring.table_records import CountRow, CountTable
from tests.scoring.people import attribute, header, policy, random_people

PEOPLE = 150
RULES: Policy = policy((attribute("department", (90, 60)),), 150)
SCORED = random_people(8, PEOPLE)
DEPARTMENT = np.where(np.arange(PEOPLE) % 3 == 0, 2, 1)
MINUTES = np.where(np.arange(PEOPLE) % 2 == 0, 20.0, 40.0)


def closing_of(people: range | list[int], wave: Wave = "baseline") -> Release:
    """Return the release of these people; each one's submission has a hash of its own."""
    who = np.array(people)
    facts = msgspec.structs.replace(
        header(len(who), 150), wave=wave, counted_hashes=tuple(sorted(f"{one:064d}" for one in who))
    )
    groups = {"department": DEPARTMENT[who]}
    return build_release(SCORED.take(who), DEFAULT_HOURS, groups, MINUTES[who], RULES, facts)


@pytest.fixture(scope="module")
def first() -> Release:
    """The release of a hundred people."""
    return closing_of(range(100))


def names(earlier: Release, later: Release) -> set[str]:
    return {finding.name for finding in gate(earlier, later, RULES)}


def test_one_joiner_is_refused_and_the_group_is_named(first: Release) -> None:
    """Person 100 sits in department A: her answers are the difference."""
    later = closing_of(range(101))
    assert names(first, later) >= {"Everybody", "A"}
    with pytest.raises(PrivacyRefused, match=r"few people in: Everybody.*A") as refused:
        refuse_linked(later, [first], RULES)
    assert "Nothing was written" in refused.value.todo


def test_one_leaver_is_refused_and_the_group_is_named(first: Release) -> None:
    """Person 0 sits in department B."""
    found = names(first, closing_of(range(1, 100)))
    assert {"Everybody", "B"} <= found


def test_a_swap_that_leaves_every_size_as_it_was_is_refused(first: Release) -> None:
    """Person 0 left and person 102 joined, both in department B."""
    later = closing_of([*range(1, 100), 102])
    sizes = [[row.respondents for row in release.counts[0].rows] for release in (first, later)]
    assert sizes[0] == sizes[1]
    assert "Everybody" in names(first, later)
    assert gate(first, later, RULES)[0].reason == "moved"


def test_four_of_many_joiners_in_one_group_are_refused_by_name(first: Release) -> None:
    """Enough joined in all, four of them in department B."""
    later = closing_of(
        [*range(100), *[p for p in range(100, 150) if DEPARTMENT[p] == 1][:20], 102, 105, 108, 111]
    )
    assert names(first, later) == {"B"}


def test_a_new_wave_passes_with_one_person_more(first: Release) -> None:
    later = closing_of(range(101), wave="day-30")
    assert gate(first, later, RULES) == ()
    refuse_linked(later, [first], RULES)


def test_the_same_release_again_passes_and_other_numbers_of_the_same_people_do_not(first: Release) -> None:
    assert gate(first, first, RULES) == ()
    assert names(first, msgspec.structs.replace(first, minutes=())) == {"Everybody"}


def counted(first: tuple[int, int], second: tuple[int, int], people: range) -> Release:
    """Return a release of one table of two columns: departments A and B, and everybody."""
    both = (first[0] + second[0], first[1] + second[1])
    rows = [
        CountRow(group=name, respondents=sum(cells), headcount=None, cells=cells)
        for name, cells in (("A", first), ("B", second), ("Everybody", both))
    ]
    table = CountTable(
        id="tiers",
        title="Tiers",
        kind="tiers",
        attribute="department",
        columns=("x", "y"),
        total=rows[2],
        rows=tuple(rows[:2]),
    )
    hashes = tuple(sorted(f"{one:064d}" for one in people))
    facts = msgspec.structs.replace(header(len(people), 150), counted_hashes=hashes)
    return Release(header=facts, counts=(table,))


BEFORE = counted((30, 30), (30, 30), range(120))
MORE = counted((40, 38), (36, 40), range(154))


def test_enough_joiners_in_every_number_pass() -> None:
    """Eighteen joined department A and sixteen B, six or more in every column."""
    assert gate(BEFORE, MORE, RULES) == ()
    refuse_linked(MORE, [BEFORE], RULES)


def test_few_joiners_in_one_column_are_found_although_many_joined() -> None:
    assert names(BEFORE, counted((40, 38), (43, 33), range(154))) == {"B"}


def test_every_earlier_release_counts() -> None:
    """The later release passes beside the first, and is refused beside the one between."""
    between = counted((40, 38), (36, 39), range(153))
    with pytest.raises(PrivacyRefused):
        refuse_linked(MORE, [BEFORE, between], RULES)


def test_what_only_both_releases_together_prove_is_found() -> None:
    """Six left and six joined; that all changes are in column x takes both releases and both lists."""
    assert names(BEFORE, counted((36, 24), (30, 30), range(6, 126))) == set()
    assert names(BEFORE, counted((33, 27), (33, 27), range(6, 126))) == {"A", "B"}
