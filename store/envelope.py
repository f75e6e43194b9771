"""The sealed file: two boxes, one for the key holders and one, of fixed size, for the personal code.

Layout: magic (8 bytes), version (1), number of the wave (1), own-result box (fixed), nested box (the rest).
The nested box begins with the SHA-256 of all that stands before it, so that no bit of the file can change
unnoticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_args

from instruments.errors import BadInput
from instruments.records import Wave
from store.errors import KeyRefused
from store.vault import LAYER, PrivateKey, open_sealed, seal, seal_for

MAGIC = b"careload"
VERSION = 1
OWN_PLAIN = 16 * 1024
"""Bytes of every own result once padded: its size tells nothing of its content."""
OWN_BOX = OWN_PLAIN + LAYER
LARGEST = 1024 * 1024
_WAVES: tuple[Wave, ...] = get_args(Wave)
_HEADER = len(MAGIC) + 2
_HASH = 32
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed file taken apart, nothing opened yet."""

    wave: Wave
    own: bytes = field(repr=False)
    nested: bytes = field(repr=False)
    head_sha256: bytes = field(repr=False)


def pack(submission: bytes, own: bytes, wave: Wave, publics: Sequence[str], code_public: str) -> bytes:
    """Return the sealed file; BadInput when a part is too large."""
    if len(own) > OWN_PLAIN - _LENGTH:
        raise BadInput("The own result is too large to be kept.", "Shorten its texts.")
    padded = len(own).to_bytes(_LENGTH, "big") + own.ljust(OWN_PLAIN - _LENGTH, b"\0")
    head = MAGIC + bytes([VERSION, _WAVES.index(wave)]) + seal_for(padded, code_public)
    data = head + seal(hashlib.sha256(head).digest() + submission, publics)
    if len(data) > LARGEST:
        raise BadInput("The answers are too large to be handed in.", "Shorten the longest text.")
    return data


def wave_of(header: bytes) -> Wave | None:
    """Return the wave that the first bytes of a sealed file name, None when they are no such bytes."""
    if header[: len(MAGIC)] != MAGIC or len(header) < _HEADER or header[_HEADER - 2] != VERSION:
        return None
    number = header[_HEADER - 1]
    return _WAVES[number] if number < len(_WAVES) else None


def unpack(data: bytes) -> Envelope:
    """Take a sealed file apart; KeyRefused says in few words what it is instead."""
    wave = wave_of(data[:_HEADER])
    if wave is None:
        later = data[: len(MAGIC)] == MAGIC and data[len(MAGIC) : len(MAGIC) + 1] > bytes([VERSION])
        raise KeyRefused("written by a later careload" if later else "not a file that careload sealed")
    start = _HEADER + OWN_BOX
    if len(data) <= start:
        raise KeyRefused("cut short")
    return Envelope(wave, data[_HEADER:start], data[start:], hashlib.sha256(data[:start]).digest())


def open_submission(envelope: Envelope, privates: Sequence[PrivateKey]) -> bytes:
    """Return the sealed submission; KeyRefused when any bit of the file has changed."""
    opened = open_sealed(envelope.nested, privates)
    if opened[:_HASH] != envelope.head_sha256:
        raise KeyRefused("changed after it was sealed")
    return opened[_HASH:]


def unpadded(own: bytes) -> bytes:
    """Return an opened own result without its padding; KeyRefused says in few words what is wrong."""
    size = int.from_bytes(own[:_LENGTH], "big")
    if len(own) != OWN_PLAIN or size > OWN_PLAIN - _LENGTH:
        raise KeyRefused("not an own result")
    return own[_LENGTH : _LENGTH + size]
