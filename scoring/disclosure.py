"""Which rows of a single table may be shown: merging small groups, hiding whole rows.

Whole rows are shown or hidden here, for tables of two columns and for rows of people; counts by tier and band
are hidden one by one (`scoring.suppression`). An attacker is assumed to know how many respondents every row
has, the published total row and the shown rows. What is left is a block of hidden rows with known row sums
r_i, column sums c_j and size N; its cells are known to lie exactly in max(0, r_i + c_j - N) .. min(r_i, c_j)
(Fréchet 1951), and both ends are reached by a table of whole numbers, so that no cleverer sum tells more.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from instruments.setup import Thresholds

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def smallest_group(thresholds: Thresholds) -> int:
    """Return how many respondents a row needs: max(2k, 10) (PRIVACY.md, step 1)."""
    return max(2 * thresholds.k, 10)


def merge_small(sizes: Mapping[int, int], minimum: int) -> tuple[tuple[int, ...], ...]:
    """Merge categories until every row holds at least `minimum` respondents.

    Parameters
    ----------
    sizes
        Respondents by category code; people who gave no category are a category like any other.
    minimum
        Respondents that a row needs.

    Returns
    -------
    tuple
        The codes of each row, in the order of the codes, the merged row last; empty when fewer than two
        rows remain: one row beside the total would be the total.
    """
    small = sorted(code for code, size in sizes.items() if size < minimum)
    large = sorted((code for code in sizes if code not in small), key=lambda code: (sizes[code], code))
    while small and large and sum(sizes[code] for code in small) < minimum:
        small.append(large.pop(0))
    rows: list[tuple[int, ...]] = [(code,) for code in sorted(large)]
    if small and sum(sizes[code] for code in small) >= minimum:
        rows.append(tuple(sorted(small)))
    return tuple(rows) if len(rows) > 1 else ()


def is_primary(table: Counts, k: int, homogeneity: float) -> Mask:
    """Say for each row of a table (rows, columns) whether it gives somebody away by itself, (rows,).

    It does when a cell holds 1 to k - 1 people, or one column holds at least `homogeneity` of the row.
    """
    small = ((table > 0) & (table < k)).any(axis=1)
    return np.asarray(small | (table.max(axis=1) >= homogeneity * table.sum(axis=1)))


def is_block_safe(table: Counts, hidden: Mask, k: int) -> bool:
    """Say whether every hidden cell could be anything from none to at least k people.

    Columns that are empty for everybody are left out: the total row says that they are empty.
    """
    block = table[np.ix_(hidden, table.sum(axis=0) > 0)]
    rows, columns = block.sum(axis=1)[:, None], block.sum(axis=0)[None, :]
    low = np.maximum(0, rows + columns - block.sum())
    high = np.minimum(rows, columns)
    return bool(((low == 0) & (high >= k)).all())


def hide_rows(table: Counts, k: int, homogeneity: float) -> Mask:
    """Return which rows of a table (rows, columns) are hidden, (rows,).

    The primary rows, then further ones, the smallest first, until `is_block_safe`; all rows when that
    cannot be reached.
    """
    hidden = is_primary(table, k, homogeneity)
    order = np.lexsort((np.arange(len(table)), table.sum(axis=1)))
    for row in order:
        if is_block_safe(table, hidden, k):
            return hidden
        hidden[row] = True
    return np.ones(len(table), dtype=np.bool_)


def is_small_safe(table: Counts, hidden: Mask, k: int, homogeneity: float) -> bool:
    """Say whether the hidden rows of a table (rows, columns) protect what has to be protected in them.

    Every cell of 1 to k - 1 people could be none, and k or its whole row; no uniform row is proven uniform.
    Weaker than `is_block_safe`, which protects every hidden cell: for tables in which one column is so large
    that some of every row must be in it.
    """
    block = table[hidden]
    rows, columns = block.sum(axis=1)[:, None], block.sum(axis=0)[None, :]
    low = np.maximum(0, rows + columns - block.sum())
    high = np.minimum(rows, columns)
    is_told = (block > 0) & (block < k) & ((low > 0) | (high < np.minimum(k, rows)))
    is_proven = (block > 0) & (block >= homogeneity * rows) & (low >= homogeneity * rows)
    return not bool((is_told | is_proven).any())


def hide_small(table: Counts, k: int, homogeneity: float) -> Mask:
    """Return which rows of a table (rows, columns) are hidden, (rows,): `hide_rows` with `is_small_safe`."""
    hidden = is_primary(table, k, homogeneity)
    for row in np.lexsort((np.arange(len(table)), table.sum(axis=1))):
        if is_small_safe(table, hidden, k, homogeneity):
            return hidden
        hidden[row] = True
    return np.ones(len(table), dtype=np.bool_)


def is_total_safe(total: Counts, k: int, homogeneity: float) -> bool:
    """Say whether a total row (columns,) may be shown."""
    return not bool(is_primary(total[None, :], k, homogeneity)[0])
