"""Widths of text in terminal cells: measuring, wrapping, padding."""

from __future__ import annotations

import unicodedata

from tui.cleaning import clean


def one_line(text: str) -> str:
    """Return `text` without control characters, on one line, with single spaces."""
    return " ".join(clean(text).split())


def width_of(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Return `text` in lines of at most `width` cells (2 or more), broken at spaces if possible."""
    lines: list[str] = []
    line = ""
    for word in _words(text, width):
        longer = f"{line} {word}" if line else word
        if width_of(longer) <= width:
            line = longer
            continue
        lines.append(line)
        line = word
    return (*lines, line)


def _words(text: str, width: int) -> list[str]:
    """Split at spaces; a word longer than a line is cut into pieces."""
    pieces: list[str] = []
    for word in text.split(" "):
        piece = ""
        for letter in word:
            if piece and width_of(piece + letter) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` filled with spaces to `width` cells, at the left when it is set to the `right`."""
    space = " " * (width - width_of(text))
    return space + text if right else text + space
