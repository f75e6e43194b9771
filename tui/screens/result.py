"""The own result: natural frequencies in words and bars, reasons, needs, and how to read them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from instruments.records import OwnResult
from tui.flows.consent import Paragraph
from tui.screens.base import paragraphs_content
from tui.text.own_text import SHARES, own_parts
from tui.widgets.share_bars import Share, ShareBars


def result_widgets(own: OwnResult) -> tuple[Widget, ...]:
    """Return the own result as widgets to put into a page."""
    return tuple(_widgets(own))


def _widgets(own: OwnResult) -> Iterable[Widget]:
    first, *rest = (Paragraph(title, sentences) for title, sentences in own_parts(own))
    yield Static(paragraphs_content([first]), markup=False)
    if own.shares:
        yield Static(Content.styled(f"\n{SHARES}", "bold $text-primary"), markup=False)
        yield ShareBars([Share(one.tier, one.of_100, one.tier in own.tiers) for one in own.shares])
    if rest:
        yield Static("", markup=False)
        yield Static(paragraphs_content(rest), markup=False)
