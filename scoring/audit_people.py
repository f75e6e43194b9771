"""The audit of a table with one row a person, beside the tables of the same release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from instruments.records import Policy
from instruments.setup import MIN_RECORDS
from scoring.audit import Finding
from scoring.audit_rows import Truth
from scoring.loads import EVERYBODY
from scoring.record_rows import ANY, WITHHELD
from scoring.records import RecordTable, Release


def audit_people(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield rows that fewer than k people have alike, and words that the release hides of their group.

    A tier needs the whole row of its group in the table of tiers, a band that in the need's table. What rows
    and tables tell together is audited where the rows are made (`scoring.record_file`).
    """
    for table in release.records:
        if not table.rows:
            continue
        if len(table.rows) != len(truth):
            yield Finding(table=table.title, name="the number of rows", reason="wrong")
        if len(truth) < MIN_RECORDS:
            yield Finding(table=table.title, name="the whole table", reason="few")
        alike = Counter((row.group, row.tier, row.bands) for row in table.rows)
        for (group, _, _), people in alike.items():
            if people < policy.thresholds.k:
                yield Finding(table=table.title, name=group, reason="few")
        yield from _groups(table, truth, policy)
        yield from _hidden(release, table)


def _groups(table: RecordTable, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield groups that have more or fewer rows than people."""
    names = list(dict.fromkeys(row.group for row in table.rows))
    if names == [EVERYBODY]:
        return
    sizes = np.bincount(truth.members(names, table.attribute, policy), minlength=len(names))
    rows = Counter(row.group for row in table.rows)
    for name, size in zip(names, sizes, strict=True):
        if rows[name] != size:
            yield Finding(table=table.title, name=name, reason="wrong")


def _hidden(release: Release, table: RecordTable) -> Iterator[Finding]:
    """Yield groups whose rows tell what the release hides of them."""
    whole = {need: _whole(release, table.attribute, need) for need in (None, *table.needs)}
    for row in dict.fromkeys((one.group, one.tier, one.bands) for one in table.rows):
        group, tier, bands = row
        told = [None] if tier != WITHHELD else []
        needs = [*told, *(need for need, band in zip(table.needs, bands, strict=True) if band != ANY)]
        if any(group not in whole[need] for need in needs):
            yield Finding(table=table.title, name=group, reason="derived")


def _whole(release: Release, attribute: str, need: str | None) -> frozenset[str]:
    """Return the groups of whose row of tiers (None) or bands nothing is hidden."""
    kind = "tiers" if need is None else "need-bands"
    tables = [t for t in release.counts if (t.kind, t.need, t.attribute) == (kind, need, attribute)]
    rows = [row for t in tables for row in (*t.rows, *([t.total] if t.total else []))]
    return frozenset(row.group for row in rows if None not in row.cells)
