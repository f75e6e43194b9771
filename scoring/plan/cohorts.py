"""Cohorts from the staff list: everybody has one seat, nobody needs a code for it, no answer is looked at.

A plan calls it so, and keeps the seats for the next one::

    heads = needs_of(plan.groups)                      # hours a head and month by group, from the release
    seating = form_cohorts(staff_in(study), heads, CohortRules(sizes=options.cohort_sizes), seats_in(study))
    seating.cohorts, seating.notes                     # into the plan
    save_seats(study, seating.seats)                   # ids stay, few people move next time

Without a staff list `cohort_counts.counted_cohorts(headcounts, heads, rules)` gives cohorts without names.
What a good cohort is stands in `cohort_rules`. Sites are seated one by one: the best seating
where all cohorts can be listed, else the best that `cohort_search` finds; with `prove` a close bound, too,
and what `cohort_renew` finds with its prices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from instruments.errors import WrongUsage
from instruments.people import CohortSeats, StaffMember
from scoring.plan.cohort_bound import closest_bound, counted_bound
from scoring.plan.cohort_exact import exact
from scoring.plan.cohort_pairs import pairs_of
from scoring.plan.cohort_pool import Pool, Slot, pool_of, slots_cost
from scoring.plan.cohort_pricing import fill_count
from scoring.plan.cohort_renew import renewed
from scoring.plan.cohort_rules import (
    MANAGER,
    USUAL,
    CohortRules,
    facilitation,
    mean_need,
    size_range,
    wanted_sizes,
)
from scoring.plan.cohort_search import search
from scoring.plan.cohort_seats import reseat
from scoring.plan.records import GroupLoad, PlannedCohort

LARGEST = 30
"""A cohort of more people is none."""
MOST_FILLS = 10_000
"""Ways to fill a cohort up to which a close bound is looked for: 3,003 with five sizes up to 10."""


@dataclass(frozen=True, slots=True)
class Seating:
    """All cohorts of a staff list; costs are in seats, see `scoring.plan.cohort_rules`."""

    cohorts: tuple[PlannedCohort, ...]
    notes: tuple[str, ...]
    """What could not be kept, in sentences; no name is in them."""
    cost: float
    bound: float
    """No seating costs less; far below `cost` where nothing better was proven."""
    moved: int
    """People who had a seat in the plan before and have another one now."""
    above: float | None
    """By what part of the bound the cost is above it, 0 where no seating is better.

    None where it cannot be told: people sit with the own manager, and nothing proves that they have to.
    """
    seats: tuple[CohortSeats, ...] = field(repr=False)
    """To be kept for the next plan; cohorts that are no more stand there without members."""


@dataclass(frozen=True, slots=True)
class _Site:
    """One site, or several too small ones together, with the ids of its cohorts before and what was found."""

    label: str
    people: tuple[StaffMember, ...]
    pool: Pool
    ids: tuple[str, ...]
    slots: tuple[Slot, ...]
    bound: float


def needs_of(groups: Iterable[GroupLoad]) -> dict[str, float]:
    """Return hours of support a head and month by group; groups whose hours are hidden are left out."""
    return {one.group: one.hours / one.headcount for one in groups if one.headcount > 0 and one.hours > 0}


def form_cohorts(
    staff: Sequence[StaffMember],
    needs: Mapping[str, float],
    rules: CohortRules = USUAL,
    before: Sequence[CohortSeats] = (),
    *,
    prove: bool = False,
) -> Seating:
    """Return cohorts in which everybody of `staff` has one seat; the same input always gives the same.

    Parameters
    ----------
    needs
        Expected hours a head and month by group; a group that is missing is taken to be like everybody.
    before
        Seats of the plan before: cohorts keep their ids, and people their seats where that is not much worse.
    prove
        Whether to look longer, and to compute a close bound: less than a minute for 400 people, five to
        fifteen for 4,200. Everybody is seated anew then.

    Raises WrongUsage for sizes that make no sense.
    """
    low, high = rules.sizes
    if not 2 <= low <= high <= LARGEST:
        raise WrongUsage(f"Cohorts of {low} to {high} people: expected 2 to {LARGEST}, the smaller first.")
    heads = Counter(one.group for one in staff)
    wanted = wanted_sizes(needs, heads, rules.sizes)
    sites = [
        _seated(label, people, wanted, rules, before, prove=prove)
        for label, people in _by_site(staff, rules).items()
    ]
    cohorts = _cohorts(sites, needs, mean_need(needs, heads), before)
    return Seating(
        cohorts=cohorts,
        notes=tuple(note for site in sites for note in _notes(site, rules)),
        cost=sum(slots_cost(site.pool, site.slots) / site.pool.seat for site in sites),
        bound=sum(site.bound / site.pool.seat for site in sites),
        moved=_moved(cohorts, before),
        above=_above(sites),
        seats=_seats(cohorts, before),
    )


def _above(sites: Sequence[_Site]) -> float | None:
    """Return `Seating.above`; a place with the own manager that is needed counts for neither side."""
    cost = bound = 0.0
    for site in sites:
        own, least = slots_cost(site.pool, site.slots), site.bound
        if own - least < 1:  # costs are whole numbers
            least = own
        together = own // site.pool.priced(MANAGER) * site.pool.priced(MANAGER)
        if together and own > least:
            return None
        cost += (own - together) / site.pool.seat
        bound += (least - together) / site.pool.seat
    if bound <= 0:
        return 0.0 if cost <= 0 else None
    return cost / bound - 1


def _by_site(staff: Sequence[StaffMember], rules: CohortRules) -> dict[str, tuple[StaffMember, ...]]:
    """Return the people by site; where the rules say so, sites too small for a cohort go together."""
    sites: dict[str, list[StaffMember]] = defaultdict(list)
    for one in staff:
        sites[one.site].append(one)
    small = [label for label in sorted(sites) if not size_range(len(sites[label]), rules.sizes).is_kept]
    if rules.across_sites and small:
        large = [label for label in sorted(sites) if label not in small]
        together = [one for label in small for one in sites[label]]
        if not size_range(len(together), rules.sizes).is_kept and large:
            nearest = min(large, key=lambda label: (len(sites[label]), label))
            small, together = [*small, nearest], together + sites[nearest]
        sites = {label: people for label, people in sites.items() if label not in small} | {
            " + ".join(label or "no site" for label in small): together
        }
    return {label: tuple(sites[label]) for label in sorted(sites)}


def _seated(
    label: str,
    people: tuple[StaffMember, ...],
    wanted: Mapping[str, int],
    rules: CohortRules,
    before: Sequence[CohortSeats],
    *,
    prove: bool,
) -> _Site:
    ids, homes = _homes(people, () if prove else before)
    pool = pool_of(people, wanted, rules.sizes, homes, managers_apart=rules.managers_apart)
    slots = reseat(pool, len(ids)) if ids else None
    if slots is None:
        fresh = pool_of(people, wanted, rules.sizes, {}, managers_apart=rules.managers_apart)
        pool, ids = fresh, ()
        slots = search(pool)
        best = exact(pool, slots)
        if best is not None:
            return _Site(label, people, pool, ids, best.slots, best.bound)
    if not prove or fill_count(pool) > MOST_FILLS:
        return _Site(label, people, pool, ids, tuple(slots), counted_bound(pool))
    closest = closest_bound(pool, slots)
    slots = renewed(pool, slots, closest)
    return _Site(label, people, pool, ids, tuple(slots), max(closest.value, counted_bound(pool)))


def _homes(
    people: Sequence[StaffMember], before: Sequence[CohortSeats]
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the cohorts before that most of whose people still here are of these, and the seats in them."""
    here = {one.name for one in people}
    own = [seats for seats in before if 2 * len(here.intersection(seats.members)) > len(seats.members)]
    homes = {name: at for at, seats in enumerate(own) for name in seats.members if name in here}
    used = sorted(set(homes.values()))
    place = {at: number for number, at in enumerate(used)}
    return tuple(own[at].id for at in used), {name: place[at] for name, at in homes.items()}


def _cohorts(
    sites: Sequence[_Site], needs: Mapping[str, float], everybody: float, before: Sequence[CohortSeats]
) -> tuple[PlannedCohort, ...]:
    last = max((_number(seats.id) for seats in before), default=0)
    made = []
    for site in sites:
        for place, names in _members(site):
            if place < len(site.ids):
                name = site.ids[place]
            else:
                last += 1
                name = f"cohort-{last}"
            made.append(_cohort(name, site, names, needs, everybody))
    return tuple(made)


def _number(name: str) -> int:
    number = name.rpartition("-")[2]
    return int(number) if number.isdecimal() and len(number) < 9 else 0


def _members(site: _Site) -> list[tuple[int, tuple[str, ...]]]:
    """Return place and names of every cohort: those before in their order, new ones by their first name."""
    left = [list(names) for names in site.pool.names]
    found = []
    for place, slot in enumerate(site.slots):
        names: list[str] = []
        for kind, people in sorted(slot.items()):
            names += left[kind][:people]
            del left[kind][:people]
        if names:
            found.append((place, tuple(sorted(names))))
    return sorted(found, key=lambda one: (one[0] if one[0] < len(site.ids) else len(site.ids), one[1]))


def _cohort(
    name: str, site: _Site, names: Sequence[str], needs: Mapping[str, float], everybody: float
) -> PlannedCohort:
    chosen = set(names)
    people = [one for one in site.people if one.name in chosen]
    groups = Counter(one.group for one in people)
    hours = sum(needs.get(group, everybody) * count for group, count in groups.items()) / len(people)
    return PlannedCohort(
        id=name,
        groups=tuple(sorted(groups, key=lambda group: (-groups[group], group))),
        site=site.label,
        size=len(people),
        start_week=None,
        members=tuple(names),
        pairs=pairs_of(people),
        facilitation=facilitation(hours) if hours else "",
    )


def _notes(site: _Site, rules: CohortRules) -> list[str]:
    where = site.label or "In the list"
    low, high = rules.sizes
    notes = []
    if not site.pool.sizes.is_kept:
        sizes = " and ".join(str(sum(slot.values())) for slot in site.slots if slot)
        notes.append(
            f"{where}: {site.pool.people} people cannot be seated in cohorts of {low} to {high}. They sit in "
            f"cohorts of {sizes}, so that nobody is left out"
            + (", or learn with another site if you let cohorts cross sites." if site.label else ".")
        )
    together = sum(site.pool.cost(slot) for slot in site.slots if slot) // site.pool.priced(MANAGER)
    if together:
        notes.append(
            f"{where}: {together} of the people sit in a cohort with their own manager; there is no way "
            "around it with the people here."
        )
    return notes


def _moved(cohorts: Sequence[PlannedCohort], before: Sequence[CohortSeats]) -> int:
    homes = {name: seats.id for seats in before for name in seats.members}
    return sum(homes.get(name, one.id) != one.id for one in cohorts for name in one.members)


def _seats(cohorts: Sequence[PlannedCohort], before: Sequence[CohortSeats]) -> tuple[CohortSeats, ...]:
    now = {one.id: one.members for one in cohorts}
    gone = {seats.id: () for seats in before if seats.id not in now}
    return tuple(CohortSeats(id=name, members=members) for name, members in {**now, **gone}.items())
