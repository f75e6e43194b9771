"""An attacker who reads hours beside hidden tiers: rounded sums bound who is in which tier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from scoring.masking import TIER_CUTS
from scoring.records import Release
from scoring.scored import Scored
from scoring.table_records import CountTable, HoursTable
from tests.scoring.test_release import (
    Groups,
    codes_of,
    columns_of,
    hours_of,
    organisation,
    release_of,
    table_of,
)

HALF_A_STEP = 2.5
"""Released hours are rounded to 5."""
NAMES = ("department", "site")
Floats = NDArray[np.float64]


@dataclass
class Reader:
    """Knows who is in which department and site, and the least and most hours of anybody in each tier.

    Unknown are, by pair of groups and tier, the people and the hours of these people: (2 x cells,).
    """

    tables: tuple[CountTable, CountTable]
    hours: tuple[HoursTable, HoursTable]
    scored: Scored
    groups: Groups

    def __post_init__(self) -> None:
        members = [codes_of(table, self.groups[table.attribute]) for table in self.tables]
        column = columns_of(self.tables[0], self.scored)
        self.shape = (*(len(table.rows) for table in self.tables), len(self.tables[0].columns))
        self.numbers = np.arange(int(np.prod(self.shape))).reshape(self.shape)
        where = np.ravel_multi_index((*members, column), self.shape)
        self.true = np.bincount(where, minlength=self.numbers.size).astype(float)
        self.own = np.bincount(where, weights=self.scored.hours, minlength=self.numbers.size)
        self.equal: list[tuple[Floats, float]] = []
        self.most: list[tuple[Floats, float]] = []
        self._learn_counts()
        self._learn_range_of_each_tier(column)

    def line(self, cells: NDArray[np.int64], *, of_hours: bool = False) -> Floats:
        line = np.zeros(2 * self.numbers.size)
        line[cells.reshape(-1) + (self.numbers.size if of_hours else 0)] = 1.0
        return line

    def _learn_counts(self) -> None:
        for pair in np.ndindex(*self.shape[:2]):
            self.equal.append((self.line(self.numbers[pair]), self.true[self.numbers[pair]].sum()))
        for axis, table in enumerate(self.tables):
            assert table.total is not None
            for row, told in [*enumerate(table.rows), (None, table.total)]:
                slab = self.numbers if row is None else np.take(self.numbers, [row], axis=axis)
                for column, count in enumerate(told.cells):
                    if count is not None:
                        self.equal.append((self.line(slab[:, :, column]), count))

    def _learn_range_of_each_tier(self, column: NDArray[np.int64]) -> None:
        for number in range(self.numbers.size):
            tier = number % self.shape[2]
            own = self.scored.hours[column == tier]
            people, hours = self.line(np.array([number])), self.line(np.array([number]), of_hours=True)
            if own.size:
                self.most += [(own.min() * people - hours, 0.0), (hours - own.max() * people, 0.0)]

    def learn_hours(self, *, hidden_too: bool = False) -> None:
        """Learn the rounded hours of every row that is shown; of hidden ones too, as a control."""
        for axis, table in enumerate(self.hours):
            for row, told in [*enumerate(table.rows), (None, table.total)]:
                slab = self.numbers if row is None else np.take(self.numbers, [row], axis=axis)
                hours = told.hours
                if hours is None and hidden_too:
                    hours = round(self.own[slab].sum())
                if hours is not None:
                    line = self.line(slab, of_hours=True)
                    half = HALF_A_STEP if told.hours is not None else 0.5
                    self.most += [(line, hours + half), (-line, half - hours)]

    def bounds(self, cells: NDArray[np.int64]) -> tuple[float, float]:
        """Return the fewest and the most people that can be in these cells."""
        known = {
            "A_eq": np.stack([line for line, _ in self.equal]),
            "b_eq": [value for _, value in self.equal],
            "A_ub": np.stack([line for line, _ in self.most]),
            "b_ub": [value + 1e-9 for _, value in self.most],
        }
        low, high = (linprog(sign * self.line(cells), **known, bounds=(0, None)) for sign in (1, -1))
        assert low.status == high.status == 0
        return float(low.fun), float(-high.fun)

    def small(self) -> list[NDArray[np.int64]]:
        """Return the cells of every hidden number of 1 to 4 people."""
        found = []
        for axis, table in enumerate(self.tables):
            for row, told in enumerate(table.rows):
                for column, count in enumerate(told.cells):
                    cells = np.take(self.numbers, row, axis=axis)[:, column]
                    if count is None and 0 < self.true[cells].sum() < 5:
                        found.append(cells)
        return found


def reader_of(seed: int, people: int, *, nested: bool) -> Reader | None:
    """Return the reader of one company's release; None where no tiers are told by both attributes."""
    scored, groups, rules = organisation(seed, people, nested=nested)
    release: Release = release_of(scored, groups, rules)
    one, other = (table_of(release, f"tiers-{name}") for name in NAMES)
    if not one.rows or not other.rows or one.total is None or len(one.columns) < 2:
        return None
    assert one.columns in {cut.names for cut in TIER_CUTS}
    return Reader((one, other), (hours_of(release, "department"), hours_of(release, "site")), scored, groups)


def worked_out(reader: Reader) -> int:
    """Return how many small counts do not reach from nobody to k."""
    bounds = [reader.bounds(cells) for cells in reader.small()]
    return sum(low > 1e-6 or high < 5 - 1e-6 for low, high in bounds)


def attack(releases: int) -> tuple[int, int, int]:
    """Return how many small counts there are, are worked out, and would be if all hours were told."""
    small = found = control = 0
    for seed in range(releases):
        reader = reader_of(seed, (70, 90, 120, 180, 240)[seed % 5], nested=seed % 2 == 0)
        if reader is None:
            continue
        reader.learn_hours()
        small, found = small + len(reader.small()), found + worked_out(reader)
        reader.learn_hours(hidden_too=True)
        control += worked_out(reader)
    return small, found, control


def test_hours_beside_hidden_tiers_give_no_small_count_away() -> None:
    small, found, _ = attack(2)
    assert found == 0
    assert small > 1


@pytest.mark.slow
def test_hours_beside_hidden_tiers_of_50_releases_give_no_small_count_away() -> None:
    """Nested and crossing groups of 70 to 240 people; the control: hours of hidden rows would tell some."""
    small, found, control = attack(50)
    assert found == 0
    assert small > 30
    assert control > 0
