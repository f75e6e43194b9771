"""The own result: four needs with their doubt and what would help; tiers and hours on a page of their own."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from instruments.records import OwnResult
from tui.flows.consent import Paragraph
from tui.screens.base import paragraphs_content, plain
from tui.text.own_text import LEGEND, NEEDS, SHARES, Parts, need_marks, own_parts, tier_parts
from tui.widgets.share_bars import Share, ShareBars


def result_widgets(own: OwnResult) -> tuple[Widget, ...]:
    """Return the own result as widgets to put into a page: the drawn needs stand under their heading."""
    parts, marks = own_parts(own, is_drawn=True), need_marks(own)
    place = next((number for number, part in enumerate(parts) if part[0] == NEEDS), 0)
    if not marks:
        return (_told(parts),)
    drawn = [f"  {line}" for line in (*marks, LEGEND, "")]
    before = (*parts[:place], (NEEDS, ()))
    return (
        _told(before),
        plain("\n".join(drawn), widget_id="needs"),
        _told((("", parts[place][1]), *parts[place + 1 :])),
    )


def tier_widgets(own: OwnResult) -> tuple[Widget, ...]:
    """Return how much help fits as widgets: sentences and, of 100 people, bars."""
    return tuple(_tiers(own))


def _tiers(own: OwnResult) -> Iterable[Widget]:
    yield _told(tier_parts(own))
    if own.shares:
        yield Static(Content.styled(f"\n{SHARES}", "bold $text-primary"), markup=False)
        yield ShareBars([Share(one.tier, one.of_100, one.tier in own.tiers) for one in own.shares])


def _told(parts: Parts) -> Static:
    return Static(paragraphs_content([Paragraph(*part) for part in parts]), markup=False)
