"""Cohorts and their weeks, what nobody has time for, and each supporter's load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scoring.plan.records import Plan, PlannedCohort, SupporterWeek
from tui.text.blocks import Block, Column, Grid, Heading, Paragraph, Row
from tui.text.cells import one_line
from tui.text.roles import role_title
from tui.text.words import number, plural, weeks_in_words

BEST = 0.995
"""A bound this near to what was found is told as none better."""
BY_NUMBER = (
    "Supporters are known by number only; the csv files (--out DIR) have each one's weeks. "
    "careload supporters reads a list of them."
)
MOST_ROWS = 60
"""Longer lists stand in the csv files only."""

KEEP_FREE = "At the upper end of the range: fewer are expected, and then less is asked of everybody."


def cohort_blocks(plan: Plan) -> Iterator[Block]:
    """Yield cohorts, unmet hours and supporters' loads, each where the plan has them."""
    if plan.cohorts:
        yield Heading("Cohorts: who starts when")
        yield _cohorts(plan.cohorts)
        if plan.bound is not None:
            yield Paragraph(_bound(plan), "note")
    if plan.unmet:
        yield Heading("Hours at the upper bound that nobody has time for")
        yield _unmet(plan)
    named = tuple(week for week in plan.weeks_of_supporters if week.name)
    if named:
        yield Heading("Supporters: hours to keep free in their busiest week")
        yield Paragraph(KEEP_FREE, "note")
        yield _supporters(named)
        yield from _more(len({week.supporter for week in named}))
    elif plan.weeks_of_supporters:
        yield Paragraph(BY_NUMBER, "note")


def _bound(plan: Plan) -> str:
    """Say how far from the best the start weeks can be at most."""
    bound = plan.bound if plan.bound is not None else 0.0
    if bound > BEST:
        return "Proven: no other start weeks are better."
    less = f"{100 * (1 - bound):.0f} %"
    if plan.unmet:
        return f"Proven: with other start weeks unmet hours and waiting could be {less} less at the most."
    return f"Proven: with other start weeks people could wait {less} less at the most; all hours are met."


def _more(rows: int) -> Iterator[Block]:
    if rows > MOST_ROWS:
        yield Paragraph(f"{plural(rows - MOST_ROWS, 'more row')} in the csv files (--out DIR).", "note")


def _cohorts(cohorts: tuple[PlannedCohort, ...]) -> Grid:
    """Return cohorts that are led alike in one row; each by itself is in the csv files and calendars."""
    columns = (
        Column("Groups", wraps=True),
        Column("Site", wraps=True),
        Column("Cohorts", right=True),
        Column("Sizes", right=True),
        Column("Foundation session", wraps=True),
        Column("Led", wraps=True),
    )
    alike: dict[tuple[tuple[str, ...], str, str], list[PlannedCohort]] = {}
    for cohort in cohorts:
        alike.setdefault((cohort.groups, cohort.site, cohort.facilitation), []).append(cohort)
    return Grid(columns, tuple(_alike(*key, own) for key, own in alike.items())[:MOST_ROWS])


def _alike(groups: tuple[str, ...], site: str, led: str, cohorts: list[PlannedCohort]) -> Row:
    sizes = sorted({cohort.size for cohort in cohorts})
    weeks = Counter(cohort.start_week for cohort in cohorts)
    told = [f"{weeks[week]} in week {week}" for week in sorted(week for week in weeks if week)]
    told += [f"{weeks[None]} cannot start"] if weeks[None] else []
    cells = (
        one_line(", ".join(groups)),
        one_line(site) or "-",
        str(len(cohorts)),
        str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]}-{sizes[-1]}",
        ", ".join(told),
        one_line(led) or "-",
    )
    return Row(cells, "over" if weeks[None] else "")


def _unmet(plan: Plan) -> Grid:
    columns = (
        Column("Role"),
        Column("Group", wraps=True),
        Column("Hours", right=True),
        Column("When", wraps=True),
    )
    rows = []
    for role, group in dict.fromkeys((row.role, row.group) for row in plan.unmet):
        own = [row for row in plan.unmet if (row.role, row.group) == (role, group)]
        when = weeks_in_words(tuple(sorted({row.week for row in own})))
        rows.append(
            Row((role_title(role), one_line(group), number(sum(row.hours for row in own)), when), "over")
        )
    return Grid(columns, tuple(rows[:MOST_ROWS]))


def _supporters(weeks: Sequence[SupporterWeek]) -> Grid:
    columns = (
        Column("Supporter", wraps=True),
        Column("Role"),
        Column("Week", right=True),
        Column("Hours", right=True),
        Column("At hand", right=True),
        Column("All weeks", right=True),
    )
    rows = []
    for one in dict.fromkeys(week.supporter for week in weeks):
        own = [week for week in weeks if week.supporter == one]
        busiest = max(own, key=lambda week: week.hours)
        cells = (
            one_line(busiest.name or one),
            role_title(busiest.role),
            str(busiest.week),
            number(busiest.hours),
            number(busiest.at_hand),
            number(sum(week.hours for week in own)),
        )
        rows.append(Row(cells, "over" if busiest.hours > busiest.at_hand + 1e-6 else ""))
    return Grid(columns, tuple(rows[:MOST_ROWS]))
