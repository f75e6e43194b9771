"""A plan beside a changed one: what other weeks, supporters or conditions would do."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.plan.comparing import ScenarioRow
from tui.text.blocks import Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line
from tui.text.words import number

ASSUMED = "What better conditions would change is a scenario of the model: assumed, not shown to be a cause."


def what_if_page(before: ScenarioRow, after: ScenarioRow) -> Page:
    """Return both plans side by side, and what the changed one advises."""
    columns = (
        Column("", wraps=True),
        Column(one_line(before.name), right=True, wraps=True),
        Column(one_line(after.name), right=True, wraps=True),
    )
    return (
        Grid(columns, tuple(_rows(before, after))),
        Heading("What the changed plan advises"),
        Paragraph(one_line(after.words) or "-"),
        Paragraph(ASSUMED, "note"),
    )


def _rows(before: ScenarioRow, after: ScenarioRow) -> Iterator[Row]:
    for words, then, now in (
        ("Weeks", before.weeks, after.weeks),
        ("Supporters' hours", before.supporter_hours, after.supporter_hours),
        ("At most (90 %)", before.supporter_high, after.supporter_high),
        ("Beyond their time", before.short_hours, after.short_hours),
        ("Nobody has time for", before.unmet_hours, after.unmet_hours),
        ("Weeks too full", before.overload_weeks, after.overload_weeks),
        ("Cohorts that wait", before.waiting, after.waiting),
        ("Learners' hours", before.learner_hours, after.learner_hours),
        ("Unfunded a week", before.unfunded_hours, after.unfunded_hours),
        ("Named risks", before.risks, after.risks),
    ):
        yield Row((words, number(then), number(now)), "" if then == now else "total")
    if before.cost is not None and after.cost is not None:
        yield Row(("Cost", number(before.cost), number(after.cost)))
