"""What a task gives to read: told whole, or the paragraphs that have a word."""

from __future__ import annotations

from collections.abc import Sequence

from tui.finding import places_of
from tui.plain.talk import Talk

Sections = Sequence[tuple[str, tuple[str, ...]]]
"""Headings with their paragraphs."""


def tell_source(talk: Talk, sections: Sections) -> None:
    """Tell every paragraph under its heading."""
    for heading, paragraphs in sections:
        talk.tell(f"{heading}:", *paragraphs)


def tell_found(talk: Talk, sections: Sections, word: str) -> None:
    """Tell each paragraph that has `word`, once."""
    paragraphs = [paragraph for _, told in sections for paragraph in told]
    found = list(dict.fromkeys(place.paragraph for place in places_of(word, paragraphs)))
    if not found:
        talk.tell(f"“{word}” does not stand in the text.")
        return
    count = "1 paragraph has" if len(found) == 1 else f"{len(found)} paragraphs have"
    talk.tell(f"{count} “{word}”:", *(paragraphs[number] for number in found))
