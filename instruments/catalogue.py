"""Reads definition files, strictly: each is typed and checked, and every fault is listed with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from instruments.checking import Misfit, Misfits, check_shape
from instruments.errors import BadInput, Fault
from instruments.locate import MAX_DEPTH, Path, Token, line_of, lines_of, tokens_of, too_deep
from instruments.model import SCHEMA, Instrument
from instruments.rules import check_rules
from instruments.texts import CONTROL, shorten

MAX_BYTES = 1024 * 1024
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


def load_definition(data: bytes, source: str) -> Instrument:
    """Return the definition in the TOML file `data`, called `source` in every fault.

    Raises BadInput whose `faults` name file, line, key, what was found and what was expected.
    """
    return msgspec.convert(read_checked(data, source, _check_instrument), Instrument, strict=True)


def read_checked(
    data: bytes, source: str, check: Callable[[dict[str, Any], Misfits], None]
) -> dict[str, Any]:
    """Return the keys of the TOML file `data` when `check` notes no misfit in them.

    Raises BadInput as `load_definition` does, also for a file that is no clean TOML or of a later schema.
    """
    text = _decoded(data, source)
    tokens = tokens_of(text)
    raw = _parsed(text, tokens, source)
    misfits = Misfits()
    _check_schema(raw, source, tokens)
    check(raw, misfits)
    if misfits.found:
        lines = lines_of(tokens)
        raise _refusal(source, tuple(_fault(misfit, source, lines) for misfit in misfits.found))
    return raw


def _check_instrument(raw: dict[str, Any], misfits: Misfits) -> None:
    check_shape(raw, Instrument, (), misfits)
    check_rules(raw, misfits)


@cache
def shipped(instrument_id: str) -> Instrument:
    """Return the definition that ships under `instrument_id`; BadInput when there is none."""
    if instrument_id not in shipped_ids():
        raise BadInput(
            f"Instrument: found {instrument_id[:70]!r}; expected one of {', '.join(shipped_ids())}.",
            "Put a definition of your own into the study's folder of definitions.",
        )
    name = f"{instrument_id}.toml"
    return load_definition(resources.files("instruments").joinpath("data", name).read_bytes(), name)


@cache
def shipped_ids() -> tuple[str, ...]:
    """Return the ids of all definitions that ship, sorted."""
    names = (entry.name for entry in resources.files("instruments").joinpath("data").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _decoded(data: bytes, source: str) -> str:
    if len(data) > MAX_BYTES:
        fault = Fault(source, None, "", f"{len(data):,} bytes", f"at most {MAX_BYTES:,} bytes")
        raise _refusal(source, (fault,))
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault(source, line, "", f"the byte 0x{data[error.start]:02x}", "UTF-8 text")
        raise _refusal(source, (fault,)) from None
    faults = tuple(
        Fault(source, number, "", f"the control character U+{ord(found.group()):04X}", "plain text")
        for number, line in enumerate(text.split("\n"), start=1)
        if (found := CONTROL.search(line))
    )
    if faults:
        raise _refusal(source, faults)
    return text


def _parsed(text: str, tokens: list[Token], source: str) -> dict[str, Any]:
    deep = too_deep(tokens)
    if deep is not None:
        fault = Fault(source, deep, "", "lists or keys in one another", f"at most {MAX_DEPTH} deep")
        raise _refusal(source, (fault,))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place.group(1)) if place and place.group(1) else text.count("\n") + 1
        problem = _TOML_PLACE.sub("", str(error))
    except (ValueError, RecursionError):
        line, problem = None, "a number or date that no program can read"
    raise _refusal(source, (Fault(source, line, "", problem, "correct TOML, each key once"),))


def _check_schema(raw: dict[str, Any], source: str, tokens: list[Token]) -> None:
    """Refuse a later schema by name at once: what else is in the file may be right there."""
    schema = raw.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        line = line_of(lines_of(tokens), ("schema",))
        found = f"{shorten(schema)}, written for a later careload"
        raise _refusal(source, (Fault(source, line, "schema", found, f"at most {SCHEMA}"),))


def _fault(misfit: Misfit, source: str, lines: dict[Path, int]) -> Fault:
    return Fault(source, line_of(lines, misfit.path), _key(misfit.path), misfit.found, misfit.expected)


def _key(path: Path) -> str:
    """Return `path` as people write it, such as ``items[3].reverse`` (counted from 0)."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{CONTROL.sub('?', part)[:70]}"
    return text.removeprefix(".")


def _refusal(source: str, faults: tuple[Fault, ...]) -> BadInput:
    count = "1 thing is" if len(faults) == 1 else f"{len(faults)} things are"
    return BadInput(
        f"{source}: this definition cannot be used: {count} wrong.", "Mend the places named.", faults
    )
