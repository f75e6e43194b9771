"""Who may look at which text, and what mark it ends with: the rules of blind double rating."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal

from instruments.model import Record

MARKS = range(5)
"""Marks that a rater can give; `instruments.tasks.rubric` says what each stands for."""
WIDE_GAP = 2
"""Two marks that lie as far apart, or further, are looked at a third time."""
BOTH = "+"
"""Joins the names of two raters who look at a text together."""
LookKind = Literal["first", "third"]


class Look(Record, frozen=True):
    """One rater's look at one text; `mark` is None from showing the text until it is marked."""

    text: str
    rater: str
    kind: LookKind = "first"
    mark: int | None = None


def together(raters: Sequence[str]) -> str:
    """Return the one name of `raters` who look together, of one alone the own name."""
    return BOTH.join(sorted(set(raters)))


def first_marks(looks: Sequence[Look]) -> tuple[tuple[str, int], ...]:
    """Return (rater, mark) of those who marked one text without a third look, by name."""
    return tuple(sorted((x.rater, x.mark) for x in looks if x.kind == "first" and x.mark is not None))


def needs_third(looks: Sequence[Look]) -> bool:
    """Whether the two marks of one text lie far apart, and nobody has given a third."""
    marks = [mark for _, mark in first_marks(looks)]
    is_third_given = any(x.kind == "third" and x.mark is not None for x in looks)
    return len(marks) == 2 and abs(marks[0] - marks[1]) >= WIDE_GAP and not is_third_given


def may_look(rater: str, looks: Sequence[Look]) -> LookKind | None:
    """Return which look at a text with these `looks` is open for `rater`, None where there is none.

    A text is taken by the first two who come, from the moment it is shown to them; with a third look it is
    read by three people at most, which is what its author agreed to. The two themselves, together, can give
    it too, also where a third rater took it and gave no mark.
    """
    firsts = {x.rater for x in looks if x.kind == "first"}
    if BOTH in rater:
        return "third" if needs_third(looks) and set(rater.split(BOTH)) == firsts else None
    own = next((x for x in looks if x.rater == rater), None)
    if own is not None:
        is_open = own.mark is None and (own.kind == "first" or needs_third(looks))
        return own.kind if is_open else None
    if len(firsts) < 2:
        return "first"
    is_taken = any(x.kind == "third" for x in looks)
    return "third" if needs_third(looks) and not is_taken else None


def read_mark(looks: Sequence[Look]) -> float | None:
    """Return the mark by reading that one text ends with, None where it is not settled yet.

    The mean of two marks that lie near each other. After a third look the mark that both agreed on together,
    or the middle one of three: nobody overrules two.
    """
    marks = [float(mark) for _, mark in first_marks(looks)]
    if len(marks) < 2 or needs_third(looks):
        return None
    third = next((x for x in looks if x.kind == "third" and x.mark is not None), None)
    if third is None or third.mark is None:
        return sum(marks) / 2
    return float(third.mark) if BOTH in third.rater else median([*marks, float(third.mark)])
