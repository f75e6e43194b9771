"""A program that saves growing and shrinking drafts until it is killed.

Run it by `python -m tests.store.saver DIR SEED`.
It prints the number of each save once it has returned: that one and all before are acknowledged.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from instruments.answers import Text
from instruments.sitting import SittingRecord
from store.codes import CodeKey
from store.cost import Cost
from store.drafts import Draft

SALT = b"0123456789abcdef"


def code_key() -> CodeKey:
    """The key under which the saver and its test agree."""
    from store.codes import new_code

    return CodeKey.derive(new_code(random.Random(1)), SALT, cost=Cost.CHEAP)


def record(number: int, size: int) -> SittingRecord:
    """A sitting that carries its number in an answer, and `size` characters."""
    return SittingRecord(
        study="lighthouse",
        wave="baseline",
        policy_sha256="0" * 64,
        battery_sha256="1" * 64,
        answers={"mini/b": Text(value=f"{number} " + "x" * size)},
    )


def number_of(kept: SittingRecord) -> int:
    """The number that `record` put in."""
    answer = kept.answers["mini/b"]
    return int(answer.value.split()[0]) if isinstance(answer, Text) else -1


def main() -> None:
    """Save for ever."""
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    sizes = random.Random(seed)
    draft = Draft.start(folder, code_key(), "lighthouse", "baseline")
    number = 0
    while True:
        number += 1
        draft.save(record(number, sizes.choice((0, 10, 2000, 40_000))))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
