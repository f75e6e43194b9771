"""A release as rows for csv files, and its codebook; text that a spreadsheet would run is made harmless."""

from __future__ import annotations

from instruments.model import Evidence, Instrument, Scale, text_in
from instruments.questions import Battery
from instruments.texts import RUNNABLE
from scoring.quality_rows import quality_rows, quality_titles, reliability_rows
from scoring.record_rows import record_rows, record_titles
from scoring.records import HoursBasis, Release
from scoring.reference import Reference
from scoring.rows import ABSENT, HIDDEN, Cell, Row, or_absent, or_hidden
from scoring.table_records import CountTable, HoursTable, MinutesTable
from scoring.work_rows import task_rows, work_rows, work_titles

HIDDEN_MEANS = "hidden, so that nobody can be told from the table, also not by subtraction"
MARKS = (
    ("empty cell", "there is no such number, such as the headcount of people who named no group"),
    ("code -999 in .sav", f"user-missing: {HIDDEN_MEANS}"),
    ("code -998 in .sav", "user-missing: there is no such number"),
    ("null in .parquet", f"the mark {HIDDEN} or the empty cell of the csv file"),
    ("apostrophe before a text", "the text would be run as a formula without it; the mark is no part of it"),
)


def safe_text(text: str) -> str:
    """Return `text`, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if RUNNABLE.match(text) else text


def release_tables(release: Release) -> dict[str, list[Row]]:
    """Return every table of the release by its id, the first row its titles, and ``about``."""
    tables: dict[str, list[Row]] = {"about": _about(release)}
    for counts in release.counts:
        tables[counts.id] = _counts(counts)
    for hours in release.hours:
        tables[hours.id] = _hours(hours)
    for minutes in release.minutes:
        tables[minutes.id] = _minutes(minutes)
    if release.basis is not None and release.basis.weights:
        tables["hours-weights"] = _weights(release.basis)
    tables |= work_rows(release)
    tables |= quality_rows(release)
    tables |= record_rows(release)
    return {name: [_safe_row(row) for row in rows] for name, rows in tables.items()}


COLUMNS = {
    "held back": "answers that are not counted: one ticket or code came with different answers",
    "counted": "people of the group who answered and are counted",
    "headcount": "people of the group who were asked",
    "hours a month": "hours of other people's time that those counted are expected to need in a month",
    "low (90 %)": "lower end of the range that holds the true figure in 9 of 10 cases",
    "high (90 %)": "upper end of that range",
    "% skill": "share of the hours that comes from skill, which people can learn",
    "% conditions": "share of the hours that comes from time and safety, which the organisation can change",
    "own sd": "relative error of the hours that averages out among people (SD on the log scale)",
    "common sd": "relative error of the hours that all people share (SD on the log scale)",
    "lower quartile": "a quarter of the people can spare at most so many minutes a week",
    "median": "half of the people can spare at most so many minutes a week",
    "upper quartile": "three quarters of the people can spare at most so many minutes a week",
}
"""What stands under the titles that say too little by themselves."""


def _about(release: Release) -> list[Row]:
    header = release.header
    facts: list[Row] = [
        ["what", "value"],
        ["study", header.study],
        ["organisation", header.organisation],
        ["wave", header.wave],
        ["rehearsal with made-up people", "yes" if header.rehearsal else "no"],
        ["people who answered", or_hidden(header.counted)],
        ["headcount", header.headcount],
        ["imported", header.imported],
        ["imported and left out", header.imported_left_out],
        ["held back", header.held_back],
        ["quarantined", header.quarantined],
        ["reference", header.reference_status],
        ["policy sha256", header.policy_sha256],
        ["battery sha256", header.battery_sha256],
        ["reference sha256", header.reference_sha256],
        ["program", header.program],
    ]
    if release.basis is not None:
        facts.append(["hours", release.basis.heading])
    return facts + [["note", sentence] for sentence in release.statements]


def _counts(table: CountTable) -> list[Row]:
    rows = [*table.rows, table.total] if table.total else list(table.rows)
    out: list[Row] = [["group", "counted", "headcount", *table.columns]]
    out += [[r.group, r.respondents, or_absent(r.headcount), *map(or_hidden, r.cells)] for r in rows]
    if table.total is None:
        out.append(["Everybody", HIDDEN, ABSENT, *[HIDDEN for _ in table.columns]])
    return out


def _hours(table: HoursTable) -> list[Row]:
    titles = ["hours a month", "low (90 %)", "high (90 %)", "% skill", "% conditions", "own sd", "common sd"]
    out: list[Row] = [["group", "counted", "headcount", *titles]]
    for r in (*table.rows, table.total):
        numbers = (r.hours, r.low, r.high, r.skill, r.conditions, r.own_sd, r.common_sd)
        out.append([r.group, r.respondents, or_absent(r.headcount), *map(or_hidden, numbers)])
    return out


def _weights(basis: HoursBasis) -> list[Row]:
    bounds = ["guess", "low (90 %)", "high (90 %)", "now", "low now (90 %)", "high now (90 %)"]
    rows: list[Row] = [
        [r.feature, r.guess, r.guess_low, r.guess_high, r.now, r.now_low, r.now_high] for r in basis.weights
    ]
    return [["hours a month for each SD of", *bounds], *rows]


def _minutes(table: MinutesTable) -> list[Row]:
    out: list[Row] = [["group", "counted", "lower quartile", "median", "upper quartile"]]
    out += [
        [r.group, r.respondents, *map(or_hidden, (r.lower, r.median, r.upper))]
        for r in (*table.rows, table.total)
    ]
    return out


def codebook(release: Release, battery: Battery, reference: Reference) -> list[Row]:
    """Return what each instrument, task, table and mark of an export means: subject, id, property, value.

    `reference` is the one that was frozen with `battery`.
    """
    rows: list[Row] = [["subject", "id", "property", "value"], ["mark", HIDDEN, "means", HIDDEN_MEANS]]
    rows += [["mark", name, "means", meaning] for name, meaning in MARKS]
    rows += [["column", name, "means", meaning] for name, meaning in COLUMNS.items()]
    for line in release.header.wordings:
        rows.append(["instrument", line.instrument, "wording", line.wording])
        rows.append(["instrument", line.instrument, "wording sha256", line.wording_sha256])
        rows.append(["instrument", line.instrument, "reference", line.reference])
    for part in battery.parts:
        rows += _instrument(part.instrument, battery.language)
    rows += task_rows(battery, reference)
    rows += reliability_rows(release)
    for name, (title, note) in table_titles(release).items():
        rows.append(["table", name, "title", title])
        rows += [["table", name, "note", note]] if note else []
    return [_safe_row(row) for row in rows]


def table_titles(release: Release) -> dict[str, tuple[str, str]]:
    """Return title and note of every table by its id."""
    titles = [(t.id, t.title, t.note) for t in release.counts]
    titles += [(t.id, t.title, t.note) for t in release.hours]
    titles += [(t.id, t.title, "") for t in release.minutes]
    titles += work_titles(release)
    titles += quality_titles(release)
    titles += record_titles(release)
    return {name: (title, note) for name, title, note in titles}


def _instrument(instrument: Instrument, language: str) -> list[Row]:
    facts = {"name": instrument.name, "citation": instrument.citation, "shown as": instrument.shown_as}
    if instrument.scoring is not None:
        facts |= {"scoring rule": instrument.scoring.rule, "missing answers": instrument.scoring.missing}
        facts["scoring evidence"] = instrument.scoring.evidence
    rows: list[Row] = [["instrument", instrument.id, key, value] for key, value in facts.items() if value]
    rows += [
        ["instrument", instrument.id, f"response format {fmt.id}: evidence", fmt.evidence]
        for fmt in instrument.formats
        if fmt.evidence
    ]
    rows += [
        ["instrument", instrument.id, f"published {fact.statistic} ({fact.mark})", _figure(fact)]
        for fact in instrument.evidence
    ]
    return rows + [row for scale in instrument.scales for row in _scale(instrument, scale, language)]


def _figure(fact: Evidence) -> str:
    """Return one published figure with its sample and source."""
    value = "" if fact.value is None else f"{fact.value:g}"
    if fact.range is not None:
        value = f"{fact.range[0]:g} to {fact.range[1]:g}"
    people = "" if fact.n is None else f"n = {fact.n}"
    return "; ".join(part for part in (value, people, fact.sample, fact.source) if part)


def _scale(instrument: Instrument, scale: Scale, language: str) -> list[Row]:
    key = f"{instrument.id}/{scale.id}"
    reverse = [item.id for item in instrument.items if item.reverse and item.id in scale.items]
    facts: list[tuple[str, Cell]] = [
        ("name", text_in(scale.name, language) or scale.id),
        ("items", len(scale.items)),
        ("reversed items", ", ".join(reverse) or "none"),
        ("high score is", scale.high_is),
        ("favourable end", scale.favourable),
        ("need", scale.need or "none: reported apart"),
        ("share of items that must be answered", scale.minimum_share),
    ]
    return [["scale", key, name, value] for name, value in facts if value]


def _safe_row(row: Row) -> Row:
    return [safe_text(cell) if isinstance(cell, str) else cell for cell in row]
