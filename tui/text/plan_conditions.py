"""Conditions first, learners' own time, and who would bear the same without a plan."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.plan.records import ConditionEffect, LearnerWeek, Plan, UnplannedRow
from tui.text.blocks import HIDDEN, Block, Column, Grid, Heading, Paragraph, Row
from tui.text.cells import one_line
from tui.text.words import interval, number, weeks_in_words

SCENARIO = (
    "Scenarios of the model: assumed, and no proof that a condition is the cause. Hours are a month's. "
    "Saved: support that falls away. Takes: what the condition itself needs, learners' time included."
)
LEARNING = (
    "Weeks are counted from a group's foundation session; 0 and below come before it. Spare: half of the "
    "group can spare no more than these minutes. Too much: more than half cannot spare what the week asks."
)
UNSEEN = (
    "The same hours of need, borne by those who are asked anyway: hours a head and week. They are not less "
    "for being unseen."
)


def condition_blocks(plan: Plan) -> Iterator[Block]:
    """Yield what better conditions would save, beside what they take."""
    if not plan.effects:
        return
    yield Heading("Conditions first: what would fall away")
    yield Paragraph(SCENARIO, "note")
    columns = (
        Column("Group", wraps=True),
        Column("If", wraps=True),
        Column("Saved", right=True),
        Column("90 % range", right=True),
        Column("Takes", right=True),
    )
    yield Grid(columns, tuple(_effect(effect) for effect in plan.effects))


def _effect(effect: ConditionEffect) -> Row:
    return Row(
        (
            one_line(effect.group),
            one_line(effect.words),
            number(effect.saved),
            interval(effect.saved_low, effect.saved_high),
            number(effect.costs),
        )
    )


def learner_blocks(plan: Plan) -> Iterator[Block]:
    """Yield what the programme asks of learners, group by group."""
    groups = list(dict.fromkeys(row.group for row in plan.learners))
    if not groups:
        return
    yield Heading("Learners' own time: minutes that sessions ask of each person")
    yield Paragraph(LEARNING, "note")
    columns = (
        Column("Group", wraps=True),
        Column("Together", right=True),
        Column("Most", right=True),
        Column("Spare", right=True),
        Column("Too much", wraps=True),
    )
    rows = [_learners(name, [row for row in plan.learners if row.group == name]) for name in groups]
    yield Grid(columns, tuple(rows))


def _learners(group: str, weeks: list[LearnerWeek]) -> Row:
    spare = weeks[0].spare_median
    over = tuple(week.week for week in weeks if week.is_overload)
    words = HIDDEN if spare is None else weeks_in_words(over) if over else "no week"
    most = max(week.minutes for week in weeks)
    together = sum(week.minutes for week in weeks)
    shown = HIDDEN if spare is None else str(spare)
    return Row((one_line(group), number(together), number(most), shown, words), "over" if over else "")


def unplanned_blocks(plan: Plan) -> Iterator[Block]:
    """Yield who would bear the demand without a plan."""
    if not plan.unplanned:
        return
    yield Heading("Without a plan")
    yield Paragraph(UNSEEN, "note")
    columns = (
        Column("Who", wraps=True),
        Column("People", right=True),
        Column("Share", right=True),
        Column("Hours each", right=True),
        Column("90 % range", right=True),
        Column("Busiest tenth", right=True),
    )
    yield Grid(columns, tuple(_unplanned(row) for row in plan.unplanned))
    yield from (Paragraph(text, "note") for text in dict.fromkeys(_source(row) for row in plan.unplanned))


def _unplanned(row: UnplannedRow) -> Row:
    return Row(
        (
            one_line(row.who),
            "-" if row.people is None else str(row.people),
            f"{100 * row.share:.0f} %",
            number(row.hours),
            interval(row.low, row.high),
            number(row.busiest),
        )
    )


def _source(row: UnplannedRow) -> str:
    return one_line(f"{row.who[:1].upper()}{row.who[1:]}. {row.source}")
