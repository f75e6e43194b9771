"""The auditor: what somebody works out of published numbers, and whether that is too much.

It shares nothing with those who hide numbers but `scoring.published`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from scipy.sparse import csr_array, vstack

from instruments.model import Record
from scoring.published import Floats, Ints, Mask, Published
from scoring.reach import Contradiction, Knowledge, bounds_of, reaches

MOST_BOUNDS = 20
"""Findings whose very bounds are worked out; one is enough to refuse."""
EDGE = 1e-6
"""Below which two numbers that were worked out in different ways are the same."""


Reason = Literal[
    "worked out", "shown", "uniform", "wrong", "contradiction", "few", "derived", "moved", "unfit"
]
SAID: dict[Reason, str] = {
    "worked out": "{name} can be worked out",
    "shown": "{name} is shown, and tells of too few people",
    "uniform": "{name} holds nearly everybody of its group, and that can be told",
    "wrong": "{name} is not what was counted",
    "contradiction": "The tables contradict each other",
    "few": "{name} rests on too few people, or on one of them",
    "derived": "{name} is shown although the counts of its people are hidden",
    "moved": "{name}: few people came or went since an earlier release",
    "unfit": "{name}",
}


class Finding(Record, frozen=True):
    """One number that gives people away."""

    name: str
    reason: Reason
    low: int | None = None
    """Bounds that the published numbers leave; None where they were not asked for."""
    high: int | None = None
    table: str = ""
    """Title of the table, empty where there is one only."""

    def __str__(self) -> str:
        if self.reason != "worked out" or self.low is None:
            return SAID[self.reason].format(name=self.name)
        if self.low == self.high:
            return f"{self.name} can be worked out: exactly {self.low}"
        return f"{self.name} can be worked out: between {self.low} and {self.high}"


class Verdict(Record, frozen=True):
    """What an audit of one linear system found."""

    findings: tuple[Finding, ...]
    attacked: int
    """Hidden numbers that somebody tried to work out."""

    @property
    def is_safe(self) -> bool:
        """Whether nobody is given away."""
        return not self.findings


def audit(
    published: Published,
    k: int,
    homogeneity: float,
    truth: Floats | None = None,
    beside: Knowledge | None = None,
) -> Verdict:
    """Say which numbers of `published` give people away.

    Parameters
    ----------
    published
        Everything that is published about one variable, and what an attacker knows besides.
    k, homogeneity
        The thresholds: a number of 1 to k - 1 people, and a row with this share in one number, are secret.
    truth
        (cells,) people in each base cell: says which hidden numbers are secret. Without it only those count
        that are proven to be secret.
    beside
        What derived numbers, such as rounded hours, tell of the same cells.

    Returns
    -------
    Verdict
        A secret number of 1 to k - 1 must be able to be 0, and k or its whole row; a uniform row must not be
        proven so. Programmes over everything known (Fischetti and Salazar-González 2001), in whole numbers
        where the table is small.
    """
    shown = (*_shown(published, k, homogeneity), *_wrong(published, truth))
    if shown:
        return Verdict(findings=shown, attacked=0)
    knowledge = knowledge_of(published)
    knowledge = _joined(knowledge, beside) if beside is not None else knowledge
    try:
        if truth is None:
            return _audit_blind(published, knowledge, k, homogeneity)
        return _audit_secrets(published, knowledge, k, homogeneity, published.lines @ truth)
    except Contradiction:
        return Verdict(findings=(Finding(name="", reason="contradiction"),), attacked=0)


def knowledge_of(published: Published) -> Knowledge:
    """Return what an attacker knows: shown numbers within their rounding (halves up), row sizes, the rest."""
    shown = ~published.hidden
    values, half = published.values[shown], published.steps[shown] / 2
    members = csr_array(
        (np.ones(len(published.rows)), (published.rows, np.arange(len(published.rows)))),
        shape=(len(published.sizes), len(published.rows)),
    )
    filled = np.unique(published.rows)
    sizes = published.sizes[filled].astype(np.float64)
    return Knowledge(
        lines=csr_array(
            vstack(
                [published.lines[np.flatnonzero(shown)], (members @ published.lines)[filled], published.known]
            )
        ),
        low=np.concatenate([np.ceil(values - half), sizes, published.known_values]),
        high=np.concatenate([np.ceil(values + half) - 1, sizes, published.known_values]),
    )


def _joined(one: Knowledge, other: Knowledge) -> Knowledge:
    return Knowledge(
        lines=csr_array(vstack([one.lines, other.lines])),
        low=np.concatenate([one.low, other.low]),
        high=np.concatenate([one.high, other.high]),
    )


def _shown(published: Published, k: int, homogeneity: float) -> Iterator[Finding]:
    """Yield the shown numbers that are secret by themselves."""
    sizes = published.sizes[published.rows]
    shown = ~published.hidden & (published.steps == 1)
    for number in np.flatnonzero(shown & (published.values > 0) & (published.values < k)):
        yield Finding(name=published.names[number], reason="shown")
    uniform = shown & (sizes > 0) & (published.values >= homogeneity * sizes - EDGE)
    for number in np.flatnonzero(uniform & (published.values >= k)):
        yield Finding(name=published.names[number], reason="uniform")


def _wrong(published: Published, truth: Floats | None) -> Iterator[Finding]:
    """Yield the shown numbers that are not what was counted: then no protection was worked out for them."""
    if truth is None:
        return
    half = published.steps / 2
    off = np.abs(published.lines @ truth - published.values) > np.where(published.steps == 1, 0, half)
    for number in np.flatnonzero(~published.hidden & off):
        yield Finding(name=published.names[number], reason="wrong")


def _audit_secrets(
    published: Published, knowledge: Knowledge, k: int, homogeneity: float, true: Floats
) -> Verdict:
    sizes = published.sizes[published.rows]
    small = published.hidden & (true > 0) & (true < k)
    uniform = published.hidden & (true > 0) & (true >= homogeneity * sizes - EDGE)
    secret = np.flatnonzero(small | uniform)
    below = np.where(small, 0, _below_uniform(sizes, homogeneity))[secret]
    above = np.where(small, np.minimum(k, sizes), 0)[secret]
    is_open = _reach(published, knowledge, secret, below) & _reach(
        published, knowledge, secret, above, up=True
    )
    return _verdict(published, knowledge, secret, secret[~is_open])


def _audit_blind(published: Published, knowledge: Knowledge, k: int, homogeneity: float) -> Verdict:
    sizes = published.sizes[published.rows]
    hidden = np.flatnonzero(published.hidden & (sizes > 0))
    none = _reach(published, knowledge, hidden, np.zeros(len(hidden)))
    many = _reach(published, knowledge, hidden, np.minimum(k, sizes[hidden]), up=True)
    mixed = _reach(published, knowledge, hidden, _below_uniform(sizes, homogeneity)[hidden])
    return _verdict(published, knowledge, hidden, hidden[~(none | many) | ~mixed])


def _below_uniform(sizes: Ints, homogeneity: float) -> Floats:
    """Return the largest number of each row that does not make it uniform."""
    most: Floats = np.ceil(homogeneity * sizes - EDGE) - 1
    return most


def _reach(
    published: Published, knowledge: Knowledge, numbers: Ints, bounds: Floats, *, up: bool = False
) -> Mask:
    """Say which of `numbers` can be at most (`up`: at least) their bounds."""
    sign = -1 if up else 1
    return reaches(knowledge, csr_array(sign * published.lines[numbers]), sign * bounds.astype(np.float64))


def _verdict(published: Published, knowledge: Knowledge, attacked: Ints, failed: Ints) -> Verdict:
    findings = []
    for place, number in enumerate(failed):
        low, high = None, None
        if place < MOST_BOUNDS:
            low, high = bounds_of(knowledge, published.lines[[number]].toarray()[0])
        findings.append(Finding(name=published.names[number], reason="worked out", low=low, high=high))
    return Verdict(findings=tuple(findings), attacked=len(attacked))
