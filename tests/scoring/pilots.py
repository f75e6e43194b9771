"""Made-up pilots for the tests of local references: answers whose population is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instruments.model import NEEDS
from instruments.questions import Battery
from scoring.blocks import Floats
from scoring.items import item_columns
from scoring.reference import Reference, default_reference
from tests.scoring.made import battery_of, instrument

CORRELATIONS = np.array([[1, 0.5, 0.3, 0.1], [0.5, 1, 0.15, 0.35], [0.3, 0.15, 1, 0.1], [0.1, 0.35, 0.1, 1]])


@dataclass(frozen=True, slots=True, eq=False)
class Pilot:
    """Two measurements of the same people, and their teams."""

    items: Floats
    retest: Floats
    teams: NDArray[np.int64]


def three_scales() -> Battery:
    """Return 7 items of safety, 6 of agility and 8 of headroom, of 9 points: few answers pile up at ends."""
    return battery_of(
        instrument("safe", 7, 9, "safety", (1, 3, 5)),
        instrument("learn", 6, 9, "agility"),
        instrument("work", 8, 9, "headroom", range(1, 9)),
    )


def truth_of(battery: Battery) -> Reference:
    """Return the reference that the made-up people are drawn from when nothing is shifted."""
    return default_reference(battery)


def pilot(
    battery: Battery,
    people: int,
    seed: int,
    *,
    shift: float | Floats = 0.0,
    spread: float = 1.0,
    between: float = 0.0,
    team_size: int = 8,
) -> Pilot:
    """Return `people` of a population `shift` SD (one number, or one a scale) off the assumed means.

    `spread` multiplies the SDs; a share `between` of the variance lies between teams of `team_size`.
    """
    rng = np.random.default_rng(seed)
    rows, columns = truth_of(battery).rows, item_columns(battery)
    teams = np.arange(people) // team_size
    needs = rng.multivariate_normal(np.zeros(4), CORRELATIONS, size=people)
    shifts = np.broadcast_to(shift, (len(rows),))
    first, second = np.empty((people, len(columns))), np.empty((people, len(columns)))
    for row, off in zip(rows, shifts, strict=True):
        need = needs[:, NEEDS.index(row.need)] if row.need else rng.standard_normal(people)
        own = row.validity * need + np.sqrt(1 - row.validity**2) * rng.standard_normal(people)
        shared = rng.standard_normal(teams.max() + 1)[teams]
        lasting = np.sqrt(row.retest) * (np.sqrt(1 - between) * own + np.sqrt(between) * shared)
        members = [place for place, column in enumerate(columns) if column.scale == row.scale]
        for table in (first, second):
            mood = np.sqrt(row.alpha - row.retest) * rng.standard_normal(people)
            noise = np.sqrt((1 - row.alpha) * len(members)) * rng.standard_normal((people, len(members)))
            level = row.mean + row.sd * (off + spread * (lasting + mood)[:, None] + spread * noise)
            for place, values in zip(members, level.T, strict=True):
                one = columns[place]
                turned = one.minimum + one.maximum - values if one.reverse else values
                table[:, place] = np.clip(np.round(turned), one.minimum, one.maximum)
    return Pilot(first, second, teams)
