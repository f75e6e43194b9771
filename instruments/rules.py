"""What has to hold within a definition beyond its shape: ids, keys, scales."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec

from instruments.checking import Misfits
from instruments.format_rules import check_format, repeated
from instruments.locate import Path
from instruments.model import (
    SCHEMA,
    ChoiceFormat,
    Format,
    Item,
    MarkFormat,
    RatingFormat,
    RowsFormat,
    Scale,
    TextFormat,
)

_INSTRUMENT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
RESERVED = ("attributes",)
"""Part ids that careload makes itself."""
MAX_ITEMS = 300


def check_rules(raw: dict[str, Any], misfits: Misfits) -> None:
    """Note every broken rule in `raw`; elements whose shape is wrong already are left out."""
    wrong = misfits.places()
    formats = _converted(raw, "formats", Format, wrong)
    items = _converted(raw, "items", Item, wrong)
    scales = _converted(raw, "scales", Scale, wrong)
    _check_head(raw, misfits)
    for key in ("formats", "items", "scales"):
        _check_ids(raw, key, misfits)
    for path, fmt in formats:
        check_format(fmt, path, misfits)
    known = {fmt.id: fmt for _, fmt in formats}
    declared_formats = _names(raw, "formats")
    for path, item in items:
        _check_item(item, path, known, declared_formats, misfits)
    _check_fingerprints(items, misfits)
    declared = _declared(raw, items, known)
    for path, scale in scales:
        _check_scale(scale, path, declared, misfits)
    if raw.get("kind") == "instrument":
        _check_every_item_counts(raw, items, misfits)


def _converted(raw: dict[str, Any], key: str, kind: Any, wrong: frozenset[Path]) -> list[tuple[Path, Any]]:
    values = raw.get(key, [])
    if not isinstance(values, list):
        return []
    return [
        ((key, index), msgspec.convert(value, kind, strict=True))
        for index, value in enumerate(values)
        if (key, index) not in wrong
    ]


def _ids(raw: dict[str, Any], key: str) -> list[Any]:
    values = raw.get(key, [])
    return (
        [one.get("id") if isinstance(one, dict) else None for one in values]
        if isinstance(values, list)
        else []
    )


def _names(raw: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(name for name in _ids(raw, key) if isinstance(name, str))


def _check_head(raw: dict[str, Any], misfits: Misfits) -> None:
    name, schema = raw.get("id"), raw.get("schema")
    if isinstance(name, str) and not _INSTRUMENT_ID.fullmatch(name):
        misfits.add(
            ("id",), repr(name[:70]), "small letters, digits and hyphens, at most 64, no hyphen first"
        )
    if name in RESERVED:
        misfits.add(("id",), repr(name), "another id: careload uses this one itself")
    if isinstance(schema, int) and schema != SCHEMA:
        misfits.add(("schema",), str(schema), str(SCHEMA))
    for key in ("name", "title"):
        if raw.get(key) in ("", {}):
            misfits.add((key,), "nothing", "a text")
    for key in ("formats", "items"):
        if raw.get(key) == []:
            misfits.add((key,), "an empty list", "at least one")
    items = raw.get("items")
    if isinstance(items, list) and len(items) > MAX_ITEMS:
        misfits.add(("items",), f"{len(items)} items", f"at most {MAX_ITEMS}")


def _check_ids(raw: dict[str, Any], key: str, misfits: Misfits) -> None:
    names = _ids(raw, key)
    for index, name in enumerate(names):
        if isinstance(name, str) and not _ID.fullmatch(name):
            misfits.add(
                (key, index, "id"), repr(name[:70]), "letters, digits, hyphens and underlines, at most 64"
            )
    for index, name in repeated(names):
        misfits.add((key, index, "id"), f"{str(name)[:70]!r} a second time", "an id of its own")


def _check_item(
    item: Item, path: Path, known: dict[str, Any], declared: frozenset[str], misfits: Misfits
) -> None:
    if item.format not in declared:
        misfits.add((*path, "format"), repr(item.format[:70]), "the id of one of the formats")
    if item.reverse and isinstance(known.get(item.format), TextFormat | RowsFormat | MarkFormat):
        misfits.add((*path, "reverse"), "true", "false: only choices and ratings can be reversed")
    if item.fingerprint and not _FINGERPRINT.fullmatch(item.fingerprint):
        misfits.add((*path, "fingerprint"), repr(item.fingerprint[:20]), "64 digits 0-9 a-f (SHA-256)")
    if not item.text and not item.fingerprint:
        misfits.add(path, "neither text nor fingerprint", "a text, or the fingerprint of the published one")


def _check_fingerprints(items: list[tuple[Path, Item]], misfits: Misfits) -> None:
    for index, _ in repeated(item.fingerprint or index for index, (_, item) in enumerate(items)):
        misfits.add((*items[index][0], "fingerprint"), "the fingerprint of another item", "one of its own")


@dataclass(frozen=True, slots=True)
class _Declared:
    """What scales may name: all item ids, ranges of those with a score, ids of those without one."""

    ids: frozenset[str]
    ranges: dict[str, tuple[float, float]]
    unscored: frozenset[str]


def _declared(raw: dict[str, Any], items: list[tuple[Path, Item]], known: dict[str, Any]) -> _Declared:
    ranges = {}
    unscored = set()
    for _, item in items:
        fmt = known.get(item.format)
        if isinstance(fmt, RatingFormat) or (isinstance(fmt, ChoiceFormat) and fmt.options):
            ranges[item.id] = (fmt.minimum, fmt.maximum)
        elif isinstance(fmt, TextFormat | RowsFormat | MarkFormat):
            unscored.add(item.id)
    return _Declared(_names(raw, "items"), ranges, frozenset(unscored))


def _check_scale(scale: Scale, path: Path, declared: _Declared, misfits: Misfits) -> None:
    if not scale.items:
        misfits.add((*path, "items"), "an empty list", "the ids of its items")
    for index, item_id in enumerate(scale.items):
        if item_id not in declared.ids:
            misfits.add((*path, "items", index), repr(item_id[:70]), "the id of one of the items")
        elif item_id in declared.unscored:
            misfits.add(
                (*path, "items", index),
                repr(item_id),
                "an item with choices or a rating: others have no score",
            )
    for index, item_id in repeated(scale.items):
        misfits.add((*path, "items", index), f"{item_id[:70]!r} a second time", "each item once")
    if not 0 < scale.minimum_share <= 1:
        misfits.add((*path, "minimum_share"), f"{scale.minimum_share:g}", "more than 0, at most 1")
    found = Counter(declared.ranges[name] for name in scale.items if name in declared.ranges)
    if len(found) > 1:
        told = ", ".join(f"{low:g}-{high:g}" for low, high in sorted(found))
        misfits.add(
            (*path, "items"),
            f"items scored {told}",
            "items with one and the same range: their mean is the score",
        )


def _check_every_item_counts(raw: dict[str, Any], items: list[tuple[Path, Item]], misfits: Misfits) -> None:
    scales = raw.get("scales", [])
    lists = [one.get("items") for one in scales if isinstance(one, dict)] if isinstance(scales, list) else []
    named = {one for names in lists if isinstance(names, list) for one in names if isinstance(one, str)}
    for path, item in items:
        if item.id not in named:
            misfits.add(path, f"item {item.id[:70]!r} in no scale", "a scale that names it")
