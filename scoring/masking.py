"""Which counts of a release are hidden, decided for all attributes of one variable together.

All tables of a variable are one linear system, of which `scoring.suppression` hides as little as it can. The
attacker is taken to know how many respondents every group has, and every two groups together. Tables of
*different variables* (tiers, bands of a need) share nothing but those sizes, so that they tell no more
together than each alone. All tables of one variable have the same columns, so that no four-column table can
be read against a two-column one.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import msgspec
import numpy as np
from numpy.typing import NDArray

from instruments.model import NEEDS, Need
from instruments.records import TIERS, Policy
from scoring.disclosure import Counts, Mask, is_primary, is_total_safe
from scoring.grouping import Counted
from scoring.published import Floats, Groups, groups_of, publish
from scoring.scored import BAND_EDGE, Scored
from scoring.suppression import suppress


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
    """One variable counted by every attribute, and which counts are hidden, both (rows, columns)."""

    columns: tuple[str, ...]
    total: Counts
    tables: dict[str, Counts]
    hidden: dict[str, Mask]

    def cells(self, attribute: str) -> tuple[tuple[int | None, ...], ...]:
        """Return the counts of every row of one attribute's table, None where hidden; empty for no table."""
        if attribute not in self.tables:
            return ()
        return tuple(
            tuple(None if is_hidden else int(n) for n, is_hidden in zip(*row, strict=True))
            for row in zip(self.tables[attribute], self.hidden[attribute], strict=True)
        )

    def hidden_rows(self, attribute: str) -> Mask | None:
        """Return which rows of one attribute's table have a hidden count, None for no table."""
        return np.asarray(self.hidden[attribute].any(axis=1)) if attribute in self.hidden else None

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(len(mask) for mask in self.hidden.values())

    @property
    def shown(self) -> int:
        """Rows of which every count is shown, of all tables."""
        return int(sum((~mask.any(axis=1)).sum() for mask in self.hidden.values()))


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

    Columns are merged before counts are hidden: a row of two bands tells more than a row with holes. Cuts
    that have too many rows with small counts are tried last, if at all.
    """
    tried: dict[Cut, Masked | None] = {}
    whole = {cut: _most_shown(counted, np.array(cut.band)[column], policy) for cut in cuts}
    usable = cuts if policy.merge_tiers else cuts[:1]
    rows = sum(len(b.labels) for b in counted.breakdowns.values())
    for cut in (cut for cut in usable if whole[cut] >= ENOUGH_SHOWN * rows):
        tried[cut] = masked = mask(counted, np.array(cut.band)[column], cut.names, policy)
        if masked is not None and masked.shown >= ENOUGH_SHOWN * rows:
            return masked
    best: Masked | None = None
    for cut in usable:
        if best is None or whole[cut] > best.shown:
            masked = (
                tried[cut] if cut in tried else mask(counted, np.array(cut.band)[column], cut.names, policy)
            )
            if best is None or (masked is not None and masked.shown > best.shown):
                best = masked
    return best


def _most_shown(counted: Counted, column: NDArray[np.int64], policy: Policy) -> int:
    """Return how many rows of all tables give nobody away by themselves."""
    k, homogeneity = policy.thresholds.k, policy.thresholds.homogeneity
    tables = [b.table(column, int(column.max()) + 1) for b in counted.breakdowns.values()]
    return int(sum((~is_primary(table, k, homogeneity)).sum() for table in tables))


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

    None when the total row may not be shown, or would give a small count away even with all else hidden.
    Where two attributes can only be protected by hiding everything, the first may still be shown alone.
    """
    limits = policy.thresholds
    total = np.bincount(column, minlength=len(columns))
    tables = {name: b.table(column, len(columns)) for name, b in counted.breakdowns.items()}
    if not is_total_safe(total, limits.k, limits.homogeneity):
        return None
    if not tables:
        return Masked(columns, total, tables, {})
    system = _System(counted, column, total, tuple(tables.values()))
    hidden = system.hide(policy, len(tables))
    if len(tables) > 1 and (hidden is None or all(mask[:, total > 0].all() for mask in hidden)):
        hidden = system.hide(policy, 1) or hidden
    return None if hidden is None else Masked(columns, total, tables, dict(zip(tables, hidden, strict=True)))


class _System:
    """The tables of one variable as one linear system."""

    def __init__(
        self, counted: Counted, column: NDArray[np.int64], total: Counts, tables: tuple[Counts, ...]
    ) -> None:
        breakdowns = list(counted.breakdowns.values())
        members = np.stack([b.member for b in breakdowns])
        self._groups = groups_of(list(members), [b.labels for b in breakdowns])
        self._cells = _base_cells(self._groups, members, column, len(total))
        self._total = total
        self._tables = tables
        self._people = counted.people

    def hide(self, policy: Policy, attributes: int) -> tuple[Mask, ...] | None:
        """Return what is hidden of each table when the first `attributes` are published, None if it fails."""
        shown = [
            table.astype(np.float64) if place < attributes else np.full(table.shape, np.nan)
            for place, table in enumerate(self._tables)
        ]
        columns = [str(number) for number in range(len(self._total))]
        system = publish(self._groups, columns, self._total.astype(np.float64), shown)
        kept = np.tile(self._total == 0, len(system.sizes)) | (system.rows == 0)
        hidden = suppress(system, self._cells, kept, policy.thresholds, secret_of(self._people))
        if hidden is None:
            return None
        parts, end = [], len(self._total)
        for table in self._tables:
            begin, end = end, end + table.size
            parts.append((hidden | system.hidden)[begin:end].reshape(table.shape))
        return tuple(parts)


def _base_cells(
    groups: Groups, members: NDArray[np.int64], column: NDArray[np.int64], columns: int
) -> Counts:
    """Return people by combination of groups and column, (combinations * columns,)."""
    _, place = np.unique(np.concatenate([groups.rows, members], axis=1), axis=1, return_inverse=True)
    mine = place[groups.rows.shape[1] :]
    return np.bincount(mine * columns + column, minlength=len(groups.sizes) * columns)


def secret_of(people: Scored) -> np.random.Generator:
    """Return random numbers that only who knows everybody's answers could repeat, in whatever order they are.

    The same answers make the same release again.
    """
    needs: Floats = np.sort(np.round(people.need_mean, 6) + 0.0, axis=0)  # -0.0 and 0.0 are one number
    return np.random.default_rng(list(sha256(needs.tobytes()).digest()))
