"""What has to hold in every task file beyond its shape: the head, ids, languages, quoted sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from instruments.checking import Misfits
from instruments.format_rules import repeated
from instruments.locate import Path
from instruments.model import SCHEMA, Texts
from instruments.tasks.model import TASK_IDS
from instruments.texts import shorten

_TASK_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MAX_MINUTES = 60


def check_head(raw: dict[str, Any], misfits: Misfits) -> None:
    """Note what is wrong in the part that all tasks share."""
    name, schema, minutes = raw.get("id"), raw.get("schema"), raw.get("time_guide_minutes")
    if isinstance(name, str) and not _TASK_ID.fullmatch(name):
        misfits.add(
            ("id",), repr(name[:70]), "small letters, digits and hyphens, at most 64, no hyphen first"
        )
    if isinstance(name, str) and name in TASK_IDS and name != raw.get("task"):
        expected = f"an id of its own: {name!r} is the kind of another task"
        misfits.add(("id",), repr(name), expected)
    if isinstance(schema, int) and schema != SCHEMA:
        misfits.add(("schema",), str(schema), str(SCHEMA))
    if isinstance(minutes, int) and not 1 <= minutes <= MAX_MINUTES:
        misfits.add(("time_guide_minutes",), shorten(minutes), f"1 to {MAX_MINUTES} minutes")
    for key in ("work", "title", "what_is_asked", "source"):
        if raw.get(key) in ("", {}, []):
            misfits.add((key,), "nothing", "a text")
    check_languages(raw, raw.get("what_is_asked"), ("what_is_asked",), misfits)
    for index, paragraph in enumerate(sources_of(raw)):
        check_languages(raw, paragraph, ("source", index), misfits)


def check_languages(raw: dict[str, Any], texts: object, path: Path, misfits: Misfits) -> None:
    """Note where `texts` lacks a language that the title has."""
    title = raw.get("title")
    if isinstance(title, dict) and isinstance(texts, dict):
        for language in title:
            if language not in texts:
                misfits.add(path, f"no text in {shorten(language)}", "a text in every language of the title")


def check_ids(raw: dict[str, Any], key: str, misfits: Misfits) -> None:
    """Note ids in the list `key` that are no ids or stand twice."""
    values = raw.get(key)
    rows = values if isinstance(values, list) else []
    names = [row.get("id") if isinstance(row, dict) else None for row in rows]
    for index, name in enumerate(names):
        if isinstance(name, str) and not _ID.fullmatch(name):
            expected = "letters, digits, hyphens and underlines, at most 64"
            misfits.add((key, index, "id"), repr(name[:70]), expected)
    for index, name in repeated(names):
        misfits.add((key, index, "id"), f"{str(name)[:70]!r} a second time", "an id of its own")


def rows_of(raw: dict[str, Any], key: str, kind: Any, misfits: Misfits) -> list[tuple[Path, Any]]:
    """Return path and record of every element of the list `key` whose shape is right."""
    wrong = misfits.places()
    values = raw.get(key, [])
    return [
        ((key, index), msgspec.convert(value, kind, strict=True))
        for index, value in enumerate(values if isinstance(values, list) else [])
        if (key, index) not in wrong
    ]


def sources_of(raw: dict[str, Any]) -> list[Texts]:
    """Return the paragraphs of the source that are tables of texts."""
    values = raw.get("source")
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def is_quoted(sentence: str, paragraphs: Iterable[object]) -> bool:
    """Return whether `sentence` stands word for word in one of `paragraphs`, whatever the line breaks.

    What is no text holds no sentence: another fault names it.
    """
    wanted = " ".join(sentence.split())
    texts = (paragraph for paragraph in paragraphs if isinstance(paragraph, str))
    return any(wanted in " ".join(text.split()) for text in texts)
