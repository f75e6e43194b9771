"""The people that a release counts, and the rows of its breakdowns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instruments.model import text_in
from instruments.records import Policy
from instruments.setup import Attribute, Category
from scoring.disclosure import Counts, merge_small, smallest_group
from scoring.scored import Scored

NOT_GIVEN = -1
"""Category code of people who gave none."""
BREAKDOWNS = 2
"""Attributes with a breakdown: what three tables tell together is not checked, so there is no third."""


@dataclass(frozen=True, slots=True, eq=False)
class Breakdown:
    """The rows of one attribute: every counted person is in exactly one."""

    title: str
    labels: tuple[str, ...]
    headcounts: tuple[int | None, ...]
    """None for people who gave no group."""
    member: NDArray[np.int64]
    """(n,) number of each person's row."""
    note: str = ""

    @property
    def sizes(self) -> Counts:
        """(rows,) respondents of each row."""
        return np.bincount(self.member, minlength=len(self.labels))

    def table(self, column: NDArray[np.int64], columns: int) -> Counts:
        """Return people counted by row and column, (rows, columns); `column` is (n,)."""
        cells = np.bincount(self.member * columns + column, minlength=len(self.labels) * columns)
        return cells.reshape(len(self.labels), columns)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """All respondents: the same people in every table, so that no two can be subtracted."""

    people: Scored
    minutes: NDArray[np.float64]
    """(n,) minutes a week that can be spared; NaN where not answered."""
    breakdowns: dict[str, Breakdown]
    """By attribute id; an attribute whose groups are too small is missing."""
    weight: int
    """People who count towards the smallest numbers for a release.

    Imported rows do not, unless all are; nor as many people as asked for help by name.
    """

    def __len__(self) -> int:
        return len(self.people)


def count_people(
    scored: Scored,
    groups: Mapping[str, NDArray[np.int64]],
    minutes: NDArray[np.float64],
    policy: Policy,
    *,
    imported: int = 0,
    requests: int = 0,
) -> Counted:
    """Return all respondents, in the rows that the policy's thresholds allow.

    Who asked for help by name is joined to no answers, so each request is taken for one of the respondents,
    also one by somebody who did not take part. People who answered little are counted like everybody:
    leaving them out would tell how few they are.
    """
    sittings = len(scored) if imported >= len(scored) else max(0, len(scored) - imported)
    weight = max(0, sittings - requests)
    breakdowns = {}
    planned = {table.attribute for table in policy.release_plan}
    if weight >= policy.thresholds.minimum_breakdown:
        for attribute in [a for a in policy.attributes if a.id in planned][:BREAKDOWNS]:
            found = _breakdown(attribute, np.asarray(groups[attribute.id]), policy)
            if found is not None:
                breakdowns[attribute.id] = found
    return Counted(scored, np.asarray(minutes, dtype=np.float64), breakdowns, weight)


def _breakdown(attribute: Attribute, codes: NDArray[np.int64], policy: Policy) -> Breakdown | None:
    """Return the rows of one attribute, None when fewer than two can be made."""
    known = {category.code: category for category in attribute.categories}
    codes = np.where(np.isin(codes, list(known)), codes, NOT_GIVEN)
    sizes = {code: int((codes == code).sum()) for code in [*known, NOT_GIVEN]}
    if not sizes[NOT_GIVEN]:
        del sizes[NOT_GIVEN]
    rows = merge_small(_believed(sizes, known), smallest_group(policy.thresholds))
    if not rows:
        return None
    rows = tuple(sorted(rows, key=lambda row: (len(row) > 1, NOT_GIVEN in row)))
    place = {code: number for number, row in enumerate(rows) for code in row}
    named = [[known[code] for code in row if code != NOT_GIVEN] for row in rows]
    return Breakdown(
        title=text_in(attribute.title, policy.language) or attribute.id,
        labels=tuple(_label(row, known) for row in rows),
        headcounts=tuple(sum(c.headcount for c in row) if row else None for row in named),
        member=np.array([place[int(code)] for code in codes], dtype=np.int64),
        note=_note(rows, known),
    )


def _believed(sizes: Mapping[int, int], known: Mapping[int, Category]) -> dict[int, int]:
    """Return the respondents of each category, at most as many as it has people (0: not known).

    Whoever holds tickets that nobody used could fill a small group with answers of their own, and take these
    off what is shown of it.
    """
    heads = {code: category.headcount or sizes[code] for code, category in known.items()}
    return {code: min(size, heads.get(code, size)) for code, size in sizes.items()}


def _label(row: tuple[int, ...], known: dict[int, Category]) -> str:
    if len(row) == 1:
        return "Not given" if row == (NOT_GIVEN,) else known[row[0]].label
    named = [known[code].label for code in row if code != NOT_GIVEN]
    if len(named) == 1:
        return f"{named[0]} and not given"
    return "Other groups" if any(c.label == "Other" for c in known.values()) else "Other"


def _note(rows: tuple[tuple[int, ...], ...], known: dict[int, Category]) -> str:
    """Say in words which groups were too small to stand alone."""
    merged = [row for row in rows if len(row) > 1]
    if not merged:
        return ""
    names = [known[code].label for code in merged[0] if code != NOT_GIVEN]
    if len(names) == 1:
        return f"Too few people named no group to stand alone; they are counted with {names[0]}."
    names += ["people who named no group"] if NOT_GIVEN in merged[0] else []
    return f"Too small to stand alone, so counted together: {', '.join(names)}."
