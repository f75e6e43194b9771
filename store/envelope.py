"""The sealed file: two boxes, one for the key holders and one, of fixed size, for the personal code.

Layout: magic (8 bytes), version (1), number of the wave (1), own-result box (fixed), nested box, mark (32).
The mark is a keyed hash of the file's name and of all that stands before it. Its key, drawn for this file,
begins what is in either box: closing and the person with the code notice every changed bit, neither box can
be set beside another one, and no file goes under another name.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import get_args

from instruments.errors import BadInput
from instruments.records import Wave
from store.errors import KeyRefused
from store.vault import LAYER, STEP, PrivateKey, open_sealed, seal, seal_for

MAGIC = b"careload"
VERSION = 1
OWN_PLAIN = 16 * 1024
"""Bytes of every own result once padded: its size tells nothing of its content."""
OWN_BOX = OWN_PLAIN + LAYER
LEAST = 4 * STEP
"""Bytes that answers fill in any case: by a file's size nobody can tell who added tasks, wrote much or asked
for help. Most sittings with two tasks take one step and with four two; long texts in both take four."""
LARGEST = 1024 * 1024
_WAVES: tuple[Wave, ...] = get_args(Wave)
_HEADER = len(MAGIC) + 2
_KEY = _MARK = 32
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed file taken apart, nothing opened yet."""

    wave: Wave
    own: bytes = field(repr=False)
    nested: bytes = field(repr=False)
    name: str
    """The file's name, which the mark covers."""
    mark: bytes = field(repr=False)
    marked: bytes = field(repr=False)
    """All that the mark covers beside the name."""


def pack(
    submission: bytes, own: bytes, wave: Wave, publics: Sequence[str], code_public: str, *, name: str
) -> bytes:
    """Return the sealed file that will lie under `name`; BadInput when a part is too large."""
    room = OWN_PLAIN - _KEY - _LENGTH
    if len(own) > room:
        raise BadInput("The own result is too large to be kept.", "Shorten its texts.")
    key = secrets.token_bytes(_KEY)
    padded = key + len(own).to_bytes(_LENGTH, "big") + own.ljust(room, b"\0")
    head = MAGIC + bytes([VERSION, _WAVES.index(wave)]) + seal_for(padded, code_public)
    data = head + seal(key + submission, publics, least=LEAST)
    data += _mark(key, name, data)
    if len(data) > LARGEST:
        raise BadInput("The answers are too large to be handed in.", "Shorten the longest text.")
    return data


def wave_of(header: bytes) -> Wave | None:
    """Return the wave that the first bytes of a sealed file name, None when they are no such bytes."""
    if header[: len(MAGIC)] != MAGIC or len(header) < _HEADER or header[_HEADER - 2] != VERSION:
        return None
    number = header[_HEADER - 1]
    return _WAVES[number] if number < len(_WAVES) else None


def unpack(data: bytes, name: str) -> Envelope:
    """Take the sealed file under `name` apart; KeyRefused says in few words what it is instead."""
    wave = wave_of(data[:_HEADER])
    if wave is None:
        later = data[: len(MAGIC)] == MAGIC and data[len(MAGIC) : len(MAGIC) + 1] > bytes([VERSION])
        raise KeyRefused("written by a later careload" if later else "not a file that careload sealed")
    start = _HEADER + OWN_BOX
    if len(data) <= start + _MARK:
        raise KeyRefused("cut short")
    marked, mark = data[:-_MARK], data[-_MARK:]
    return Envelope(wave, marked[_HEADER:start], marked[start:], name, mark, marked)


def open_submission(envelope: Envelope, privates: Sequence[PrivateKey]) -> bytes:
    """Return the sealed submission; KeyRefused when any bit of the file has changed."""
    opened = open_sealed(envelope.nested, privates)
    _refuse_changed(envelope, opened)
    return opened[_KEY:]


def own_in(envelope: Envelope, opened: bytes) -> bytes:
    """Return the own result in the `opened` box of `envelope`; KeyRefused when a bit of the file changed.

    The answers sealed beside it are then those that were sealed with it.
    """
    _refuse_changed(envelope, opened)
    start = _KEY + _LENGTH
    size = int.from_bytes(opened[_KEY:start], "big")
    if len(opened) != OWN_PLAIN or size > OWN_PLAIN - start:
        raise KeyRefused("not an own result")
    return opened[start : start + size]


def _refuse_changed(envelope: Envelope, opened: bytes) -> None:
    if not compare_digest(_mark(opened[:_KEY], envelope.name, envelope.marked), envelope.mark):
        raise KeyRefused("changed after it was sealed")


def _mark(key: bytes, name: str, data: bytes) -> bytes:
    return hashlib.blake2b(name.encode() + b"\0" + data, key=key, digest_size=_MARK).digest()
