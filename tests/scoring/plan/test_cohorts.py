"""Cohorts: the best there are while everything can be tried, and the rules kept by a check of its own."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import msgspec
import pytest

from instruments.errors import WrongUsage
from instruments.people import CohortSeats, StaffMember
from scoring.plan.cohort_counts import cohort_counts, counted_cohorts
from scoring.plan.cohort_pairs import pairs_of
from scoring.plan.cohort_rules import CohortRules, wanted_sizes
from scoring.plan.cohorts import Seating, form_cohorts, needs_of
from scoring.plan.records import GroupLoad
from scoring.plan.scheduling import seats_said
from tests.scoring.staff_lists import GROUPS, NEEDS, company, few

Block = tuple[int, ...]
SEEDS = (range(10), *(pytest.param(range(at, at + 38), marks=pytest.mark.slow) for at in range(10, 200, 38)))
"""Two hundred lists, most of them looked at with the slow tests."""


def partitions(people: Block, low: int, high: int) -> Iterator[tuple[Block, ...]]:
    """Return every way to divide `people` into blocks of `low` to `high`."""
    if not people:
        yield ()
        return
    first, rest = people[0], people[1:]
    for size in range(low, min(high, len(people)) + 1):
        for others in _chosen(rest, size - 1):
            left = tuple(one for one in rest if one not in others)
            for more in partitions(left, low, high):
                yield ((first, *others), *more)


def _chosen(people: Block, size: int) -> Iterator[Block]:
    if size == 0:
        yield ()
        return
    for at, one in enumerate(people):
        for more in _chosen(people[at + 1 :], size - 1):
            yield (one, *more)


def price(staff: Sequence[StaffMember], wanted: Mapping[str, int], middle: float) -> Iterator[object]:
    """Return a function from a block to its cost in seats, written from the rules' words alone."""
    names = {one.name: one for one in staff}
    leads = {
        (one.manager, one.team) for one in staff if one.manager in names
    }  # a manager belongs to no team that has own reports in it

    @cache
    def cost(block: Block) -> float:
        some = [staff[at] for at in block]
        filled = sum(1 / wanted[one.group] for one in some)
        teams = {one.team for one in some if one.team and (one.name, one.team) not in leads}
        works = {one.workflow for one in some if one.workflow}
        here = {one.name for one in some}
        under = sum(one.manager in here for one in some)
        return middle * abs(filled - 1) + 2 * len(teams) + len(works) + 100_000 * under

    yield cost


def cheapest(staff: Sequence[StaffMember], sizes: tuple[int, int]) -> float:
    """Return the cost of the best seating, found by trying all."""
    low, high = sizes
    count = len(staff)
    fewest = math.ceil(count / high)
    low = low if fewest <= count // low else count // fewest
    wanted = wanted_sizes(NEEDS, Counter(one.group for one in staff), sizes)
    (cost,) = price(staff, wanted, sum(sizes) / 2)
    ways = partitions(tuple(range(count)), low, high)
    return min(sum(cost(block) for block in way) for way in ways)  # type: ignore[operator]


@pytest.mark.parametrize("seeds", SEEDS)
def test_the_seating_is_the_best_of_all_there_are(seeds: range) -> None:
    """Small cohorts of up to nine people, and usual ones of up to fourteen."""
    for seed in seeds:
        chance = random.Random(seed)
        sizes = (2, 4) if seed % 2 else (6, 10)
        staff = few(chance.randint(5, 9) if seed % 2 else chance.randint(6, 14), chance)
        found = form_cohorts(staff, NEEDS, CohortRules(sizes=sizes))
        assert found.cost == pytest.approx(cheapest(staff, sizes), abs=1e-9), seed
        assert found.bound == pytest.approx(found.cost, abs=1e-9)


def faults(staff: Sequence[StaffMember], found: Seating, rules: CohortRules) -> list[str]:
    """Return every rule that a seating breaks; shares nothing with the code that made it."""
    told = []
    seats = Counter(name for cohort in found.cohorts for name in cohort.members)
    if seats != Counter(one.name for one in staff):
        told.append("somebody has no seat, or two")
    people = {one.name: one for one in staff}
    at_site = Counter(one.site for one in staff)
    low, high = rules.sizes
    together = 0
    for cohort in found.cohorts:
        some = [people[name] for name in cohort.members]
        count = at_site[cohort.site]
        can_be = math.ceil(count / high) <= count // low
        if {one.site for one in some} != {cohort.site}:
            told.append(f"{cohort.id}: several sites")
        if len(some) != cohort.size or len(some) > high or (can_be and len(some) < low):
            told.append(f"{cohort.id}: {len(some)} people of {count}")
        if set(cohort.groups) != {one.group for one in some}:
            told.append(f"{cohort.id}: other groups")
        together += sum(one.manager in cohort.members for one in some)
        paired = [name for pair in cohort.pairs for name in pair]
        if len(some) > 1 and sorted(paired) != sorted(cohort.members):
            told.append(f"{cohort.id}: pairs")
    if together and not any("own manager" in note for note in found.notes):
        told.append(f"{together} people with their manager, untold")
    if len({cohort.id for cohort in found.cohorts}) != len(found.cohorts):
        told.append("two cohorts of one id")
    return told


@pytest.mark.parametrize("seeds", SEEDS)
def test_two_hundred_lists_keep_every_rule(seeds: range) -> None:
    for seed in seeds:
        chance = random.Random(seed)
        if seed % 3:
            staff = company(chance.randint(1, 90), seed, chance.randint(1, 4))
        else:
            staff = few(chance.randint(1, 40), chance)
        rules = CohortRules()
        found = form_cohorts(staff, NEEDS, rules)
        assert faults(staff, found, rules) == [], seed
        assert found.bound <= found.cost + 1e-9


def test_the_check_sees_what_is_wrong() -> None:
    staff = company(40, 1, 2)
    found = form_cohorts(staff, NEEDS)
    one, other, *rest = found.cohorts
    moved = msgspec.structs.replace(one, members=(*one.members, other.members[0]))
    broken = replace(found, cohorts=(moved, other, *rest))
    assert len(faults(staff, broken, CohortRules())) >= 3


def test_nobody_in_a_company_sits_with_the_own_manager() -> None:
    found = form_cohorts(company(120, 3, 1), NEEDS)
    assert found.notes == ()
    free = form_cohorts(company(120, 3, 1), NEEDS, CohortRules(managers_apart=False))
    people = {one.name: one for one in company(120, 3, 1)}
    assert any(people[name].manager in cohort.members for cohort in free.cohorts for name in cohort.members)


def test_groups_with_more_need_learn_in_smaller_cohorts() -> None:
    wanted = wanted_sizes(NEEDS, Counter(GROUPS), (6, 10))
    assert wanted["Service"] < wanted["Finance"] < wanted["Sales"]
    sizes = defaultdict(list)
    for cohort in form_cohorts(company(200, 5, 1), NEEDS).cohorts:
        sizes[cohort.groups[0]].append(cohort.size)
    assert sum(sizes["Service"]) / len(sizes["Service"]) < sum(sizes["Sales"]) / len(sizes["Sales"]) - 1


def test_without_a_release_all_groups_are_alike_and_nothing_is_said_about_leading() -> None:
    found = form_cohorts(company(40, 2, 1), {})
    assert {cohort.facilitation for cohort in found.cohorts} == {""}
    assert faults(company(40, 2, 1), found, CohortRules()) == []


def test_the_order_of_the_list_changes_nothing() -> None:
    staff = company(80, 4, 2)
    assert form_cohorts(tuple(reversed(staff)), NEEDS).cohorts == form_cohorts(staff, NEEDS).cohorts


@pytest.mark.parametrize(("people", "sizes"), [(1, [1]), (5, [5]), (11, [5, 6])])
def test_a_site_too_small_is_seated_all_the_same_and_told(people: int, sizes: list[int]) -> None:
    staff = tuple(StaffMember(name=f"P{n}", group="Sales", site="West") for n in range(people))
    found = form_cohorts(staff, NEEDS)
    assert sorted(cohort.size for cohort in found.cohorts) == sizes
    (note,) = found.notes
    assert note.startswith(f"West: {people} people cannot be seated")
    assert "P1" not in note


def test_small_sites_learn_together_where_that_is_chosen() -> None:
    staff = [StaffMember(name=f"W{n}", group="Sales", site="West") for n in range(3)]
    staff += [StaffMember(name=f"E{n}", group="Sales", site="East") for n in range(4)]
    staff += [StaffMember(name=f"N{n}", group="Sales", site="North") for n in range(20)]
    found = form_cohorts(staff, NEEDS, CohortRules(across_sites=True))
    assert found.notes == ()
    assert {cohort.site: cohort.size for cohort in found.cohorts}["East + West"] == 7
    lonely = form_cohorts(staff[3:], NEEDS, CohortRules(across_sites=True))
    assert {cohort.site for cohort in lonely.cohorts} == {"East + North"}


def test_sizes_that_make_no_sense_are_refused() -> None:
    for sizes in ((1, 5), (8, 6), (6, 31)):
        with pytest.raises(WrongUsage):
            form_cohorts(company(20, 1, 1), NEEDS, CohortRules(sizes=sizes))


def changed(staff: Sequence[StaffMember], people: int, seed: int) -> tuple[StaffMember, ...]:
    """Let `people` leave and as many come, each into some team."""
    chance = random.Random(seed)
    gone = {one.name for one in chance.sample(staff, people)}
    like = chance.sample(staff, people)
    new = [msgspec.structs.replace(one, name=f"New {at}") for at, one in enumerate(like)]
    left = [one for one in staff if one.name not in gone]
    return tuple(
        msgspec.structs.replace(one, manager="") if one.manager in gone else one for one in [*left, *new]
    )


def test_the_same_people_keep_seats_and_ids() -> None:
    staff = company(150, 6, 2)
    first = form_cohorts(staff, NEEDS)
    again = form_cohorts(staff, NEEDS, before=first.seats)
    assert again.cohorts == first.cohorts
    assert (again.moved, again.seats) == (0, first.seats)


@pytest.mark.parametrize("seed", range(5))
def test_a_small_change_moves_few_people(seed: int) -> None:
    """Three of 150 leave and three come: at most one in twelve of the others has another seat."""
    staff = company(150, seed, 2)
    first = form_cohorts(staff, NEEDS)
    later = changed(staff, 3, seed)
    second = form_cohorts(later, NEEDS, before=first.seats)
    assert faults(later, second, CohortRules()) == []
    assert second.moved <= len(staff) // 12
    assert {cohort.id for cohort in second.cohorts} & {cohort.id for cohort in first.cohorts}


def test_an_id_is_not_given_twice_when_a_cohort_ends() -> None:
    staff = company(60, 8, 1)
    first = form_cohorts(staff, NEEDS)
    gone = set(first.cohorts[-1].members) | set(first.cohorts[0].members)
    fewer = [one for one in staff if one.name not in gone]
    second = form_cohorts(fewer, NEEDS, before=first.seats)
    assert {seats.id for seats in first.seats} <= {seats.id for seats in second.seats}
    back = form_cohorts(staff, NEEDS, before=second.seats)
    ended = {seats.id for seats in second.seats if not seats.members}
    assert ended
    assert not ended & {cohort.id for cohort in back.cohorts}


def test_seats_that_no_longer_fit_at_all_are_made_anew() -> None:
    staff = company(60, 8, 1)
    before = (CohortSeats(id="cohort-4", members=tuple(one.name for one in staff)),)
    found = form_cohorts(staff, NEEDS, before=before)
    assert faults(staff, found, CohortRules()) == []


def test_pairs_share_work_and_come_from_different_teams() -> None:
    people = [
        StaffMember(name=f"{team}{number}", group="Sales", team=team, workflow=f"w{number}")
        for team in "ab"
        for number in range(3)
    ]
    assert pairs_of(people) == (("a0", "b0"), ("a1", "b1"), ("a2", "b2"))
    three = pairs_of(people[:5])
    assert sorted(map(len, three)) == [2, 3]
    assert pairs_of(people[:1]) == ()
    many = [StaffMember(name=f"P{n:02d}", group="Sales") for n in range(17)]
    assert sorted(name for pair in pairs_of(many) for name in pair) == [one.name for one in many]


def test_without_a_list_headcounts_make_numbers_and_sizes() -> None:
    heads = {"Service": 50, "Sales": 33, "Board": 4, "Nobody": 0}
    counts = {one.label: one for one in cohort_counts(heads, NEEDS)}
    assert {label: sum(one.sizes) for label, one in counts.items()} == {
        "Service": 50,
        "Sales": 33,
        "Board": 4,
    }
    assert set(counts["Sales"].sizes) <= {8, 9}
    assert max(counts["Service"].sizes) <= 8
    assert (counts["Board"].sizes, counts["Board"].is_kept) == ((4,), False)
    made = counted_cohorts(heads, NEEDS)
    assert sum(one.size for one in made) == 87
    assert len({one.id for one in made}) == len(made)
    assert all(one.members == () and one.start_week is None for one in made)


def test_needs_come_from_released_hours_a_head() -> None:
    loads = [
        GroupLoad(
            group=name, headcount=head, respondents=8, hours=hours, low=1, high=2, skill=50, conditions=50
        )
        for name, head, hours in (("A", 20, 30.0), ("B", 0, 30.0), ("C", 10, 0.0))
    ]
    assert needs_of(loads) == {"A": 1.5}


def test_a_thorough_seating_is_close_to_what_is_proven() -> None:
    """One site of 60 people; the quick seating has the same rules and may cost more."""
    staff = company(60, 1, 1)
    found = form_cohorts(staff, NEEDS, prove=True)
    assert faults(staff, found, CohortRules()) == []
    assert found.bound <= found.cost <= 1.05 * found.bound
    assert found.cost <= form_cohorts(staff, NEEDS).cost


def test_a_thorough_seating_is_made_anew_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    """Seats before are left, no id is given twice, and solvers leave standard output to data."""
    staff = company(60, 1, 1)
    first = form_cohorts(staff, NEEDS)
    anew = form_cohorts(staff, NEEDS, before=first.seats, prove=True)
    fresh = form_cohorts(staff, NEEDS, prove=True)
    assert [one.members for one in anew.cohorts] == [one.members for one in fresh.cohorts]
    assert anew.cost == fresh.cost
    assert faults(staff, anew, CohortRules()) == []
    assert not {one.id for one in anew.cohorts} & {one.id for one in first.cohorts}
    assert {one.id for one in first.seats} <= {one.id for one in anew.seats}
    assert capfd.readouterr() == ("", "")


def test_how_good_seats_are_is_told_only_as_far_as_it_is_proven() -> None:
    seating = form_cohorts(company(60, 1, 1), NEEDS, prove=True)
    assert seating.above is not None
    assert seating.above == pytest.approx(seating.cost / seating.bound - 1)
    for above, words in (
        (0.0, "no other seats are better (proven)"),
        (0.0004, "no other seats are better by more than 0.1 % (proven)"),
        (0.0104, "no other seats are better by more than 1.1 % (proven)"),
        (None, "cannot be told"),
    ):
        assert words in seats_said(replace(seating, above=above))


def test_a_list_whose_cohorts_are_all_tried_has_no_better_seats() -> None:
    assert form_cohorts(few(13, random.Random(1)), NEEDS, prove=True).above == 0


def test_seats_with_the_own_manager_are_not_called_nearly_the_best() -> None:
    """One head over all 60: somebody sits with the head, and no bound counts that."""
    staff = [
        msgspec.structs.replace(one, team="", manager="" if at == 0 else "P00000")
        for at, one in enumerate(company(60, 1, 1))
    ]
    found = form_cohorts(staff, NEEDS, prove=True)
    assert any("own manager" in note for note in found.notes)
    assert found.above is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 4])
def test_four_hundred_people_are_seated_within_five_per_cent_of_the_bound(seed: int) -> None:
    staff = company(400, seed, 2)
    found = form_cohorts(staff, NEEDS, prove=True)
    assert faults(staff, found, CohortRules()) == []
    assert found.bound <= found.cost <= 1.05 * found.bound
