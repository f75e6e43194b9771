"""Which keys lead a person at the real program from screen to screen, up to a wanted one."""

from __future__ import annotations

import re

from tests.system.program import Person

HANDING, OFFER = "Hand in this task?", "Do you have more time?"
MOST_SCREENS = 130


def keys_for(shown: str, at_offer: str = "1") -> str:
    """Return the keys that lead on from this screen: the second choice, or skipping."""
    if OFFER in shown:
        return at_offer
    if "›    1  Go on" in shown or HANDING in shown:
        return "1"
    if "ctrl+n go on" in shown:
        return "\x0e"
    if "type a number" in shown:
        return "3\r"
    if "r or f, then" in shown:
        return "r2"
    return "2" if "-7 answer" in shown or re.search(r"1-\d answer", shown) else "s"


def is_settled(shown: str) -> bool:
    """Return whether the screen waits for a key."""
    return any(words in shown for words in ("leave", "Go on", HANDING, OFFER))


def step(person: Person, at_offer: str = "1") -> str:
    """Answer what is on the screen; returns what comes next."""
    shown = person.until(is_settled)
    person.press(keys_for(shown, at_offer))
    person.until(lambda text: text != shown)
    return person.until(is_settled)


def answer_until(person: Person, wanted: str, at_offer: str = "1") -> None:
    """Answer question after question until the screen shows `wanted`."""
    shown = person.until(is_settled)
    for _ in range(MOST_SCREENS):
        if wanted in shown:
            return
        shown = step(person, at_offer)
    raise AssertionError(f"{wanted!r} was never reached:\n{person.look()}")
