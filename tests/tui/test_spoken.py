"""Pages for a screen reader: a row is a sentence, and no mark, bar or place carries a meaning."""

from __future__ import annotations

import pytest

from scoring.records import Release
from tests.tui.desk_examples import FEW, PLAN, RELEASE, WHOLE
from tui.text.blocks import HIDDEN, Column, Gauge, Grid, Heading, Legend, Mix, Page, Paragraph, Row
from tui.text.layout import plain_lines
from tui.text.plan_text import plan_page
from tui.text.spoken import spoken_lines
from tui.text.summary import release_pages

PAGE: Page = (
    Heading("Support", level=1),
    Legend(("alone", "in pairs")),
    Grid(
        (Column("Group"), Column("Answered"), Column("People"), Column("Hours"), Column("")),
        (
            Row(("North", "12 of 20", Mix((5, 7)), "30", Gauge(1, 2, 3))),
            Row(("", "3", f"{HIDDEN} 3", "1", "too much")),
            Row(("South", "9", HIDDEN, HIDDEN, ""), "hidden", "hidden for a reason", 2),
        ),
    ),
    Grid((Column("Week"), Column("Hours")), (Row(("1", "40")),)),
    Paragraph("* means: hidden so that nobody is singled out.", bullet=True),
)


def test_every_row_says_its_columns() -> None:
    """Counts go with their labels, a missing name is that of the row before, hidden is a word."""
    assert tuple(spoken_lines(PAGE)) == (
        "Support:",
        "North: Answered 12 of 20; People alone 5, in pairs 7; Hours 30.",
        "North: Answered 3; People alone hidden, in pairs 3; Hours 1; too much.",
        "South: Answered 9; the rest is hidden.",
        "Week 1: Hours 40.",
        "Hidden means: hidden so that nobody is singled out.",
    )


@pytest.mark.parametrize("release", [RELEASE, FEW, WHOLE])
def test_a_whole_release_says_the_numbers_that_the_tables_show(release: Release) -> None:
    """Every number of the laid-out pages is in the sentences; no bar, mark or column of spaces is."""
    for page in (*release_pages(release), plan_page(PLAN)):
        spoken = list(spoken_lines(page))
        numbers = {word for line in plain_lines(page) for word in line.split() if word.isdigit()}
        said = {word.strip(".,;:") for line in spoken for word in line.split()}
        assert numbers <= said
        assert not [line for line in spoken if HIDDEN in line or "##" in line or "   " in line]
