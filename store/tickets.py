"""Tickets: one-time rights to take part, bound to one study's policy, keys and salt; they open nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from store.codes import Bits
from store.errors import KeyRefused, guarded
from store.files import PRIVATE_FILE, PUBLIC_FILE, write_atomic
from store.public import PRIVATE, PUBLIC, TICKETS, PublicStudy, read_tickets

if TYPE_CHECKING:
    from store.study import Study

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two characters that are not mistaken for one another; O is read as 0, I and L as 1."""
GROUPS = 5
_RANDOM_BITS = 12
_LOOK_ALIKES = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "-": "", "\u2013": "", "\u2010": "", "\u2011": ""}
)
_FOREIGN = 4
"""So many wrong groups are no slip of the finger (a foreign group passes once in 256)."""


def issue(study: Study, count: int, rng: Bits | None = None) -> tuple[str, ...]:
    """Return `count` new tickets for the open wave; the study keeps their hashes only."""
    if rng is None:
        from secrets import SystemRandom

        rng = SystemRandom()
    with study.private.transaction():
        public = study.public()
        study.refuse_when_closed(public)
        known = set(issued(study.root))
        fresh: dict[str, str] = {}
        while len(fresh) < count:
            ticket = _new(public.binding, rng)
            hashed = public.ticket_hash(ticket)
            if hashed not in known:
                fresh[hashed] = ticket
        lines = "".join(f"{hashed}\n" for hashed in sorted(known | fresh.keys()))
        for place, mode in {PRIVATE: PRIVATE_FILE, PUBLIC: PUBLIC_FILE}.items():
            write_atomic(study.root / place / TICKETS, lines.encode(), mode, "The list of tickets")
    return tuple(fresh.values())


def issued(root: Path) -> frozenset[str]:
    """Return the hashes of all tickets issued, from the private list: the public one may be damaged."""
    with guarded("The list of tickets"):
        is_kept = (root / PRIVATE / TICKETS).exists()
    return read_tickets(root, PRIVATE if is_kept else PUBLIC)


def check(text: str, public: PublicStudy) -> str:
    """Return the ticket in `text` in its one form, five groups of four joined by dashes.

    Raises KeyRefused: it names a mistyped group, or says that the ticket belongs elsewhere, or that it
    was never issued.
    """
    typed = "".join(text.upper().split()).translate(_LOOK_ALIKES)
    if len(typed) != 4 * GROUPS:
        raise KeyRefused(
            f"A ticket has five groups of four characters; here are {len(typed)} characters.",
            "Type it again as it stands on the slip.",
        )
    groups = [typed[start : start + 4] for start in range(0, len(typed), 4)]
    wrong = [number for number, group in enumerate(groups, 1) if not _fits(group, number, public.binding)]
    if len(wrong) >= _FOREIGN:
        raise KeyRefused(
            "This ticket belongs to another study, or the study's policy or keys are not those it was "
            "issued for.",
            "Check the study's name; if it is right, ask the facilitator before you answer anything.",
        )
    if wrong:
        raise KeyRefused(f"{_named(wrong)} of the ticket is mistyped.", "Compare it with the slip.")
    ticket = "-".join(groups)
    if not public.ticket_is_known(ticket):
        raise KeyRefused("This ticket was never issued for this study.", "Ask the facilitator for another.")
    return ticket


def _new(binding: bytes, source: Bits) -> str:
    groups = []
    for number in range(1, GROUPS + 1):
        bits = source.getrandbits(_RANDOM_BITS)
        value = bits << 8 | _check_bits(bits, number, binding)
        groups.append("".join(LETTERS[value >> 5 * place & 31] for place in (3, 2, 1, 0)))
    return "-".join(groups)


def _fits(group: str, number: int, binding: bytes) -> bool:
    value = 0
    for letter in group:
        place = LETTERS.find(letter)
        if place < 0:
            return False
        value = value << 5 | place
    return _check_bits(value >> 8, number, binding) == value & 0xFF


def _check_bits(bits: int, number: int, binding: bytes) -> int:
    content = bytes([number]) + bits.to_bytes(2, "big")
    return hashlib.blake2b(content, key=binding, digest_size=1).digest()[0]


def _named(wrong: list[int]) -> str:
    ordinals = ("first", "second", "third", "fourth", "fifth")
    names = [ordinals[number - 1] for number in wrong]
    return f"The {' and the '.join(names)} group"
