"""The audit of finished releases: honest ones pass, and each way of showing too much is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from instruments.records import Policy
from scoring.audit import Finding
from scoring.audit_counts import NEED_CUTS
from scoring.audit_rows import DoesNotFit, Truth
from scoring.audit_sums import Rows, audit_sums, lines_of
from scoring.errors import PrivacyRefused
from scoring.loads import rounded
from scoring.masking import TIER_CUTS
from scoring.records import Release
from scoring.release_audit import audit_release, refuse_unsafe
from scoring.table_records import CountRow, CountTable
from scoring.work import Work
from tests.scoring.people import attribute, policy, random_people
from tests.scoring.test_release import minutes_for, release_of
from tests.scoring.test_release import organisation as plain_organisation
from tests.scoring.test_work_release import organisation, released

replace = msgspec.structs.replace


def plain(seed: int, people: int, *, nested: bool = False) -> tuple[Release, Truth, Policy]:
    """Return a release of tiers, needs and hours, what it was made from, and the rules."""
    scored, groups, rules = plain_organisation(seed, people, nested=nested)
    return release_of(scored, groups, rules), Truth(scored, groups, minutes_for(people)), rules


def working(
    seed: int, people: int, change: Callable[[Work], Work] = lambda w: w
) -> tuple[Release, Truth, Policy]:
    """Return a release with every table about work, what it was made from, and the rules."""
    release, work, groups = released(seed, people, change)
    truth = Truth(random_people(seed, people), groups, np.full(people, 20.0), work)
    return release, truth, organisation(seed, people)[1]


def true_cells(table: CountTable, truth: Truth, rules: Policy) -> tuple[tuple[int, ...], ...]:
    """Return the counts of `table` with nothing hidden."""
    if table.need is None:
        cut = next(cut for cut in TIER_CUTS if cut.names == table.columns)
        column = np.array(cut.band)[truth.people.tier]
    else:
        cut = next(cut for cut in NEED_CUTS if cut.names == table.columns)
        mean = truth.people.need_mean[:, ["safety", "agility", "headroom"].index(table.need)]
        column = np.array(cut.band)[np.searchsorted([-0.5, 0.5], mean, side="right")]
    member = truth.members([row.group for row in table.rows], table.attribute, rules)
    counts = np.zeros((len(table.rows), len(table.columns)), dtype=int)
    np.add.at(counts, (member, column), 1)
    return tuple(tuple(int(n) for n in row) for row in counts)


def with_cells(release: Release, table: CountTable, cells: tuple[tuple[int | None, ...], ...]) -> Release:
    """Return `release` with these cells in `table`."""
    rows = tuple(replace(row, cells=own) for row, own in zip(table.rows, cells, strict=True))
    counts = tuple(replace(t, rows=rows) if t.id == table.id else t for t in release.counts)
    return replace(release, counts=counts)


def hidden_tables(release: Release) -> Iterator[CountTable]:
    """Yield the tables of counts that have a hidden cell beside a shown total."""
    for table in release.counts:
        if table.total is not None and any(None in row.cells for row in table.rows):
            yield table


@pytest.mark.parametrize("nested", [False, True])
def test_honest_releases_pass(nested: bool) -> None:
    for seed, people in ((0, 14), (1, 25), (2, 40), (3, 90)):
        assert audit_release(*plain(seed, people, nested=nested)) == ()


def test_honest_releases_about_work_pass() -> None:
    for seed, people in ((0, 14), (1, 25), (2, 60), (3, 160), (4, 240)):
        assert audit_release(*working(seed, people)) == ()


def test_a_release_that_hides_small_cells_only_is_refused() -> None:
    """In nearly every table that hides more than its small cells, those that are left give them away."""
    tried = refused = 0
    for seed in range(3):
        release, truth, rules = plain(seed, 70)
        for table in hidden_tables(release):
            true = true_cells(table, truth, rules)
            naive = tuple(tuple(None if 0 < n < 5 else n for n in row) for row in true)
            if naive == tuple(row.cells for row in table.rows):
                continue
            tried += 1
            refused += bool(audit_release(with_cells(release, table, naive), truth, rules))
    assert tried >= 5
    assert refused >= 0.9 * tried


@pytest.mark.slow
def test_one_more_cell_is_refused_whenever_it_tells_a_small_one() -> None:
    """Each hidden cell is put back alone: every small one is refused, and some large ones that guard it."""
    small = large = 0
    for seed in range(2):
        release, truth, rules = plain(seed, 60)
        for table in list(hidden_tables(release))[::2]:
            true = true_cells(table, truth, rules)
            places = [
                (i, j) for i, row in enumerate(table.rows) for j, n in enumerate(row.cells) if n is None
            ]
            for i, j in places:
                cells = [list(row.cells) for row in table.rows]
                cells[i][j] = true[i][j]
                found = audit_release(with_cells(release, table, tuple(map(tuple, cells))), truth, rules)
                is_small = 0 < true[i][j] < 5
                assert found or not is_small
                small += is_small
                large += bool(found) and not is_small
    assert small > 5
    assert large > 5


def test_the_refusal_names_tables_and_no_number_of_people() -> None:
    release, truth, rules = plain(1, 70)
    table = next(hidden_tables(release))
    unsafe = with_cells(release, table, true_cells(table, truth, rules))
    with pytest.raises(PrivacyRefused) as refused:
        refuse_unsafe(unsafe, truth, rules)
    assert table.title.split(" by ")[0] in refused.value.message
    assert not any(letter.isdigit() for letter in refused.value.message)
    assert "sealed as before" in refused.value.todo


def change_first(release: Release, field: str, change: Callable[[Any], Any]) -> Release:
    """Return `release` with the first table of `field` changed."""
    first, *others = getattr(release, field)
    return replace(release, **{field: (change(first), *others)})


def findings(release: Release, truth: Truth, rules: Policy) -> set[tuple[str, str]]:
    return {(one.name, one.reason) for one in audit_release(release, truth, rules)}


def test_a_count_that_is_not_true_is_refused() -> None:
    release, truth, rules = plain(4, 180)
    table = next(t for t in release.counts if t.rows and t.columns and None not in t.rows[0].cells)
    one, two, *more = table.rows[0].cells
    assert one is not None
    assert two is not None
    cells = ((one + 1, two - 1, *more), *(row.cells for row in table.rows[1:]))
    assert (f"{table.rows[0].group} x {table.columns[0]}", "wrong") in findings(
        with_cells(release, table, cells), truth, rules
    )


def test_rows_of_other_people_are_refused() -> None:
    release, truth, rules = plain(4, 180)
    other = Truth(truth.people, {k: np.roll(v, 1) * 0 + 1 for k, v in truth.groups.items()}, truth.minutes)
    assert {reason for _, reason in findings(release, other, rules)} >= {"wrong"}
    response = release.counts[0]
    renamed = replace(
        response, rows=(replace(response.rows[0], group="Y"), replace(response.rows[1], group="Z"))
    )
    names = [row.group for row in renamed.rows]
    with pytest.raises(DoesNotFit):
        truth.members(names, response.attribute, rules)


def test_groups_of_a_release_of_under_thirty_people_are_refused() -> None:
    release, truth, rules = plain(1, 25)
    row = CountRow(group="A", respondents=25, headcount=None, cells=())
    tampered = change_first(release, "counts", lambda table: replace(table, rows=(row,)))
    assert findings(tampered, truth, rules) == {("the groups", "few")}


def test_any_number_of_under_fifteen_people_is_refused() -> None:
    release, truth, rules = plain(1, 14)
    tampered = replace(release, header=replace(release.header, counted=14))
    assert findings(tampered, truth, rules) == {("everything but one sentence", "few")}


def test_hours_of_a_group_whose_tiers_are_hidden_are_refused() -> None:
    """Also a single number of a hidden row is one too many."""
    for seed in range(20):
        release, truth, rules = plain(seed, 70)
        hours = release.hours[0]
        hidden = [place for place, row in enumerate(hours.rows) if row.hours is None]
        if hidden:
            break
    member = truth.members([row.group for row in hours.rows], hours.attribute, rules)
    row = hours.rows[hidden[0]]
    for changed in (
        replace(row, hours=rounded(float(truth.people.hours[member == hidden[0]].sum()))),
        replace(row, skill=50),
    ):
        rows = tuple(changed if one is row else one for one in hours.rows)
        tampered = replace(release, hours=(replace(hours, rows=rows), *release.hours[1:]))
        assert (row.group, "derived") in findings(tampered, truth, rules)


def sums(members: list[list[int]], shown: list[list[int | None]], amounts: list[float]) -> set[str]:
    """Return what is found in sums by one attribute or two, beside a shown total."""
    rules = policy((attribute("a", (1,)),), 100)
    tables = [
        Rows(tuple(f"{'AB'[n]}{i}" for i in range(len(own))), np.array(member), tuple(own))
        for n, (member, own) in enumerate(zip(members, shown, strict=True))
    ]
    lines = lines_of("Hours", rounded(sum(amounts)), len(amounts), tables)
    return {one.name for one in audit_sums(lines, np.array(amounts), rules.thresholds)}


def test_a_sum_of_few_people_or_mostly_of_one_is_refused() -> None:
    """Nine people; twelve of whom one has most; and twelve alike."""
    assert sums([[0] * 9 + [1] * 40], [[90, 400]], [10.0] * 49) == {"A0"}
    assert sums([[0] * 12 + [1] * 40], [[210, 400]], [100.0] + [10.0] * 51) == {"A0"}
    assert sums([[0] * 12 + [1] * 40], [[120, 400]], [10.0] * 52) == set()


def test_the_total_less_the_rows_shown_is_refused_when_it_rests_on_few() -> None:
    """One hidden row of eight is the difference; two hidden rows of eight hide each other; of four do not."""
    assert sums([[0] * 8 + [1] * 40], [[None, 400]], [10.0] * 48) >= {"A0"}
    assert sums([[0] * 8 + [1] * 8 + [2] * 40], [[None, None, 400]], [10.0] * 56) == set()
    left = sums([[0] * 4 + [1] * 4 + [2] * 40], [[None, None, 400]], [10.0] * 48)
    assert left == {"what is left of the rows shown", "Everybody less the groups within it"}


def test_hours_by_two_nested_attributes_cannot_be_subtracted() -> None:
    """Sites and departments: a site less its one shown department is the hidden one of eight people."""
    department = [0] * 8 + [1] * 30 + [2] * 8 + [3] * 30
    site = [0] * 38 + [1] * 38
    amounts = [10.0] * 76
    assert sums([department], [[None, 300, None, 300]], amounts) == set()
    found = sums([department, site], [[None, 300, None, 300], [380, 380]], amounts)
    assert {"A0", "A2", "B0 less the groups within it"} <= found


def test_quartiles_shares_and_statements_of_few_people_are_refused() -> None:
    release, truth, rules = working(3, 160)
    few = Truth(truth.people, truth.groups, np.where(np.arange(160) < 9, truth.minutes, np.nan), truth.work)
    minutes = change_first(
        release, "minutes", lambda t: replace(t, total=replace(t.total, lower=20, median=20, upper=20))
    )
    assert ("Everybody", "few") in findings(minutes, few, rules)
    share = next(t for t in release.shares if len(t.rows) > 1)
    one, two, *others = share.rows
    moved = replace(
        share, rows=(replace(one, people=3), replace(two, people=two.people + one.people - 3), *others)
    )
    shares = tuple(moved if t.id == share.id else t for t in release.shares)
    assert (one.label, "few") in findings(replace(release, shares=shares), truth, rules)
    assert truth.work is not None
    nobody = replace_work(truth.work, reviewing=np.zeros((160, 4)))
    found = findings(release, Truth(truth.people, truth.groups, truth.minutes, nobody), rules)
    assert ("the statements", "few") in found


def replace_work(work: Work, **changes: Any) -> Work:
    """Return `work` with some of it changed."""
    from dataclasses import replace as replaced

    return replaced(work, **changes)


def test_help_of_a_hidden_group_is_refused() -> None:
    """A group whose hours of help were hidden is put back."""
    for seed in range(20):
        release, truth, rules = working(seed, 90)
        table = next(t for t in release.sums if t.total is not None)
        hidden = [(i, j) for i, row in enumerate(table.rows) for j, n in enumerate(row.cells) if n is None]
        shown = [(i, j) for i, j in hidden if table.total and table.total.cells[j] is not None]
        if shown:
            break
    place, column = shown[0]
    assert truth.work is not None
    amounts = list(truth.work.help.values())[column].sum(axis=1)
    member = truth.members([row.group for row in table.rows], table.attribute, rules)
    cells = list(table.rows[place].cells)
    cells[column] = rounded(float(amounts[member == place].sum()))
    rows = tuple(replace(row, cells=tuple(cells)) if i == place else row for i, row in enumerate(table.rows))
    tampered = change_first(release, "sums", lambda t: replace(t, rows=rows))
    assert any(reason == "few" for _, reason in findings(tampered, truth, rules))


def test_a_role_that_is_told_of_few_people_or_leaves_few_is_refused() -> None:
    """One of eight hidden roles is put back; then a total stands beside roles of which one is hidden."""
    for seed in range(20):
        release, truth, rules = working(seed, 60)
        place, table = next((n, t) for n, t in enumerate(release.sums) if t.total is None)
        if any(row.cells == (None,) for row in table.rows):
            break
    told = tuple(replace(row, cells=(100,)) for row in table.rows)
    tables = [*release.sums]
    tables[place] = replace(table, rows=told)
    few = {
        name
        for name, reason in findings(replace(release, sums=tuple(tables)), truth, rules)
        if reason == "few"
    }
    assert few
    assert few <= {row.group for row in table.rows if row.cells == (None,)}
    totals = next(t.total for t in release.sums if t.total is not None)
    assert totals.cells[0] is not None
    lone = next(row.group for row in table.rows if row.group in few)
    tables[place] = replace(
        table, rows=tuple(r if r.group == lone else s for r, s in zip(table.rows, told, strict=True))
    )
    hidden = [row for row in tables[place].rows if row.cells == (None,)]
    assert [row.group for row in hidden] == [lone]
    assert ("what is left of the rows shown", "few") in findings(
        replace(release, sums=tuple(tables)), truth, rules
    )


def test_climate_of_a_group_whose_bands_of_safety_are_hidden_is_a_finding() -> None:
    from scoring.quality_records import ClimateRow, QualityTable

    release, truth, rules = plain(1, 70)
    table = QualityTable(
        id="q",
        title="Quality",
        attribute="department",
        climate=(ClimateRow("Nobody", 20, agrees=True, mean=50),),
    )
    assert findings(replace(release, quality=(table,)), truth, rules) == {("Nobody", "derived")}


def test_findings_are_told_in_words() -> None:
    said = {
        str(Finding(name="A x coached", reason=reason)) for reason in ("few", "derived", "wrong", "uniform")
    }
    assert len(said) == 4
    assert all(one.startswith("A x coached ") for one in said)
