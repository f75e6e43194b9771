"""How easy a text reads: words, sentences, syllables, and Flesch reading ease."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[A-Za-z]+(?:['\u2019][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=[\"'\u2019\u201d)]*(?:\s|$))")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouydt]ed$|[^aeiouyscxzgh]es$")


@dataclass(frozen=True, slots=True)
class Reading:
    """Counts of one text in words, sentences and syllables."""

    words: int
    sentences: int
    syllables: int

    @property
    def ease(self) -> float:
        """Flesch reading ease, higher is easier (Flesch 1948, Journal of Applied Psychology 32, 221-233).

        206.835 - 1.015 x words a sentence - 84.6 x syllables a word; 0.0 for a text without words.
        """
        if not self.words or not self.sentences:
            return 0.0
        return 206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text`: letters with inner apostrophes, or one number with its separators.

    A hyphen or a slash parts two words; signs such as % are none.
    """
    return tuple(_WORD.findall(text))


def syllables_in(word: str) -> int:
    """Return the syllables of an English word, by rule: groups of vowels less silent endings, at least one.

    The letters a e i o u y count as vowels; a final e (but not -le after a consonant), -ed (but not after
    d, t) and -es (but not after a hissing sound) are silent. A number counts one syllable a digit.
    """
    if word[0].isdigit():
        return sum(sign.isdigit() for sign in word)
    plain = re.sub(r"['\u2019]", "", word.lower())
    count = len(_VOWELS.findall(plain)) - bool(_SILENT_END.search(plain))
    return max(1, count)


def reading_of(paragraphs: Iterable[str]) -> Reading:
    """Return the counts over `paragraphs`; the end of a paragraph ends a sentence."""
    words = sentences = syllables = 0
    for paragraph in paragraphs:
        found = words_of(paragraph)
        if not found:
            continue
        words += len(found)
        syllables += sum(syllables_in(word) for word in found)
        sentences += len(_sentences_of(paragraph))
    return Reading(words, sentences, syllables)


def _sentences_of(paragraph: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(paragraph) if words_of(part)]
