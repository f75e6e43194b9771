"""How much work it takes to try one passphrase or personal code."""

from __future__ import annotations

from enum import Enum

from store.errors import Unavailable

SALT_BYTES = 16


class Cost(Enum):
    """Passes and memory (bytes) of argon2id, as libsodium names them.

    CHEAP protects nothing: it is for tests and rehearsals, and no option of the command line selects it.
    """

    INTERACTIVE = (2, 67_108_864)
    MODERATE = (3, 268_435_456)
    CHEAP = (1, 8_192)

    @property
    def passes(self) -> int:
        """Passes over the memory."""
        return self.value[0]

    @property
    def memory(self) -> int:
        """Memory in bytes."""
        return self.value[1]


def stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes derived from `secret` and the 16-byte `salt` by argon2id."""
    from nacl.exceptions import CryptoError
    from nacl.pwhash import argon2id

    try:
        return argon2id.kdf(32, secret, salt, opslimit=cost.passes, memlimit=cost.memory)
    except (MemoryError, CryptoError):
        raise Unavailable(
            f"There is not enough free memory ({cost.memory // 2**20} MiB are needed for a moment).",
            "Close other programs, then try again.",
        ) from None
