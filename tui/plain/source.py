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
    found = [
        (heading, tuple(paragraph for paragraph in told if places_of(word, [paragraph])))
        for heading, told in sections
    ]
    count = sum(len(told) for _, told in found)
    if not count:
        talk.tell(f"“{word}” does not stand in the text.")
        return
    talk.tell(f"{'1 paragraph has' if count == 1 else f'{count} paragraphs have'} “{word}”.")
    tell_source(talk, [(heading, told) for heading, told in found if told])
