"""What makes a good cohort: sizes by need, people who belong together, people who are kept apart.

A cohort costs, in seats (all three assumed, to be changed here):

- one for each seat by which it is too large or too small for its people's need,
- `TEAM` for each team and `WORKFLOW` for each workflow that is in it, so that both stay together.

A manager with an own report in one cohort costs more than everything else together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from instruments.model import Record
from scoring.plan.options import COHORT_SIZES

TEAM = 2.0
"""Seats that one more team in a cohort is worth (assumed)."""
WORKFLOW = 1.0
"""Seats that one more workflow in a cohort is worth (assumed)."""
STAY = 0.5
"""Seats that one moved person is worth where a plan before gave a seat (assumed)."""
SIZE_RESPONSE = 0.5
"""A group with e times everybody's hours a head gets cohorts of the middle size / e ** this (assumed)."""
MANAGER = 100_000
"""Seats for each report in a cohort with the own manager: more than all else could save."""
CUT_HOURS = (1.0, 2.0, 4.0)
"""Hours a head and month above which a cohort is led more closely: the cuts of the tiers."""
_LED = (
    "leads itself; a champion looks in",
    "led by a champion; a facilitator opens it",
    "led by a facilitator, with a champion",
    "led closely: a facilitator and a champion in every session",
)


class CohortRules(Record, frozen=True):
    """What holds for all cohorts of a plan."""

    sizes: tuple[int, int] = COHORT_SIZES
    managers_apart: bool = True
    """Whether nobody learns in one cohort with the own manager."""
    across_sites: bool = False
    """Whether people of sites too small for a cohort learn with those of other sites."""


USUAL = CohortRules()


@dataclass(frozen=True, slots=True)
class Range:
    """Sizes that a number of people allows; `is_kept` tells whether these are the wanted ones."""

    low: int
    high: int
    fewest: int
    most: int
    """Smallest and largest number of cohorts."""
    is_kept: bool


def size_range(people: int, sizes: tuple[int, int]) -> Range:
    """Return the sizes in which `people` (1 or more) can be seated, nobody left out.

    Where the wanted `sizes` do not fit, cohorts are smaller: 11 people become 5 and 6, not one of 11.
    """
    low, high = sizes
    fewest, most = math.ceil(people / high), people // low
    if fewest <= most:
        return Range(low, high, fewest, most, is_kept=True)
    return Range(people // fewest, high, fewest, fewest, is_kept=False)


def wanted_sizes(
    needs: Mapping[str, float], heads: Mapping[str, int], sizes: tuple[int, int]
) -> dict[str, int]:
    """Return the wanted cohort size of every group of `heads` (people by group).

    Parameters
    ----------
    needs
        Expected hours of support a head and month by group, as released; a group that is missing here is
        taken to be like everybody.
    """
    low, high = sizes
    middle, everybody = (low + high) / 2, mean_need(needs, heads)
    wanted = {}
    for group in heads:
        each = needs.get(group, everybody)
        factor = (everybody / each) ** SIZE_RESPONSE if each > 0 and everybody > 0 else 1.0
        wanted[group] = min(high, max(low, round(middle * factor)))
    return wanted


def mean_need(needs: Mapping[str, float], heads: Mapping[str, int]) -> float:
    """Return the hours a head and month of all people whose group's are known, 0 where none are."""
    known = {group: people for group, people in heads.items() if group in needs}
    people = sum(known.values())
    return sum(needs[group] * count for group, count in known.items()) / people if people else 0.0


def facilitation(hours: float, cuts: tuple[float, float, float] = CUT_HOURS) -> str:
    """Return how closely a cohort is led whose people need `hours` a head and month."""
    return _LED[sum(hours >= cut for cut in cuts)]
