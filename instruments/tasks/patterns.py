"""Whether a text says a thing: ways of saying it (see `notation`), found in linear time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from instruments.tasks.notation import Group, Term, Way, parse_way
from instruments.tasks.stems import forms_of, is_slip, letters_of, stem
from instruments.tasks.tokens import Sentence, Token, sentences_of
from instruments.tasks.writing import Ways


class Reader:
    """Reads texts against the ways of one task; build it once (`reader_of`)."""

    def __init__(self, ways: tuple[Ways, ...], shown: str) -> None:
        self.known = frozenset(token.word for sentence in sentences_of(shown) for token in sentence)
        self.ways = {one: tuple(parse_way(parts) for parts in one) for one in ways}
        terms = (term for many in self.ways.values() for way in many for g in way.groups for term in g.terms)
        words = {word for term in terms for word in (*term.words, "".join(term.words)) if word}
        self.prefixes = tuple(sorted(word[:-1] for word in words if word.endswith("*")))
        self.stems: dict[str, set[str]] = {}
        self.near: dict[str, list[tuple[str, int, str]]] = {}
        for word in sorted(words):
            self._learn(word)

    def _learn(self, word: str) -> None:
        plain = word.removesuffix("*")
        if plain == word:
            self.stems.setdefault(stem(plain), set()).add(word)
        for form in forms_of(plain):
            if len(form) >= 4:
                self.near.setdefault(form[0], []).append((form, letters_of(form), word))

    def words_for(self, token: Token) -> frozenset[str]:
        """Return the words of the patterns that `token` stands for."""
        found = {f"{one}*" for one in self.prefixes if token.word.startswith(one)}
        found |= self.stems.get(token.stem, set())
        if found or token.word in self.known or not 4 <= len(token.word) <= 20:
            return frozenset(found)
        letters = letters_of(token.word)
        for form, bits, word in self.near.get(token.word[0], ()):
            close = abs(len(form) - len(token.word)) <= 2 and (bits ^ letters).bit_count() <= 4
            if close and word not in found and is_slip(token.word, form):
                found.add(word)
        return frozenset(found)

    def read(self, text: str) -> Reading:
        """Return `text` read word by word, ready for `Reading.says`."""
        sentences = sentences_of(text, self.known)
        distinct = {token.word: token for sentence in sentences for token in sentence}
        heard = {word: self.words_for(token) for word, token in distinct.items() if token.stem}
        return Reading(self, tuple(_Heard(sentence, heard) for sentence in sentences))


class _Heard:
    """One sentence with the places of every pattern word in it."""

    def __init__(self, sentence: Sentence, heard: dict[str, frozenset[str]]) -> None:
        self.sentence = sentence
        self.places: dict[str, list[int]] = {}
        self.numbers = [(place, token) for place, token in enumerate(sentence) if token.values]
        for place, token in enumerate(sentence):
            for word in heard.get(token.word, ()):
                self.places.setdefault(word, []).append(place)

    def hits(self, group: Group) -> set[int]:
        """Return every place where the group stands with the sign it asks for."""
        found = {place for term in group.terms for place in self._term(term)}
        if group.sign:
            found = {place for place in found if self.sentence[place].is_negated == (group.sign == "-")}
        return found

    def _term(self, term: Term) -> list[int]:
        if term.number is not None:
            return [
                place
                for place, token in self.numbers
                if token.is_percent == term.is_percent and term.number in token.values
            ]
        if len(term.words) == 1:
            return self.places.get(term.words[0], [])
        rest = [frozenset(self.places.get(word, ())) for word in term.words[1:]]
        rows = [
            place
            for place in self.places.get(term.words[0], ())
            if all(place + step in places for step, places in enumerate(rest, start=1))
        ]
        return rows + self.places.get("".join(term.words), [])


@dataclass(frozen=True, slots=True)
class Reading:
    """One text that was read."""

    reader: Reader
    sentences: tuple[_Heard, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there was no word at all."""
        return not self.sentences

    def says(self, ways: Ways) -> bool:
        """Return whether the text says the thing in one of `ways`, which the reader was built with."""
        return any(self._way(way) for way in self.reader.ways[ways])

    def _way(self, way: Way) -> bool:
        anywhere = [group for group in way.groups if group.where == "@"]
        if not all(any(one.hits(group) for one in self.sentences) for group in anywhere):
            return False
        near = [group for group in way.groups if not group.where]
        barred = [group for group in way.groups if group.where == "!"]
        return any(
            _stand_near([one.hits(group) for group in near], way.window)
            and not any(one.hits(group) for group in barred)
            for one in self.sentences
        )


def _stand_near(hits: list[set[int]], window: int) -> bool:
    """Return whether one place of each set fits within `window` words."""
    if not all(hits):
        return False
    marks = sorted((place, number) for number, places in enumerate(hits) for place in places)
    counts = [0] * len(hits)
    missing = len(hits)
    first = 0
    for place, number in marks:
        missing -= counts[number] == 0
        counts[number] += 1
        while place - marks[first][0] >= window:
            counts[marks[first][1]] -= 1
            missing += counts[marks[first][1]] == 0
            first += 1
        if not missing:
            return True
    return False


@lru_cache(maxsize=32)
def reader_of(ways: tuple[Ways, ...], shown: str) -> Reader:
    """Return the reader for `ways`; words in `shown`, the texts of the task, are no spelling slips."""
    return Reader(ways, shown)
