"""What each mark from 0 to 4 of a read text stands for; docs/rating.md tells it to raters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RUBRICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "summarise": (
            "No help: no key point is in it, or there is nothing to read.",
            "Misleads or says little: both invented claims are still there, or most key points are missing "
            "or wrong.",
            "Helps in part: two or three key points are missing or wrong, or one is and one invented claim "
            "is still there.",
            "One thing short: one key point is missing or wrong, or one invented claim is still there and "
            "all else is right, or it is far too long.",
            "The reader can decide with it: all key points, nothing invented, about the length asked for.",
        ),
        "adapt": (
            "An AI tool would still write what was right before: none of the four conditions is met.",
            "One of the four conditions is met.",
            "Two of the four conditions are met.",
            "Three are met, or all four and one only by half, so that old and new stand side by side.",
            "All four are met: what an AI tool would write with it fits the new situation.",
        ),
    }
)
"""Anchors by kind of task, from 0 to 4."""
EVEN_HAND = (
    "Mark what the text says, not its style, spelling or language.",
    "A thing counts where it is said in any words; it does not count where it is said the wrong way round.",
    "Between two marks take the one whose sentence fits better; there is no half mark.",
    "Do not try to guess who wrote it, and talk about no text before both of you have marked it.",
)
"""What holds for every text."""
