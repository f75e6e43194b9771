"""The quality of the answers as rows for csv files and for the codebook."""

from __future__ import annotations

from instruments.model import NEEDS
from scoring.quality_records import QualityTable, ScaleQuality
from scoring.records import Release
from scoring.rows import ABSENT, HIDDEN, Row, or_absent, or_hidden

FIGURES = (
    "people (rounded)",
    "alpha",
    "alpha low (95 %)",
    "alpha high (95 %)",
    "omega total",
    "r_wg(j), uniform null, middle group",
    "r_wg(j), slightly skewed null, middle group",
    "ICC(1)",
    "ICC(2)",
    "group size in both ICCs (rounded)",
)
RULES = (
    ("alpha", "Cronbach's alpha of the keyed items over pairs of answers; 95 % interval after Feldt (1965)"),
    ("omega", "omega total of one minimum-residual factor of the items' correlations"),
    ("agreement", "r_wg(j) after James, Demaree & Wolf (1984); ICCs by one-way analysis of variance"),
    (
        "mean",
        "0 the least and 100 the most that the answers allow, rounded to 5; only where people agree: .70",
    ),
    (
        "careless",
        "mean probability of answering without reading, rounded to 5 %; it widens the uncertainty of a "
        "person's answers and leaves nobody out",
    ),
)


def quality_rows(release: Release) -> dict[str, list[Row]]:
    """Return the tables of quality by their ids, the first row their titles."""
    tables: dict[str, list[Row]] = {}
    for table in release.quality:
        tables[table.id] = [["scale", "items", *FIGURES, "alarms"], *map(_scale, table.scales)]
        if table.climate:
            tables[f"{table.id}-safety"] = _climate(table)
        if table.types:
            tables[f"{table.id}-types"] = _types(table)
    return tables


def quality_titles(release: Release) -> list[tuple[str, str, str]]:
    """Return id, title and note of the same tables."""
    titles = []
    for table in release.quality:
        careless = "" if table.careless is None else f"About {table.careless} % may be careless answers."
        note = " ".join(part for part in (careless, table.note) if part)
        titles.append((table.id, table.title, note))
        if table.climate:
            titles.append((f"{table.id}-safety", "Psychological safety where people agree", ""))
        if table.types:
            titles.append((f"{table.id}-types", "Types of people by their needs", table.types_note))
    return titles


def reliability_rows(release: Release) -> list[Row]:
    """Return what the codebook says of each scale's reliability in this sample."""
    rows: list[Row] = []
    for table in release.quality:
        for scale in table.scales:
            rows.append(["scale", scale.scale, "reliability in this sample", _figure(scale)])
            rows += [["scale", scale.scale, "alarm", alarm] for alarm in scale.alarms]
        rows += [["quality", name, "rule", rule] for name, rule in RULES]
    return rows


def _figure(scale: ScaleQuality) -> str:
    if scale.alpha is None or scale.omega is None:
        return "not told: too few people answered, or there are too few items"
    interval = f"{scale.alpha_low:.2f} to {scale.alpha_high:.2f}"
    return f"alpha {scale.alpha:.2f} ({interval}); omega total {scale.omega:.2f}; about {scale.people} people"


def _scale(scale: ScaleQuality) -> Row:
    figures = (scale.people, scale.alpha, scale.alpha_low, scale.alpha_high, scale.omega)
    groups = (scale.agreement, scale.agreement_skewed, scale.icc_one, scale.icc_two, scale.icc_size)
    told = [*map(or_hidden, figures), *map(or_absent, groups)]
    return [scale.scale, scale.items, *told, " ".join(scale.alarms)]


def _climate(table: QualityTable) -> list[Row]:
    words = {None: HIDDEN, True: "yes", False: "no"}
    rows: list[Row] = [["group", "counted", "people agree", "mean, 0 to 100 (rounded)"]]
    return rows + [
        [
            row.group,
            row.respondents,
            words[row.agrees],
            ABSENT if row.agrees is False else or_hidden(row.mean),
        ]
        for row in table.climate
    ]


def _types(table: QualityTable) -> list[Row]:
    rows: list[Row] = [["type", "% of people (rounded)", *NEEDS]]
    return rows + [
        [one.name, one.share, *(one.bands.get(need, "not asked") for need in NEEDS)] for one in table.types
    ]
