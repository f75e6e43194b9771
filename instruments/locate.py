"""Where a value stands in a TOML text: the 1-based line of every key path, and how deep things go."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Keys and indexes from the top, such as ``("items", 2, "reverse")``."""

MAX_DEPTH = 32
_TOKEN = re.compile(
    r'"""(?:[^"\\]+|\\.|"{1,2}(?!"))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']+|'{1,2}(?!'))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]+|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+|[\[\]{}=,.\n]|[^\s\[\]{}=,.\"'#]+",
    re.DOTALL,
)
"""Strings, comments, punctuation, bare words; each alternative is linear in the length of the text."""

Token = tuple[str, int]


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a TOML text with their lines, comments left out; never fails."""
    found = []
    line, last = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        if match.group()[0] != "#":
            found.append((match.group(), line))
    return found


def too_deep(tokens: list[Token]) -> int | None:
    """Return the first line where brackets or dotted keys stand more than `MAX_DEPTH` deep."""
    brackets = dots = 0
    for sign, line in tokens:
        if sign in {"[", "{"}:
            brackets += 1
        elif sign in {"]", "}"}:
            brackets = max(0, brackets - 1)
        if sign == ".":
            dots += 1
        elif sign in {"\n", ",", "=", "[", "]", "{", "}"}:
            dots = 0
        if max(brackets, dots) > MAX_DEPTH:
            return line
    return None


def lines_of(tokens: list[Token]) -> dict[Path, int]:
    """Return the line of every key path of a valid TOML text."""
    return _Locator(tokens).run()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of `path`, or of the nearest value around it; 1 where there is none."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


class _Locator:
    """Walks over the tokens once; reads no values."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.table: Path = ()

    def run(self) -> dict[Path, int]:
        while self.at < len(self.tokens):
            first = self._peek()
            if first == "\n":
                self.at += 1
            elif first == "[":
                self._header()
            else:
                self._pair(self.table)
                self._skip_to({"\n"})
        return self.lines

    def _peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _line(self) -> int:
        return self.tokens[min(self.at, len(self.tokens) - 1)][1]

    def _skip_to(self, ends: set[str]) -> None:
        while self._peek() and self._peek() not in ends:
            self.at += 1

    def _header(self) -> None:
        line = self._line()
        self.at += 1
        is_array = self._peek() == "["
        self.at += is_array
        path = self._real(self._key(), is_array=is_array)
        self.lines.setdefault(path, line)
        if is_array:
            self.lines.setdefault(path[:-1], line)
        self.table = path
        self._skip_to({"\n"})

    def _real(self, key: tuple[str, ...], *, is_array: bool) -> Path:
        path: Path = ()
        for number, part in enumerate(key, start=1):
            path += (part,)
            if is_array and number == len(key):
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path += (self.counts[path],)
        return path

    def _key(self) -> tuple[str, ...]:
        parts = []
        while self._peek() and self._peek() not in {"=", "]", "\n", ",", "{", "}", "["}:
            if self._peek() != ".":
                parts.append(self._peek().strip("\"'"))
            self.at += 1
        return tuple(parts)

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for part in self._key():
            path += (part,)
            self.lines.setdefault(path, line)
        if self._peek() == "=":
            self.at += 1
            self._value(path)
        elif self._peek() != "\n":
            self.at += 1

    def _value(self, path: Path) -> None:
        self.lines.setdefault(path, self._line())
        if self._peek() == "[":
            self._array(path)
        elif self._peek() == "{":
            self._inline(path)
        else:
            self._skip_to({"\n", ",", "]", "}"})

    def _array(self, path: Path) -> None:
        self.at += 1
        index = 0
        while self._peek() and self._peek() != "]":
            if self._peek() in {"\n", ","}:
                self.at += 1
                continue
            start = self.at
            self._value((*path, index))
            index += 1
            self.at += self.at == start
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while self._peek() and self._peek() != "}":
            if self._peek() in {"\n", ","}:
                self.at += 1
                continue
            self._pair(path)
        self.at += 1
