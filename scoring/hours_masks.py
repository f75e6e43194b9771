"""Which groups' hours are hidden, for all attributes together: nobody's hours may follow by subtraction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np

from instruments.setup import Thresholds
from scoring.disclosure import Mask
from scoring.grouping import Counted
from scoring.loads import hide_sums
from scoring.published import Floats, Ints
from scoring.sums import carries

MOST_PARTS = 10
"""Parts of the smaller attribute up to which all sums are tried; with more, the other one is hidden."""


def hidden_hours(
    counted: Counted, tiers_hidden: Mapping[str, Mask | None], limits: Thresholds
) -> dict[str, Mask]:
    """Return which rows' hours are hidden, (rows,) by attribute.

    A row is hidden where one of its tiers is (None: all are), where it has too few people or one of them
    holds too much of it, and where the hidden rows together, which are the total less the rows shown, would
    be that. Of a second attribute further rows are hidden, the smallest first, until no sum of shown rows
    less other shown rows tells of too few people, as where departments lie within sites.
    """
    amounts = counted.people.hours
    masks: dict[str, Mask] = {}
    for name, breakdown in counted.breakdowns.items():
        tiers = tiers_hidden.get(name)
        if tiers is None or not carries(amounts, limits):
            tiers = np.ones(len(breakdown.labels), dtype=np.bool_)
        masks[name] = hide_sums(amounts, breakdown.member, tiers, limits)
    if len(masks) < 2:
        return masks
    members = tuple(breakdown.member for breakdown in counted.breakdowns.values())
    (first, one), (second, other) = masks.items()
    return {first: one, second: _less(amounts, (members[0], members[1]), (one, other), limits)}


def _less(amounts: Floats, members: tuple[Ints, Ints], hidden: tuple[Mask, Mask], limits: Thresholds) -> Mask:
    """Return which rows of the second attribute are hidden so that no difference tells too much."""
    one, other = hidden
    sizes = np.bincount(members[1], minlength=len(other))
    for row in np.lexsort((np.arange(len(other)), sizes)):
        if is_difference_safe(amounts, members, (one, other), limits):
            return other
        more = other.copy()
        more[row] = True
        other = hide_sums(amounts, members[1], more, limits)
    return np.ones(len(other), dtype=np.bool_)


def is_difference_safe(
    amounts: Floats, members: tuple[Ints, Ints], hidden: tuple[Mask, Mask], limits: Thresholds
) -> bool:
    """Say whether every sum of `amounts` (n,) that follows from the shown rows of both carries itself."""
    if hidden[0].all() or hidden[1].all():
        return True  # one table alone: `hide_sums` has seen to it
    parts = (_parts(members[0], hidden[0]), _parts(members[1], hidden[1]))
    few, many = sorted(parts, key=lambda part: int(part.max()))
    if few.max() >= MOST_PARTS:
        return False
    return all(carries(amounts[people], limits) for people in _differences(few, many))


def _parts(member: Ints, hidden: Mask) -> Ints:
    """Return the part of each person, (n,): the shown rows, and all hidden ones as one."""
    place = np.cumsum(~hidden) - (0 if hidden.any() else 1)
    parts: Ints = np.where(hidden, 0, place)[member]
    return parts


def _differences(few: Ints, many: Ints) -> Iterator[Mask]:
    """Yield sets of people, (n,): any parts of the one kind less all parts of the other that lie within.

    Sums that follow from two ways to part the same people are their combinations with whole factors (the
    matrix of two partitions is totally unimodular), and these are the smallest of them.
    """
    for chosen in product((False, True), repeat=int(few.max()) + 1):
        inside = np.array(chosen)[few]
        outside = np.bincount(many, weights=~inside) > 0
        people = inside & outside[many]
        if people.any() and not people.all():
            yield people
