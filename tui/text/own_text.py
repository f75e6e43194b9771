"""The own result as plain lines, for `careload result`."""

from __future__ import annotations

import textwrap

from instruments.records import OwnResult

WIDTH = 79
BAR = 40
SHARES = "Of 100 people who answer like this"
CONDITIONS = "What your team and your job add to the help that fits"
SKILL = "What practice could make easier"
NEEDS = "Piece by piece"
NOTES = "How to read this"
NEED_NAMES = {
    "safety": "Speaking up",
    "agility": "Learning",
    "headroom": "Room in the job",
    "capability": "Trying out tasks with AI",
}


def need_lines(own: OwnResult) -> tuple[str, ...]:
    """Return one sentence a need, each with the need's name."""
    return tuple(f"{NEED_NAMES[band.need]}: {band.words}" for band in own.needs)


def own_parts(own: OwnResult) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the own result but for the shares as headings with sentences; the first always has one."""
    rest = (
        (CONDITIONS, own.conditions),
        (SKILL, own.skill),
        (NEEDS, need_lines(own)),
        (NOTES, own.notes),
    )
    return ((own.heading, own.sentences), *(part for part in rest if part[1]))


def shares_sentence(own: OwnResult) -> str:
    """Return the shares as one sentence."""
    return f"{SHARES}, {', '.join(f'{share.of_100} are {share.tier}' for share in own.shares)}."


def own_lines(own: OwnResult) -> tuple[str, ...]:
    """Return the own result: sentences, shares in numbers and bars, reasons, needs, notes."""
    lines = [own.heading, ""]
    lines += _wrapped(own.sentences)
    if own.shares:
        lines += ["", f"{SHARES}:"]
        lines += [_share(share.tier, share.of_100) for share in own.shares]
    for title, sentences in own_parts(own)[1:]:
        lines += ["", f"{title}:", *_wrapped(sentences, "- ")]
    return tuple(lines)


def _share(tier: str, of_100: int) -> str:
    return f"  {tier:<16} {of_100:3d} {'#' * round(BAR * of_100 / 100)}".rstrip()


def _wrapped(sentences: tuple[str, ...], mark: str = "") -> list[str]:
    lines: list[str] = []
    for sentence in sentences:
        lines += textwrap.wrap(sentence, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
    return lines
