"""The audit of all tables of counts of a release: one linear system for each thing that is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from instruments.model import NEEDS
from instruments.records import Policy
from instruments.tasks.model import FAULT_KINDS
from scoring.audit import EDGE, Finding, audit
from scoring.audit_rows import DoesNotFit, Truth
from scoring.loads import STEP
from scoring.masking import DAY_CUTS, HIGHER_OR_NOT, LOWER_OR_NOT, MANY_DAYS, THREE_BANDS, TIER_CUTS, Cut
from scoring.published import Floats, Ints, Mask, groups_of, publish
from scoring.records import Release
from scoring.scored import BAND_EDGE
from scoring.table_records import CountRow, CountTable
from scoring.work import NOT_GIVEN as NOT_ASKED
from scoring.work_records import FaultTable

NEED_CUTS = (THREE_BANDS, LOWER_OR_NOT, HIGHER_OR_NOT)


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One thing that is counted, by one attribute or more, for some people of the release."""

    title: str
    columns: tuple[str, ...]
    column: Ints
    """(n,) column of each person."""
    labels: tuple[tuple[str, ...], ...]
    """Rows of each attribute."""
    members: tuple[Ints, ...]
    """(n,) row of each person, by attribute."""
    total: Floats
    """(columns,) as shown, NaN where hidden."""
    tables: tuple[Floats, ...]
    """(rows, columns) as shown, NaN where hidden, by attribute."""

    def findings(self, k: int, homogeneity: float) -> tuple[Finding, ...]:
        """Return what gives people away."""
        groups = groups_of(self.members, self.labels)
        published = publish(groups, self.columns, self.total, self.tables)
        _, place = np.unique(np.stack(self.members), axis=1, return_inverse=True)
        width = len(self.columns)
        cells = place.reshape(-1) * width + self.column
        truth = np.bincount(cells, minlength=width * len(groups.sizes)).astype(np.float64)
        found = audit(published, k, homogeneity, truth).findings
        return tuple(msgspec.structs.replace(one, table=self.title) for one in found)


def audit_counts(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield what the tables of counts give away, together; `truth` says which numbers are secret."""
    limits = policy.thresholds
    for table in release.counts:
        yield from _sizes(table, truth, policy)
    kinds = dict.fromkeys((table.kind, table.need) for table in release.counts if table.kind != "response")
    for kind in kinds:
        tables = [table for table in release.counts if (table.kind, table.need) == kind]
        k = max(limits.k, limits.k_detail) if kind[0] == "tool-days" else limits.k
        yield from _variable(tables, truth, policy).findings(k, limits.homogeneity)
    for faults in release.faults:
        for variable in _faults(faults, truth, policy):
            yield from variable.findings(max(limits.k, limits.k_detail), limits.homogeneity)


def _sizes(table: CountTable, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield rows that are too small, or that tell of other people than were counted."""
    limits = policy.thresholds
    if table.total is not None and table.total.respondents != len(truth):
        yield Finding(table=table.title, name=table.total.group, reason="wrong")
    if not table.rows:
        return
    member = truth.members([row.group for row in table.rows], table.attribute, policy)
    sizes = np.bincount(member, minlength=len(table.rows))
    for row, size in zip(table.rows, sizes, strict=True):
        if row.respondents != size:
            yield Finding(table=table.title, name=row.group, reason="wrong")
        if size < max(2 * limits.k, 10):
            yield Finding(table=table.title, name=row.group, reason="shown")


def _variable(tables: Sequence[CountTable], truth: Truth, policy: Policy) -> Variable:
    """Return all tables of one thing as one variable; without rows, everybody is the one group."""
    first = tables[0]
    if any(table.columns != first.columns for table in tables):
        raise DoesNotFit(f"The tables of {first.title} have different columns.")
    columns, column = _columns(first, truth)
    by_group = [table for table in tables if table.rows]
    total = next((table.total for table in tables if table.total is not None), None)
    everybody = _shown([total], len(columns)) if total else np.full((1, len(columns)), np.nan)
    labels = [tuple(row.group for row in table.rows) for table in by_group]
    members = [
        truth.members(names, table.attribute, policy) for names, table in zip(labels, by_group, strict=True)
    ]
    shown = [_shown(table.rows, len(columns)) for table in by_group]
    return Variable(
        title=first.title,
        columns=columns,
        column=column,
        labels=tuple(labels) or (("All people",),),
        members=tuple(members) or (np.zeros(len(truth), dtype=np.int64),),
        total=everybody[0],
        tables=tuple(shown) or (everybody,),
    )


def _shown(rows: Sequence[CountRow], columns: int) -> Floats:
    """Return the counts of `rows`, NaN where hidden."""
    cells = [[np.nan if cell is None else float(cell) for cell in row.cells] for row in rows]
    return np.array(cells, dtype=np.float64).reshape(len(rows), columns)


def _columns(table: CountTable, truth: Truth) -> tuple[tuple[str, ...], Ints]:
    """Return the columns that `table` has, and each person's, (n,)."""
    cuts: tuple[Cut, ...] = TIER_CUTS
    base = np.argmax(truth.people.tier_probabilities, axis=1)
    if table.kind == "need-bands":
        mean = truth.people.need_mean[:, NEEDS.index(table.need or "safety")]
        cuts, base = NEED_CUTS, (mean > -BAND_EDGE).astype(np.int64) + (mean >= BAND_EDGE)
    elif table.kind == "tool-days":
        days = np.zeros(len(truth)) if truth.work is None or truth.work.days is None else truth.work.days
        used = np.nan_to_num(days)
        cuts, base = DAY_CUTS, (used >= 1).astype(np.int64) + (used >= MANY_DAYS)
    cut = next((one for one in cuts if one.names == table.columns), None)
    if cut is None:
        raise DoesNotFit(f"The columns of {table.title} are not known.")
    return cut.names, np.asarray(np.array(cut.band)[base], dtype=np.int64)


def _faults(table: FaultTable, truth: Truth, policy: Policy) -> Iterator[Variable]:
    """Yield found and not found by group for each kind of fault, as if percentages were not rounded."""
    if truth.work is None or truth.work.faults is None or table.columns != FAULT_KINDS:
        raise DoesNotFit(f"{table.title} tells of answers that are not there.")
    given = (truth.work.faults != NOT_ASKED).any(axis=1)
    if not given.any():
        return
    labels = tuple(row.group for row in table.rows)
    member = truth.members(labels, table.attribute, policy)[given] if labels else np.zeros(given.sum(), int)
    for kind, name in enumerate(FAULT_KINDS):
        missed = 1 - truth.work.faults[given, kind]
        lines = [row.cells[kind] for row in (*table.rows, table.total)]
        counts = np.zeros((max(1, len(labels)), 2))
        np.add.at(counts, (member, missed), 1)
        exact = _unrounded(np.vstack([counts[: len(labels)], counts.sum(axis=0)]), lines)
        yield Variable(
            title=table.title,
            columns=(f"{name} found", f"{name} not found"),
            column=missed,
            labels=(labels or ("All people",),),
            members=(member,),
            total=exact[-1],
            tables=(exact[:-1] if labels else exact,),
        )


def _unrounded(counts: Floats, shown: Sequence[int | None]) -> Floats:
    """Return `counts` (rows, 2) where a percentage is shown; NaN where none is."""
    hidden: Mask = np.array([value is None for value in shown])
    sizes = np.maximum(1, counts.sum(axis=1))
    per_cent = np.array([np.nan if value is None else float(value) for value in shown])
    if (np.abs(per_cent - 100 * counts[:, 0] / sizes) > STEP / 2 + EDGE).any():
        raise DoesNotFit("A percentage of faults found is not what was counted.")
    return np.where(hidden[:, None], np.nan, counts)
