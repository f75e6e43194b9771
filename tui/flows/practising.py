"""Own-work practice: a person looks at a document of their own; nothing of it, and no tick, is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tui.flows.asking import tick_ways


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look for, and what to do where it does not hold."""

    holds: str
    todo: str


CHECKS = (
    Check(
        "I found each name, number and date in a source",
        "Take three names, numbers or dates, and look each one up where it comes from.",
    ),
    Check(
        "Nothing is in it that no source says",
        "Read it sentence by sentence and ask: how do I know this? Take out what you cannot answer for.",
    ),
    Check(
        "All that its reader needs to decide is there",
        "Write down in one line what the reader has to decide. Then look for what is missing for that.",
    ),
    Check(
        "It fits this case, not the one before",
        "Look for what was right last time: dates, names, amounts, the tone, the length.",
    ),
    Check(
        "Only data that our rules allow went into the tool",
        "Read your rules for AI tools once more, or ask somebody who knows them before you use it again.",
    ),
)
"""What the tasks asked for, said of any document (ours): facts, no inventions, reader, case, rules."""
INTRODUCTION = (
    "Take a text of yours that an AI tool wrote or helped with: a mail, a summary, a plan. Leave it where it "
    "is: nothing of it is typed here. Read it, and tick what holds.",
    "This is practice, no test. Nothing is scored, and your ticks are forgotten when you go on.",
)
ALL_HOLD = (
    "All five hold. Now let somebody else look for one of them: a second pair of eyes finds what one's own "
    "pass over."
)


def check_ways(ticked: Collection[int]) -> tuple[str, ...]:
    """Return one line a check, ticked or not."""
    return tick_ways({place: one.holds for place, one in enumerate(CHECKS)}, ticked)


def next_words(ticked: Collection[int]) -> tuple[str, ...]:
    """Return what to do about each check that is not ticked."""
    return tuple(one.todo for place, one in enumerate(CHECKS) if place not in ticked) or (ALL_HOLD,)
