"""Scenarios side by side, as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.plan.comparing import ScenarioRow
from tui.text.blocks import Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line
from tui.text.layout import plain_lines
from tui.text.plan_decision import KINDS
from tui.text.words import number

ALONE = "No other scenario is kept yet. Make one: careload plan STUDY --scenario NAME --weeks 16"
READING = (
    "Supporters and learners: hours over all weeks, as expected; at most: the upper end of the 90 % range of "
    "supporters' hours. Short: hours that nobody has time for, at the same upper end."
)


def scenario_page(rows: Sequence[ScenarioRow]) -> Page:
    """Return the comparison."""
    columns = (
        Column("Scenario", wraps=True),
        Column("Weeks", right=True),
        Column("Support", right=True),
        Column("At most", right=True),
        Column("Learners", right=True),
        Column("Short", right=True),
        Column("Cost", right=True),
        Column("Decision", wraps=True),
    )
    grid = Grid(columns, tuple(_row(row) for row in rows))
    note = Paragraph(ALONE if len(rows) < 2 else READING, "note")
    return (Heading("Scenarios side by side", level=1), grid, note)


def scenario_lines(rows: Sequence[ScenarioRow]) -> tuple[str, ...]:
    """Return the comparison as plain text, at most 79 cells wide."""
    return plain_lines(scenario_page(rows))


def _row(row: ScenarioRow) -> Row:
    return Row(
        (
            one_line(row.name),
            str(row.weeks),
            number(row.supporter_hours),
            number(row.supporter_high),
            number(row.learner_hours),
            number(max(row.short_hours, row.unmet_hours)),
            "-" if row.cost is None else number(row.cost),
            KINDS[row.decision],
        )
    )
