"""A pasted text, line by line: numbering, bullets and key marks are no part of an item."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BULLET = r"[-*\u2022\u2013]\s+"
_NUMBER = re.compile(
    rf"^(?:{_BULLET})?[(\[]?(?:[a-z]{{0,2}}|item|question)\s?\d{{1,2}}\s?[.):\]]+\s*|^\d{{1,2}}\t\s*|^{_BULLET}",
    re.IGNORECASE,
)
"""Numbering that surely is no part of the text: ``3.``, ``(3)``, ``Q3:``, ``Item 3:``, a bullet."""
_BARE_NUMBER = re.compile(r"^[A-Za-z]{0,2}\d{1,2}\s+")
_KEY_MARK = re.compile(
    r"\s*(?:\(\s*(?:r|rev|reversed?|reverse[- ](?:scored|keyed))\s*\)|\*+)$", re.IGNORECASE
)


def numbered_lines(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return 1-based number and stripped text of every line that is not blank."""
    stripped = (line.lstrip("\ufeff").strip() for line in lines)
    return [(number, text) for number, text in enumerate(stripped, start=1) if text]


def readings_of(line: str) -> tuple[str, ...]:
    """Return what the item on `line` may be: first without all that surely is numbering, last as it stands.

    A number without a dot or bracket may belong to the text ("5 people ..."): it is taken off in one reading.
    """
    unmarked = _KEY_MARK.sub("", line)
    certain = _NUMBER.sub("", unmarked, count=1).strip()
    return (certain, _BARE_NUMBER.sub("", unmarked, count=1), unmarked, line)
