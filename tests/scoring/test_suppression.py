"""Hiding single numbers: an independent auditor finds nothing, little is hidden, and less would not do."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from instruments.setup import Thresholds
from scoring import suppression
from scoring.audit import audit
from scoring.suppression_demands import is_forced
from tests.scoring.attacker import attack_table
from tests.scoring.systems import Made, hide, one_table, random_table, several_tables, with_hidden

HOMOGENEITY = Thresholds().homogeneity
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def is_safe(made: Made, hidden: Mask, k: int) -> bool:
    """Say whether the auditor, who shares no code with the suppressor, finds nothing."""
    return audit(with_hidden(made, hidden), k, HOMOGENEITY, made.cells.astype(float)).is_safe


def everything(made: Made) -> Mask:
    """Return what may be hidden at all."""
    return ~made.system.hidden & ~made.kept


def naive(made: Made, k: int) -> Mask:
    """Return what gives people away by itself."""
    true = made.system.lines @ made.cells
    return is_forced(made.system, true, Thresholds(k=k)) & everything(made)


def random_tables(seed: int, attributes: int = 3) -> Made:
    """Return departments within sites, and roles across them, by two to four columns."""
    rng = np.random.default_rng(seed)
    people, columns = int(rng.choice([60, 120, 240])), int(rng.integers(2, 5))
    departments = rng.choice(5, people, p=[0.3, 0.25, 0.2, 0.15, 0.1])
    roles = rng.choice(3, people, p=[0.6, 0.25, 0.15])
    shares = np.array([0.45, 0.27, 0.16, 0.12])[:columns]
    column = rng.choice(columns, people, p=shares / shares.sum())
    return several_tables([departments, departments // 3, roles][:attributes], column, columns)


def check_one(seed: int, rows: int, columns: int, k: int) -> None:
    """One table is protected, every hidden number of it; where it cannot be, hiding all fails as well."""
    table = random_table(np.random.default_rng(seed), k, rows, columns)
    made = one_table(table)
    hidden = hide(made, k)
    if hidden is None:
        assert not is_safe(made, everything(made), k)
        return
    assert is_safe(made, hidden, k)
    assert not (naive(made, k) & ~hidden).any()
    if np.array_equal(hidden, everything(made)):
        return
    mask = hidden[columns:].reshape(table.shape)
    for (row, _), (low, high) in attack_table(table, mask).items():
        assert low == 0 or low >= k
        assert high >= min(k, table[row].sum())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 12), st.integers(2, 6), st.integers(3, 10))
def test_no_hidden_number_can_be_worked_out(seed: int, rows: int, columns: int, k: int) -> None:
    check_one(seed, rows, columns, k)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 12), st.integers(2, 6), st.integers(3, 10))
def test_no_hidden_number_can_be_worked_out_of_200_tables(seed: int, rows: int, columns: int, k: int) -> None:
    check_one(seed, rows, columns, k)


def check_several(seeds: range) -> None:
    """Three tables at once are protected by hiding less than all, though somebody knows who is in which."""
    shown = 0
    for seed in seeds:
        made = random_tables(seed)
        hidden = hide(made, 5)
        if hidden is None:
            assert not is_safe(made, everything(made), 5)
            continue
        assert is_safe(made, hidden, 5)
        shown += int((everything(made) & ~hidden).sum())
    assert shown > 5 * len(seeds)


def test_nested_and_crossing_tables_are_protected_together() -> None:
    check_several(range(4))


@pytest.mark.slow
def test_50_releases_of_nested_and_crossing_tables_are_protected_together() -> None:
    check_several(range(100, 150))


def test_hiding_small_numbers_only_would_give_them_away() -> None:
    """Control: of three-column tables with small numbers the auditor breaks at least 9 of 10."""
    rng = np.random.default_rng(4)
    made = [one_table(random_table(rng, 5, int(rng.integers(3, 9)), 3)) for _ in range(60)]
    some = [(one, naive(one, 5)) for one in made if 1 <= naive(one, 5).sum() <= 6]
    broken = sum(not is_safe(one, hidden, 5) for one, hidden in some)
    assert len(some) >= 20
    assert broken >= 0.9 * len(some)


def least_hidden(table: Counts, k: int) -> int | None:
    """Return the smallest number of cells that can be hidden safely, by trying all; None for none at all."""
    made = one_table(table)
    forced = np.flatnonzero(naive(made, k)[table.shape[1] :])
    rest = np.setdiff1d(np.flatnonzero(everything(made)[table.shape[1] :]), forced)
    for more in range(len(rest) + 1):
        for chosen in combinations(rest, more):
            mask = np.zeros(table.size, dtype=bool)
            mask[[*forced, *chosen]] = True
            mask = mask.reshape(table.shape)
            if (mask.sum(axis=0) == 1).any() or (mask.sum(axis=1) == 1).any():
                continue
            found = attack_table(table, mask)
            rows = table.sum(axis=1)
            if all(
                (low == 0 or (low >= k and table[cell] >= k)) and high >= min(k, rows[cell[0]])
                for cell, (low, high) in found.items()
            ) and is_safe(made, np.concatenate([np.zeros(table.shape[1], dtype=bool), mask.reshape(-1)]), k):
                return int(mask.sum())
    return None


def check_least(seeds: range) -> None:
    """Together the tables have at most 5 % more hidden cells than the least that would do."""
    hidden_cells = least = 0
    for seed in seeds:
        rng = np.random.default_rng(seed)
        table = random_table(rng, 5, int(rng.integers(3, 5)), 3)
        best = least_hidden(table, 5)
        hidden = hide(one_table(table), 5)
        if best is not None:
            assert hidden is not None
            hidden_cells, least = hidden_cells + int(hidden.sum()), least + best
    assert least > 3 * len(seeds)
    assert hidden_cells <= 1.05 * least


def test_hardly_more_is_hidden_than_must_be() -> None:
    check_least(range(6))


@pytest.mark.slow
def test_hardly_more_is_hidden_than_must_be_in_40_tables() -> None:
    check_least(range(100, 140))


@pytest.mark.slow
def test_a_table_of_50_rows_and_6_columns_is_protected() -> None:
    made = one_table(random_table(np.random.default_rng(1), 5, 50, 6))
    hidden = hide(made, 5)
    assert hidden is not None
    assert is_safe(made, hidden, 5)
    assert hidden.sum() < 0.6 * everything(made).sum()


def test_the_same_secret_hides_the_same_and_another_one_may_not() -> None:
    """Nobody who knows the rule but not the secret can tell which of equally good cells were taken."""
    made = one_table(np.array([[12, 14, 14], [20, 15, 15], [15, 20, 15], [14, 16, 18], [10, 11, 4]]))
    choices = [hide(made, 5, seed) for seed in (1, 1, 2, 3, 4, 5)]
    assert all(choice is not None for choice in choices)
    first, again, *others = (tuple(np.flatnonzero(choice)) for choice in choices if choice is not None)
    assert first == again
    assert len({first, *others}) > 1
    assert len({len(choice) for choice in (first, *others)}) == 1


def test_the_order_of_rows_changes_nothing_about_safety() -> None:
    rng = np.random.default_rng(8)
    for _ in range(5):
        table = random_table(rng, 5, 7, 4)
        mixed = one_table(table[rng.permutation(len(table))])
        one, other = hide(one_table(table), 5), hide(mixed, 5)
        assert one is not None
        assert other is not None
        assert is_safe(mixed, other, 5)
        assert one.sum() == other.sum()


@pytest.mark.parametrize("rounds", [0, 1])
def test_what_is_hidden_one_after_the_other_is_safe_too(monkeypatch: pytest.MonkeyPatch, rounds: int) -> None:
    """When the search for the best choice is cut short."""
    monkeypatch.setattr(suppression, "ROUNDS", rounds)
    rng = np.random.default_rng(6)
    less = 0
    for seed in range(4):
        made = one_table(random_table(rng, 5, 8, 4)) if seed % 2 else random_tables(seed, 2)
        hidden = hide(made, 5)
        assert hidden is not None
        assert is_safe(made, hidden, 5)
        less += int((everything(made) & ~hidden).sum())
    assert less > 0


def test_nothing_is_hidden_without_need() -> None:
    hidden = hide(one_table(np.array([[10, 12], [8, 9], [20, 30]])), 5)
    assert hidden is not None
    assert not hidden.any()


def test_a_uniform_row_is_hidden_as_a_whole() -> None:
    """Nearly all of the last row are in its first column: no number of it is shown, nor follows."""
    made = one_table(np.array([[30, 25, 20], [25, 30, 20], [46, 5, 0]]))
    hidden = hide(made, 5)
    assert hidden is not None
    assert hidden[-3:].all()
    assert is_safe(made, hidden, 5)


def test_a_total_that_tells_by_itself_leaves_nothing_to_hide() -> None:
    """Of 16 people in the last column at most 12 fit the small row: 4 must be in the large one."""
    assert hide(one_table(np.array([[80, 66, 4], [0, 0, 12]])), 5) is None
    assert hide(one_table(np.array([[80, 60, 10], [0, 6, 6]])), 5) is not None


def by_pairs(counts: dict[tuple[int, int], tuple[int, ...]]) -> Made:
    """Return two tables of people in these pairs of rows, by column."""
    people = [(a, b, t) for (a, b), row in counts.items() for t, n in enumerate(row) for _ in range(n)]
    first, second, column = (np.array(values) for values in zip(*people, strict=True))
    return several_tables([first, second], column, len(next(iter(counts.values()))))


PAIRS = {
    "a site less its departments": {(0, 0): (20, 12), (1, 0): (13, 3), (2, 1): (14, 15), (3, 1): (14, 14)},
    "three people between two rows": {(0, 0): (20, 12), (1, 0): (1, 2), (1, 1): (19, 18), (2, 1): (20, 19)},
    "a uniform pair between two rows": {(0, 0): (12, 11), (1, 0): (6, 0), (1, 1): (20, 18), (2, 1): (9, 15)},
}


@pytest.mark.parametrize("case", PAIRS)
def test_two_tables_are_read_against_each_other(case: str) -> None:
    """What each table alone may show gives people away beside the other; together they are protected."""
    made = by_pairs(PAIRS[case])
    alone = np.zeros(len(made.kept), dtype=bool)
    end = made.columns
    for attribute in (0, 1):
        size = (max(pair[attribute] for pair in PAIRS[case]) + 1) * made.columns
        true = (made.system.lines @ made.cells)[end : end + size].reshape(-1, made.columns)
        hidden = hide(one_table(np.rint(true).astype(int)), 5)
        assert hidden is not None
        alone[end : end + size] = hidden[made.columns :]
        end += size
    assert not is_safe(made, alone, 5)
    together = hide(made, 5)
    assert together is not None
    assert is_safe(made, together, 5)


def test_tables_spread_over_each_other_hide_nothing() -> None:
    rows = {(a, b): (11, 9) if a == b else (9, 12) for a in range(3) for b in range(2)}
    hidden = hide(by_pairs(rows), 5)
    assert hidden is not None
    assert not hidden.any()
