"""A local reference from a calibration sample, kept with a study that is not open yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from instruments.errors import BadInput
from instruments.importing import How, Reading, read_answers
from instruments.importing_table import read_table
from instruments.model import Record
from instruments.questions import Battery
from scoring.blocks import Floats
from scoring.calibration_sample import LEAST_PEOPLE, Calibration, calibrate
from scoring.items import matrix
from scoring.reference import Reference, ReferenceRow, Status, default_reference, encode
from store.local_reference import drop_reference, save_reference
from store.names import shown
from store.study import Study
from tui.flows.csv_files import csv_bytes
from tui.flows.import_report import TroubleLine
from tui.flows.opening import battery_of

SHOWN = 10
"""Rows that were not taken are named up to so many."""
WHOSE_AVERAGE = (
    "“Average” now means the average of the people in this sample. If they all come from your own "
    "organisation, scores no longer tell how it differs from others."
)
CLEAR = "The file holds answers in clear. Nothing of it was copied; delete it, or lock it away."


class Figures(Record, frozen=True):
    """Figures of one scale; `mean_sd` is how far the mean may be off, in SD."""

    mean: float
    sd: float
    alpha: float
    retest: float
    mean_sd: float


class ScaleLine(Record, frozen=True):
    """One scale before and after."""

    scale: str
    status: Status
    people: int
    before: Figures
    after: Figures


class ReferenceOutcome(Record, frozen=True):
    """What a sample changed; nothing of a single person is in it."""

    file: str
    rows: int
    people: int
    retested: int
    status: Status
    scales: tuple[ScaleLine, ...]
    notes: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        """Return the outcome as lines for a person."""
        again = f", {self.retested} of them twice" if self.retested else ""
        kept = [one.scale for one in self.scales if one.status == "assumed"]
        return (
            f"{self.file}: {self.rows} rows; answers of {self.people} people{again}.",
            *(line for one in self.scales if one.status != "assumed" for line in _told(one)),
            *([f"Still assumed: {', '.join(kept)}."] if kept else []),
            *([_WEAKEST] if self.status == "assumed" else []),
            *self.notes,
        )


_WEAKEST = (
    "The reference as a whole is still called assumed: it is named after its weakest part, and a part of it "
    "was not in this sample."
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a calibration sample, and how they are read."""

    sample: Path
    retest: Path | None = None
    team_column: str = ""
    missing: tuple[str, ...] = ()


def make_reference(study: Study, sources: Sources) -> ReferenceOutcome:
    """Estimate a local reference from `sources` and keep it with `study`, instead of an earlier one.

    Raises AlreadyOpen once the study is open, BadInput when a file or the sample cannot be used; then
    nothing is changed.
    """
    battery = battery_of(study)
    first = _reading(sources.sample, battery, sources)
    teams = _teams(sources, first) if sources.team_column else None
    again, retested = _second(sources, first, battery)
    if len(first.respondents) < LEAST_PEOPLE and first.refused:
        raise BadInput(
            f"{shown(sources.sample.name)}: only {len(first.respondents)} rows can be taken; expected "
            f"{LEAST_PEOPLE} or more. {' '.join(_refused(first))}",
            "Mend the rows named, or collect more answers.",
        )
    found = calibrate(battery, matrix(battery, [one.answers for one in first.respondents]), again, teams)
    save_reference(study, encode(found.reference))
    return _outcome(shown(sources.sample.name), first, found, retested, default_reference(battery))


def take_away_reference(study: Study) -> bool:
    """Remove the local reference of `study` and say whether there was one; AlreadyOpen once it is open."""
    return drop_reference(study)


def _reading(path: Path, battery: Battery, sources: Sources) -> Reading:
    name, data = shown(path.name), csv_bytes(path)
    header = read_table(data, name).header
    is_first = path == sources.sample
    if is_first and sources.team_column and sources.team_column not in header:
        raise BadInput(f"{name}: there is no column {sources.team_column[:60]!r}.", "Check --team-column.")
    mapping = {sources.team_column: "-"} if sources.team_column in header else {}
    return read_answers(data, name, battery, How(mapping=mapping, missing=sources.missing))


def _teams(sources: Sources, first: Reading) -> NDArray[np.int64]:
    """Return a code a team, below 0 where the cell is empty; names of teams go no further."""
    table = read_table(csv_bytes(sources.sample), shown(sources.sample.name))
    place = table.header.index(sources.team_column)
    names = {line.number: line.cells[place] for line in table.lines if len(line.cells) > place}
    given = [names[one.line] for one in first.respondents]
    codes = {name: code for code, name in enumerate(sorted(set(given) - {""}))}
    return np.array([codes.get(name, -1) for name in given], dtype=np.int64)


def _second(sources: Sources, first: Reading, battery: Battery) -> tuple[Floats | None, int]:
    """Return the retest in the order of the sample's people, and how many of them were in it."""
    if sources.retest is None:
        return None, 0
    second = _reading(sources.retest, battery, sources)
    if first.columns.respondent is None or second.columns.respondent is None:
        raise BadInput(
            "The sample and its retest need a column that says which rows belong to one person.",
            "Call it id in both files; a word that each person chose will do.",
        )
    later = {one.name: one.answers for one in second.respondents if one.name}
    numbers = matrix(battery, [later.get(one.name, {}) for one in first.respondents])
    return numbers, sum(one.name in later for one in first.respondents)


def _outcome(
    file: str, first: Reading, found: Calibration, retested: int, before: Reference
) -> ReferenceOutcome:
    lines = tuple(
        ScaleLine(
            scale=row.scale,
            status=row.status,
            people=row.people,
            before=_figures(was),
            after=_figures(row),
        )
        for row, was in zip(found.reference.rows, before.rows, strict=True)
    )
    return ReferenceOutcome(
        file=file,
        rows=first.rows,
        people=found.people,
        retested=retested,
        status=found.reference.status,
        scales=lines,
        notes=(*found.notes, *_unknown(first), *_refused(first), WHOSE_AVERAGE, CLEAR),
    )


def _figures(row: ReferenceRow) -> Figures:
    return Figures(mean=row.mean, sd=row.sd, alpha=row.alpha, retest=row.retest, mean_sd=row.mean_sd)


def _told(one: ScaleLine) -> tuple[str, ...]:
    was, now = one.before, one.after
    return (
        f"{one.scale}: local, {one.people} people",
        f"  mean {was.mean:.2f}, now {now.mean:.2f}; "
        f"may be off by {now.mean_sd:.2f} SD, before by {was.mean_sd:.2f}",
        f"  SD {was.sd:.2f}, now {now.sd:.2f}; alpha {was.alpha:.2f}, now {now.alpha:.2f}; "
        f"retest {was.retest:.2f}, now {now.retest:.2f}",
    )


def _unknown(reading: Reading) -> tuple[str, ...]:
    columns = [f"{one.column} ({one.reason})" for one in reading.columns.unknown]
    if not columns:
        return ()
    more = f"; and {len(columns) - SHOWN} more" if len(columns) > SHOWN else ""
    return (f"Columns not known, so not read: {'; '.join(columns[:SHOWN])}{more}.",)


def _refused(reading: Reading) -> tuple[str, ...]:
    lines = len({one.line for one in reading.refused})
    if not lines:
        return ()
    more = f" ... and {len(reading.refused) - SHOWN} more." if len(reading.refused) > SHOWN else ""
    named = "; ".join(
        str(TroubleLine(line=one.line, column=one.column, reason=one.reason))
        for one in reading.refused[:SHOWN]
    )
    return (f"Not taken: {lines} of {reading.rows} rows ({named}).{more}",)
