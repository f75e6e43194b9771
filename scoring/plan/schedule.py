"""Start weeks for cohorts, so that the supporters' hours suffice: what `plan` calls the schedule.

How it is used: make `Courses` of the cohorts (equal ones counted as one `CourseKind`), the supporters and
the weeks; `schedule` finds the starts, `assignment.assign` whose hours go to which cohort in which week, and
`ways_out.ways_out` what would have to change where hours stay unmet. `schedule_records.start_weeks` gives
the start week of each cohort by its name. `schedule(..., is_quick=True)` is for what-if on a screen: it
leaves out the search among whole numbers, says so, and its bound is proven all the same.

What is made small, in hours: unmet hours in all weeks, also in those after the plan's last, as long as
programmes that started in it go on; plus `Courses.leaving_out` times the hours of cohorts that do not start
in the plan; plus `WAIT` times people times weeks of waiting (who does not start waits until after the last
week). A cohort that starts in week s asks for ``hours[role][w - s]`` in week w. At a price of 1 leaving a
cohort out never pays: only cohorts that must not start in the plan's weeks do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.blocks import Floats
from scoring.plan.schedule_cuts import Cuts
from scoring.plan.schedule_exact import solve
from scoring.plan.schedule_flow import best_flow
from scoring.plan.schedule_greedy import improved, rounded
from scoring.plan.schedule_model import Mask, Model, build_model
from scoring.plan.schedule_records import Courses, Schedule, Start, check
from scoring.plan.schedule_shortage import Shortage

EXACT_COHORTS = 60
"""Up to so many the best whole numbers are searched; beyond, the bound tells how near they are."""
NODES = 1000
"""Branches of one search."""
ROUNDS = 60
"""Times that the supporters' hours answer with further cuts to parts of cohorts ..."""
WHOLE_ROUNDS = 12
"""... and to whole ones."""
NEAR_ROUNDS, NEAR_NODES = 4, 50
"""Searches among the starts near good ones where there are more cohorts, and branches of each ..."""
GOOD = 0.01
"""... as long as the value might be lower by more than this share of it."""
CLOSE = 1e-6
"""Of the value: nearer to the bound than this is equal to it."""


def schedule(courses: Courses, *, is_quick: bool = False) -> Schedule:
    """Return start weeks for `courses`, with the proven bound; BadCourses when they make no sense.

    The same courses give the same schedule: nothing depends on chance or on the clock.
    """
    check(courses)
    model = build_model(courses)
    search = _Search(model)
    if model.counts.sum() and len(model.costs):
        search.relax()
        search.round()
        if not is_quick and model.counts.sum() <= EXACT_COHORTS:
            search.branch()
        elif not is_quick:
            search.look_near()
        search.settle()
    return _told(courses, model, search, is_quick=is_quick)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    chosen: Floats
    unmet: Floats
    """(needs, weeks) hours, exact once settled."""
    value: float


class _Search:
    """One search: cuts, the best starts so far, and the bound."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._cuts = Cuts(model)
        self._shortage = Shortage(model)
        self._parts = np.zeros(len(model.costs))
        self.best = _Found(self._parts, np.zeros((len(model.needs), model.weeks)), 0.0)
        self.bound = 0.0

    @property
    def is_closed(self) -> bool:
        """Whether the best starts reach the bound."""
        return self.best.value - self.bound <= CLOSE * max(1.0, self.best.value)

    def relax(self) -> None:
        """Let parts of cohorts start: the bound."""
        for _ in range(ROUNDS):
            solved = solve(self._model, self._cuts)
            self._parts, self.bound = solved.chosen, max(self.bound, solved.bound)
            if not self._ask(self._parts)[1]:
                break

    def round(self) -> None:
        """Make whole cohorts of the parts, and of no parts, as long as the supporters' hours object."""
        starts = [rounded(self._model, self._cuts, parts) for parts in (self._parts, 0 * self._parts)]
        self.best = min((self._ask(chosen)[0] for chosen in starts), key=lambda found: found.value)
        for chosen in starts:
            for _ in range(WHOLE_ROUNDS):
                chosen = improved(self._model, self._cuts, chosen)  # noqa: PLW2901
                if not self._try(chosen):
                    break

    def branch(self) -> None:
        """Search among whole numbers, until the supporters' hours no longer object."""
        for _ in range(WHOLE_ROUNDS):
            if self.is_closed:
                break
            solved = solve(self._model, self._cuts, NODES)
            self.bound = max(self.bound, solved.bound)
            if not solved.is_whole or not self._try(solved.chosen):
                break

    def look_near(self) -> None:
        """Search among starts within a week of good ones; all others only to raise the bound."""
        for turn in range(NEAR_ROUNDS):
            allowed = _near(self._model, self._parts) | _near(self._model, self.best.chosen)
            solved = solve(self._model, self._cuts, NEAR_NODES, allowed)
            if solved.is_whole and self._try(solved.chosen):
                self._try(improved(self._model, self._cuts, solved.chosen))
            if turn == 0 and not self._is_within(GOOD):
                self.bound = max(self.bound, solve(self._model, self._cuts, 1).bound)
            if self._is_within(GOOD):
                break

    def settle(self) -> None:
        """Take the unmet hours of the best starts from the exact flow: those of the search are rounded."""
        model, chosen = self._model, self.best.chosen
        unmet = best_flow(model, model.demand(chosen)).unmet
        self.best = _Found(chosen, unmet, float(model.costs @ chosen + unmet.sum()))

    def _is_within(self, share: float) -> bool:
        return self.best.value - self.bound <= share * self.best.value

    def _try(self, chosen: Floats) -> bool:
        """Keep `chosen` where it is the best; whether its hours taught anything new."""
        found, is_new = self._ask(chosen)
        if found.value < self.best.value:
            self.best = found
        return is_new

    def _ask(self, chosen: Floats) -> tuple[_Found, bool]:
        """Return what `chosen` really costs, and whether the cuts did not know it."""
        demand = self._model.demand(chosen)
        is_short = self._shortage.short(demand)
        unmet = self._shortage.unmet(demand, is_short)
        value = float(self._model.costs @ chosen + unmet.sum())
        return _Found(chosen, 0 * demand, value), self._cuts.learn(is_short, demand, chosen)


def _near(model: Model, chosen: Floats) -> Mask:
    """Return (columns,) which are chosen or lie beside one of the same kind that is."""
    is_in = chosen > CLOSE
    is_same = np.diff(model.kind_of) == 0
    beside = is_in.copy()
    beside[1:] |= is_in[:-1] & is_same
    beside[:-1] |= is_in[1:] & is_same
    return beside


def _told(courses: Courses, model: Model, search: _Search, *, is_quick: bool) -> Schedule:
    starts = tuple(
        Start(kind=int(kind), week=int(week) or None, count=round(count))
        for kind, week, count in zip(model.kind_of, model.week_of, search.best.chosen, strict=True)
        if round(count)
    )
    unmet = search.best.unmet
    return Schedule(
        starts=tuple(sorted(starts, key=lambda start: (start.kind, start.week or np.inf))),
        unmet=float(unmet[:, : courses.weeks].sum()),
        unmet_after=float(unmet[:, courses.weeks :].sum()),
        waiting=sum(_waited(courses, start) for start in starts),
        left_out=sum(courses.kinds[s.kind].all_hours * s.count for s in starts if s.week is None),
        unfinished=sum(start.count for start in starts if _is_unfinished(courses, start)),
        value=search.best.value,
        bound=min(search.bound, search.best.value),
        is_optimal=search.is_closed,
        unmet_of={role: float(unmet[model.role_of == place].sum()) for place, role in enumerate(model.roles)},
        is_quick=is_quick,
    )


def _waited(courses: Courses, start: Start) -> float:
    kind = courses.kinds[start.kind]
    until = courses.weeks + 1 if start.week is None else start.week
    return float(kind.size * start.count * max(until - kind.earliest, 0))


def _is_unfinished(courses: Courses, start: Start) -> bool:
    length = courses.kinds[start.kind].length
    return start.week is not None and start.week + length - 1 > courses.weeks
