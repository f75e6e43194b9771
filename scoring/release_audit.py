"""The last look at a finished release: whatever gives somebody away stops it before it is written.

It reads the release as it would be published, and the answers only to know what is secret.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from instruments.records import Policy
from scoring.audit import Finding
from scoring.audit_counts import audit_counts
from scoring.audit_people import audit_people
from scoring.audit_rows import DoesNotFit, Truth
from scoring.audit_sums import audit_help, audit_hours, audit_workflows
from scoring.errors import PrivacyRefused
from scoring.loads import EVERYBODY
from scoring.published import Floats
from scoring.records import Release
from scoring.table_records import CountTable, HoursTable, MinutesRow, MinutesTable
from scoring.work import LOAD_SCALE
from scoring.work_records import FaultTable, LoadTable

ADVICE = (
    "Nothing was written, and what people handed in lies sealed as before. This is a fault of careload, not "
    "yours: report it, and close the wave again with a version that mends it."
)


def refuse_unsafe(release: Release, truth: Truth, policy: Policy) -> None:
    """Raise PrivacyRefused when `release` gives somebody away; the message names tables, and no number."""
    findings = audit_release(release, truth, policy)
    tables = ", ".join(dict.fromkeys(f"“{one.table or one.name}”" for one in findings))
    if findings:
        raise PrivacyRefused(f"The release was refused: people could be told from {tables}.", ADVICE)


def audit_release(release: Release, truth: Truth, policy: Policy) -> tuple[Finding, ...]:
    """Return everything in `release` that gives people away.

    Parameters
    ----------
    release
        As it would be written.
    truth
        What it was made from: the people counted, one by one.
    policy
        The rules that were frozen.
    """
    few = tuple(_few(release, truth, policy))
    if few:
        return few
    try:
        return (
            *audit_counts(release, truth, policy),
            *audit_hours(release, truth, policy),
            *audit_help(release, truth, policy),
            *audit_workflows(release, truth, policy),
            *_quartiles(release, truth, policy),
            *_shares(release, truth, policy),
            *_climate(release),
            *audit_people(release, truth, policy),
        )
    except DoesNotFit as error:
        return (Finding(name=error.message.rstrip("."), reason="unfit"),)


def _few(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield tables and rows that so few people do not allow."""
    limits, header = policy.thresholds, release.header
    imported = header.imported - header.imported_left_out
    weight = len(truth) if imported >= len(truth) else len(truth) - imported
    weight -= header.requests
    if weight < limits.minimum_people:
        if _has_tables(release) or header.counted is not None or header.counted_hashes:
            yield Finding(name="everything but one sentence", reason="few")
        return
    if weight < limits.minimum_breakdown:
        tables: tuple[CountTable | HoursTable | MinutesTable | LoadTable | FaultTable, ...]
        tables = (*release.counts, *release.hours, *release.minutes, *release.loads, *release.faults)
        rows = [(table.title, len(table.rows)) for table in tables]
        rows += [(t.title, len(t.rows)) for t in release.sums if t.total is not None]
        rows += [(t.title, sum(r.group != EVERYBODY for r in t.rows)) for t in release.workflows]
        for title in dict.fromkeys(title for title, count in rows if count):
            yield Finding(table=title, name="the groups", reason="few")


def _has_tables(release: Release) -> bool:
    by_group = (*release.counts, *release.hours, *release.minutes, *release.sums, *release.loads)
    others = (*release.faults, *release.shares, *release.workflows, *release.reviewing, *release.quality)
    return bool(by_group or others or release.basis)


def _quartiles(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield quartiles of too few people, or of people who nearly all said the same."""
    people = truth.people
    for table in release.minutes:
        yield from _by_group(table, truth.minutes, truth, policy)
    for load in release.loads:
        if LOAD_SCALE in people.scales:
            yield from _by_group(load, people.scale_scores[:, people.scales.index(LOAD_SCALE)], truth, policy)
        for row in load.parts:
            values = truth.work.load[row.group] if truth.work else np.zeros(0)
            yield from _quartile(load.title, row, values, policy)


def _by_group(
    table: MinutesTable | LoadTable, values: Floats, truth: Truth, policy: Policy
) -> Iterator[Finding]:
    yield from _quartile(table.title, table.total, values, policy)
    if table.rows:
        member = truth.members([row.group for row in table.rows], table.attribute, policy)
        for place, row in enumerate(table.rows):
            yield from _quartile(table.title, row, values[member == place], policy)


def _quartile(title: str, row: MinutesRow, values: Floats, policy: Policy) -> Iterator[Finding]:
    if (row.lower, row.median, row.upper) == (None, None, None):
        return
    given = values[~np.isnan(values)]
    commonest = np.unique(given, return_counts=True)[1].max(initial=0)
    if len(given) < policy.thresholds.k_detail or commonest >= policy.thresholds.homogeneity * len(given):
        yield Finding(table=title, name=row.group, reason="few")


def _shares(release: Release, truth: Truth, policy: Policy) -> Iterator[Finding]:
    """Yield answers of a list that few people chose, or nearly all."""
    limits = policy.thresholds
    for table in release.shares:
        people = [row.people for row in table.rows]
        if people and sum(people) != len(truth):
            yield Finding(table=table.title, name="the answers", reason="wrong")
        for row in table.rows:
            if row.people < limits.k_detail or row.people >= limits.homogeneity * len(truth):
                yield Finding(table=table.title, name=row.label, reason="few")
    if release.reviewing and truth.work and truth.work.reviewing is not None:
        told = (truth.work.reviewing[:, [1, 3]] > 0).all(axis=1).sum()
        for shown in release.reviewing:
            if shown.hits is not None and told < limits.minimum_people:
                yield Finding(table=shown.title, name="the statements", reason="few")


def _climate(release: Release) -> Iterator[Finding]:
    """Yield means of groups whose bands of safety are hidden."""
    for table in release.quality:
        shown = {
            row.group
            for counts in release.counts
            if counts.need == "safety" and counts.attribute == table.attribute
            for row in counts.rows
            if None not in row.cells
        }
        for row in table.climate:
            if row.agrees is not None and row.group not in shown:
                yield Finding(table=table.title, name=row.group, reason="derived")
