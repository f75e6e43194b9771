"""The word list of personal codes and recovery sheets, and what to say about a mistyped word."""

from __future__ import annotations

import re
from functools import cache

from store.errors import KeyRefused


@cache
def word_list() -> tuple[str, ...]:
    """Return the 2,048 English words of BIP 39."""
    from mnemonic import Mnemonic

    return tuple(Mnemonic("english").wordlist)


@cache
def _numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(word_list())}


def word_at(number: int) -> str:
    """Return the word that stands for the 11 bits `number`."""
    return word_list()[number]


def read_words(text: str, count: int, what: str) -> tuple[int, ...]:
    """Return the numbers of the `count` words in `text`; KeyRefused names what is wrong about `what`."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) != count:
        raise KeyRefused(f"{what} has {count} words; here are {len(words)}.", "Type all of them, in order.")
    unknown = [word for word in words if word not in _numbers()]
    if unknown:
        raise KeyRefused(_complaint(unknown[0]), "Correct this word.")
    return tuple(_numbers()[word] for word in words)


def _complaint(word: str) -> str:
    from difflib import get_close_matches

    alike = [one for one in word_list() if one[:1] == word[:1]]
    close = get_close_matches(word, alike or word_list(), n=1, cutoff=0.0)
    return f"“{word[:20]}” is not among the words; the nearest one is “{close[0]}”."
