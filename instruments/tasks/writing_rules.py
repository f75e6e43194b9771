"""What has to hold in a `summarise` or `adapt` file: places that can be found, patterns that can be read."""

from __future__ import annotations

from collections import Counter
from typing import Any

from instruments.checking import Misfits
from instruments.locate import Path
from instruments.model import Texts
from instruments.tasks.notation import parse_way
from instruments.tasks.rules import check_ids, check_languages, is_quoted, rows_of, sources_of
from instruments.tasks.writing import POINT_KINDS, Claim, Condition, KeyPoint, Ways

CONDITIONS = 4
CLAIMS = 2
MISSED = 2
"""Key points that the draft misses."""
WORDS = (50, 300)


def check_summarise(raw: dict[str, Any], misfits: Misfits) -> None:
    """Note what is wrong in the key points and claims of a `summarise`."""
    points: list[tuple[Path, KeyPoint]] = rows_of(raw, "key_points", KeyPoint, misfits)
    claims: list[tuple[Path, Claim]] = rows_of(raw, "claims", Claim, misfits)
    for key in ("key_points", "claims"):
        check_ids(raw, key, misfits)
    _check_paragraphs(raw, "draft", misfits)
    most = raw.get("max_words")
    if isinstance(most, int) and not WORDS[0] <= most <= WORDS[1]:
        misfits.add(("max_words",), str(most), f"{WORDS[0]} to {WORDS[1]} words")
    for path, point in points:
        _check_texts(raw, point, path, ("text", "source", "reason"), misfits)
        _check_quoted(point.source, sources_of(raw), (*path, "source"), "source", misfits)
        _check_ways(point.ways, (*path, "ways"), misfits)
    for path, claim in claims:
        _check_texts(raw, claim, path, ("place", "reason"), misfits)
        _check_quoted(claim.place, _paragraphs(raw, "draft"), (*path, "place"), "draft", misfits)
        _check_ways(claim.ways, (*path, "ways"), misfits)
    _check_counts(raw, [one for _, one in points], misfits)


def check_adapt(raw: dict[str, Any], misfits: Misfits) -> None:
    """Note what is wrong in the conditions of an `adapt`."""
    conditions: list[tuple[Path, Condition]] = rows_of(raw, "conditions", Condition, misfits)
    check_ids(raw, "conditions", misfits)
    _check_paragraphs(raw, "prompt", misfits)
    for path, one in conditions:
        _check_texts(raw, one, path, ("text", "source", "reason"), misfits)
        _check_quoted(one.source, sources_of(raw), (*path, "source"), "source", misfits)
        if one.place:
            _check_quoted(one.place, _paragraphs(raw, "prompt"), (*path, "place"), "prompt", misfits)
        _check_ways(one.ways, (*path, "ways"), misfits)
        if one.leftovers:
            _check_ways(one.leftovers, (*path, "leftovers"), misfits)
    if len(conditions) != CONDITIONS and len(conditions) == _length(raw, "conditions"):
        misfits.add(("conditions",), f"{len(conditions)} conditions", f"{CONDITIONS} conditions")
    for kind, count in Counter(one.kind for _, one in conditions).items():
        if count > 1:
            misfits.add(("conditions",), f"{count} conditions of kind {kind!r}", "at most one of each kind")


def _check_counts(raw: dict[str, Any], points: list[KeyPoint], misfits: Misfits) -> None:
    if len(points) == _length(raw, "key_points"):
        kinds = sorted(one.kind for one in points)
        if kinds != sorted(POINT_KINDS):
            expected = "one of each kind: " + ", ".join(POINT_KINDS)
            misfits.add(("key_points",), f"{len(points)} of kinds {', '.join(kinds)}", expected)
        missed = sum(not one.in_draft for one in points)
        if missed != MISSED:
            misfits.add(("key_points",), f"{missed} that the draft misses", f"{MISSED} with in_draft = false")
    claims = _length(raw, "claims")
    if claims is not None and claims != CLAIMS:
        misfits.add(("claims",), f"{claims} claims", f"{CLAIMS} claims")


def _length(raw: dict[str, Any], key: str) -> int | None:
    values = raw.get(key)
    return len(values) if isinstance(values, list) else None


def _paragraphs(raw: dict[str, Any], key: str) -> list[Texts]:
    values = raw.get(key)
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _check_paragraphs(raw: dict[str, Any], key: str, misfits: Misfits) -> None:
    if raw.get(key) == []:
        misfits.add((key,), "nothing", "a text")
    for index, paragraph in enumerate(_paragraphs(raw, key)):
        check_languages(raw, paragraph, (key, index), misfits)


def _check_texts(
    raw: dict[str, Any],
    record: KeyPoint | Claim | Condition,
    path: Path,
    keys: tuple[str, ...],
    misfits: Misfits,
) -> None:
    for key in keys:
        texts: Texts = getattr(record, key)
        if not texts:
            misfits.add((*path, key), "nothing", "a text")
        check_languages(raw, texts, (*path, key), misfits)


def _check_quoted(texts: Texts, paragraphs: list[Texts], path: Path, where: str, misfits: Misfits) -> None:
    for language, sentence in texts.items():
        if not is_quoted(sentence, [one.get(language, "") for one in paragraphs]):
            misfits.add((*path, language), f"a sentence that the {where} lacks", f"the {where}'s own words")


def _check_ways(ways: Ways, path: Path, misfits: Misfits) -> None:
    if not ways:
        misfits.add(path, "an empty list", "at least one way of saying it")
    for index, parts in enumerate(ways):
        try:
            parse_way(parts)
        except ValueError as error:
            part = str(error)
            place = (*path, index, parts.index(part)) if part in parts else (*path, index)
            found = repr(part[:70]) if part in parts else "a way without a word to look for"
            expected = 'word groups such as "wait|queue", "+fall", "-fall", "#12%", "!draft", "@refund", "<8"'
            misfits.add(place, found, expected)
