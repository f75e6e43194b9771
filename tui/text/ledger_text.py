"""The care ledger against the plan, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.plan.ledger import LedgerSummary, LoggedGroup, LoggedWeek
from tui.text.blocks import HIDDEN, Block, Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line
from tui.text.layout import plain_lines
from tui.text.roles import role_title
from tui.text.words import WHY_HIDDEN, interval, number, plural

NOTHING = "Nothing has been logged yet. Supporters log with: careload log STUDY"
OTHERS = "all others together"


def ledger_page(summary: LedgerSummary) -> Page:
    """Return the page of the ledger."""
    return tuple(_blocks(summary))


def ledger_lines(summary: LedgerSummary) -> tuple[str, ...]:
    """Return the ledger as plain text, at most 79 cells wide."""
    return plain_lines(ledger_page(summary))


def _blocks(summary: LedgerSummary) -> Iterator[Block]:
    yield Heading("Care ledger: planned and given", level=1)
    if not summary.entries:
        yield Paragraph(NOTHING)
        return
    yield Paragraph(f"Logged: {number(summary.logged)} hours, {plural(summary.entries, 'line')}.")
    yield from (Paragraph(one_line(note), "note") for note in summary.notes)
    if summary.outside:
        yield Paragraph(f"Outside of the plan's weeks: {number(summary.outside)} hours.", "note")
    if summary.weeks:
        yield Heading("Hours by week and role")
        yield _weeks(summary.weeks)
    if summary.groups:
        yield Heading("Hours logged by group, all weeks together")
        yield Grid(
            (Column("Group", wraps=True), Column("Lines", right=True), Column("Hours", right=True)),
            tuple(_group(group) for group in summary.groups),
        )
        if any(group.logged is None for group in summary.groups):
            yield Paragraph(f"{HIDDEN}: {WHY_HIDDEN}.", "note")
    if summary.loads:
        told = ", ".join(f"{load} {often}" for load, often in summary.loads.items())
        yield Paragraph(f"How it was for supporters, of those who said so: {told}.")


def _weeks(weeks: tuple[LoggedWeek, ...]) -> Grid:
    columns = (
        Column("Week", right=True),
        Column("Role"),
        Column("Logged", right=True),
        Column("Given, about", right=True),
        Column("90 % range", right=True),
        Column("Planned", right=True),
        Column("90 % range", right=True),
    )
    rows = (
        Row(
            (
                str(week.week),
                role_title(week.role),
                number(week.logged),
                number(week.given),
                interval(week.given_low, week.given_high),
                number(week.planned),
                interval(week.planned_low, week.planned_high),
            )
        )
        for week in weeks
    )
    return Grid(columns, tuple(rows))


def _group(group: LoggedGroup) -> Row:
    name = one_line(group.group) or OTHERS
    if group.entries is None or group.logged is None:
        return Row((name, HIDDEN, HIDDEN), "hidden", WHY_HIDDEN, why_from=1)
    return Row((name, str(group.entries), number(group.logged)))
