"""Where a word stands in paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: the paragraph, counted from 0, and its columns there."""

    paragraph: int
    start: int
    end: int


def places_of(word: str, paragraphs: Sequence[str]) -> tuple[Place, ...]:
    """Return every place where `word` stands in `paragraphs`, in capitals or not."""
    sought, found = word.strip().lower(), []
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.lower().find(sought) if sought else -1
        while start >= 0:
            found.append(Place(number, start, start + len(sought)))
            start = paragraph.lower().find(sought, start + len(sought))
    return tuple(found)
