"""What has to hold in a `review` file: two balanced halves, and for every statement how it can be checked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from instruments.checking import Misfits
from instruments.locate import Path
from instruments.tasks.model import FAULT_KINDS, Statement
from instruments.tasks.rules import check_ids, check_languages, is_quoted, rows_of, sources_of

HALVES = (1, 2)
SOUND = 6
"""Sound statements in each half; as many are flawed, one of each kind."""
_NEEDS_NO_SOURCE = ("invented-figure", "invented-source")


def check_review(raw: dict[str, Any], misfits: Misfits) -> None:
    """Note what is wrong in the statements of a `review`."""
    statements: list[tuple[Path, Statement]] = rows_of(raw, "statements", Statement, misfits)
    check_ids(raw, "statements", misfits)
    for path, statement in statements:
        _check_statement(raw, statement, path, misfits)
    for half in HALVES:
        _check_half([one for _, one in statements if one.half == half], half, misfits)


def _check_half(statements: list[Statement], half: int, misfits: Misfits) -> None:
    kinds = Counter(one.fault for one in statements)
    if kinds[None] != SOUND:
        found = f"half {half} with {kinds[None]} sound statements"
        misfits.add(("statements",), found, f"{SOUND} sound statements in each half")
    for kind in FAULT_KINDS:
        if kinds[kind] != 1:
            found = f"half {half} with {kinds[kind]} statements of kind {kind!r}"
            misfits.add(("statements",), found, "one of each kind in each half")


def _check_statement(raw: dict[str, Any], statement: Statement, path: Path, misfits: Misfits) -> None:
    if statement.half not in HALVES:
        misfits.add((*path, "half"), str(statement.half), "1 or 2")
    check_languages(raw, statement.text, (*path, "text"), misfits)
    if statement.fault is None:
        _check_sound(raw, statement, path, misfits)
    else:
        _check_flawed(raw, statement, path, misfits)
    for language, sentence in statement.source.items():
        if not is_quoted(sentence, [one.get(language, "") for one in sources_of(raw)]):
            place = (*path, "source", language)
            misfits.add(place, "a sentence that the source lacks", "the source's own words")


def _check_sound(raw: dict[str, Any], statement: Statement, path: Path, misfits: Misfits) -> None:
    for key, texts in (("place", statement.place), ("reason", statement.reason)):
        if texts:
            misfits.add((*path, key), "a text", "none: the statement is sound, it has no fault")
    if not statement.source:
        misfits.add(path, "no source", "the sentence of the source that supports it")
    check_languages(raw, statement.source or None, (*path, "source"), misfits)


def _check_flawed(raw: dict[str, Any], statement: Statement, path: Path, misfits: Misfits) -> None:
    if not statement.source and statement.fault not in _NEEDS_NO_SOURCE:
        misfits.add(path, "no source", "the sentence of the source that speaks against it")
    for key, texts in (("place", statement.place), ("reason", statement.reason)):
        if not texts:
            misfits.add(path, f"no {key}", f"{key}: every fault says what, where and why it is easy to miss")
        check_languages(raw, texts or None, (*path, key), misfits)
    for language, words in statement.place.items():
        if words not in statement.text.get(language, ""):
            misfits.add((*path, "place", language), "words that the statement lacks", "words out of its text")
