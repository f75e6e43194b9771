"""Lines of key paths in TOML text."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from instruments.catalogue import shipped_ids
from instruments.locate import MAX_DEPTH, Path, line_of, lines_of, tokens_of, too_deep

TEXT = '''\
# a comment with [brackets] and "quotes
top = 1
"quoted" = """
[[items]]
no = 1
"""
a.b = 2.5

[table]
list = [
  1, # one
  { x = 1, y = [
    2,
    3,
  ] },
]

[[items]]
name = 'first # not a comment'
[[items.parts]]
n = 1
[[items.parts]]
n = 2

[[items]]
name = "second \\" still"
[items.deep]
z = 1979-05-27 07:32:00
'''

EXPECTED: dict[Path, int] = {
    ("top",): 2,
    ("quoted",): 3,
    ("a", "b"): 7,
    ("table",): 9,
    ("table", "list", 0): 11,
    ("table", "list", 1): 12,
    ("table", "list", 1, "y", 1): 14,
    ("items", 0, "name"): 19,
    ("items", 0, "parts", 1): 22,
    ("items", 0, "parts", 1, "n"): 23,
    ("items", 1): 25,
    ("items", 1, "name"): 26,
    ("items", 1, "deep", "z"): 28,
}


@pytest.mark.parametrize(("path", "line"), EXPECTED.items())
def test_every_way_of_writing_toml_has_its_line(path: Path, line: int) -> None:
    assert tomllib.loads(TEXT)
    assert lines_of(tokens_of(TEXT))[path] == line


def test_an_absent_value_is_placed_at_what_is_around_it() -> None:
    lines = lines_of(tokens_of(TEXT))
    assert line_of(lines, ("items", 1, "gone")) == 25
    assert line_of(lines, ("gone",)) == 1


def paths_of(value: Any, path: Path = ()) -> list[Path]:
    found = [path] if path else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        found += paths_of(one, (*path, key))
    return found


@pytest.mark.parametrize("name", shipped_ids())
def test_every_value_of_the_shipped_files_has_a_line_that_names_its_key(name: str) -> None:
    text = (resources.files("instruments") / "data" / f"{name}.toml").read_text("utf-8")
    lines = lines_of(tokens_of(text))
    rows = text.split("\n")
    for path in paths_of(tomllib.loads(text)):
        assert path in lines, path
        key = next(part for part in reversed(path) if isinstance(part, str))
        if isinstance(path[-1], str):
            assert key in rows[lines[path] - 1], path


def test_depth_counts_brackets_and_dots_but_no_text() -> None:
    deep = MAX_DEPTH + 1
    assert too_deep(tokens_of("a = " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)) is None
    assert too_deep(tokens_of("\na = " + "[" * deep)) == 2
    assert too_deep(tokens_of("a." * deep + "b = 1")) == 1
    assert too_deep(tokens_of(f'a = "{"[" * 99}{"." * 99}" # {"[" * 99}')) is None
    assert too_deep(tokens_of("a = [" + "1.5, " * 99 + "]")) is None
