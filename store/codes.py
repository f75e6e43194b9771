"""Personal codes: made and kept on the respondent's side, never known to the organisation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from store.cost import Cost, stretch
from store.errors import KeyRefused
from store.words import read_words, word_at

if TYPE_CHECKING:
    from store.vault import PrivateKey

CODE_WORDS = 6
_RANDOM_BITS = 55
_TODO = "Compare with the code as you noted it, word by word."


class Bits(Protocol):
    """A source of random bits: `random.SystemRandom`, or a seeded one in rehearsals."""

    def getrandbits(self, k: int, /) -> int:
        """Return `k` random bits."""
        ...


def new_code(rng: Bits | None = None) -> str:
    """Return a fresh code: five words (55 random bits) and a checksum word."""
    if rng is None:
        from secrets import SystemRandom

        rng = SystemRandom()
    value = rng.getrandbits(_RANDOM_BITS)
    numbers = [value >> 11 * place & 0x7FF for place in range(CODE_WORDS - 1)]
    return " ".join(word_at(number) for number in [*numbers, _checksum(numbers)])


def check_code(text: str) -> str:
    """Return the code in `text` in its one form: six words in lower case with single spaces.

    Raises KeyRefused: it names a word that is not on the list with the nearest one; where all are on
    the list, one of them is wrong.
    """
    *numbers, last = read_words(text, CODE_WORDS, "A personal code")
    if _checksum(numbers) != last:
        raise KeyRefused("One of the words is wrong, or two have changed places.", _TODO)
    return " ".join(word_at(number) for number in [*numbers, last])


def _checksum(numbers: list[int]) -> int:
    packed = b"".join(number.to_bytes(2, "big") for number in numbers)
    return int.from_bytes(hashlib.sha256(b"careload code" + packed).digest()[:2], "big") & 0x7FF


@dataclass(frozen=True, slots=True)
class CodeKey:
    """What a personal code stands for in one study: names, a draft's key, and a key pair."""

    public_hex: str
    """Public half of the code's X25519 key: links waves, seals the own result."""
    seed: bytes = field(repr=False)

    @classmethod
    def derive(cls, code: str, salt: bytes, *, cost: Cost = Cost.INTERACTIVE) -> CodeKey:
        """Derive the key of `code` in the study with `salt`; takes 64 MiB and a moment, once a sitting."""
        from nacl.public import PrivateKey as Key

        seed = stretch(check_code(code).encode(), salt, cost)
        return cls(bytes(Key(_derived(seed, "own-box")).public_key).hex(), seed)

    @property
    def draft_key(self) -> bytes:
        """The 32 bytes that encrypt the draft."""
        return _derived(self.seed, "draft-key")

    def submission_name(self, wave: str) -> str:
        """Return the submission's file name (32 hex digits): nobody without the code can tell whose it is."""
        return _derived(self.seed, f"submission/{wave}").hex()[:32]

    def draft_name(self, study: str, wave: str) -> str:
        """Return the draft's file name (32 hex digits)."""
        return _derived(self.seed, f"draft/{study}/{wave}").hex()[:32]

    def open_own(self, box: bytes) -> bytes:
        """Open what was sealed for this code's public half; KeyRefused when it was not."""
        from store.vault import open_for

        return open_for(box, self._private())

    def _private(self) -> PrivateKey:
        from store.vault import PrivateKey

        return PrivateKey(self.public_hex, _derived(self.seed, "own-box"))


def _derived(seed: bytes, purpose: str) -> bytes:
    return hashlib.blake2b(purpose.encode(), key=seed, digest_size=32).digest()
