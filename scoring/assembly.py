"""The tables of a release, each with its masks, as the policy declares them."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from instruments.model import Need
from instruments.records import PlannedTable, Policy
from scoring.disclosure import Mask
from scoring.grouping import Breakdown, Counted
from scoring.hours import HoursModel
from scoring.hours_masks import hidden_hours
from scoring.loads import EVERYBODY, hours_rows, minutes_rows
from scoring.masking import FOUR_TIERS, THREE_BANDS, THREE_DAYS, Masked, mask_days, mask_need, mask_tiers
from scoring.quality import Quality
from scoring.quality_records import QualityTable
from scoring.quality_tables import CLIMATE, QualityTables
from scoring.record_rows import RECORDS
from scoring.table_records import CountRow, CountTable, HoursTable, MinutesTable
from scoring.work import Work
from scoring.work_tables import WorkTable, WorkTables

Table = CountTable | HoursTable | MinutesTable | QualityTable | WorkTable

WITHHELD = "Withheld: single people could be told from these numbers."
NO_BREAKDOWN = "No groups: too few people answered in them, or only two kinds of groups are shown."
HIDDEN_ROWS = "A number that is not there is hidden, so that nobody can be told from it or from what is left."
NEED_TITLES: dict[Need, str] = {
    "safety": "Safe to learn in the team",
    "agility": "Learning something new",
    "headroom": "Room that the workload leaves",
    "capability": "Practice with AI tools",
}


class TableMaker:
    """Makes released tables of the people counted; the masks are decided once for all tables."""

    def __init__(
        self,
        counted: Counted,
        hours: HoursModel,
        policy: Policy,
        work: Work | None = None,
        quality: Quality | None = None,
    ) -> None:
        if work is not None and work.people != len(counted):
            msg = f"work tells of {work.people} people, the release counts {len(counted)}"
            raise ValueError(msg)
        self._counted = counted
        self._hours = hours
        self._policy = policy
        self._work = work
        self._quality = QualityTables(counted, quality, policy.thresholds) if quality else None
        self._needs: dict[Need, Masked | None] = {}

    def table(self, planned: PlannedTable) -> Table | None:
        """Return the table that `planned` declares; None where nothing of the kind was asked."""
        match planned.kind:
            case "response":
                return self._response_table(planned)
            case "tiers":
                blank = _blank(planned, "tiers", "Support tiers", FOUR_TIERS.names)
                return self._count_table(planned, self._tiers, blank)
            case "need-bands":
                return self._need_table(planned)
            case "hours":
                return self._hours_table(planned)
            case "minutes":
                return self._minutes_table(planned)
            case "tool-days":
                return self._days_table(planned)
            case "quality":
                return self._quality_table(planned)
            case _:
                return self._of_work.table(planned, table_id(planned)) if self._of_work else None

    def _response_table(self, planned: PlannedTable) -> CountTable:
        breakdown = self._breakdown(planned)
        blank = _blank(planned, "response", _title("People counted", breakdown), ())
        rows, note = _count_rows(breakdown, (), 0), _note(planned, breakdown)
        return msgspec.structs.replace(blank, total=self._everybody(()), rows=rows, note=note)

    def _need_table(self, planned: PlannedTable) -> CountTable:
        need: Need = planned.need or "safety"
        blank = _blank(planned, "need-bands", NEED_TITLES[need], THREE_BANDS.names)
        return self._count_table(planned, self._masked_need(need), blank)

    def _masked_need(self, need: Need) -> Masked | None:
        if need not in self._needs:
            self._needs[need] = mask_need(self._counted, need, self._policy)
        return self._needs[need]

    def _quality_table(self, planned: PlannedTable) -> QualityTable | None:
        if self._quality is None:
            return None
        masked = self._masked_need(CLIMATE)
        hidden = masked.hidden_rows(planned.attribute) if masked else None
        return self._quality.table(table_id(planned), planned.attribute, hidden)

    def _days_table(self, planned: PlannedTable) -> CountTable | None:
        if self._work is None or self._work.days is None:
            return None
        blank = _blank(planned, "tool-days", "Days with an AI tool, of the last ten", THREE_DAYS.names)
        return self._count_table(planned, self._days, blank)

    def _hours_table(self, planned: PlannedTable) -> HoursTable:
        breakdown = self._breakdown(planned)
        hidden = self._hidden_hours.get(planned.attribute)
        total, rows = hours_rows(self._counted, breakdown, hidden, self._hours, self._policy)
        return HoursTable(
            id=table_id(planned),
            title=_title("Support hours a month", breakdown),
            attribute=planned.attribute,
            total=total,
            rows=rows,
            note=_note(planned, breakdown, has_hidden=any(row.hours is None for row in rows)),
        )

    def _minutes_table(self, planned: PlannedTable) -> MinutesTable:
        breakdown = self._breakdown(planned)
        total, rows = minutes_rows(self._counted, breakdown, self._policy.thresholds)
        title = _title("Minutes a week to spare", breakdown)
        return MinutesTable(
            id=table_id(planned), title=title, attribute=planned.attribute, total=total, rows=rows
        )

    @cached_property
    def _tiers(self) -> Masked | None:
        return mask_tiers(self._counted, self._policy)

    @cached_property
    def _hidden_hours(self) -> dict[str, Mask]:
        masked = self._tiers
        tiers = {name: masked.hidden_rows(name) if masked else None for name in self._counted.breakdowns}
        return hidden_hours(self._counted, tiers, self._policy.thresholds)

    @cached_property
    def _of_work(self) -> WorkTables | None:
        return WorkTables(self._counted, self._work, self._policy, self._days) if self._work else None

    @cached_property
    def _days(self) -> Masked | None:
        if self._work is None or self._work.days is None:
            return None
        return mask_days(self._counted, self._work.days, self._policy)

    def _breakdown(self, planned: PlannedTable) -> Breakdown | None:
        return self._counted.breakdowns.get(planned.attribute)

    def _everybody(self, cells: tuple[int, ...]) -> CountRow:
        headcount = self._policy.headcount
        return CountRow(group=EVERYBODY, respondents=len(self._counted), headcount=headcount, cells=cells)

    def _count_table(self, planned: PlannedTable, masked: Masked | None, blank: CountTable) -> CountTable:
        """Fill `blank` with the counts that may be shown."""
        breakdown = self._breakdown(planned)
        cells = masked.cells(planned.attribute) if masked else ()
        columns = masked.columns if masked else blank.columns
        rows = _count_rows(breakdown, cells, len(columns))
        note = _note(planned, breakdown, has_hidden=any(None in row.cells for row in rows))
        return msgspec.structs.replace(
            blank,
            title=_title(blank.title, breakdown),
            columns=columns,
            total=self._everybody(tuple(int(n) for n in masked.total)) if masked else None,
            rows=rows,
            note=note if masked else WITHHELD,
        )


def _count_rows(
    breakdown: Breakdown | None, cells: tuple[tuple[int | None, ...], ...], columns: int
) -> tuple[CountRow, ...]:
    """Return one row a group; without `cells` every number but the respondents is hidden."""
    if breakdown is None:
        return ()
    cells = cells or ((None,) * columns,) * len(breakdown.labels)
    parts = zip(breakdown.labels, breakdown.sizes, breakdown.headcounts, cells, strict=True)
    return tuple(
        CountRow(group=label, respondents=int(size), headcount=headcount, cells=row)
        for label, size, headcount, row in parts
    )


def _blank(
    planned: PlannedTable,
    kind: Literal["tiers", "need-bands", "response", "tool-days"],
    title: str,
    columns: tuple[str, ...],
) -> CountTable:
    return CountTable(
        id=table_id(planned),
        title=title,
        kind=kind,
        attribute=planned.attribute,
        columns=columns,
        total=None,
        rows=(),
        need=planned.need,
    )


def table_id(planned: PlannedTable) -> str:
    """Return the id of the table that `planned` declares; a release has one table of people at most."""
    if planned.kind == RECORDS:
        return RECORDS
    parts = [planned.kind, planned.need or "", planned.attribute or "everybody"]
    return "-".join(part for part in parts if part)


def _title(subject: str, breakdown: Breakdown | None) -> str:
    return f"{subject} by {breakdown.title.lower()}" if breakdown else subject


def _note(planned: PlannedTable, breakdown: Breakdown | None, *, has_hidden: bool = False) -> str:
    if breakdown is None:
        return NO_BREAKDOWN if planned.attribute else ""
    return " ".join(part for part in (breakdown.note, HIDDEN_ROWS if has_hidden else "") if part)
