"""The own result as headings with sentences, however it is shown, and as lines for `careload result`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from instruments.records import NeedBand, OwnResult

Parts = tuple[tuple[str, tuple[str, ...]], ...]
"""Headings, each with its sentences."""

WIDTH = 79
BAR = 40
SHARES = "Of 100 people who answer like this"
NEEDS = "What your answers say"
CONDITIONS = "What would help: team and job"
SKILL = "What would help: practice"
NOTHING_STANDS_OUT = "What would help"
NOTHING = "No single thing stands out. Whoever likes company in learning can still ask for help by name."
NOTES = "How to read this"
NEED_NAMES = {
    "safety": "Speaking up",
    "agility": "Learning",
    "headroom": "Room in the job",
    "capability": "Tasks with AI",
}
BAND_NAMES = {"lower": "little", "middle": "some", "higher": "much"}
LEGEND = "● fits best   ○ possible too"
NOT_KEPT_TITLE = "Your own result was not kept"
NOT_KEPT = (
    "You chose that when you handed in, so it cannot be shown again. Your answers were handed in; until the "
    "round closes you can still take them back."
)


def is_kept(own: OwnResult) -> bool:
    """Whether there is a result to show."""
    return own.verdict != "not kept"


def need_sentences(own: OwnResult, *, is_drawn: bool = False) -> tuple[str, ...]:
    """Return one sentence a need, each with the need's name; where no mark shows its doubt, in words too."""
    return tuple(
        f"{NEED_NAMES[band.need]}: {band.words}{'' if is_drawn else _also(band)}" for band in own.needs
    )


def _also(band: NeedBand) -> str:
    """Return what else is possible, in words."""
    order = tuple(BAND_NAMES)
    others = [order.index(one) for one in band.possible if one != band.band]
    if not others or band.band == "open":
        return ""
    place = order.index(band.band)
    ways = [word for word, is_so in (("less", min(others) < place), ("more", max(others) > place)) if is_so]
    return f" It may also be {' or '.join(ways)} than that."


def need_marks(own: OwnResult) -> tuple[str, ...]:
    """Return one drawn line a need that is told: the band that fits best and those possible too."""
    told = [band for band in own.needs if band.band != "open"]
    width = max((len(NEED_NAMES[band.need]) for band in told), default=0)
    return tuple(f"{NEED_NAMES[band.need]:<{width}}   {'   '.join(_marks(band))}" for band in told)


def _marks(band: NeedBand) -> Iterator[str]:
    for name, word in BAND_NAMES.items():
        mark = "●" if name == band.band else "○" if name in band.possible else "·"
        yield f"{mark} {word}"


def own_parts(own: OwnResult, *, is_drawn: bool = False) -> Parts:
    """Return what is told at once: needs with their doubt, what would help, how to read it; no tier.

    Where `is_drawn`, marks beside it show the doubt.
    """
    if not is_kept(own):
        return ((NOT_KEPT_TITLE, (NOT_KEPT,)),)
    has_reasons = bool(own.conditions or own.skill)
    parts = (
        ("", own.sentences if own.verdict == "not enough data" else ()),
        (NEEDS, need_sentences(own, is_drawn=is_drawn)),
        (CONDITIONS, own.conditions),
        (SKILL, own.skill),
        (NOTHING_STANDS_OUT, () if has_reasons or own.verdict == "not enough data" else (NOTHING,)),
        (NOTES, own.notes),
    )
    return tuple(part for part in parts if part[1])


def tier_parts(own: OwnResult) -> Parts:
    """Return how much help fits, in the tiers' words and hours, without the shares."""
    return ((own.heading, own.sentences),)


def shares_sentence(own: OwnResult) -> str:
    """Return the shares as one sentence; empty where there are none."""
    if not own.shares:
        return ""
    return f"{SHARES}, {', '.join(f'{share.of_100} are {share.tier}' for share in own.shares)}."


def own_lines(own: OwnResult) -> tuple[str, ...]:
    """Return what is told at once as lines of a terminal."""
    lines: list[str] = []
    for title, sentences in own_parts(own):
        lines += [f"{title}:"] if title else []
        if title == NEEDS and (marks := need_marks(own)):
            lines += [*(f"  {line}" for line in marks), f"  {LEGEND}", ""]
        lines += [*_wrapped(sentences, "- "), ""]
    return tuple(lines[:-1])


def tier_lines(own: OwnResult) -> tuple[str, ...]:
    """Return how much help fits as lines of a terminal, with bars; nothing where no result is kept."""
    if not is_kept(own):
        return ()
    lines = [line for title, sentences in tier_parts(own) for line in (f"{title}:", *_wrapped(sentences))]
    if own.shares:
        lines += ["", f"{SHARES}:"]
        lines += [_share(share.tier, share.of_100) for share in own.shares]
    return tuple(lines)


def _share(tier: str, of_100: int) -> str:
    return f"  {tier:<16} {of_100:3d} {'#' * round(BAR * of_100 / 100)}".rstrip()


def _wrapped(sentences: tuple[str, ...], mark: str = "") -> list[str]:
    lines: list[str] = []
    for sentence in sentences:
        lines += textwrap.wrap(sentence, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
    return lines
