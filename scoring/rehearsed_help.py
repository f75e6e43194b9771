"""Help in a made-up organisation: what was got, what was missed, and who gave it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from instruments.answers import Answer, Rows
from instruments.model import Column, RowsFormat
from scoring.rehearsed_people import Floats, Ints, Organisation

WEEKS = 4.0
WEEKS_A_MONTH = 52 / 12
ASKING = 1.2
"""Log-odds of asking for help at average safety (assumed)."""
ASKED, UNASKED = 0.8, 0.2
"""Share of the need that is met when somebody asks, and when not (assumed)."""
RECALL_LOG_SD = 0.2
OUTSIDE = 5
"""Code of help from outside the organisation, which no colleague gives."""
ROLES = {1: 1, 2: 3, 3: 4, 4: 5}
"""Role in which help is given, by whom it comes from."""
BUSY, AWKWARD = 4, 5
"""Reasons of those who did not ask."""


@dataclass(frozen=True, slots=True, eq=False)
class Help:
    """Hours a month (n,), and the codes that go with them."""

    received: Floats
    wanted: Floats
    source: Ints
    """From whom help came."""
    reason: Ints
    """Why help that was wanted was not got."""
    given: Floats
    role: Ints


def help_of(hours: Floats, needs: Floats, one: Organisation, rng: np.random.Generator) -> Help:
    """Return how the `hours` needed (n,) were met; low safety (first of `needs`) keeps people from asking."""
    people, safety = len(hours), needs[:, 0]
    asked = rng.random(people) < 1 / (1 + np.exp(-(ASKING + one.silence * safety)))
    share = rng.beta(6.0, 6.0 * (1 / np.where(asked, ASKED, UNASKED) - 1))
    source = rng.choice(np.arange(1, OUTSIDE + 1), p=(0.55, 0.15, 0.15, 0.05, 0.1), size=people)
    shy = rng.random(people) < 1 / (1 + np.exp(one.silence * safety))
    reason = np.where(asked, rng.integers(1, 4, size=people), np.where(shy, AWKWARD, BUSY))
    received = hours * share
    given, role = _given(received, source, needs[:, -1], rng)
    return Help(received, hours - received, source, reason.astype(np.int64), given, role)


def help_rows(name: str, fmt: RowsFormat, told: Help, rng: np.random.Generator) -> list[Answer]:
    """Return everybody's rows about help `given`, `received` or `wanted`, as they remember four weeks."""
    hours, codes = {
        "given": (told.given, told.role),
        "received": (told.received, told.source),
        "wanted": (told.wanted, told.reason),
    }[name]
    recalled = hours * WEEKS / WEEKS_A_MONTH * np.exp(RECALL_LOG_SD * rng.standard_normal(len(hours)))
    return [_row(fmt, int(code), float(amount)) for code, amount in zip(codes, recalled, strict=True)]


def _given(
    received: Floats, source: Ints, capability: Floats, rng: np.random.Generator
) -> tuple[Floats, Ints]:
    """Let every hour that came from inside be given by somebody; the more capable give more."""
    people = len(received)
    given, role = np.zeros(people), np.ones(people, dtype=np.int64)
    if people == 0:
        return given, role
    odds = np.exp(capability - capability.max())
    giver = rng.choice(people, size=people, p=odds / odds.sum())
    for helper, amount, code in zip(giver, received, source, strict=True):
        if code in ROLES:
            given[helper] += amount
            role[helper] = ROLES[int(code)]
    return given, role


def _row(fmt: RowsFormat, code: int, hours: float) -> Answer:
    """Return one row, or none where it rounds to nothing."""
    what, amount = fmt.columns
    value = _on_grid(amount, hours)
    known = [option.code for option in what.options]
    return Rows(rows=((float(code if code in known else known[0]), value),) if value > 0 else ())


def _on_grid(column: Column, value: float) -> float:
    steps = round((value - column.minimum) / column.step)
    if steps < 0:
        return 0.0
    return min(column.minimum + column.step * steps, column.maximum)
