"""How many cohorts of which size, from headcounts alone: while there is no staff list."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.model import Record
from scoring.plan.cohort_rules import USUAL, CohortRules, facilitation, mean_need, size_range, wanted_sizes
from scoring.plan.records import PlannedCohort


class CohortCount(Record, frozen=True):
    """The cohorts of one group or site."""

    label: str
    people: int
    sizes: tuple[int, ...]
    """One a cohort, as even as possible."""
    is_kept: bool
    """Whether the sizes are the wanted ones; too few people make smaller cohorts."""


def cohort_counts(
    heads: Mapping[str, int], needs: Mapping[str, float], rules: CohortRules = USUAL
) -> tuple[CohortCount, ...]:
    """Return the cohorts of every label of `heads` (people by group, or by site) with people.

    `needs` are hours a head and month by label, as released; a label without is taken to be like everybody.
    """
    wanted = wanted_sizes(needs, heads, rules.sizes)
    return tuple(_count(label, people, wanted[label], rules) for label, people in heads.items() if people > 0)


def _count(label: str, people: int, wanted: int, rules: CohortRules) -> CohortCount:
    sizes = size_range(people, rules.sizes)
    number = min(range(sizes.fewest, sizes.most + 1), key=lambda some: abs(people / some - wanted))
    small, larger = divmod(people, number)
    return CohortCount(
        label=label,
        people=people,
        sizes=(small + 1,) * larger + (small,) * (number - larger),
        is_kept=sizes.is_kept,
    )


def counted_cohorts(
    heads: Mapping[str, int], needs: Mapping[str, float], rules: CohortRules = USUAL
) -> tuple[PlannedCohort, ...]:
    """Return cohorts without names for people by group, to be planned with while there is no staff list."""
    everybody, made = mean_need(needs, heads), list[PlannedCohort]()
    for count in cohort_counts(heads, needs, rules):
        hours = needs.get(count.label, everybody)
        for size in count.sizes:
            cohort = PlannedCohort(
                id=f"cohort-{len(made) + 1}",
                groups=(count.label,),
                site="",
                size=size,
                start_week=None,
                facilitation=facilitation(hours) if hours else "",
            )
            made.append(cohort)
    return tuple(made)
