"""The schedule as arrays: supporters pooled by whom they can help, hours by who can help with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from instruments.people import Supporter
from instruments.setup import SupporterRole
from scoring.blocks import Floats
from scoring.plan.schedule_records import CourseKind, Courses

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

WAIT = 0.001
"""What one person who waits one week counts against an unmet hour: unmet hours come first (assumed)."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Supporters of one role who can help the same groups at the same sites: one for the solver."""

    role: SupporterRole
    cells: frozenset[int]
    """Places in `Model.cells`."""
    members: tuple[Supporter, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Hours of one role that exactly the same pools can give."""

    role: SupporterRole
    pools: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """What the solvers work on; a column is the choice to start one cohort of a kind in a week, or not."""

    cells: tuple[tuple[str, str], ...]
    """Group and site of people who want to start."""
    pools: tuple[Pool, ...]
    needs: tuple[Need, ...]
    need_of: tuple[dict[SupporterRole, int], ...]
    """By kind and role, the place in `needs`."""
    supply: Floats
    """(pools, weeks) hours."""
    counts: Floats
    """(kinds,) cohorts."""
    kind_of: Ints
    """(columns,) kinds, in order."""
    week_of: Ints
    """(columns,) start weeks, 0 for not starting."""
    costs: Floats
    """(columns,) what a cohort's waiting or leaving out adds to the value."""
    loads: csr_array
    """(needs x weeks, columns) hours that one cohort asks for."""

    @property
    def weeks(self) -> int:
        """Weeks in which hours are counted."""
        return int(self.supply.shape[1])

    @cached_property
    def roles(self) -> tuple[SupporterRole, ...]:
        """Roles that are needed."""
        return tuple(dict.fromkeys(need.role for need in self.needs))

    @cached_property
    def role_of(self) -> Ints:
        """(needs,) places in `roles`."""
        return np.array([self.roles.index(need.role) for need in self.needs], dtype=np.int64)

    @cached_property
    def part_of(self) -> Ints:
        """(pools and needs,) parts that share no supporters: what happens in one does not touch another."""
        between = coo_array(self.can_give)
        places = (between.coords[0], between.coords[1] + len(self.pools))
        size = len(self.pools) + len(self.needs)
        links = coo_array((np.ones(between.nnz), places), shape=(size, size))
        _, labels = connected_components(links, directed=False)
        return np.asarray(np.unique(labels, return_inverse=True)[1], dtype=np.int64)

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return int(self.part_of.max(initial=-1)) + 1

    @cached_property
    def can_give(self) -> Mask:
        """(pools, needs) who can give what."""
        can = np.zeros((len(self.pools), len(self.needs)), dtype=np.bool_)
        for place, need in enumerate(self.needs):
            can[list(need.pools), place] = True
        return can

    def demand(self, chosen: Floats) -> Floats:
        """Return (needs, weeks) hours when `chosen` (columns,) cohorts start."""
        return np.asarray(self.loads @ chosen).reshape(len(self.needs), self.weeks)


def build_model(courses: Courses) -> Model:
    """Return the arrays of `courses`, which are taken to be checked."""
    weeks = courses.horizon
    cells = tuple(dict.fromkeys((kind.group, kind.site) for kind in courses.kinds))
    pools = _pools(courses.supporters, cells)
    needs, need_of = _needs(courses.kinds, cells, pools)
    columns = [
        (place, week)
        for place, kind in enumerate(courses.kinds)
        for week in (0, *range(kind.earliest, courses.last_start(kind) + 1))
    ]
    kind_of, week_of = np.array(columns, dtype=np.int64).reshape(-1, 2).T
    supply = [
        [sum(one.hours_in(week) for one in pool.members) for week in range(1, weeks + 1)] for pool in pools
    ]
    return Model(
        cells=cells,
        pools=pools,
        needs=needs,
        need_of=need_of,
        supply=np.array(supply, dtype=np.float64).reshape(len(pools), weeks),
        counts=np.array([kind.count for kind in courses.kinds], dtype=np.float64),
        kind_of=kind_of,
        week_of=week_of,
        costs=np.array([_cost(courses, courses.kinds[place], week) for place, week in columns]),
        loads=_loads(courses.kinds, columns, need_of, (len(needs), weeks)),
    )


def _pools(supporters: Sequence[Supporter], cells: Sequence[tuple[str, str]]) -> tuple[Pool, ...]:
    """Return the supporters who can help somebody, by role and whom they can help, in order of their ids."""
    reach: dict[tuple[str, tuple[str, ...]], frozenset[int]] = {}
    found: dict[tuple[SupporterRole, frozenset[int]], list[Supporter]] = {}
    for one in sorted((one for one in supporters if one.consents), key=lambda one: one.id):
        key = (one.site, one.groups)
        if key not in reach:
            reach[key] = frozenset(p for p, cell in enumerate(cells) if one.can_help(*cell))
        if reach[key]:
            found.setdefault((one.role, reach[key]), []).append(one)
    return tuple(Pool(role, near, tuple(members)) for (role, near), members in found.items())


def _needs(
    kinds: Sequence[CourseKind], cells: Sequence[tuple[str, str]], pools: Sequence[Pool]
) -> tuple[tuple[Need, ...], tuple[dict[SupporterRole, int], ...]]:
    places: dict[Need, int] = {}
    need_of: list[dict[SupporterRole, int]] = []
    for kind in kinds:
        cell = cells.index((kind.group, kind.site))
        own = {}
        for role, hours in kind.hours.items():
            if any(hours):
                near = tuple(p for p, pool in enumerate(pools) if pool.role == role and cell in pool.cells)
                own[role] = places.setdefault(Need(role, near), len(places))
        need_of.append(own)
    return tuple(places), tuple(need_of)


def _cost(courses: Courses, kind: CourseKind, week: int) -> float:
    """Return what one cohort of `kind` that starts in `week` (0: not at all) adds beside unmet hours."""
    if week:
        return WAIT * kind.size * (week - kind.earliest)
    waited = max(courses.weeks + 1 - kind.earliest, 0)
    return WAIT * kind.size * waited + courses.leaving_out * kind.all_hours


def _loads(
    kinds: Sequence[CourseKind],
    columns: Sequence[tuple[int, int]],
    need_of: Sequence[dict[SupporterRole, int]],
    shape: tuple[int, int],
) -> csr_array:
    rows: list[int] = []
    places: list[int] = []
    hours: list[float] = []
    for column, (place, week) in enumerate(columns):
        for role, need in need_of[place].items() if week else ():
            asked = kinds[place].hours[role][: shape[1] - week + 1]
            rows += [need * shape[1] + week - 1 + since for since in range(len(asked))]
            places += [column] * len(asked)
            hours += asked
    entries = (np.array(hours, dtype=np.float64), (np.array(rows, int), np.array(places, int)))
    return coo_array(entries, shape=(shape[0] * shape[1], len(columns))).tocsr()
