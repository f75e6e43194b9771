"""The own result: natural frequencies in words and bars, reasons, needs, and how to read them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from instruments.records import OwnResult
from tui.flows.consent import Paragraph
from tui.screens.base import paragraphs_content
from tui.widgets.share_bars import Share, ShareBars

NEED_NAMES = {
    "safety": "Speaking up",
    "agility": "Learning",
    "headroom": "Room in the job",
    "capability": "AI tools",
}


def result_widgets(own: OwnResult) -> tuple[Widget, ...]:
    """Return the own result as widgets to put into a page."""
    return tuple(_widgets(own))


def _widgets(own: OwnResult) -> Iterable[Widget]:
    yield Static(paragraphs_content([Paragraph(own.heading, own.sentences)]), markup=False)
    if own.shares:
        yield Static(
            Content.styled("\nOf 100 people who answer like this", "bold $text-primary"), markup=False
        )
        yield ShareBars([Share(one.tier, one.of_100, one.tier in own.tiers) for one in own.shares])
    rest = [
        Paragraph("What adds to the help that fits", own.reasons),
        Paragraph("Piece by piece", tuple(f"{NEED_NAMES[need.need]}: {need.words}" for need in own.needs)),
        Paragraph("How to read this", own.notes),
    ]
    told = [piece for piece in rest if piece.sentences]
    if told:
        yield Static("", markup=False)
        yield Static(paragraphs_content(told), markup=False)
