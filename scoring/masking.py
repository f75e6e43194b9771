"""Which rows of a release's count tables are hidden, decided for all attributes of one variable together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instruments.model import NEEDS, Need
from instruments.records import TIERS, Policy
from scoring.crossing import is_crossing_safe
from scoring.disclosure import Counts, Mask, hide_rows, is_total_safe, is_whole_safe
from scoring.grouping import BREAKDOWNS, Counted
from scoring.scored import BAND_EDGE

TWO_BANDS = np.array([0, 0, 1, 1])
NEED_BANDS = ("lower", "middle", "higher")
BAND_NAMES = ("self-directed or peer-supported", "coached or intensive")


@dataclass(frozen=True, slots=True, eq=False)
class Masked:
    """One variable counted by every attribute, and which rows are hidden."""

    columns: tuple[str, ...]
    total: Counts
    tables: dict[str, Counts]
    hidden: dict[str, Mask]

    def cells(self, attribute: str) -> tuple[tuple[int | None, ...], ...]:
        """Return the counts of every row of one attribute's table, None where hidden; empty for no table."""
        if attribute not in self.tables:
            return ()
        return tuple(
            tuple(None if is_hidden else int(n) for n in row)
            for row, is_hidden in zip(self.tables[attribute], self.hidden[attribute], strict=True)
        )

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(len(mask) for mask in self.hidden.values())

    @property
    def shown(self) -> int:
        """Rows that are shown, of all tables."""
        return int(sum((~mask).sum() for mask in self.hidden.values()))


def mask_tiers(counted: Counted, policy: Policy) -> Masked | None:
    """Count the hard tiers: four columns, or two bands when fewer than half of the rows can be shown by four.

    All tables of a release have the same columns. None when not even the total may be shown.
    """
    tier = counted.people.tier
    four = mask(counted, tier, tuple(TIERS), policy)
    if (four is not None and 2 * four.shown >= four.rows) or not policy.merge_tiers:
        return four
    two = mask(counted, TWO_BANDS[tier], BAND_NAMES, policy)
    if four is None or (two is not None and two.shown > four.shown):
        return two
    return four


def mask_need(counted: Counted, need: Need, policy: Policy) -> Masked | None:
    """Count people by three bands of their posterior mean, lower, middle and higher than the reference.

    Everybody is counted, also people who left this need open: their other answers place them.
    """
    mean = counted.people.need_mean[:, NEEDS.index(need)]
    band = np.where(mean <= -BAND_EDGE, 0, np.where(mean >= BAND_EDGE, 2, 1))
    return mask(counted, band, NEED_BANDS, policy)


def mask(
    counted: Counted, column: NDArray[np.int64], columns: tuple[str, ...], policy: Policy
) -> Masked | None:
    """Count people by every attribute and `column` (n,), and decide what is hidden.

    None when the total row may not be shown, or would give a small count away even with every row hidden.
    """
    k, homogeneity = policy.thresholds.k, policy.thresholds.homogeneity
    total = np.bincount(column, minlength=len(columns))
    tables = {name: b.table(column, len(columns)) for name, b in counted.breakdowns.items()}
    if not is_total_safe(total, k, homogeneity) or not all(is_whole_safe(t, k) for t in tables.values()):
        return None
    hidden = {name: hide_rows(table, k, homogeneity) for name, table in tables.items()}
    masked = Masked(columns, total, tables, hidden)
    if len(tables) == BREAKDOWNS and not _is_crossing_safe(counted, column, masked, policy):
        last = list(tables)[1]
        hidden[last] = np.ones(len(tables[last]), dtype=np.bool_)
    return masked


def _is_crossing_safe(counted: Counted, column: NDArray[np.int64], masked: Masked, policy: Policy) -> bool:
    """Say whether the two tables tell no more together than each alone."""
    first, second = counted.breakdowns.values()
    shape = (len(first.labels), len(second.labels), len(masked.columns))
    cells = np.ravel_multi_index((first.member, second.member, column), shape)
    cube = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
    one, other = masked.hidden.values()
    return is_crossing_safe(cube, (one, other), policy.thresholds.k, policy.thresholds.homogeneity)
