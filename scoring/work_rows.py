"""Tables about work and help as rows for csv files, and what the codebook says of the tasks."""

from __future__ import annotations

from instruments.model import text_in
from instruments.questions import Battery
from scoring.marks import mark_scales
from scoring.records import Release
from scoring.reference import Reference
from scoring.rows import HIDDEN, Row, or_absent, or_hidden
from scoring.work_records import FaultTable, LoadTable, ReviewingTable, ShareTable, SumTable, WorkflowTable

RULES = {
    "review": "d' with the log-linear correction, the mean over the halves given; not told for one person",
    "summarise": "4 points less .8 a missing key point, 1 an unsupported claim kept, up to 1 for length",
    "adapt": "1 point a condition met, .5 where the old wording stayed beside it",
    "withhold": "6 x mean credit over situations that the study's AI-use policy settles",
}


def work_rows(release: Release) -> dict[str, list[Row]]:
    """Return the tables about work and help by their ids, the first row their titles."""
    tables = {table.id: _shares(table) for table in release.shares}
    tables |= {table.id: _sums(table) for table in release.sums}
    tables |= {table.id: _workflows(table) for table in release.workflows}
    tables |= {table.id: _reviewing(table) for table in release.reviewing}
    tables |= {table.id: _faults(table) for table in release.faults}
    return tables | {table.id: _load(table) for table in release.loads}


def work_titles(release: Release) -> list[tuple[str, str, str]]:
    """Return id, title and note of the same tables."""
    tables: tuple[ShareTable | SumTable | WorkflowTable | ReviewingTable | FaultTable | LoadTable, ...] = (
        *release.shares,
        *release.sums,
        *release.workflows,
        *release.reviewing,
        *release.faults,
        *release.loads,
    )
    return [(table.id, table.title, table.note) for table in tables]


def task_rows(battery: Battery, reference: Reference) -> list[Row]:
    """Return what the codebook says of each task: forms, rule, and the figures frozen in `reference`."""
    rows: list[Row] = []
    for scale in mark_scales(battery):
        forms = [task for task in battery.tasks if task.id == scale.task]
        figures = reference.row(scale.id)
        titles = "; ".join(text_in(task.title, battery.language) for task in forms)
        rows += [
            ["task", scale.task, "forms", ", ".join(task.form for task in forms)],
            ["task", scale.task, "titles", titles],
            ["task", scale.task, "mark", RULES[scale.kind]],
            ["task", scale.task, "lowest and highest mark", f"{scale.minimum:.2f} to {scale.maximum:.2f}"],
            ["task", scale.task, "need", "capability"],
            ["task", scale.task, "reliability (assumed; .35 to .70 is thought possible)", figures.alpha],
            ["task", scale.task, "reference", figures.status],
            ["task", scale.task, "equivalence of forms", "not claimed before 100 people have taken each"],
        ]
    if rows:
        there = len(mark_scales(battery))
        drawn = f"{battery.task_count} of {there} tasks, by lot on the respondent's side"
        others = "; others by choice" if battery.task_count < there else ""
        rows.append(["task", "all", "drawn", drawn + others])
        rows.append(["task", "all", "typed text", "sealed; never exported; read by raters only with consent"])
    return rows


def _shares(table: ShareTable) -> list[Row]:
    rows: list[Row] = [["answer", "people", "counted"]]
    rows += [[row.label, row.people, table.respondents] for row in table.rows]
    return rows if table.rows else [*rows, ["any", HIDDEN, table.respondents]]


def _sums(table: SumTable) -> list[Row]:
    rows: list[Row] = [["group", "counted", *table.columns]]
    lines = (*table.rows, *((table.total,) if table.total else ()))
    return rows + [[row.group, or_absent(row.respondents), *map(or_hidden, row.cells)] for row in lines]


def _workflows(table: WorkflowTable) -> list[Row]:
    rows: list[Row] = [["group", "task", "people (rounded)", "hours lost a month", "what suffers"]]
    rows += [[row.group, row.task, row.people, row.hours, row.suffers or HIDDEN] for row in table.rows]
    return rows


def _reviewing(table: ReviewingTable) -> list[Row]:
    numbers = (table.people, table.hits, table.false_alarms)
    return [
        ["group", "people (rounded)", "% of flawed statements", "% of sound statements"],
        ["Everybody", *map(or_hidden, numbers)],
    ]


def _faults(table: FaultTable) -> list[Row]:
    rows: list[Row] = [["group", *(f"% found: {kind}" for kind in table.columns)]]
    return rows + [[row.group, *map(or_hidden, row.cells)] for row in (*table.rows, table.total)]


def _load(table: LoadTable) -> list[Row]:
    rows: list[Row] = [["group", "rating", "counted", "lower quartile", "median", "upper quartile"]]
    lines = [(row.group, "mean of six", row) for row in (*table.rows, table.total)]
    lines += [(table.total.group, row.group, row) for row in table.parts]
    return rows + [
        [group, rating, row.respondents, *map(or_hidden, (row.lower, row.median, row.upper))]
        for group, rating, row in lines
    ]
