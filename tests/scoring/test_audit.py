"""The auditor against every table that fits, against tables that hide too little, and against rounding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array

from scoring.audit import Finding, audit, knowledge_of
from scoring.published import Groups, Published, groups_of, publish
from scoring.reach import Contradiction, Knowledge, bounds_of, reaches

K, HOMOGENEITY = 5, 0.9
Floats = NDArray[np.float64]


def alone(table: Floats) -> Groups:
    """Return the groups of one table (rows, columns)."""
    rows = np.repeat(np.arange(len(table)), table.sum(axis=1).astype(int))
    return groups_of([rows], [[f"group {row}" for row in range(len(table))]])


def described(table: Floats, shown: Floats, step: int = 1, total: Floats | None = None) -> Published:
    """Return the description of one table, NaN where hidden, beside its total."""
    columns = [f"column {column}" for column in range(table.shape[1])]
    everybody = table.sum(axis=0) if total is None else total
    return publish(alone(table), columns, everybody, [shown], step)


def primary_only(table: Floats) -> Floats:
    """Return `table` with nothing hidden but its small cells."""
    return np.where((table > 0) & (table < K), np.nan, table)


def lines_of(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to put `total` people into `cells` cells."""
    for bars in combinations(range(total + cells - 1), cells - 1):
        yield tuple(b - a - 1 for a, b in zip((-1, *bars), (*bars, total + cells - 1), strict=True))


def every_table(table: Floats, shown: Floats) -> list[Floats]:
    """Return every table of whole numbers with the same row sizes, total and shown cells."""
    found = []
    for rows in product(*(lines_of(int(row.sum()), table.shape[1]) for row in table[:-1])):
        last = table.sum(axis=0) - np.sum(rows, axis=0)
        one = np.array([*rows, last], dtype=float)
        if (last >= 0).all() and (np.isnan(shown) | (one == shown)).all():
            found.append(one)
    return found


def small_tables(count: int) -> Iterator[tuple[Floats, Floats]]:
    """Yield tables of 2 or 3 rows, no total or row uniform or small, and what is shown of them."""
    rng = np.random.default_rng(11)
    while count:
        table = rng.integers(0, 7, (rng.integers(2, 4), 3)).astype(float)
        total, sizes = table.sum(axis=0), table.sum(axis=1, keepdims=True)
        is_mixed = (table < HOMOGENEITY * sizes).all() and (total < HOMOGENEITY * total.sum()).all()
        if table.sum() > 24 or not is_mixed or ((total > 0) & (total < K)).any() or (sizes < K).any():
            continue
        more = rng.random(table.shape) < 0.3 * (count % 2)
        count -= 1
        yield table, np.where(more, np.nan, primary_only(table))


def test_the_auditor_agrees_with_looking_at_every_table() -> None:
    """A small cell is told exactly when no table that fits has 0 there, or none has k or the whole row."""
    seen = 0
    for table, shown in small_tables(40):
        fitting = np.array(every_table(table, shown))
        told = set()
        for row, column in zip(*np.nonzero((table > 0) & (table < K)), strict=True):
            values = fitting[:, row, column]
            if values.min() > 0 or values.max() < min(K, table[row].sum()):
                told.add(f"group {row} x column {column}: {values.min():.0f} {values.max():.0f}")
        verdict = audit(described(table, shown), K, HOMOGENEITY, table.reshape(-1))
        assert {f"{one.name}: {one.low} {one.high}" for one in verdict.findings} == told
        seen += len(told) < verdict.attacked
    assert seen > 5  # else no cell was safe


def test_without_the_answers_only_what_is_proven_is_found() -> None:
    """A reader alone accuses a cell exactly when every table that fits has 1 to k - 1 people there."""
    accused = 0
    for table, shown in small_tables(40):
        fitting = np.array(every_table(table, shown))
        low, high, sizes = fitting.min(axis=0), fitting.max(axis=0), table.sum(axis=1, keepdims=True)
        told = np.isnan(shown) & (((low > 0) & (high < K)) | (low >= HOMOGENEITY * sizes))
        found = {one.name for one in audit(described(table, shown), K, HOMOGENEITY).findings}
        assert found == {
            f"group {row} x column {column}" for row, column in zip(*np.nonzero(told), strict=True)
        }
        accused += len(found)
    assert accused > 5


def test_hiding_small_cells_only_fails_on_nearly_every_table() -> None:
    """The naive release is refused on at least 90 % of tables of three columns with a small cell."""
    rng = np.random.default_rng(5)
    refused = tried = 0
    while tried < 50:
        table = rng.multinomial(1, [0.45, 0.4, 0.15], size=(4, 25)).sum(axis=1).astype(float)
        if not np.isnan(primary_only(table)).any() or (table.sum(axis=0) < K).any():
            continue
        tried += 1
        refused += not audit(described(table, primary_only(table)), K, HOMOGENEITY, table.reshape(-1)).is_safe
    assert refused >= 45


def test_a_number_is_told_in_words_with_its_bounds() -> None:
    table = np.array([[3.0, 9, 8], [9, 8, 9], [2, 12, 9], [20, 12, 13]])
    shown = primary_only(table)
    findings = audit(described(table, shown), K, HOMOGENEITY, table.reshape(-1)).findings
    assert [str(one) for one in findings] == [
        "group 0 x column 0 can be worked out: exactly 3",
        "group 2 x column 0 can be worked out: exactly 2",
    ]
    shown[0, 1] = shown[2, 1] = np.nan
    between = audit(described(table, shown), K, HOMOGENEITY, table.reshape(-1)).findings
    assert "group 0 x column 0 can be worked out: between 0 and 5" not in map(str, between)
    assert "group 2 x column 0 can be worked out: between 0 and 5" not in map(str, between)


def test_a_shown_small_cell_and_a_shown_uniform_row_are_findings() -> None:
    table = np.array([[3.0, 20], [30, 2], [30, 40]])
    shown = np.array([[3.0, 20], [30, np.nan], [30, 40]])
    findings = audit(described(table, shown), K, HOMOGENEITY, table.reshape(-1)).findings
    assert [(one.name, one.reason) for one in findings] == [
        ("group 0 x column 0", "shown"),
        ("group 1 x column 0", "uniform"),
    ]


def test_a_hidden_uniform_row_must_not_be_proven_uniform() -> None:
    """All thirty of a row are in one column: with its neighbour hidden too it could be otherwise."""
    table = np.array([[30.0, 0], [15, 15], [20, 20]])
    lone = np.array([[np.nan, np.nan], [15, 15], [20, 20]])
    assert not audit(described(table, lone), K, HOMOGENEITY, table.reshape(-1)).is_safe
    both = np.array([[np.nan, np.nan], [np.nan, np.nan], [20, 20]])
    assert audit(described(table, both), K, HOMOGENEITY, table.reshape(-1)).is_safe


def test_a_shown_number_that_was_not_counted_is_refused() -> None:
    table = np.array([[10.0, 20], [15, 15]])
    verdict = audit(described(table, table + np.array([[1, -1], [0, 0]])), K, HOMOGENEITY, table.reshape(-1))
    assert {(one.name, one.reason) for one in verdict.findings} == {
        ("group 0 x column 0", "wrong"),
        ("group 0 x column 1", "wrong"),
    }


def test_tables_that_contradict_each_other_are_refused() -> None:
    table = np.array([[10.0, 20], [15, 15]])
    verdict = audit(described(table, table, total=np.array([30.0, 30])), K, HOMOGENEITY)
    assert [one.reason for one in verdict.findings] == ["contradiction"]


def test_rounded_numbers_tell_their_interval_and_no_more() -> None:
    """A number of 20, rounded to 5 with halves up, is known to be 18 to 22."""
    table = np.array([[20.0, 20], [20, 20]])
    knowledge = knowledge_of(described(table, table, step=5))
    assert bounds_of(knowledge, np.array([1.0, 0, 0, 0])) == (18, 22)


def test_a_derived_number_beside_a_hidden_cell_can_give_it_away() -> None:
    """Two small cells that hide each other fall when a third number tells of one of them."""
    table = np.array([[3.0, 17], [17, 3], [20, 20]])
    shown = np.array([[np.nan, np.nan], [np.nan, np.nan], [20, 20]])
    published = described(table, shown)
    assert audit(published, K, HOMOGENEITY, table.reshape(-1)).is_safe
    line = csr_array(np.array([[1.0, 0, 0, 0, 0, 0]]))
    beside = Knowledge(line, low=np.array([1.5]), high=np.array([4.5]))
    findings = audit(published, K, HOMOGENEITY, table.reshape(-1), beside).findings
    assert Finding("group 0 x column 0", "worked out", 2, 4) in findings


def test_nested_tables_are_attacked_together() -> None:
    """Site 0 is departments 0 and 1: each table alone is safe, the shown site gives department 1 away."""
    cells = np.array([[12.0, 10], [3, 14], [11, 12], [10, 13]])
    department = np.repeat(np.arange(4), cells.sum(axis=1).astype(int))
    site = (department > 1).astype(np.int64)
    hidden = np.array([[12, 10], [np.nan, np.nan], [np.nan, np.nan], [10, 13]])
    total = cells.sum(axis=0)
    one = publish(groups_of([department], [list("ABCD")]), "xy", total, [hidden])
    assert audit(one, K, HOMOGENEITY, cells.reshape(-1)).is_safe
    groups = groups_of([department, site], [list("ABCD"), ["S", "T"]])
    sites = np.array([cells[:2].sum(axis=0), cells[2:].sum(axis=0)])
    both = audit(publish(groups, "xy", total, [hidden, sites]), K, HOMOGENEITY, cells.reshape(-1))
    assert "B x x can be worked out: exactly 3" in map(str, both.findings)


def test_whole_numbers_reach_less_than_real_ones() -> None:
    """Three cells of which any two hold at most one person hold one together, not one and a half."""
    lines = csr_array(np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]]))
    knowledge = Knowledge(lines, low=np.zeros(3), high=np.ones(3))
    aims = csr_array(-np.ones((2, 3)))
    assert reaches(knowledge, aims, np.array([-1.0, -1.5])).tolist() == [True, False]


def test_what_fits_no_table_is_named_a_contradiction() -> None:
    knowledge = Knowledge(csr_array(np.ones((2, 1))), low=np.array([1.0, 3]), high=np.array([2.0, 4]))
    with pytest.raises(Contradiction):
        bounds_of(knowledge, np.ones(1))


@pytest.mark.slow
def test_fifty_groups_by_six_columns_at_five_sites_are_audited_at_once() -> None:
    """All 1,500 cells of crossing tables: the rows that hold a small cell are hidden whole, both tables."""
    rng = np.random.default_rng(2)
    group, site = rng.integers(0, 50, 1500), rng.integers(0, 5, 1500)
    column = rng.choice(6, 1500)
    groups = groups_of([group, site], [[f"g{i}" for i in range(50)], [f"s{i}" for i in range(5)]])
    tables = []
    for member, rows in ((group, 50), (site, 5)):
        table = np.zeros((rows, 6))
        np.add.at(table, (member, column), 1)
        table[((table > 0) & (table < K)).any(axis=1)] = np.nan
        tables.append(table)
    published = publish(groups, list("abcdef"), np.bincount(column).astype(float), tables)
    _, combination = np.unique(np.stack([group, site]), axis=1, return_inverse=True)
    truth = np.bincount(combination.reshape(-1) * 6 + column, minlength=6 * len(groups.sizes)).astype(float)
    verdict = audit(published, K, HOMOGENEITY, truth)
    assert verdict.attacked > 500
    assert all(one.reason == "worked out" for one in verdict.findings)
