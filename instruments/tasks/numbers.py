"""Numbers in figures and in words: ``4,200``, ``4 200``, ``4.2k``, ``four thousand two hundred``."""

from __future__ import annotations

import re

from instruments.tasks.stems import is_slip

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES: dict[str, float] = {
    **{name: float(value) for value, name in enumerate(_SMALL.split())},
    **{name: float(value) for value, name in enumerate(_ORDINALS.split())},
    **{name: 20.0 + 10 * place for place, name in enumerate(_TENS.split())},
    **{name.removesuffix("y") + "ieth": 20.0 + 10 * place for place, name in enumerate(_TENS.split())},
    "dozen": 12.0,
}
FACTORS = {"hundred": 100.0, "thousand": 1000.0, "million": 1_000_000.0}
_SCALES = {"k": 1000.0, "m": 1_000_000.0}
_THOUSANDS = re.compile(r"\d{1,3}(?:[., ]\d{3})+")
_LONG = tuple(name for name in (*VALUES, *FACTORS) if len(name) > 5)


def readings_of_figures(figures: str, scale: str = "") -> tuple[float, ...]:
    """Return what figures such as ``1.200`` may stand for: thousands, a decimal point or a comma.

    `scale` is the letter right behind them (k, m), or empty. Nothing for what is no number.
    """
    factor = _SCALES.get(scale, 1.0)
    found = set()
    if _THOUSANDS.fullmatch(figures):
        found.add(float(re.sub(r"[., ]", "", figures)))
    plain = figures.replace(",", ".")
    if plain.count(".") <= 1 and " " not in plain:
        found.add(float(plain))
    return tuple(sorted(round(value * factor, 6) for value in found))


def number_word(word: str, known: frozenset[str]) -> str:
    """Return the number word that `word` is, also with a slip in a long one; empty for any other word."""
    if word in VALUES or word in FACTORS:
        return word
    if len(word) < 5 or word in known:
        return ""
    return next((name for name in _LONG if is_slip(word, name)), "")


def value_of(words: list[str]) -> float:
    """Return the value of number words in a row, such as ``four thousand two hundred``."""
    total = part = 0.0
    for word in words:
        if word not in FACTORS:
            part += VALUES[word]
        elif word == "hundred":
            part = max(part, 1.0) * FACTORS[word]
        else:
            total += max(part, 1.0) * FACTORS[word]
            part = 0.0
    return total + part


def may_follow(word: str, before: str) -> bool:
    """Return whether `word` goes on with the number that `before` is part of, as in ``twenty two``."""
    if word in FACTORS:
        return True
    if before in FACTORS:
        return VALUES[word] < FACTORS[before]
    return VALUES[before] >= 20 and VALUES[before] % 10 == 0 and 0 < VALUES[word] < 10
