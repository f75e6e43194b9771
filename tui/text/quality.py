"""What the answers are good for: reliability, agreement about safety, careless answers, types."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.model import NEEDS
from scoring.quality_records import ClimateRow, QualityTable, ScaleQuality, TypeRow
from scoring.records import Release
from tui.text.blocks import HIDDEN, Block, Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line
from tui.text.words import WHY_HIDDEN

NOTHING = (
    "This release tells nothing about the quality of the answers: too few answered, or it was not asked for."
)
RELIABILITY = (
    "How well the questions of a scale go together among the people who answered: 1 is the most; below about "
    ".70 read only large differences. The range holds alpha in 19 of 20 such samples."
)
AGREEMENT = (
    "Safety describes a team, so a mean says something only where people see it alike. 0 is the least and "
    "100 the most that the answers allow, rounded to 5. Groups of several teams often disagree, and that is "
    "worth a talk in itself. This is no ranking."
)
DISAGREES = "people disagree"
CARELESS = (
    "About {} % of the people may have answered without reading. Nobody is left out for it: answers that "
    "look unread widen the uncertainty of what they say. In the tables such people mostly count as in the "
    "middle, because that is where people are of whom little is known; their own result says that it is open."
)
NO_ANSWER = "-"


def quality_page(release: Release) -> Page:
    """Return the page of the answers' quality."""
    return tuple(_blocks(release))


def has_quality(release: Release) -> bool:
    """Whether the release tells anything about the quality of the answers."""
    return bool(release.quality)


def _blocks(release: Release) -> Iterator[Block]:
    yield Heading("Quality of the answers", level=1)
    if not has_quality(release):
        yield Paragraph(NOTHING, "warn")
    for table in release.quality:
        yield from _table(table)


def _table(table: QualityTable) -> Iterator[Block]:
    if table.note:
        yield Paragraph(one_line(table.note), "note")
    for scale in table.scales:
        yield from (Paragraph(f"{one_line(scale.name)}: {one_line(alarm)}", "warn") for alarm in scale.alarms)
    if table.careless is not None:
        yield Paragraph(CARELESS.format(table.careless))
    if table.scales:
        yield Heading("Reliability of each scale in this sample")
        yield Paragraph(RELIABILITY, "note")
        yield _scales(table.scales)
    if table.climate:
        yield from _climate(table)
    if table.types_note:
        yield Heading("Types of people")
        yield Paragraph(one_line(table.types_note), "note")
    if table.types:
        yield _types(table.types)


def _scales(scales: tuple[ScaleQuality, ...]) -> Grid:
    columns = (
        Column("Scale", wraps=True),
        Column("About people", right=True),
        Column("Alpha", right=True),
        Column("Range", right=True),
        Column("Omega", right=True),
    )
    rows = []
    for one in scales:
        reach = HIDDEN
        if one.alpha_low is not None and one.alpha_high is not None:
            reach = f"{one.alpha_low:.2f} to {one.alpha_high:.2f}"
        people = HIDDEN if one.people is None else str(one.people)
        cells = (one_line(one.name), people, _figure(one.alpha), reach, _figure(one.omega))
        rows.append(Row(cells, "hidden", WHY_HIDDEN, why_from=1) if one.people is None else Row(cells))
    return Grid(columns, tuple(rows))


def _climate(table: QualityTable) -> Iterator[Block]:
    yield Heading("Safe to learn in the team: where people agree")
    yield Paragraph(AGREEMENT, "note")
    columns = (
        Column("Group", wraps=True),
        Column("Answered", right=True),
        Column("Mean, 0 to 100", right=True),
    )
    yield Grid(columns, tuple(_group(row) for row in table.climate))
    yield from (Paragraph(text, "note") for text in map(_between, table.scales) if text)


def _group(row: ClimateRow) -> Row:
    name, people = one_line(row.group), str(row.respondents)
    if row.agrees is None:
        return Row((name, people, HIDDEN), "hidden", WHY_HIDDEN, why_from=2)
    return Row((name, people, DISAGREES if row.mean is None else str(row.mean)))


def _between(scale: ScaleQuality) -> str:
    """Return agreement and group differences of a climate scale in one sentence."""
    if scale.agreement is None or scale.icc_one is None or scale.icc_two is None:
        return ""
    return (
        f"{one_line(scale.name)}, by groups. How far people agree, 1 is fully: {_figure(scale.agreement)} in "
        f"the middle group (r_wg(j)), {_figure(scale.agreement_skewed)} if people tend to answer kindly. How "
        f"much of the differences lies between groups: {_figure(scale.icc_one)} (ICC(1)). How sure the means "
        f"of groups are, with about {scale.icc_size} people each: {_figure(scale.icc_two)} (ICC(2))."
    )


def _types(types: tuple[TypeRow, ...]) -> Grid:
    needs = [need for need in NEEDS if any(need in one.bands for one in types)]
    columns = (
        Column("Type", wraps=True),
        Column("About", right=True),
        *(Column(need.title()) for need in needs),
    )
    rows = (
        Row((one_line(one.name), f"{one.share} %", *(one.bands.get(need, NO_ANSWER) for need in needs)))
        for one in types
    )
    return Grid(columns, tuple(rows))


def _figure(value: float | None) -> str:
    return HIDDEN if value is None else f"{value:.2f}"
