"""Who stands behind each row of a release: worked out from its words and the answers, for the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from instruments.records import Policy
from instruments.setup import Attribute
from scoring.errors import ScoringError
from scoring.published import Floats, Ints
from scoring.scored import Scored
from scoring.work import Work

NOT_GIVEN = "Not given"
"""Stands for people who named no group."""


class DoesNotFit(ScoringError):
    """A release that does not tell of these people."""


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What a release was made from: the same people, one by one, in any one order."""

    people: Scored
    groups: Mapping[str, Ints]
    """(n,) category code by attribute id; -1 where none was given."""
    minutes: Floats
    """(n,) minutes a week to spare; NaN where not answered."""
    work: Work | None = None

    def __len__(self) -> int:
        return len(self.people)

    def members(self, labels: Sequence[str], attribute: str, policy: Policy) -> Ints:
        """Return the row of each person, (n,), in a table whose rows are called `labels`.

        A row that is called like a category holds its people; at most one other row holds all who are left.
        Raises DoesNotFit when somebody has no row.
        """
        asked = next(one for one in policy.attributes if one.id == attribute)
        known = np.array([category.code for category in asked.categories])
        codes = np.where(np.isin(self.groups[attribute], known), self.groups[attribute], -1)
        place = _places(labels, asked)
        rest = [row for row in range(len(labels)) if row not in place.values()]
        member = np.array([place.get(int(code), rest[0] if rest else -1) for code in codes], dtype=np.int64)
        if len(rest) > 1 or (member < 0).any():
            raise DoesNotFit("The rows of a table do not hold everybody exactly once.")
        return member


def _places(labels: Sequence[str], attribute: Attribute) -> dict[int, int]:
    """Return the row of each category that stands alone."""
    codes: dict[str, list[int]] = {}
    for category in attribute.categories:
        codes.setdefault(category.label, []).append(category.code)
    codes.setdefault(NOT_GIVEN, []).append(-1)
    return {codes[label].pop(0): row for row, label in enumerate(labels) if codes.get(label)}
