"""What has to be unclear to an attacker about each number that is hidden."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from instruments.setup import Thresholds
from scoring.published import Floats, Mask, Published

SLACK = 1e-6
"""Numerical tolerance of the solver's bounds."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How unclear one number has to be: the attacker must think `value` possible, or beyond it."""

    number: int
    value: float
    is_upper: bool
    """Whether the number must be able to be as large as `value`, or else as small."""
    is_binding: bool
    """Whether it holds in any case, or only if the number is hidden for others' sake."""
    clear: float = math.inf
    """From here on it does no harm that the attacker knows the number to be so large."""

    def is_met(self, value: float) -> bool:
        """Say whether a number that can be `value` is unclear enough."""
        return value >= self.value - SLACK if self.is_upper else value <= self.value + SLACK

    def is_clear(self, least: float) -> bool:
        """Say whether a number that is `least` at the least needs no doubt."""
        return not self.is_upper and least >= self.clear - SLACK


def is_uniform(system: Published, true: Floats, limits: Thresholds) -> Mask:
    """Say which numbers hold nearly all of their row, (numbers,)."""
    sizes = system.sizes[system.rows]
    return np.asarray((true > 0) & (true >= limits.homogeneity * sizes))


def is_forced(system: Published, true: Floats, limits: Thresholds) -> Mask:
    """Say which numbers may not be shown themselves: 1 to k - 1 people, or part of a uniform row."""
    rows = np.zeros(len(system.sizes), dtype=np.bool_)
    rows[system.rows[is_uniform(system, true, limits)]] = True
    return np.asarray(((true > 0) & (true < limits.k)) | rows[system.rows])


def demands_of(system: Published, true: Floats, free: Mask, limits: Thresholds) -> list[Demand]:
    """Return what has to be unclear.

    Small numbers must be able to be none, and k or their whole row, also those that are never published; a
    uniform row must not be proven uniform. Numbers that are hidden for others' sake (`free`) must be able to
    be k, and none, unless it is plain that they are k or more.
    """
    demands = []
    sizes = system.sizes[system.rows]
    uniform = is_uniform(system, true, limits)
    for number, value in enumerate(true):
        if not (free[number] or system.hidden[number]):
            continue
        is_small = 0 < value < limits.k
        if uniform[number]:
            most = math.ceil(limits.homogeneity * sizes[number] - SLACK) - 1
            demands.append(Demand(number, most, is_upper=False, is_binding=True))
        if is_small or (free[number] and value == 0):
            high = float(min(limits.k, sizes[number]))
            demands.append(Demand(number, high, is_upper=True, is_binding=is_small))
        if is_small or (free[number] and value):
            clear = math.inf if is_small else float(limits.k)
            demands.append(Demand(number, 0.0, is_upper=False, is_binding=is_small, clear=clear))
    return demands
