"""Keys of the study: made, kept under a passphrase, recovered from a sheet, and what they seal."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from instruments.errors import BadInput, WrongUsage
from instruments.model import Record
from instruments.reading import read_record
from instruments.records import canonical
from store.cost import SALT_BYTES, Cost, stretch
from store.errors import KeyRefused
from store.words import read_words, word_at

if TYPE_CHECKING:
    from nacl.secret import SecretBox

STEP = 4096
"""Sealed content is padded to multiples of this, so that its length tells little."""
LAYER = 48
"""Bytes that one sealed box adds: an ephemeral public key and an authenticator."""
SHEET_WORDS = 24
SHEET_HEAD = "careload recovery sheet:"
"""Begins the line of a sheet that is not read."""
SHORTEST_PASSPHRASE = 12
_LENGTH = 8


class KeyFile(Record, frozen=True):
    """A private key as its holder keeps it: sealed under a passphrase stretched by argon2id."""

    public_key: str
    passes: int
    memory: int
    salt: str
    sealed: str
    kind: Literal["careload-key"] = "careload-key"
    schema: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """An opened private key; its bytes never appear in a representation."""

    public_hex: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: what the study gets, what the holder keeps, and what goes on paper."""

    public_hex: str
    key_file: bytes = field(repr=False)
    recovery: str = field(repr=False)
    """The 24 words of the recovery sheet."""


def make_key(passphrase: str, *, cost: Cost = Cost.MODERATE) -> NewKey:
    """Make a key pair whose private half is sealed under `passphrase`."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongUsage(
            f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.",
            "Take several words that have nothing to do with each other.",
        )
    secret = secrets.token_bytes(32)
    salt = secrets.token_bytes(SALT_BYTES)
    public_hex = _public_of(secret)
    sealed = _secret_box(stretch(_plain(passphrase), salt, cost)).encrypt(secret)
    record = KeyFile(
        public_key=public_hex,
        passes=cost.passes,
        memory=cost.memory,
        salt=salt.hex(),
        sealed=bytes(sealed).hex(),
    )
    return NewKey(public_hex, canonical(record) + b"\n", _sheet(secret))


def unlock(key_file: bytes, passphrase: str, source: str) -> PrivateKey:
    """Open `key_file`, which the person knows as `source`; KeyRefused when anything does not fit."""
    from nacl.exceptions import CryptoError

    record = _read_key_file(key_file, source)
    cost = next((cost for cost in Cost if cost.value == (record.passes, record.memory)), None)
    if cost is None:
        raise _damaged(source)
    try:
        key = stretch(_plain(passphrase), bytes.fromhex(record.salt), cost)
        secret = bytes(_secret_box(key).decrypt(bytes.fromhex(record.sealed)))
    except CryptoError:
        raise KeyRefused(
            f"The passphrase does not open {source}, or the file is damaged.",
            "Type it again; if it stays refused, use the recovery sheet.",
        ) from None
    except ValueError:
        raise _damaged(source) from None
    if _public_of(secret) != record.public_key:
        raise _damaged(source)
    return PrivateKey(record.public_key, secret)


def public_of_key_file(key_file: bytes, source: str) -> str:
    """Return the public half that `key_file` names, without opening it; KeyRefused when it is damaged."""
    return _read_key_file(key_file, source).public_key


def sheet_text(key: NewKey, study: str, role: str) -> str:
    """Return what is printed for the holder: whose sheet it is, above the words."""
    return f"{SHEET_HEAD} study {study}, key of {role}\n{key.recovery}\n"


def unlock_sheet(words: str) -> PrivateKey:
    """Return the private key that the 24 words of a recovery sheet stand for, with or without its head."""
    from hashlib import sha256

    lines = [line for line in words.splitlines() if not line.startswith(SHEET_HEAD)]
    numbers = read_words("\n".join(lines), SHEET_WORDS, "A recovery sheet")
    value = 0
    for number in numbers:
        value = value << 11 | number
    secret = (value >> 8).to_bytes(32, "big")
    if sha256(secret).digest()[0] != value & 0xFF:
        raise KeyRefused(
            "One of the words is wrong, or two have changed places.", "Compare with the recovery sheet."
        )
    return PrivateKey(_public_of(secret), secret)


def seal(data: bytes, public_hex: Sequence[str], *, least: int = STEP) -> bytes:
    """Seal `data`, padded to steps of 4,096 bytes, for all of `public_hex`: one box inside the next.

    `least`, a number of whole steps in bytes, is filled in any case.
    """
    if not public_hex:
        raise WrongUsage("Nothing can be sealed without a key.")
    padding = max(least - len(data) - _LENGTH, -(len(data) + _LENGTH) % STEP)
    sealed = len(data).to_bytes(_LENGTH, "big") + data + bytes(padding)
    for public in public_hex:
        sealed = seal_for(sealed, public)
    return sealed


def open_sealed(data: bytes, privates: Sequence[PrivateKey]) -> bytes:
    """Open what `seal` made for the public keys of `privates`, in the same order; KeyRefused otherwise."""
    for private in reversed(privates):
        data = open_for(data, private)
    size = int.from_bytes(data[:_LENGTH], "big")
    if len(data) % STEP or size > len(data) - _LENGTH or any(data[_LENGTH + size :]):
        raise KeyRefused("What is inside was not sealed by careload.")
    return data[_LENGTH : _LENGTH + size]


def canary(publics: Sequence[str], privates: Sequence[PrivateKey]) -> None:
    """Seal a random text for `publics` and open it with `privates`; KeyRefused when that fails."""
    text = secrets.token_bytes(32)
    if sorted(publics) != sorted(private.public_hex for private in privates):
        raise KeyRefused("These keys are not the keys of this study.", "Bring every key holder's key.")
    by_public = {private.public_hex: private for private in privates}
    if open_sealed(seal(text, publics), [by_public[public] for public in publics]) != text:
        raise KeyRefused("The keys do not open what they sealed.", "Make new keys before opening the study.")


def seal_for(data: bytes, public_hex: str) -> bytes:
    """Seal `data` for one public key."""
    from nacl.exceptions import CryptoError
    from nacl.public import PublicKey, SealedBox

    try:
        return bytes(SealedBox(PublicKey(bytes.fromhex(public_hex))).encrypt(data))
    except (ValueError, TypeError, CryptoError):
        raise BadInput("This is not a public key.", "Copy the key's line again.") from None


def open_for(data: bytes, private: PrivateKey) -> bytes:
    """Open what was sealed for `private`; KeyRefused when it was not, or a bit has changed."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey as Key
    from nacl.public import SealedBox

    try:
        return bytes(SealedBox(Key(private.secret)).decrypt(data))
    except CryptoError:
        raise KeyRefused("This was sealed for another key, or is damaged.") from None


def _public_of(secret: bytes) -> str:
    from nacl.public import PrivateKey as Key

    return bytes(Key(secret).public_key).hex()


def _secret_box(key: bytes) -> SecretBox:
    from nacl.secret import SecretBox

    return SecretBox(key)


def _plain(passphrase: str) -> bytes:
    """Return one byte form of a passphrase however the keyboard composed its letters."""
    return unicodedata.normalize("NFKC", passphrase).encode()


def _sheet(secret: bytes) -> str:
    from hashlib import sha256

    value = int.from_bytes(secret + sha256(secret).digest()[:1], "big")
    return " ".join(word_at(value >> 11 * place & 0x7FF) for place in reversed(range(SHEET_WORDS)))


def _read_key_file(data: bytes, source: str) -> KeyFile:
    try:
        record = read_record(data, KeyFile, source, max_bytes=STEP)
    except BadInput as error:
        if "later careload" in error.message:
            raise KeyRefused(error.message, "Use the newer careload that made the key.") from None
        raise _damaged(source) from None
    if canonical(record) + b"\n" != data or not _is_hex(record.salt + record.sealed):
        raise _damaged(source)
    return record


def _is_hex(text: str) -> bool:
    """Whether `text` is lower-case hexadecimal; `bytes.fromhex` would also take capitals and blanks."""
    return re.fullmatch(r"([0-9a-f]{2})*", text) is not None


def _damaged(source: str) -> KeyRefused:
    return KeyRefused(
        f"{source} is not a key file, or it is damaged.",
        "Use a copy of the file, or the recovery sheet.",
    )
