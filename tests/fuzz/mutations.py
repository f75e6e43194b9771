"""Ways to damage a file: bits, cuts, doublings, values of another kind, and things that are no file."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

from tests.fuzz.harness import Change

ODD: tuple[bytes, ...] = (
    *(b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1", b"99999999999999999999999", b"null", b"true"),
    *(b'""', b"[]", b"{}", b"[[]]", b'"\\ud800"', b'"\\u0000"', b"\xff\xfe", b"\x00", b"\x1b]0;x\x07"),
    *(b"[" * 4000, b'{"a":' * 400, b'"' + b"A" * 3000 + b'"', "\u202e[/x]".encode(), b"=1+1", b"../../x"),
)
"""Values that have broken readers before."""
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null')


def flip(data: bytes, chance: random.Random) -> bytes:
    """Change one to eight bits."""
    changed = bytearray(data or b"\0")
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Stop somewhere."""
    return data[: chance.randrange(len(data) + 1)]


def drop(data: bytes, chance: random.Random) -> bytes:
    """Leave a piece out."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randint(1, 64) :]


def double(data: bytes, chance: random.Random) -> bytes:
    """Say a piece twice."""
    start = chance.randrange(len(data) + 1)
    end = start + chance.randint(1, 200)
    return data[:end] + data[start:end] + data[end:]


def insert(data: bytes, chance: random.Random) -> bytes:
    """Put an odd value somewhere."""
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(ODD) + data[place:]


def replace(data: bytes, chance: random.Random) -> bytes:
    """Put an odd value in the place of a value."""
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return insert(data, chance)
    token = chance.choice(tokens)
    return data[: token.start()] + chance.choice(ODD) + data[token.end() :]


def swap(data: bytes, chance: random.Random) -> bytes:
    """Let two values change places."""
    tokens = list(_TOKEN.finditer(data))
    if len(tokens) < 2:
        return flip(data, chance)
    first, second = sorted(chance.sample(tokens, 2), key=lambda token: token.start())
    parts = (data[: first.start()], second.group(), data[first.end() : second.start()], first.group())
    return b"".join(parts) + data[second.end() :]


def noise(data: bytes, chance: random.Random) -> bytes:
    """Put chance in the place of all."""
    return chance.randbytes(chance.choice((0, 1, 16, len(data), 5000)))


def later(data: bytes, chance: random.Random) -> bytes:
    """Say that a later careload wrote it."""
    return re.sub(
        rb'("?schema"?\s*[:=]\s*)1', rb"\g<1>" + chance.choice((b"2", b"999", b'"1"', b"1.5")), data
    )


CHANGES: tuple[Change, ...] = (flip, cut, drop, double, insert, replace, swap, noise, later)


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return `data` damaged in one to three ways, never as it was."""
    result = data
    while result == data:
        for _ in range(chance.randint(1, 3)):
            result = chance.choice(CHANGES)(result, chance)
    return result


def spoil(path: Path, chance: random.Random) -> bool:
    """Damage the file at `path`; now and then something that is no file, or nothing, takes its place.

    Returns whether a regular file is still there.
    """
    data = path.read_bytes()
    path.chmod(0o600)
    kind = chance.randrange(20)
    if kind > 4:
        path.write_bytes(changed(data, chance))
        return True
    path.unlink()
    match kind:
        case 0:
            os.mkfifo(path)
        case 1:
            path.symlink_to(chance.choice(("/dev/zero", "/dev/tty", "nowhere", path.name, "/etc/passwd")))
        case 2:
            path.mkdir()
        case 3:
            with path.open("wb") as file:
                file.truncate(32 * 1024 * 1024)  # sparse: larger than careload reads
            return True
    return False
