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


def own_lines(own: OwnResult) -> tuple[str, ...]:
    """Return the own result: sentences, shares in numbers and bars, reasons, needs, notes."""
    lines = [own.heading, ""]
    lines += _wrapped(own.sentences)
    if own.shares:
        lines += ["", f"{SHARES}:"]
        lines += [_share(share.tier, share.of_100) for share in own.shares]
    if own.conditions:
        lines += ["", f"{CONDITIONS}:", *_wrapped(own.conditions, "- ")]
    if own.skill:
        lines += ["", f"{SKILL}:", *_wrapped(own.skill, "- ")]
    if own.needs:
        lines += ["", f"{NEEDS}:", *_wrapped(need_lines(own), "- ")]
    if own.notes:
        lines += ["", f"{NOTES}:", *_wrapped(own.notes, "- ")]
    return tuple(lines)


def _share(tier: str, of_100: int) -> str:
    return f"  {tier:<16} {of_100:3d} {'#' * round(BAR * of_100 / 100)}".rstrip()


def _wrapped(sentences: tuple[str, ...], mark: str = "") -> list[str]:
    lines: list[str] = []
    for sentence in sentences:
        lines += textwrap.wrap(sentence, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
    return lines
