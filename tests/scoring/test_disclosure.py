"""Rows of single tables: what an attacker can find out, and what hiding less would tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from scoring.disclosure import (
    hide_rows,
    hide_small,
    is_block_safe,
    is_primary,
    is_small_safe,
    is_total_safe,
    merge_small,
)
from tests.scoring.attacker import attack_table

K, HOMOGENEITY = 5, 0.9


@st.composite
def tables(draw: st.DrawFn, most_rows: int = 12) -> NDArray[np.int64]:
    """Tables of 2-12 rows and 2-6 columns with rows of at least 2k people, few or many cells small."""
    rows, columns = draw(st.integers(2, most_rows)), draw(st.integers(2, 6))
    large = draw(st.sampled_from([1, 6, 20]))
    cell = st.integers(0, large).flatmap(lambda x: st.integers(5, 30) if x else st.integers(0, 4))
    table = np.array([[draw(cell) for _ in range(columns)] for _ in range(rows)], dtype=np.int64)
    table[:, 0] += np.maximum(0, 2 * K - table.sum(axis=1))
    return table


@settings(max_examples=40, deadline=None)
@given(tables())
def test_no_hidden_cell_is_bounded_away_from_nothing_or_below_k(table: NDArray[np.int64]) -> None:
    """Every hidden cell can be 0 and can be k, unless all rows had to be hidden."""
    assume(is_total_safe(table.sum(axis=0), K, HOMOGENEITY))
    hidden = hide_rows(table, K, HOMOGENEITY)
    assert not (is_primary(table, K, HOMOGENEITY) & ~hidden).any()
    is_reached = is_block_safe(table, hidden, K)
    assert is_reached or hidden.all()
    for (row, column), (low, high) in attack_table(table, hidden).items():
        if table[:, column].sum() == 0:
            assert high == 0  # the total row says so, and nobody is in it
        elif is_reached:
            assert low == 0
            assert high >= K
            assert low < HOMOGENEITY * table[row].sum()


@settings(max_examples=40, deadline=None)
@given(tables())
def test_hiding_for_small_cells_only_still_proves_no_small_count(table: NDArray[np.int64]) -> None:
    """Every hidden cell of 1 to k - 1 people could be none, and k; no row is proven uniform."""
    assume(is_small_safe(table, np.ones(len(table), dtype=bool), K, HOMOGENEITY))
    hidden = hide_small(table, K, HOMOGENEITY)
    assert not (is_primary(table, K, HOMOGENEITY) & ~hidden).any()
    for (row, column), (low, high) in attack_table(table, hidden).items():
        true, size = table[row, column], table[row].sum()
        if 0 < true < K:
            assert low == 0
            assert high >= min(K, size)
        if true and true >= HOMOGENEITY * size:
            assert low < HOMOGENEITY * size


def test_hiding_for_small_cells_shows_rows_beside_a_large_column() -> None:
    """Four of each row must be in the first column: `hide_rows` gives up, the small cell needs one more."""
    table = np.array([[62, 7], [72, 4], [36, 14], [35, 9]])
    assert hide_rows(table, K, HOMOGENEITY).all()
    assert hide_small(table, K, HOMOGENEITY).tolist() == [False, True, False, True]


@settings(max_examples=40, deadline=None)
@given(tables(most_rows=6))
def test_bounds_in_closed_form_are_those_of_the_linear_programme(table: NDArray[np.int64]) -> None:
    """The Fréchet bounds that the rule rests on are exact, with the first half of the rows hidden."""
    hidden = np.arange(len(table)) < max(1, len(table) // 2)
    block = table[hidden]
    for (row, column), (low, high) in attack_table(table, hidden).items():
        size, total = block[row].sum(), block[:, column].sum()
        assert low == max(0, size + total - block.sum())
        assert high == min(size, total)


def some_small_rows() -> list[NDArray[np.int64]]:
    """Return 40 tables of 8 groups in which one or two groups have a small cell."""
    rng = np.random.default_rng(3)
    tables = [rng.multinomial(60, [0.4, 0.3, 0.17, 0.13], size=8) for _ in range(200)]
    return [table for table in tables if 0 < is_primary(table, K, HOMOGENEITY).sum() <= 2][:40]


def is_broken(table: NDArray[np.int64], hidden: NDArray[np.bool_]) -> bool:
    """Say whether the attacker bounds some hidden cell."""
    return any(low > 0 or high < K for low, high in attack_table(table, hidden).values())


def test_hiding_only_the_small_rows_would_give_most_of_them_away() -> None:
    """Control: the attacker breaks most tables when only primary rows are hidden, none with our rule."""
    tables = some_small_rows()
    assert sum(is_broken(table, is_primary(table, K, HOMOGENEITY)) for table in tables) > 20
    hidden = [hide_rows(table, K, HOMOGENEITY) for table in tables]
    assert not any(is_broken(*pair) for pair in zip(tables, hidden, strict=True))
    assert np.mean([(~mask).mean() for mask in hidden]) > 0.5  # and most rows are still shown


def test_a_row_is_primary_for_a_small_cell_or_when_nearly_all_are_in_one_column() -> None:
    table = np.array([[10, 10], [16, 4], [0, 20], [18, 2], [27, 3], [45, 5], [44, 6]])
    assert is_primary(table, 5, 0.9).tolist() == [False, True, True, True, True, True, False]


def test_one_hidden_row_takes_others_with_it() -> None:
    """The total less the shown rows would be the hidden row."""
    table = np.array([[12, 14, 14], [20, 15, 15], [15, 20, 15], [10, 11, 4]])
    hidden = hide_rows(table, K, HOMOGENEITY)
    assert hidden[3]
    assert hidden.sum() == 2
    assert hidden[0]  # the smallest of the others


def test_nothing_is_hidden_without_need() -> None:
    table = np.array([[10, 12], [8, 9], [20, 30]])
    assert not hide_rows(table, K, HOMOGENEITY).any()


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ({1: 20, 2: 30}, ((1,), (2,))),
        ({1: 20, 2: 30, 3: 4, 4: 7}, ((1,), (2,), (3, 4))),
        ({1: 20, 2: 30, 3: 4}, ((2,), (1, 3))),
        ({1: 20, 2: 30, -1: 2}, ((2,), (-1, 1))),
        ({1: 20, 2: 30, -1: 12}, ((-1,), (1,), (2,))),
        ({1: 40, 2: 4}, ()),
        ({1: 4, 2: 4}, ()),
        ({1: 40, 2: 0, 3: 30, 4: 30}, ((1,), (4,), (2, 3))),
        ({1: 9, 2: 9}, ()),
    ],
)
def test_small_categories_are_put_together_until_the_rest_is_large(
    sizes: dict[int, int], rows: tuple[tuple[int, ...], ...]
) -> None:
    """Also people who gave no category: alone they would be the total less the shown rows."""
    assert merge_small(sizes, 10) == rows


@given(st.dictionaries(st.integers(-1, 12), st.integers(0, 40)))
def test_merging_keeps_everybody_in_exactly_one_row_of_at_least_ten(sizes: dict[int, int]) -> None:
    rows = merge_small(sizes, 10)
    assert all(sum(sizes[code] for code in row) >= 10 for row in rows)
    if rows:
        assert sorted(code for row in rows for code in row) == sorted(sizes)
        assert len(rows) > 1
