"""Files from outside, read strictly: size, depth, duplicate keys, NaN and unknown keys are refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn, TypeVar

import msgspec

from instruments.errors import BadInput

T = TypeVar("T")

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32


def _refuse(source: str, problem: str) -> NoReturn:
    raise BadInput(f"{source}: {problem}", "Put back the file as careload wrote it, or ask who sent it.")


def _check_depth(text: str, source: str) -> None:
    depth = 0
    in_string = escaped = False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                _refuse(source, f"lists and tables stand more than {MAX_DEPTH} deep")
        elif char in "]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            msg = f"the key {key[:40]!r} stands twice"
            raise ValueError(msg)
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is not a number that may stand here"
    raise ValueError(msg)


def parse_json(data: bytes, source: str, max_bytes: int = MAX_BYTES) -> Any:
    """Return the value in `data`; BadInput naming `source` when it is not clean JSON."""
    if len(data) > max_bytes:
        _refuse(source, f"larger than {max_bytes:,} bytes")
    try:
        text = data.decode("utf-8")
        _check_depth(text, source)
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError:
        _refuse(source, "not UTF-8 text")
    except json.JSONDecodeError as error:
        _refuse(source, f"not JSON (line {error.lineno}: {error.msg})")
    except (ValueError, RecursionError) as error:
        _refuse(source, str(error))


def read_record(data: bytes, kind: type[T], source: str, max_bytes: int = MAX_BYTES, schema: int = 1) -> T:
    """Return the record of type `kind` in `data`.

    Raises BadInput, naming `source` and the value's place, when anything is not as declared or when the
    record's schema is later than `schema`.
    """
    value = parse_json(data, source, max_bytes)
    if isinstance(value, dict) and isinstance(value.get("schema"), int) and value["schema"] > schema:
        _refuse(
            source, f"written by a later careload (schema {value['schema']}; this one reads up to {schema})"
        )
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        _refuse(source, str(error))
