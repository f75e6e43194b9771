"""Whether parsed TOML has the shape of a record: every misfit with its path, not only the first."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from msgspec import inspect

from instruments.locate import Path
from instruments.texts import shorten, why_not_text

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAMES: dict[type, str] = {
    inspect.StrType: "text",
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
    inspect.BoolType: "true or false",
}
_MAX_NUMBER = 10**9


@dataclass(frozen=True, slots=True)
class Misfit:
    """One value that is not as declared."""

    path: Path
    found: str
    expected: str


@dataclass(slots=True)
class Misfits:
    """Collects what is wrong."""

    found: list[Misfit] = field(default_factory=list)

    def add(self, path: Path, found: str, expected: str) -> None:
        """Note one misfit."""
        self.found.append(Misfit(path, found, expected))

    def places(self) -> frozenset[Path]:
        """Return every path at or below which something is wrong."""
        return frozenset(
            misfit.path[:length] for misfit in self.found for length in range(len(misfit.path) + 1)
        )


def check_shape(value: Any, kind: type, path: Path, misfits: Misfits) -> None:
    """Note every place where `value` is not shaped as the record type `kind`."""
    _check(value, inspect.type_info(kind), path, misfits)


def _check(value: Any, kind: inspect.Type, path: Path, misfits: Misfits) -> None:
    match kind:
        case inspect.UnionType():
            _check_union(value, kind, path, misfits)
        case inspect.StructType():
            _check_struct(value, kind, path, misfits)
        case inspect.DictType():
            _check_texts(value, path, misfits)
        case inspect.VarTupleType() | inspect.TupleType():
            _check_list(value, kind, path, misfits)
        case inspect.LiteralType(values=values):
            if not isinstance(value, str) or value not in values:
                misfits.add(path, _told(value), "one of " + ", ".join(repr(one) for one in values))
        case _:
            _check_plain(value, kind, path, misfits)


def _check_list(
    value: Any, kind: inspect.VarTupleType | inspect.TupleType, path: Path, misfits: Misfits
) -> None:
    if not isinstance(value, list):
        misfits.add(path, _told(value), "a list")
        return
    kinds = [kind.item_type] * len(value) if isinstance(kind, inspect.VarTupleType) else list(kind.item_types)
    if len(value) != len(kinds):
        misfits.add(path, f"{len(value)} values", f"{len(kinds)} values")
    for index, (one, item) in enumerate(zip(value, kinds, strict=False)):
        _check(one, item, (*path, index), misfits)


def _check_union(value: Any, kind: inspect.UnionType, path: Path, misfits: Misfits) -> None:
    structs = [one for one in kind.types if isinstance(one, inspect.StructType)]
    plain = [one for one in kind.types if not isinstance(one, inspect.StructType | inspect.NoneType)]
    if len(structs) > 1:
        _check_tagged(value, structs, path, misfits)
    else:
        _check(value, (structs + plain)[0], path, misfits)


def _check_tagged(value: Any, kinds: list[inspect.StructType], path: Path, misfits: Misfits) -> None:
    if not isinstance(value, dict):
        misfits.add(path, _told(value), "a table")
        return
    tag = value.get("kind")
    for kind in kinds:
        if kind.tag == tag:
            _check_struct({key: one for key, one in value.items() if key != "kind"}, kind, path, misfits)
            return
    place = (*path, "kind") if "kind" in value else path
    expected = "kind: one of " + ", ".join(repr(kind.tag) for kind in kinds)
    misfits.add(place, _told(tag) if "kind" in value else "no kind", expected)


def _check_struct(value: Any, kind: inspect.StructType, path: Path, misfits: Misfits) -> None:
    if not isinstance(value, dict):
        misfits.add(path, _told(value), "a table")
        return
    known = {one.encode_name: one for one in kind.fields}
    for key, one in value.items():
        if key in known:
            _check(one, known[key].type, (*path, key), misfits)
        else:
            misfits.add((*path, key), "an unknown key", "one of " + ", ".join(known))
    for key, wanted in known.items():
        if wanted.required and key not in value:
            misfits.add((*path, key), "nothing", f"the key {key!r}, which has to be there")


def _check_texts(value: Any, path: Path, misfits: Misfits) -> None:
    if not isinstance(value, dict):
        misfits.add(path, _told(value), 'texts by language, such as { en = "..." }')
        return
    for language, text in value.items():
        place = (*path, language)
        if not _LANGUAGE.fullmatch(language):
            misfits.add(place, shorten(language), "a language code such as 'en'")
        _check_text(text, place, misfits)
        if isinstance(text, str) and not text.strip():
            misfits.add(place, "an empty text", "a text, or no key at all")


def _check_text(value: Any, path: Path, misfits: Misfits) -> None:
    if not isinstance(value, str):
        misfits.add(path, _told(value), "text")
        return
    problem = why_not_text(value)
    if problem:
        misfits.add(path, problem, "plain text of at most 2,000 characters")


def _check_plain(value: Any, kind: inspect.Type, path: Path, misfits: Misfits) -> None:
    if isinstance(kind, inspect.StrType):
        _check_text(value, path, misfits)
        return
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = {
        inspect.IntType: isinstance(value, int) and not isinstance(value, bool),
        inspect.FloatType: is_number,
        inspect.BoolType: isinstance(value, bool),
    }[type(kind)]
    if not fits:
        misfits.add(path, _told(value), _NAMES[type(kind)])
    elif is_number and not abs(value) <= _MAX_NUMBER:  # NaN too
        misfits.add(path, _told(value), "a finite number up to 1,000,000,000")


def _told(value: Any) -> str:
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case datetime.datetime() | datetime.date() | datetime.time():
            return "a date or time"
        case bool():
            return str(value).lower()
        case int() if abs(value) > _MAX_NUMBER:
            return "a very large number"
        case _:
            return shorten(value)
