"""Asking for help by name: what people are told before they do, and the ticked kinds of help."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeVar

from instruments.records import Policy
from tui.flows.consent import roles_in_words

if TYPE_CHECKING:
    from store.requests import HelpKind

T = TypeVar("T")

KIND_WORDS: dict[HelpKind, str] = {
    "time": "time in my working hours to learn",
    "a pair": "a colleague to learn with, in a pair",
    "a first session": "a first session together with others",
    "one-to-one": "somebody who sits down with me alone",
}


def asking_words(policy: Policy) -> tuple[str, ...]:
    """Return what a request is and who reads it."""
    roles = roles_in_words(policy.key_holders)
    return (
        "You can ask for help by name. You need not, and nobody else does it for you.",
        "Passed on are your name, how you can be reached, and the kinds of help you tick. Nothing else: not "
        "what you answered, nor whether you took part.",
        f"Your request is sealed by itself. It is opened after this round closes ({roles}), and given to the "
        "people who help. It cannot be taken back here; tell them if you change your mind.",
        "You can do this now or on another day, with `careload ask`.",
    )


def kind_ways(ticked: Collection[str]) -> tuple[str, ...]:
    """Return one line a kind of help, ticked or not."""
    return tick_ways(KIND_WORDS, ticked)


def tick_ways(words: Mapping[T, str], ticked: Collection[object]) -> tuple[str, ...]:
    """Return one line an entry of `words`, ticked or not."""
    return tuple(f"[{'x' if one in ticked else ' '}] {told}" for one, told in words.items())
