"""Which words of a sentence are negated: by a negator before them, within its clause, turn by turn."""

from __future__ import annotations

from collections.abc import Sequence

REACH = 7
"""Words that a negator reaches at most, when no comma or conjunction ends it before."""
_NEGATORS = (
    "not no never nor neither none nobody nothing without w/o cannot hardly "
    "avoid avoids avoiding omit omits omitting remove removes removing removed hide hides hiding "
    "dont doesnt didnt isnt arent wasnt werent wont cant couldnt shouldnt wouldnt havent hasnt hadnt"
)
NEGATORS = frozenset(_NEGATORS.split())
_PAIRS = {
    ("leave", "out"),
    ("leaves", "out"),
    ("leaving", "out"),
    ("left", "out"),
    ("instead", "of"),
    ("rather", "than"),
    ("failed", "to"),
    ("fail", "to"),
    ("fails", "to"),
    ("strip", "out"),
    ("take", "out"),
}
_NO_NEGATION = {
    "not": frozenset({"only", "just", "merely", "simply", "more", "later", "least"}),
    "no": frozenset({"more", "later", "less", "doubt", "fewer"}),
    "nothing": frozenset({"but", "except", "else", "more", "other"}),
}
_CONJUNCTIONS = "but however although though because so while whereas yet instead then"
_ENDS = frozenset(_CONJUNCTIONS.split())


def negated(words: Sequence[str], clauses: Sequence[int]) -> list[bool]:
    """Return for each word whether an odd number of negators reaches it: "do not leave out" negates nothing.

    A negator reaches up to `REACH` words, ends with its clause, at a conjunction and at *nor*; "not only",
    "no later than" and their like negate nothing. *And* ends it only before another negator.
    """
    flags = [False] * len(words)
    for at in range(len(words)):
        length = _negator_at(words, at)
        if not length:
            continue
        for place in range(at + length, min(at + length + REACH, len(words))):
            if clauses[place] != clauses[at] or _ends(words, place):
                break
            flags[place] = not flags[place]
    return flags


def _negator_at(words: Sequence[str], at: int) -> int:
    """Return how many words the negator at `at` has, 0 for none."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if (word, following) in _PAIRS:
        return 2
    if word in _NO_NEGATION and following in _NO_NEGATION[word]:
        return 0
    return int(word in NEGATORS or word.endswith("n't"))


def _ends(words: Sequence[str], place: int) -> bool:
    word = words[place]
    if word == "nor":
        return True
    if word == "and":
        return place + 1 < len(words) and bool(_negator_at(words, place + 1))
    return word in _ENDS
