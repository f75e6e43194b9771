"""The release of made-up organisations: thresholds, masks, and an attacker who reads all of its tables."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from instruments.model import NEEDS
from instruments.records import PlannedTable, Policy, canonical
from instruments.setup import Thresholds
from scoring.hours import DEFAULT_HOURS, expected_variance
from scoring.loads import hide_sums
from scoring.masking import TIER_CUTS
from scoring.records import Release
from scoring.release import build_release, default_release_plan
from scoring.scored import Scored
from scoring.table_records import CountTable, HoursTable
from tests.scoring.attacker import attacker_of
from tests.scoring.people import attribute, header, policy, random_people, scored_people

DEPARTMENTS = (90, 70, 50, 40)
SITES = (150, 100)
Groups = dict[str, NDArray[np.int64]]


def organisation(seed: int, people: int = 180, *, nested: bool = False) -> tuple[Scored, Groups, Policy]:
    """Return people, their departments and sites, and the policy; nested: departments 1 and 2 are site 1."""
    rng = np.random.default_rng(seed)
    department = rng.choice([1, 2, 3, 4, -1], people, p=[0.36, 0.27, 0.2, 0.14, 0.03])
    site = np.where(department <= 2, 1, 2) if nested else rng.choice([1, 2], people, p=[0.6, 0.4])
    rules = policy((attribute("department", DEPARTMENTS), attribute("site", SITES)), 250)
    return random_people(seed, people), {"department": department, "site": site}, rules


def minutes_for(people: int, seed: int = 1) -> NDArray[np.float64]:
    """Return minutes that people can spare; some left the question out."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice([0, 10, 20, 40, 60, np.nan], people))


def release_of(scored: Scored, groups: Groups, rules: Policy, **imported: int) -> Release:
    """Return the release of these people."""
    facts = header(len(scored), rules.headcount, **imported)
    return build_release(scored, DEFAULT_HOURS, groups, minutes_for(len(scored)), rules, facts)


def table_of(release: Release, table_id: str) -> CountTable:
    """Return the table of counts called `table_id`."""
    return next(table for table in release.counts if table.id == table_id)


def hours_of(release: Release, attribute_id: str) -> HoursTable:
    """Return the hours by `attribute_id`."""
    return next(table for table in release.hours if table.attribute == attribute_id)


def test_fewer_than_fifteen_people_leave_one_sentence() -> None:
    scored, groups, rules = organisation(1, 14)
    release = release_of(scored, groups, rules)
    assert (release.counts, release.hours, release.minutes) == ((), (), ())
    assert release.statements == ("Fewer than 15 people answered, so no numbers are shown.",)


def test_of_fewer_than_fifteen_people_no_number_is_told_in_passing() -> None:
    """Two copies under one ticket that were held back tell that somebody took part."""
    scored, groups, rules = organisation(1, 14)
    facts = msgspec.structs.replace(header(14, 250), held_back=2, requests=1, counted_hashes=("0" * 64,))
    told = build_release(scored, DEFAULT_HOURS, groups, minutes_for(14), rules, facts).header
    assert (told.counted, told.held_back, told.requests, told.counted_hashes) == (None, 0, 0, ())


def test_fewer_than_thirty_people_have_totals_and_no_groups() -> None:
    scored, groups, rules = organisation(1, 29)
    release = release_of(scored, groups, rules)
    assert release.hours[0].total.hours is not None
    tables = (*release.counts, *release.hours, *release.minutes)
    assert tables
    assert all(table.rows == () for table in tables)


def test_thirty_people_are_enough_for_groups() -> None:
    scored, _, rules = organisation(1, 30)
    groups = {"department": np.repeat([1, 2], 15), "site": np.tile([1, 2], 15)}
    assert [row.group for row in table_of(release_of(scored, groups, rules), "response-site").rows] == [
        "A",
        "B",
    ]


def test_imported_rows_do_not_lift_a_wave_over_the_thresholds() -> None:
    scored, groups, rules = organisation(1, 40)
    assert release_of(scored, groups, rules, imported=26).counts == ()
    assert all(not table.rows for table in release_of(scored, groups, rules, imported=11).counts)
    assert any(table.rows for table in release_of(scored, groups, rules, imported=40).counts)


def test_people_who_answered_little_are_counted_like_everybody() -> None:
    """Leaving them out would tell, by subtraction from those who handed in, how few they are."""
    scored, groups, rules = organisation(2)
    enough = np.arange(len(scored)) % 9 != 0
    release = release_of(scored_people(scored.need_mean, enough), groups, rules)
    everybody = len(scored)
    for table in release.counts:
        assert table.total is None or table.total.respondents == everybody
        assert sum(row.respondents for row in table.rows) == everybody
    assert all(sum(row.respondents for row in table.rows) == everybody for table in release.minutes)
    assert hours_of(release, "site").total.respondents == everybody == release.header.counted


def test_people_who_name_no_group_cannot_be_found_by_subtraction() -> None:
    """Five named no department: they are counted with the smallest one, and the label says so."""
    scored, groups, rules = organisation(3)
    table = table_of(release_of(scored, groups, rules), "response-department")
    assert 0 < (groups["department"] == -1).sum() < 10
    assert [row.group for row in table.rows] == ["A", "B", "C", "D and not given"]
    assert table.total is not None
    assert table.rows[-1].respondents == np.isin(groups["department"], [4, -1]).sum()
    assert sum(row.respondents for row in table.rows) == table.total.respondents


def test_no_row_has_fewer_than_ten_respondents_and_every_shown_cell_is_none_or_k() -> None:
    for seed in range(3):
        for table in release_of(*organisation(seed, 70)).counts:
            for row in (*table.rows, *([table.total] if table.total else [])):
                assert row.respondents >= 10
                shown = [cell for cell in row.cells if cell is not None]
                assert len(row.cells) - len(shown) != 1  # it would be the rest of the row
                assert all(cell == 0 or cell >= 5 for cell in shown)
                assert max(shown, default=0) < 0.9 * row.respondents


def test_a_small_team_that_was_filled_with_answers_does_not_stand_alone() -> None:
    """Of 8 people in D there are 25 answers: most are not theirs, and could be taken off by who gave them."""
    scored, groups, rules = organisation(3)
    few = policy((attribute("department", (90, 70, 50, 8)), attribute("site", SITES)), 250)
    groups["department"] = np.where(groups["department"] < 0, 1, groups["department"])
    assert (groups["department"] == 4).sum() > 20
    before, after = (
        table_of(release_of(scored, groups, given), "response-department") for given in (rules, few)
    )
    assert [row.group for row in before.rows] == ["A", "B", "C", "D"]
    assert [row.group for row in after.rows] == ["A", "B", "Other"]


def test_a_raised_threshold_is_kept() -> None:
    scored, groups, rules = organisation(4)
    rules = msgspec.structs.replace(rules, thresholds=Thresholds(k=8))
    for table in release_of(scored, groups, rules).counts:
        for row in table.rows:
            assert row.respondents >= 16
            assert all(cell is None or cell == 0 or cell >= 8 for cell in row.cells)


def test_the_order_of_people_does_not_show() -> None:
    """The release of shuffled people is the same, byte by byte."""
    scored, groups, rules = organisation(5)
    order = np.random.default_rng(0).permutation(len(scored))
    minutes = minutes_for(len(scored))
    facts = header(len(scored), rules.headcount)
    one = build_release(scored, DEFAULT_HOURS, groups, minutes, rules, facts)
    mixed = {name: codes[order] for name, codes in groups.items()}
    other = build_release(scored.take(order), DEFAULT_HOURS, mixed, minutes[order], rules, facts)
    assert canonical(one) == canonical(other)


def codes_of(table: CountTable, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row of each person: the labels A, B, C ... that stand alone, the rest in the last row."""
    names = [row.group for row in table.rows]
    letters = [chr(64 + code) if code > 0 else "Not given" for code in codes]
    return np.array([names.index(letter) if letter in names else len(names) - 1 for letter in letters])


def columns_of(table: CountTable, scored: Scored) -> NDArray[np.int64]:
    """Return the column of each person, from the titles of the columns."""
    if table.need is None:
        cut = next(cut for cut in TIER_CUTS if cut.names == table.columns)
        return np.array(cut.band)[scored.tier]
    mean = scored.need_mean[:, NEEDS.index(table.need)]
    lower, higher = (mean <= -0.5).astype(int), (mean >= 0.5).astype(int)
    if len(table.columns) == 3:
        return 1 - lower + higher
    return 1 - lower if table.columns[0] == "lower" else higher


def assert_protected(tables: tuple[CountTable, CountTable], scored: Scored, groups: Groups) -> int:
    """Attack two released tables of one variable; return how many hidden cells were attacked."""
    members = [codes_of(table, groups[table.attribute]) for table in tables]
    shape = (len(tables[0].rows), len(tables[1].rows), len(tables[0].columns))
    cells = np.ravel_multi_index((*members, columns_of(tables[0], scored)), shape)
    cube = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
    hidden = tuple(np.array([[n is None for n in row.cells] for row in table.rows]) for table in tables)
    for axis, table in enumerate(tables):
        for row, true in zip(table.rows, cube.sum(axis=1 - axis), strict=True):
            assert all(cell in {None, n} for cell, n in zip(row.cells, true, strict=True))
    attacker, numbers = attacker_of(cube, (hidden[0], hidden[1]), knows_pairs=True)
    attacked = 0
    for axis, mask in enumerate(hidden):
        for place, t in zip(*np.nonzero(mask), strict=True):
            true = np.take(cube.sum(axis=1 - axis), place, axis=0)[t]
            if 0 < true < 5:
                low, high = attacker.bounds(np.take(numbers[:, :, t], place, axis=axis))
                assert low == 0
                assert high >= 5
                attacked += 1
    return attacked


@pytest.mark.parametrize("nested", [False, True])
def test_an_attacker_who_reads_all_tables_finds_no_small_count(nested: bool) -> None:
    """Two attributes, nested or not; the attacker also knows how many people each pair of groups has."""
    attacked = 0
    for seed in range(4):
        scored, groups, rules = organisation(seed, 90, nested=nested)
        release = release_of(scored, groups, rules)
        for name in ["tiers", *(f"need-bands-{need}" for need in NEEDS[:3])]:
            pair = (table_of(release, f"{name}-department"), table_of(release, f"{name}-site"))
            if pair[0].total is not None and pair[0].rows and pair[1].rows:
                attacked += assert_protected(pair, scored, groups)
    assert attacked > 10  # else there was nothing to attack


def test_all_tier_tables_have_the_same_columns() -> None:
    """A table in four columns could be read against another in two."""
    for seed in range(4):
        release = release_of(*organisation(seed, 100))
        assert len({table.columns for table in release.counts if table.kind == "tiers"}) == 1


def test_four_tiers_are_merged_when_four_show_too_little() -> None:
    """Intensive support is rare in every group, so only the bands can be shown."""
    needs = np.zeros((120, 4))
    needs[:, 0] = np.tile([1.5, 0.4, -0.4, -1.6], 30)
    needs[:8] = -2.5
    tier = scored_people(needs).tier
    assert np.bincount(tier, minlength=4)[3] == 8
    rules = policy((attribute("department", (50, 50, 50)),), 150)
    release = release_of(scored_people(needs), {"department": np.arange(120) % 3 + 1}, rules)
    table = table_of(release, "tiers-department")
    assert table.columns == ("self-directed", "peer-supported", "coached or intensive")
    assert all(None not in row.cells for row in table.rows)
    four = msgspec.structs.replace(rules, merge_tiers=False)
    kept = table_of(release_of(scored_people(needs), {"department": np.arange(120) % 3 + 1}, four), table.id)
    assert len(kept.columns) == 4
    assert all(None in row.cells for row in kept.rows)


def test_columns_are_merged_until_three_quarters_of_the_rows_are_shown() -> None:
    """Half of the rows in four columns are not enough where three columns show every row."""
    needs = np.zeros((160, 4))
    needs[:, 0] = np.tile([1.5, 1.5, 0.4, 0.4, -0.4, -0.4, -1.6, -1.6], 20)
    needs[:12] = -2.5
    department = np.repeat([1, 2, 3, 4], 40)
    department[:12] = [1] * 6 + [2] * 6
    tier = scored_people(needs).tier
    assert [int((tier[department == code] == 3).sum()) for code in (1, 2, 3, 4)] == [6, 6, 0, 0]
    needs[6] = (-1.6, 0, 0, 0)
    needs[7] = (-1.6, 0, 0, 0)
    rules = policy((attribute("department", (50, 50, 50, 50)),), 200)
    four = msgspec.structs.replace(rules, merge_tiers=False)
    groups = {"department": department}
    before = table_of(release_of(scored_people(needs), groups, four), "tiers-department")
    after = table_of(release_of(scored_people(needs), groups, rules), "tiers-department")
    assert any(None in row.cells for row in before.rows)
    assert len(after.columns) == 3
    assert not any(None in row.cells for row in after.rows)


def test_a_group_s_hours_go_with_its_tiers() -> None:
    """Hours beside hidden counts would give the counts away: no number of a hidden row is shown."""
    seen = 0
    for seed in range(5):
        release = release_of(*organisation(seed, 90))
        for name in ("department", "site"):
            hidden = [row.group for row in table_of(release, f"tiers-{name}").rows if None in row.cells]
            for row in hours_of(release, name).rows:
                if row.group in hidden:
                    seen += 1
                    numbers = (
                        row.hours,
                        row.low,
                        row.high,
                        row.skill,
                        row.conditions,
                        row.own_sd,
                        row.common_sd,
                    )
                    assert numbers == (None,) * 7
    assert seen > 4


def test_released_hours_are_the_rounded_sum_and_its_split() -> None:
    scored, groups, rules = organisation(6)
    total = hours_of(release_of(scored, groups, rules), "site").total
    assert total.hours == 5 * round(scored.hours.sum() / 5)
    parts = scored.features.sum(axis=0) * np.array(DEFAULT_HOURS.weights)
    skill = 100 * parts[[2, 4, 6]].sum() / parts[1:].sum()
    assert total.skill == 5 * round(skill / 5)
    assert (total.skill or 0) + (total.conditions or 0) == 100
    assert total.low is not None
    assert total.high is not None
    assert total.low < total.hours < total.high
    variance = expected_variance(scored.hours, scored.hours_var, DEFAULT_HOURS)
    own = np.sqrt(variance.sum()) / scored.hours.sum()
    assert total.own_sd == pytest.approx(own, abs=0.026)


def test_nobody_can_be_read_out_of_a_sum() -> None:
    """One person with most of a row's hours hides the row, and another so that the total does not tell it."""
    amounts = np.ones(60)
    amounts[0] = 30.0
    member = np.repeat([0, 1, 2, 3], 15)
    hidden = hide_sums(amounts, member, np.zeros(4, dtype=bool), Thresholds())
    assert hidden[0]
    rest = amounts[hidden[member]]
    assert hidden.sum() > 1
    assert rest.max() <= 0.25 * rest.sum() or hidden.all()
    assert not hide_sums(np.ones(60), member, np.zeros(4, dtype=bool), Thresholds()).any()
    one = hide_sums(np.ones(60), member, np.array([True, False, False, False]), Thresholds())
    assert one.tolist() == [True, True, False, False]  # alone it would be the total less the others
    short = np.repeat([0, 1, 2], [9, 5, 10])  # rows of fewer than ten people carry no sum
    assert hide_sums(np.ones(24), short, np.zeros(3, dtype=bool), Thresholds()).tolist() == [
        True,
        True,
        False,
    ]


def test_minutes_need_ten_answers_and_different_ones() -> None:
    scored, groups, rules = organisation(7)
    minutes = np.full(len(scored), np.nan)
    minutes[np.flatnonzero(groups["site"] == 1)] = np.arange((groups["site"] == 1).sum()) % 5 * 10
    minutes[np.flatnonzero(groups["site"] == 2)[:9]] = [0, 10, 20, 30, 40, 50, 60, 70, 80]
    facts = header(len(scored), rules.headcount)
    release = build_release(scored, DEFAULT_HOURS, groups, minutes, rules, facts)
    first, second = next(table for table in release.minutes if table.attribute == "site").rows
    assert (first.lower, first.median, first.upper) == (10, 20, 30)
    assert (second.lower, second.median, second.upper) == (None, None, None)
    assert second.respondents == (groups["site"] == 2).sum()  # who left it out is not told
    same = np.zeros(len(scored))
    uniform = build_release(scored, DEFAULT_HOURS, groups, same, rules, facts)
    assert all(row.median is None for table in uniform.minutes for row in (*table.rows, table.total))


def test_tiers_are_withheld_where_the_total_alone_would_tell_a_small_count() -> None:
    """Of 16 intensive people 12 are the small department: at least 4 of the large one's 150 must be."""
    needs = np.full((162, 4), 2.0)
    needs[80:146] = -1.0
    needs[146:] = -3.5
    department = np.where(np.arange(162) < 150, 1, 2)
    scored = scored_people(needs)
    assert np.bincount(scored.tier[:150], minlength=4)[3] == 4
    rules = policy((attribute("department", (200, 20)),), 220)
    table = table_of(release_of(scored, {"department": department}, rules), "tiers-department")
    assert len(table.columns) < 4
    assert table.total is not None
    four = msgspec.structs.replace(rules, merge_tiers=False)
    assert table_of(release_of(scored, {"department": department}, four), table.id).total is None


def test_everybody_in_one_tier_is_withheld() -> None:
    needs = np.full((60, 4), 2.0)
    rules = policy((attribute("department", (40, 40)),), 80)
    release = release_of(scored_people(needs), {"department": np.arange(60) % 2 + 1}, rules)
    table = table_of(release, "tiers-department")
    assert table.total is None
    assert all(set(row.cells) == {None} for row in table.rows)
    assert all(row.hours is None for row in hours_of(release, "department").rows)


def test_the_default_plan_breaks_down_by_two_attributes_at_most() -> None:
    three = tuple(attribute(name, (50, 50)) for name in ("one", "two", "three"))
    plan = default_release_plan(three, ("safety", "headroom"))
    assert {table.attribute for table in plan} == {"one", "two"}
    bands = [table.need for table in plan if table.kind == "need-bands"]
    assert bands == ["safety", "headroom"] * 2
    assert PlannedTable(kind="hours") in default_release_plan((), ("safety",))


def test_a_third_attribute_has_no_rows_even_when_it_is_planned() -> None:
    """What three tables tell together is not checked."""
    three = tuple(attribute(name, (50, 50)) for name in ("one", "two", "three"))
    rules = policy(three, 100)
    more = PlannedTable(kind="tiers", attribute="three")
    rules = msgspec.structs.replace(rules, release_plan=(*rules.release_plan, more))
    groups = {name: np.random.default_rng(1).choice([1, 2], 90) for name in ("one", "two", "three")}
    release = release_of(random_people(3, 90), groups, rules)
    assert table_of(release, "tiers-two").rows
    assert table_of(release, "tiers-three").rows == ()
