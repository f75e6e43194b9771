"""Words brought to one form, and spelling slips within bounds; English, by rule and a short table."""

from __future__ import annotations

_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been am",
        "begin": "began begun",
        "break": "broke broken",
        "bring": "brought",
        "do": "did done does",
        "fall": "fell fallen",
        "feel": "felt",
        "find": "found",
        "forget": "forgot forgotten",
        "get": "got gotten",
        "give": "gave given",
        "go": "went gone goes",
        "grow": "grew grown",
        "have": "has had",
        "hear": "heard",
        "keep": "kept",
        "know": "knew known",
        "leave": "left leaving",
        "lose": "lost",
        "make": "made",
        "pay": "paid",
        "read": "reads",
        "rise": "rose risen",
        "say": "said says",
        "see": "saw seen",
        "send": "sent",
        "show": "shown",
        "speak": "spoke spoken",
        "spend": "spent",
        "take": "took taken",
        "tell": "told",
        "think": "thought",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
_SOUND = frozenset("aeiou")


def stem(word: str) -> str:
    """Return the stem of a casefolded English word: irregular forms, then endings -s -ed -ing -e."""
    word = word.removesuffix("'s").removesuffix("s'").replace("'", "")
    word = _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "zes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 1 and _SOUND & set(word[: -len(ending)]):
            word = _undoubled(word[: -len(ending)])
            break
    if word.endswith("i") and len(word) > 2:
        return word[:-1] + "y"
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _undoubled(base: str) -> str:
    if len(base) < 3:
        return base + "e"
    is_double = base[-1] == base[-2] and base[-1] not in "aeioulsz"
    return base[:-1] if is_double and len(base) > 3 else base


def forms_of(word: str) -> tuple[str, ...]:
    """Return `word` and the regular forms that a slip may be made in."""
    base = word.removesuffix("e")
    return (word, word + "s", base + "ed", base + "ing")


def allowed_slips(length: int) -> int:
    """Return how many edits a word of `length` letters may be away: none below 5, 1 to 8, then 2."""
    return 0 if length < 5 else 1 if length < 9 else 2


def letters_of(word: str) -> int:
    """Return the letters of `word` as a bit set, for a quick first look before `is_slip`."""
    bits = 0
    for sign in word:
        bits |= 1 << (ord(sign) % 61)
    return bits


def is_slip(word: str, wanted: str) -> bool:
    """Return whether `word` may be `wanted` misspelt.

    The first letter has to be right. Edits are counted as Damerau and Levenshtein do, neighbours swapped
    being one (restricted edit distance); a word of four letters may have two neighbours swapped.
    """
    if word[:1] != wanted[:1] or word == wanted:
        return word == wanted
    if len(wanted) == 4:
        return len(word) == 4 and sorted(word) == sorted(wanted) and _distance(word, wanted, 1) <= 1
    most = allowed_slips(len(wanted))
    return bool(most) and abs(len(word) - len(wanted)) <= most and _distance(word, wanted, most) <= most


def _distance(left: str, right: str, most: int) -> int:
    """Return the restricted edit distance, or anything above `most` as soon as it must be above."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, sign in enumerate(left, start=1):
        last, before, row = before, row, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return row[-1]
