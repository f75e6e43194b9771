"""The notation of patterns: ways of saying a thing, as definition files write them.

A way is a list of groups that all have to stand in one sentence, in any order, within `WINDOW` words:

``"wait|queue|stand in line"``  one of these words or phrases, in any form (waits, waited, waiting) and
with a spelling slip or two in long words; ``"refund*"`` any word that begins so;
``"#12|#12%"``  a number, in figures or words; with ``%`` it has to be per cent, without it must not be;
``"+fall|drop"``  and it is not negated; ``"-fall|drop"``  and it is ("did not fall");
``"!draft"``  the sentence does not hold it (``"!-fall"``: not negated); ``"@refund"``  it stands anywhere in
the text; ``"<8"``  another window for this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from instruments.tasks.tokens import normalise

WINDOW = 16
"""Words within which the groups of a way have to stand."""
_GROUP = re.compile(r"(?P<where>[!@]?)(?P<sign>[+-]?)(?P<body>[^!@+<|-][^!@+<]*)")
_NUMBER = re.compile(r"#(\d+(?:\.\d+)?)(%?)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*\*?")


@dataclass(frozen=True, slots=True)
class Term:
    """One alternative of a group: words in a row, or a number."""

    words: tuple[str, ...] = ()
    number: float | None = None
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives of which one has to stand; `where` is empty, ``!`` or ``@``, `sign` empty, + or -."""

    terms: tuple[Term, ...]
    where: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying a thing."""

    groups: tuple[Group, ...]
    window: int = WINDOW


def parse_way(parts: Iterable[str]) -> Way:
    """Return the way that `parts` write; ValueError naming the first part that is not in the notation."""
    groups = []
    window = WINDOW
    for part in parts:
        if re.fullmatch(r"<[1-9]\d?", part):
            window = int(part[1:])
            continue
        match = _GROUP.fullmatch(part)
        if not match:
            raise ValueError(part)
        terms = tuple(_term(one.strip(), part) for one in match["body"].split("|"))
        groups.append(Group(terms, match["where"], match["sign"]))
    if all(group.where for group in groups):
        raise ValueError("")
    return Way(tuple(groups), window)


def _term(text: str, part: str) -> Term:
    number = _NUMBER.fullmatch(text)
    if number:
        return Term(number=float(number[1]), is_percent=bool(number[2]))
    words = tuple(normalise(text).replace("-", " ").split())
    if not words or not all(_WORD.fullmatch(word) for word in words):
        raise ValueError(part)
    return Term(words)
