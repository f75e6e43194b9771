"""What to decide, why, where to begin, and the five ways in which training fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.plan.records import Plan, WayOut
from tui.text.blocks import Block, Column, Grid, Heading, Paragraph, Row
from tui.text.cells import one_line
from tui.text.words import number

KINDS = {
    "start": "Start",
    "start-smaller": "Start smaller",
    "start-later": "Start later",
    "change-conditions-first": "Change conditions first",
    "not-known": "Not known yet",
}
VERDICTS = {
    "met": "avoided",
    "partly": "partly avoided",
    "not met": "not avoided",
    "not known": "not known",
}
"""Whether a plan avoids a way of failing; *met* in the plan's record says that the plan meets it."""


def bullets(texts: Iterable[str]) -> Iterator[Block]:
    """Yield one entry of a list for each text."""
    yield from (Paragraph(one_line(text), bullet=True) for text in texts)


def decision_blocks(plan: Plan) -> Iterator[Block]:
    """Yield what the plan advises, its reasons, risks, and ways out of a shortage."""
    if plan.decision is None:
        return
    yield Heading(f"What to decide: {KINDS[plan.decision.kind].lower()}")
    yield Paragraph(one_line(plan.decision.words))
    yield from bullets(plan.decision.reasons)
    if plan.risks:
        yield Heading("Risks of this plan")
        yield from (Paragraph(one_line(text), "warn", bullet=True) for text in plan.risks)
    if plan.ways_out:
        yield Heading("Ways out, the cheapest first; each was found by solving the plan with it")
        yield from bullets(_way(way) for way in plan.ways_out)


def _way(way: WayOut) -> str:
    left = f", {number(way.unmet)} hours stay unmet" if way.unmet >= 0.5 else ""
    return f"{way.words.rstrip('.')} (costs {number(way.cost_hours)} hours{left})."


def pilot_blocks(plan: Plan) -> Iterator[Block]:
    """Yield where to begin, and what would change if the demand were half or double."""
    if plan.pilot is None:
        return
    yield Heading("Where to begin, and what would change the decision")
    yield Paragraph(one_line(plan.pilot.words))
    columns = (Column("Demand"), Column("Monthly hours", right=True), Column("Then", wraps=True))
    rows = (Row((name, number(hours), one_line(words))) for name, hours, words in plan.pilot.cases)
    yield Grid(columns, tuple(rows))


def failure_blocks(plan: Plan) -> Iterator[Block]:
    """Yield the five ways in which training fails."""
    if not plan.failure_modes:
        return
    yield Heading("Five ways in which training fails, and this plan")
    columns = (Column("Way to fail"), Column("This plan"), Column("Why", wraps=True))
    rows = (Row((mode.name, VERDICTS[mode.verdict], one_line(mode.why))) for mode in plan.failure_modes)
    yield Grid(columns, tuple(rows))
