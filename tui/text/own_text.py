"""The own result as plain lines, for `careload result`."""

from __future__ import annotations

import textwrap

from instruments.records import OwnResult

WIDTH = 79
BAR = 40


def own_lines(own: OwnResult) -> tuple[str, ...]:
    """Return the own result: sentences, shares in numbers and bars, reasons, needs, notes."""
    lines = [own.heading, ""]
    lines += _wrapped(own.sentences)
    if own.shares:
        lines += ["", "Of 100 people who answer like this:"]
        lines += [_share(share.tier, share.of_100) for share in own.shares]
    if own.reasons:
        lines += ["", "What weighs most here:", *_wrapped(own.reasons, "- ")]
    if own.needs:
        lines += ["", *_wrapped(tuple(band.words for band in own.needs), "- ")]
    if own.notes:
        lines += ["", *_wrapped(own.notes)]
    return tuple(lines)


def _share(tier: str, of_100: int) -> str:
    return f"  {tier:<16} {of_100:3d} {'#' * round(BAR * of_100 / 100)}".rstrip()


def _wrapped(sentences: tuple[str, ...], mark: str = "") -> list[str]:
    lines: list[str] = []
    for sentence in sentences:
        lines += textwrap.wrap(sentence, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
    return lines
