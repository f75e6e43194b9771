"""One row a person, in words that enough people have alike (PRIVACY.md, "Exports for HR", record level).

A row holds what the release tells of its group anyway (the tier, in the columns of the tier table) and bands
of needs crossed with it. Where the release hides a number of a group's tiers, its people's rows say nothing
else. A need is crossed within a group for those tiers only in which no combination is rare, nobody's tier
follows from the bands, and what is left cannot be worked out from the release; then `scoring.record_system`
puts release and rows into one linear system, and the auditor decides. Two bands are taken together where
three are too fine, and two tiers where no band could be told beside four.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from instruments.model import Need
from instruments.records import Policy
from instruments.setup import MIN_RECORDS
from scoring.audit import audit
from scoring.disclosure import Counts, Mask, hide_rows, is_block_safe
from scoring.grouping import Counted
from scoring.record_rows import ANY, RECORDS, WITHHELD
from scoring.record_system import Facet, Rows, facet_of, group_of, record_system
from scoring.records import PersonRow, RecordTable
from scoring.table_records import CountTable

MIN_TIERS = 2
"""Different tiers among people of one group with the same bands."""
MOST_CELLS = 8_000
"""Cells of the linear system up to which it is audited; needs are left out until it is that small."""
MOST_GROUPS = 12
"""Groups up to which a need that is not safe in all of them is tried one by one."""
IN_ORDER: tuple[Need, ...] = ("safety", "headroom", "capability", "agility")
"""Needs are crossed in this order: what the organisation can change comes first. The same for every study."""
TITLE = "People, one row each (reduced risk)"
REFUSED = f"Fewer than {MIN_RECORDS} people count, so there is no table with a row for each person."
NOTE = (
    "At least {k} people are alike in all that a row says. “any” and “withheld” stand where saying more "
    "could tell of single people. Number and order of the rows were drawn by lot and stand for nobody."
)


def record_table(
    counted: Counted, tables: Sequence[CountTable], policy: Policy, attribute: str, chance: random.Random
) -> RecordTable:
    """Return one row for each counted person; no rows below `MIN_RECORDS` people who count.

    Parameters
    ----------
    counted, policy
        The people of the release and its rules.
    tables
        The release's tables of tiers and bands: nothing is told that they hide.
    attribute
        The one attribute of the rows, with a breakdown in the release.
    chance
        Draws numbers and order; secret in a live study.
    """
    blank = RecordTable(id=RECORDS, title=TITLE, attribute=attribute, needs=(), tiers=(), note=REFUSED)
    if counted.weight < MIN_RECORDS:
        return blank
    rows = _safe_rows(counted, tables, policy, attribute)
    tiers = (*(_in_order(rows.tier) if rows.tier else ()), WITHHELD)
    return RecordTable(
        id=blank.id,
        title=TITLE,
        attribute=attribute,
        needs=tuple(facet.need for facet in rows.facets if facet.need is not None),
        tiers=tiers,
        rows=_drawn(rows, chance),
        note=NOTE.format(k=policy.thresholds.k),
    )


def _in_order(tier: Facet) -> tuple[str, ...]:
    """Return the words for tiers from little help to much."""
    words = dict(zip(tier.words, tier.spans, strict=True))
    return tuple(sorted(words, key=lambda word: sum(words[word]) / len(words[word])))


def _safe_rows(counted: Counted, tables: Sequence[CountTable], policy: Policy, attribute: str) -> Rows:
    """Return the rows with as many bands as survive the audit."""
    labels, member = group_of(counted, attribute)
    tier = facet_of(counted, tables, attribute, None)
    silent, none = np.full(len(counted), -1), np.empty((len(counted), 0), dtype=np.int64)
    if tier is None:
        return Rows(labels, member, None, silent, (), none)
    plain = Rows(labels, member, tier, np.where(tier.shown[member], tier.column, -1), (), none)
    found = (facet_of(counted, tables, attribute, need) for need in IN_ORDER)
    facets = [facet for facet in found if facet is not None]
    rows = _broadened(plain, tier, facets, policy)
    for facet in facets:
        rows = _crossed(rows, facet, lambda more: _is_safe(counted, tables, more, policy), policy)
    is_bare = ~np.isin(member, member[(rows.bands >= 0).any(axis=1)])
    return replace(rows, tiers=np.where(is_bare, plain.tiers, rows.tiers))


def _broadened(rows: Rows, tier: Facet, facets: Sequence[Facet], policy: Policy) -> Rows:
    """Return `rows` with two tiers in the groups of which no band could be told beside all of them."""
    for group in np.flatnonzero(tier.shown):
        for way in tier.ways:
            words = np.where(rows.member == group, np.array(way)[tier.column], rows.tiers)
            made = replace(rows, tiers=words)
            if any(f.shown[group] and (_bands(made, f, int(group), policy) >= 0).any() for f in facets):
                rows = made
                break
    return rows


def _is_safe(counted: Counted, tables: Sequence[CountTable], rows: Rows, policy: Policy) -> bool:
    limits = policy.thresholds
    system, truth = record_system(counted, tables, rows, MOST_CELLS) or (None, None)
    return system is not None and audit(system, limits.k, limits.homogeneity, truth).is_safe


def _crossed(rows: Rows, facet: Facet, is_safe: Callable[[Rows], bool], policy: Policy) -> Rows:
    """Return `rows` with the bands of one more need: in all groups, or in those where it is safe."""
    has_tiers = np.bincount(rows.member, rows.tiers >= 0, len(rows.labels)) > 0
    groups = [int(group) for group in np.flatnonzero(facet.shown & has_tiers)]
    found = {group: _bands(rows, facet, group, policy) for group in groups}
    wanted = [group for group in groups if (found[group] >= 0).any()]
    everywhere = _with(rows, facet, [found[group] for group in wanted])
    if not wanted or is_safe(everywhere):
        return everywhere if wanted else rows
    kept: list[NDArray[np.int64]] = []
    for group in wanted if len(wanted) <= MOST_GROUPS else ():
        if is_safe(_with(rows, facet, [*kept, found[group]])):
            kept.append(found[group])
    return _with(rows, facet, kept) if kept else rows


def _with(rows: Rows, facet: Facet, bands: Sequence[NDArray[np.int64]]) -> Rows:
    """Return `rows` with one more need; each of `bands` (n,) tells those of one group."""
    column = np.maximum.reduce([np.full(len(rows.member), -1), *bands])
    return replace(rows, facets=(*rows.facets, facet), bands=np.column_stack([rows.bands, column]))


def _bands(rows: Rows, facet: Facet, group: int, policy: Policy) -> NDArray[np.int64]:
    """Return the word for the band of everybody in `group` that may be told, -1 for all others, (n,)."""
    people = np.flatnonzero(rows.member == group)
    alike = np.column_stack([rows.tiers[people], rows.bands[people]])
    bands = np.full(len(rows.member), -1, dtype=np.int64)
    for way in facet.ways:
        words = np.array(way)[facet.column[people]]
        told = _told(alike, words, len(facet.words), policy)
        if told.any():
            bands[people[told]] = words[told]
            break
    return bands


def _told(alike: NDArray[np.int64], column: NDArray[np.int64], columns: int, policy: Policy) -> Mask:
    """Say of which people of one group the band may be told, (n,).

    `alike` (n, told) holds tier and bands told so far, `column` (n,) the word in question.
    """
    k, homogeneity = policy.thresholds.k, policy.thresholds.homogeneity
    kinds, kind = np.unique(alike, axis=0, return_inverse=True)
    kind = kind.reshape(-1)
    table = np.zeros((len(kinds), columns), dtype=np.int64)
    np.add.at(table, (kind, column), 1)
    hidden = hide_rows(table, k, homogeneity)
    pattern = np.unique(kinds[:, 1:], axis=0, return_inverse=True)[1].reshape(-1)
    for one in np.unique(pattern):
        rows = np.flatnonzero(pattern == one)
        if _is_uniform(table[rows], hidden[rows]):
            hidden[rows] = True
    if not (is_block_safe(table, hidden, k) and _is_safe_by_tier(table, hidden, kinds[:, 0], k)):
        hidden[:] = True
    return np.asarray(~hidden[kind])


def _is_uniform(table: Counts, hidden: Mask) -> bool:
    """Say whether a tier would follow from the bands, among people with the same bands so far."""
    tiers = [*(table[~hidden] > 0).sum(axis=0), hidden.sum()]
    return any(0 < count < MIN_TIERS for count in tiers)


def _is_safe_by_tier(table: Counts, hidden: Mask, tiers: NDArray[np.int64], k: int) -> bool:
    """Say whether the hidden rows are safe when those of one tier are taken together."""
    merged = [table[hidden & (tiers == tier)].sum(axis=0) for tier in np.unique(tiers[hidden])]
    rows = np.array([*merged, table[~hidden].sum(axis=0)])
    mask = np.arange(len(rows)) < len(merged)
    return is_block_safe(rows, mask, k)


def _drawn(rows: Rows, chance: random.Random) -> tuple[PersonRow, ...]:
    """Return the rows in an order drawn by lot, from which nothing can be told: they were sorted before."""
    told = sorted(_words(rows, person) for person in range(len(rows.member)))
    chance.shuffle(told)
    numbers: dict[str, None] = {}
    while len(numbers) < len(told):
        numbers[f"r{chance.getrandbits(32):08x}"] = None
    return tuple(
        PersonRow(id=number, group=group, tier=tier, bands=bands)
        for number, (group, tier, bands) in zip(numbers, told, strict=True)
    )


def _words(rows: Rows, person: int) -> tuple[str, str, tuple[str, ...]]:
    word = rows.tiers[person]
    tier = rows.tier.words[word] if rows.tier and word >= 0 else WITHHELD
    bands = (
        facet.words[band] if band >= 0 else ANY
        for facet, band in zip(rows.facets, rows.bands[person], strict=True)
    )
    return rows.labels[rows.member[person]], tier, tuple(bands)
