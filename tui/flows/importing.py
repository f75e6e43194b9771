"""Importing answers collected elsewhere: one look at the file that changes nothing, then sealing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from instruments.answers import Answer
from instruments.errors import BadInput, Fault
from instruments.importing import How, Reading, read_answers
from instruments.importing_table import read_table
from instruments.records import Submission
from store.alone import closing_alone
from store.imports import ToImport, import_all, imported_before, imported_names, take_back
from store.inbox import count
from store.names import shown
from store.public import PublicStudy
from store.study import Study
from tui.flows.csv_files import csv_bytes
from tui.flows.import_report import ImportReport, report_of

MAX_MAP_BYTES = 1024 * 1024
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was read and checked, ready to be sealed."""

    study: Study
    public: PublicStudy
    report: ImportReport
    wanted: tuple[ToImport, ...] = field(repr=False)

    def seal(self, tell: Tell = lambda _done, _total: None) -> ImportReport:
        """Seal all that can be taken and return the report with what was done.

        All of it counts or nothing: after a kill in the middle run the import again.
        """
        with closing_alone(self.study.root):
            done = import_all(self.study, self.public, self.wanted, tell)
        return msgspec.structs.replace(self.report, sealed=done.sealed, already=done.already)


def look_at(study: Study, path: Path, how: How, map_path: Path | None = None) -> Import:
    """Read the csv file `path` against the open wave of `study`; nothing is written.

    `map_path` names a csv file with the header ``column,question`` that goes before names found out. Raises
    BadInput when a file as a whole cannot be used or the study is a rehearsal, AlreadyClosed, NotOpen.
    """
    public = study.public()
    study.refuse_when_closed(public)
    if public.policy.rehearsal:
        raise BadInput(
            "This study is a rehearsal: answers of real people do not belong into it.",
            "Import into a study that was set up with `careload init`.",
        )
    if map_path is not None:
        how = replace(how, mapping=_map(map_path))
    name = shown(path.name)
    reading = read_answers(csv_bytes(path), name, public.battery, how)
    wanted = tuple(ToImport(_submission(public, one.answers), one.name) for one in reading.respondents)
    report = report_of(name, reading, _warnings(reading, study, public), imported_before(study, wanted))
    return Import(study, public, report, wanted)


def take_imports_back(study: Study) -> int:
    """Remove all imports of the open wave for good; returns how many people's answers that were."""
    with closing_alone(study.root):
        return take_back(study, study.public())


def _submission(public: PublicStudy, answers: Mapping[str, Answer]) -> Submission:
    return Submission(
        study=public.policy.study,
        wave=public.policy.wave,
        policy_sha256=public.policy_sha256,
        battery_sha256=public.policy.battery_sha256,
        answers=dict(answers),
        origin="import",
    )


def _warnings(reading: Reading, study: Study, public: PublicStudy) -> list[str]:
    people, policy = len(reading.respondents), public.policy
    said = []
    if people > policy.headcount:
        said.append(f"More rows than people: the study was set up for {policy.headcount}.")
    if count(study) > len(imported_names(study.root)):
        said.append(
            "People have answered this wave through careload: the release will leave imported answers out."
        )
    else:
        said.append("The release counts imported answers only as long as nobody answers through careload.")
    if public.battery.tasks:
        said.append("Practical tasks are not imported: what they would tell stays open.")
    said.append("The file holds answers in clear. Delete it, or lock it away, once they are imported.")
    return said


def _map(path: Path) -> dict[str, str]:
    """Return the question by column that the map at `path` names."""
    table = read_table(csv_bytes(path, MAX_MAP_BYTES), shown(path.name))
    if tuple(name.casefold() for name in table.header) != ("column", "question"):
        raise _bad_map(table.source, 1, "another header", "column,question")
    mapping: dict[str, str] = {}
    for line in table.lines:
        if len(line.cells) != 2 or not all(line.cells):
            raise _bad_map(table.source, line.number, "something else", "a column and a question id")
        column, question = line.cells
        if column in mapping:
            raise _bad_map(table.source, line.number, "a column that was named above", "each column once")
        mapping[column] = question
    return mapping


def _bad_map(source: str, line: int, found: str, expected: str) -> BadInput:
    fault = Fault(source, line, "", found, expected)
    return BadInput(f"{source}: this map cannot be used.", "Mend the place named.", (fault,))
