"""A text as words in sentences, each with its stem, its number and whether it is negated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from instruments.tasks.negation import negated
from instruments.tasks.numbers import may_follow, number_word, readings_of_figures, value_of
from instruments.tasks.stems import stem

MAX_CHARACTERS = 20_000
MAX_WORDS = 1_500
"""What stands behind these is not read: a summary is ten times shorter."""
LONG_LINE = 60
"""A line of this many characters without a stop at its end is taken as wrapped, not as finished."""
_LEX = re.compile(
    r"(?P<figures>\d{1,3}(?: \d{3})+(?!\d)|\d++(?:[.,]\d++)*+)(?P<tail>[a-z]{1,2}(?![a-z]))?"
    r"|(?P<word>w/o\b|[^\W\d_]++(?:'[^\W\d_]++)*+)"
    r"|(?P<percent>%)"
    r"|(?P<stop>[.!?]++(?=[\s\"')\]]|\Z)|;)"
    r"|(?P<line>\n\s*+)"
    r"|(?P<clause>[,:()\u2013\u2014]|->|\u2192)"
)
_BULLET = re.compile(r"(?:[-*\u2022\u2013]|\d{1,2}[.)])\s")
_SHORTENED = frozenset({"approx", "dept", "e", "g", "i", "etc", "max", "min", "mr", "mrs", "ms", "vs"})
_PERCENT = frozenset({"percent", "percentage", "pct"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number. `clause` counts commas and the like, so that negation does not reach across."""

    word: str
    stem: str
    values: tuple[float, ...] = ()
    is_percent: bool = False
    is_negated: bool = False
    clause: int = 0


Sentence = tuple[Token, ...]


def normalise(text: str) -> str:
    """Return `text` casefolded, without accents, with plain apostrophes and hyphens."""
    plain = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS])
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = plain.casefold().replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\u2018\u2019\u00b4`]", "'", re.sub("[\u2010\u2011\u00ad]", "-", plain))


def sentences_of(text: str, known: frozenset[str] = frozenset()) -> tuple[Sentence, ...]:
    """Return the sentences of `text`; words in `known` are never taken for a misspelt number."""
    found: list[Sentence] = []
    words = 0
    for raw in _split(normalise(text)):
        sentence = _merged(raw, known)[: MAX_WORDS - words]
        words += len(sentence)
        if sentence:
            flags = negated([token.word for token in sentence], [token.clause for token in sentence])
            pairs = zip(sentence, flags, strict=True)
            found.append(tuple(replace(token, is_negated=flag) for token, flag in pairs))
    return tuple(found)


def _split(text: str) -> Iterator[list[Token]]:
    """Yield raw tokens sentence by sentence; a number word is a word still."""
    sentence: list[Token] = []
    clause = 0
    for match in _LEX.finditer(text):
        kind = match.lastgroup
        if match["figures"]:
            tail = match["tail"] or ""
            values = readings_of_figures(match["figures"], tail)
            sentence.append(Token(match.group(), "", values, clause=clause))
        elif kind == "word":
            sentence.append(Token(match.group(), stem(match.group()), clause=clause))
        elif kind == "percent":
            sentence.append(Token("%", "", clause=clause))
        elif kind == "clause":
            clause += 1
        elif (kind == "stop" and _is_end(sentence, match.group())) or (
            kind == "line" and _is_line_end(text, match)
        ):
            yield sentence
            sentence, clause = [], 0
    yield sentence


def _is_end(sentence: list[Token], stop: str) -> bool:
    return stop != "." or not sentence or sentence[-1].word not in _SHORTENED


def _is_line_end(text: str, match: re.Match[str]) -> bool:
    if match.group().count("\n") > 1 or _BULLET.match(text, match.end()):
        return True
    return match.start() - (text.rfind("\n", 0, match.start()) + 1) < LONG_LINE


def _merged(raw: list[Token], known: frozenset[str]) -> list[Token]:
    """Return `raw` with number words made numbers and per-cent signs and words taken in."""
    found: list[Token] = []
    at = 0
    while at < len(raw):
        token, at = _number_at(raw, at, known)
        if found and found[-1].values and (token.word == "%" or token.word in _PERCENT):
            found[-1] = replace(found[-1], is_percent=True)
        elif found and found[-1].values and token.word == "per" and _word(raw, at) == "cent":
            found[-1] = replace(found[-1], is_percent=True)
            at += 1
        elif token.word != "%":
            found.append(token)
    return found


def _number_at(raw: list[Token], at: int, known: frozenset[str]) -> tuple[Token, int]:
    """Return the token at `at`, number words in a row as one, and where to go on."""
    first = raw[at]
    name = number_word(first.word, known)
    if first.values or not name:
        return _scaled(raw, at)
    names = [name]
    end = at + 1
    while end < len(raw):
        skip = _word(raw, end) == "and" and names[-1] in {"hundred", "thousand"}
        following = number_word(_word(raw, end + skip), known)
        if not following or not may_follow(following, names[-1]):
            break
        names.append(following)
        end += 1 + skip
    return replace(first, stem=stem(first.word), values=(value_of(names),)), end


def _scaled(raw: list[Token], at: int) -> tuple[Token, int]:
    factors = {"thousand": 1000.0, "million": 1_000_000.0}
    factor = factors.get(_word(raw, at + 1))
    if raw[at].values and factor:
        return replace(raw[at], values=tuple(value * factor for value in raw[at].values)), at + 2
    return raw[at], at + 1


def _word(raw: list[Token], at: int) -> str:
    return raw[at].word if at < len(raw) else ""
