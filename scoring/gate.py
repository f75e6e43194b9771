"""The gate between releases: what changed since an earlier release of the same wave must not be few people.

A release of another wave tells of other answers and passes. Two releases of one wave are one linear system:
whoever is counted in both, in the earlier only, or in the later only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from instruments.records import Policy
from instruments.setup import Attribute
from scoring.audit import Finding
from scoring.audit_rows import NOT_GIVEN
from scoring.errors import PrivacyRefused
from scoring.published import Floats, Ints, Mask
from scoring.reach import Contradiction, Knowledge, reaches
from scoring.records import Release
from scoring.table_records import CountTable

ADVICE = "Nothing was written. The earlier release stays; the next wave can be released."
STAYED, LEFT, JOINED = range(3)


def refuse_linked(release: Release, earlier: Sequence[Release], policy: Policy) -> None:
    """Raise PrivacyRefused when `release` beside an `earlier` one tells of few people who came or went."""
    found = [finding for one in earlier for finding in gate(one, release, policy)]
    names = ", ".join(dict.fromkeys(one.name for one in found))
    if found:
        raise PrivacyRefused(
            f"The release was refused: beside an earlier one it would tell of few people in: {names}.",
            ADVICE,
        )


def gate(earlier: Release, later: Release, policy: Policy) -> tuple[Finding, ...]:
    """Return the groups in which fewer than k people came or went between two releases.

    Parameters
    ----------
    earlier, later
        Two releases of the same study. Of another wave there is nothing to find.
    policy
        The frozen rules; both releases were made by them.

    Returns
    -------
    tuple of Finding
        Everybody, when 1 to k - 1 people joined or left, with every group whose numbers changed; groups whose
        size changed by 1 to k - 1; and groups for which both releases prove that 1 to k - 1 joined or left.
    """
    if (earlier.header.study, earlier.header.wave) != (later.header.study, later.header.wave):
        return ()
    before, after = set(earlier.header.counted_hashes), set(later.header.counted_hashes)
    k = policy.thresholds.k
    moved = (len(before - after), len(after - before))
    found: list[str] = []
    if any(0 < count < k for count in moved) or (not any(moved) and _tables(earlier) != _tables(later)):
        found += ["Everybody", *_changed(earlier, later)]
    found += _resized(earlier, later, k)
    if not found and any(moved):
        found += _proven(earlier, later, policy, moved)
    return tuple(Finding(name=name, reason="moved") for name in dict.fromkeys(found))


def _tables(release: Release) -> object:
    return release.counts, release.hours, release.minutes, release.shares, release.sums, release.workflows


def _pairs(earlier: Release, later: Release) -> Iterator[tuple[CountTable, CountTable]]:
    after = {table.id: table for table in later.counts}
    for table in earlier.counts:
        if table.id in after:
            yield table, after[table.id]


def _changed(earlier: Release, later: Release) -> Iterator[str]:
    """Yield the groups about which any number is another one."""
    for one, other in _pairs(earlier, later):
        before = {row.group: row for row in one.rows}
        yield from (row.group for row in other.rows if before.get(row.group) != row)


def _resized(earlier: Release, later: Release, k: int) -> Iterator[str]:
    """Yield the groups that grew or shrank by fewer than k people."""
    for one, other in _pairs(earlier, later):
        rows = [*one.rows, one.total] if one.total else list(one.rows)
        before = {row.group: row.respondents for row in rows}
        for row in [*other.rows, other.total] if other.total else other.rows:
            if 0 < abs(row.respondents - before.get(row.group, row.respondents)) < k:
                yield row.group


@dataclass(slots=True)
class _Moves:
    """What two releases tell about people who stayed, left and joined: cells are categories x columns x 3."""

    categories: tuple[str, ...]
    columns: int
    lines: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    aims: list[Floats] = field(default_factory=list)

    def line(self, rows: Mask, columns: Sequence[int], layers: Sequence[int]) -> Floats:
        """Return which cells a number is the sum of; `rows` are (categories,)."""
        cells = np.zeros((len(self.categories), self.columns, 3))
        cells[np.ix_(np.flatnonzero(rows), np.array(columns), np.array(layers))] = 1
        return cells.reshape(-1)

    def tell(self, table: CountTable, layers: Sequence[int]) -> None:
        """Learn what one release shows."""
        alone = {row.group for row in table.rows} & set(self.categories)
        for row in [*table.rows, *([table.total] if table.total else [])]:
            rows = np.array([name == row.group for name in self.categories])
            if row is table.total:
                rows[:] = True
            elif not rows.any():
                rows = np.array([name not in alone for name in self.categories])
            self._learn(self.line(rows, range(self.columns), layers), row.respondents)
            for column, cell in enumerate(row.cells):
                if cell is not None:
                    self._learn(self.line(rows, [column], layers), cell)
            for moved in (LEFT, JOINED):
                self.names.append(row.group)
                self.aims.append(self.line(rows, range(self.columns), [moved]))
                for column in range(self.columns):
                    self.names.append(row.group)
                    self.aims.append(self.line(rows, [column], [moved]))

    def moved(self, left: int, joined: int) -> None:
        """Learn how many left and joined in all: the lists of counted submissions tell it."""
        everybody = np.ones(len(self.categories), dtype=np.bool_)
        self._learn(self.line(everybody, range(self.columns), [LEFT]), left)
        self._learn(self.line(everybody, range(self.columns), [JOINED]), joined)

    def _learn(self, line: Floats, value: int) -> None:
        self.lines.append(line)
        self.low.append(float(value))

    def proven(self, k: int) -> list[str]:
        """Return the rows in which 1 to k - 1 people are proven to have moved."""
        if not self.aims:
            return []
        values = np.array(self.low)
        knowledge = Knowledge(csr_array(np.stack(self.lines)), values, values)
        aims = np.stack(self.aims)
        try:
            none = reaches(knowledge, csr_array(aims), np.zeros(len(aims)))
            many = reaches(knowledge, csr_array(-aims), np.full(len(aims), -float(k)))
        except Contradiction:
            return ["Everybody"]
        told: Ints = np.flatnonzero(~(none | many))
        return [self.names[place] for place in told]


def _proven(earlier: Release, later: Release, policy: Policy, moved: tuple[int, int]) -> Iterator[str]:
    """Yield groups for which both releases together prove that few people left or joined."""
    attributes = {attribute.id: attribute for attribute in policy.attributes}
    for one, other in _pairs(earlier, later):
        if one.columns != other.columns:
            yield "Everybody"
            continue
        asked = attributes.get(one.attribute)
        moves = _Moves(_categories(asked), max(1, len(one.columns)))
        moves.tell(one, (STAYED, LEFT))
        moves.tell(other, (STAYED, JOINED))
        moves.moved(*moved)
        yield from moves.proven(policy.thresholds.k)


def _categories(attribute: Attribute | None) -> tuple[str, ...]:
    labels = [category.label for category in attribute.categories] if attribute else []
    return (*labels, NOT_GIVEN)
