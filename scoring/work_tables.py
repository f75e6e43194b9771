"""The released tables about tools, help, recurring tasks and reviewing, each with its masks.

Rows by group exist for one attribute only: sums by a second one could be subtracted from them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import get_args

import numpy as np

from instruments.records import PlannedTable, Policy, WorkKind
from scoring.blocks import Floats
from scoring.grouping import Breakdown, Counted
from scoring.loads import EVERYBODY, rounded
from scoring.masking import Masked
from scoring.shares import share_rows
from scoring.sums import by_group, carries, hide_lines, shown_sums, shown_total
from scoring.task_tables import FEW, Place, fault_table, load_table, reviewing_table
from scoring.work import (
    AGREED,
    GIVEN,
    GONE_WRONG,
    HELP,
    HELP_WITH,
    LOAD_SCALE,
    NO_ANSWER,
    RECEIVED,
    STOPPED,
    WANTED,
    WORKFLOW,
    Work,
)
from scoring.work_records import (
    FaultTable,
    LoadTable,
    ReviewingTable,
    ShareTable,
    SumRow,
    SumTable,
    WorkflowRow,
    WorkflowTable,
)

WorkTable = ShareTable | SumTable | WorkflowTable | ReviewingTable | FaultTable | LoadTable
WORK_KINDS: tuple[WorkKind, ...] = get_args(WorkKind)
"""Kinds of tables about work, in the order of the release."""
BY_GROUP = ("tool-days", "help", "workflows", "faults", "task-load")
"""Those with rows by group; the others tell of everybody only."""
SHARES = {
    "tool-stopped": (STOPPED, "AI tools tried, and why people stopped"),
    "slack-agreed": (AGREED, "Time for something new agreed with the manager"),
    "slack-wrong": (GONE_WRONG, "What happens when a trial goes wrong"),
    "help-what": (HELP_WITH, "What help was about"),
}
HELP_COLUMNS = ("given", "got", "wanted and not got")
PREFIX = {GIVEN: "Given", RECEIVED: "Got", WANTED: "Wanted and not got"}
MOST_LINES = 5
"""Recurring tasks told for a group; everybody together has twice as many."""
LEFT_OUT = "Only tasks with enough people behind them are listed; the same task may be missing in a group."
FRICTION = (
    "Hours lost: times a week x minutes x share lost to the friction (10, 20, 35 or 50 % from a little to as "
    "bad as it gets; assumed)."
)


class WorkTables:
    """Makes the released tables of `work`, which tells of the same people as `counted`, in the same order."""

    def __init__(self, counted: Counted, work: Work, policy: Policy, days: Masked | None) -> None:
        self._counted = counted
        self._work = work
        self._limits = policy.thresholds
        self._days = days

    def table(self, planned: PlannedTable, table_id: str) -> WorkTable | None:
        """Return the table that `planned` declares; None where nothing of the kind was asked."""
        if planned.kind in SHARES:
            return self._shares(planned, table_id)
        if planned.kind == "help" and self._work.help:
            return self._help(planned, table_id)
        if planned.kind == "help-roles" and self._work.help:
            return self._roles(table_id)
        if planned.kind == "workflows" and self._work.lost:
            return self._workflows(planned, table_id)
        if planned.kind == "reviewing" and self._work.reviewing is not None:
            return reviewing_table(self._work.reviewing, self._limits, table_id)
        return self._of_tasks(planned, table_id)

    def _of_tasks(self, planned: PlannedTable, table_id: str) -> FaultTable | LoadTable | None:
        breakdown, place = self._breakdown(planned), Place(table_id, planned.attribute)
        if planned.kind == "faults" and self._work.faults is not None:
            return fault_table(self._work.faults, breakdown, self._limits, place)
        people = self._counted.people
        if planned.kind == "task-load" and LOAD_SCALE in people.scales:
            overall = people.scale_scores[:, people.scales.index(LOAD_SCALE)]
            return load_table(overall, self._work.load, breakdown, self._limits, place)
        return None

    def _breakdown(self, planned: PlannedTable) -> Breakdown | None:
        """Return the rows of `planned`, those of the first attribute only."""
        first = next(iter(self._counted.breakdowns), None)
        return self._counted.breakdowns[first] if first and planned.attribute == first else None

    def _shares(self, planned: PlannedTable, table_id: str) -> ShareTable | None:
        question, title = SHARES[planned.kind]
        if question not in self._work.choices:
            return None
        beside = [int(n) for n in self._days.total] if question == STOPPED and self._days else []
        rows = share_rows(self._work.choices[question], self._work.labels[question], self._limits, beside)
        note = "" if rows else FEW
        return ShareTable(id=table_id, title=title, respondents=len(self._counted), rows=rows, note=note)

    def _help(self, planned: PlannedTable, table_id: str) -> SumTable:
        breakdown = self._breakdown(planned)
        sums = [self._hours(question) for question in HELP]
        total = SumRow(
            group=EVERYBODY,
            cells=tuple(shown_total(amounts, self._limits) for amounts in sums),
            respondents=len(self._counted),
        )
        return SumTable(
            id=table_id,
            title="Hours of help in four weeks" + (f" by {breakdown.title.lower()}" if breakdown else ""),
            attribute=planned.attribute,
            columns=HELP_COLUMNS,
            rows=self._group_rows(sums, breakdown) if breakdown else (),
            total=total,
        )

    def _group_rows(self, sums: Sequence[Floats], breakdown: Breakdown) -> tuple[SumRow, ...]:
        columns = [shown_sums(by_group(amounts, breakdown), self._limits) for amounts in sums]
        rows = zip(breakdown.labels, breakdown.sizes, zip(*columns, strict=True), strict=True)
        return tuple(SumRow(group=label, cells=cells, respondents=int(size)) for label, size, cells in rows)

    def _hours(self, question: str) -> Floats:
        found = self._work.help.get(question)
        return np.zeros(self._work.people) if found is None else found.sum(axis=1)

    def _roles(self, table_id: str) -> SumTable:
        rows = []
        for question, amounts in self._work.help.items():
            names = self._work.labels[question].values()
            cells = shown_sums(amounts, self._limits)
            rows += [
                SumRow(group=f"{PREFIX[question]}: {name}", cells=(cell,))
                for name, cell in zip(names, cells, strict=True)
            ]
        title = "Hours of help in four weeks by role and reason"
        return SumTable(id=table_id, title=title, attribute="", columns=("hours",), rows=tuple(rows))

    def _workflows(self, planned: PlannedTable, table_id: str) -> WorkflowTable:
        breakdown = self._breakdown(planned)
        lines = list(self._lines(breakdown))
        groups = (EVERYBODY, *(breakdown.labels if breakdown else ()))
        rows: list[WorkflowRow] = []
        for group in groups:
            own = sorted(
                (line for line in lines if line.group == group), key=lambda row: (-row.hours, row.task)
            )
            rows += own[: 2 * MOST_LINES if group == EVERYBODY else MOST_LINES]
        return WorkflowTable(
            id=table_id,
            title="Recurring tasks that cost time" + (f" by {breakdown.title.lower()}" if breakdown else ""),
            attribute=planned.attribute,
            rows=tuple(rows),
            note=f"{FRICTION} {LEFT_OUT}" if rows else FEW,
        )

    def _lines(self, breakdown: Breakdown | None) -> Iterator[WorkflowRow]:
        """Yield every recurring task that may be told, of everybody and of each group."""
        for code, amounts in self._work.lost.items():
            if not carries(amounts, self._limits):
                continue
            yield self._line(EVERYBODY, code, amounts)
            if breakdown is None:
                continue
            parts = by_group(amounts, breakdown)
            for place in np.flatnonzero(~hide_lines(parts, self._limits)):
                yield self._line(breakdown.labels[place], code, parts[:, place])

    def _line(self, group: str, code: int, amounts: Floats) -> WorkflowRow:
        return WorkflowRow(
            group=group,
            task=self._work.labels[WORKFLOW][code],
            people=rounded(int((amounts > 0).sum())),
            hours=rounded(math.fsum(amounts)),
            suffers=self._suffering(code, amounts),
        )

    def _suffering(self, code: int, amounts: Floats) -> str:
        """Return what suffers most often; empty where few named it or nearly all did."""
        told = self._work.suffers[code][amounts > 0]
        told = told[told != NO_ANSWER]
        counts = {what: int((told == what).sum()) for what in self._work.suffering}
        commonest = max(counts, key=lambda what: (counts[what], -what), default=None)
        if commonest is None or counts[commonest] < self._limits.k_detail:
            return ""
        is_uniform = counts[commonest] >= self._limits.homogeneity * len(told)
        return "" if is_uniform else self._work.suffering[commonest]
