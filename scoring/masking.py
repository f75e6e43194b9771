"""Which rows of a release's count tables are hidden, decided for all attributes of one variable together."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from instruments.model import NEEDS, Need
from instruments.records import TIERS, Policy
from scoring.crossing import is_crossing_safe
from scoring.disclosure import Counts, Mask, hide_rows, is_total_safe, is_whole_safe
from scoring.grouping import BREAKDOWNS, Counted
from scoring.scored import BAND_EDGE


@dataclass(frozen=True, slots=True)
class Cut:
    """How tiers or bands are put together to columns."""

    names: tuple[str, ...]
    band: tuple[int, ...]
    """The column of each tier or band."""


FOUR_TIERS = Cut(TIERS, (0, 1, 2, 3))
THREE_TIERS = Cut(("self-directed", "peer-supported", "coached or intensive"), (0, 1, 2, 2))
TWO_TIERS = Cut(("self-directed or peer-supported", "coached or intensive"), (0, 0, 1, 1))
ALONE_OR_NOT = Cut(("self-directed", "with support"), (0, 1, 1, 1))
TIER_CUTS = (FOUR_TIERS, THREE_TIERS, TWO_TIERS, ALONE_OR_NOT)
THREE_BANDS = Cut(("lower", "middle", "higher"), (0, 1, 2))
LOWER_OR_NOT = Cut(("lower", "middle or higher"), (0, 1, 1))
HIGHER_OR_NOT = Cut(("lower or middle", "higher"), (0, 0, 1))
MANY_DAYS = 4
"""Days of ten from which on a tool is used often: ours."""
THREE_DAYS = Cut(("none or no answer", "1 to 3 days", "4 to 10 days"), (0, 1, 2))
SOME_OR_NOT = Cut(("none or no answer", "1 day or more"), (0, 1, 1))
OFTEN_OR_NOT = Cut(("up to 3 days or no answer", "4 to 10 days"), (0, 0, 1))
DAY_CUTS = (THREE_DAYS, SOME_OR_NOT, OFTEN_OR_NOT)
ENOUGH_SHOWN = 0.75
"""Share of all rows from which on a table is not merged any further: ours."""


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
    """Count the most probable tiers in four columns, or in bands of them; None when no total may be shown.

    All tables of a release have the same columns. Everybody is counted, also people who answered too little
    to be told a tier.
    """
    return _first_good(counted, np.argmax(counted.people.tier_probabilities, axis=1), TIER_CUTS, policy)


def mask_need(counted: Counted, need: Need, policy: Policy) -> Masked | None:
    """Count people by bands of their posterior mean, against the reference; None as for tiers.

    Everybody is counted, also people who left this need open: their other answers place them.
    """
    mean = counted.people.need_mean[:, NEEDS.index(need)]
    band = np.where(mean <= -BAND_EDGE, 0, np.where(mean >= BAND_EDGE, 2, 1))
    return _first_good(counted, band, (THREE_BANDS, LOWER_OR_NOT, HIGHER_OR_NOT), policy)


def _first_good(
    counted: Counted, column: NDArray[np.int64], cuts: tuple[Cut, ...], policy: Policy
) -> Masked | None:
    """Return the first cut by which `ENOUGH_SHOWN` of the rows can be shown, else the one that shows most.

    Columns are merged before rows are hidden: a row of two bands tells more than a hidden row of four.
    """
    best: Masked | None = None
    for cut in cuts if policy.merge_tiers else cuts[:1]:
        masked = mask(counted, np.array(cut.band)[column], cut.names, policy)
        if masked is not None and masked.shown >= ENOUGH_SHOWN * masked.rows:
            return masked
        if best is None or (masked is not None and masked.shown > best.shown):
            best = masked
    return best


def mask_days(counted: Counted, days: NDArray[np.float64], policy: Policy) -> Masked | None:
    """Count people by days with an AI tool (n,); who gave none counts with those who used none.

    An item's distribution: `k_detail` takes the place of k.
    """
    band = np.where(np.isnan(days), 0, np.where(days >= MANY_DAYS, 2, np.where(days >= 1, 1, 0)))
    limits = policy.thresholds
    detailed = msgspec.structs.replace(
        policy, thresholds=msgspec.structs.replace(limits, k=max(limits.k, limits.k_detail))
    )
    return _first_good(counted, band, DAY_CUTS, detailed)


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
