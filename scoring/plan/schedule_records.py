"""What the scheduler is given and what it finds: frozen records, standard library and msgspec only."""

from __future__ import annotations

import math
from collections.abc import Iterator

from instruments.model import Record
from instruments.people import Supporter
from instruments.setup import SupporterRole
from scoring.errors import BadCourses

LONGEST = 520
"""Weeks of a plan at most: ten years."""


class CourseKind(Record, frozen=True):
    """Equal cohorts: people of one group at one site whose programme needs the same hours."""

    group: str
    size: int
    """People in each cohort."""
    count: int
    """Cohorts of this kind."""
    hours: dict[SupporterRole, tuple[float, ...]]
    """Hours that one cohort needs of a role by week since its start, at the planned upper bound."""
    site: str = ""
    earliest: int = 1
    latest: int | None = None
    """Last week in which one may start; the last week of the plan where None."""
    names: tuple[str, ...] = ()
    """A name for each cohort, such as the id of a planned cohort; numbered where empty."""

    @property
    def length(self) -> int:
        """Weeks of the programme that ask for hours."""
        return max((len(weeks) for weeks in self.hours.values()), default=0)

    @property
    def all_hours(self) -> float:
        """Hours that one cohort needs in its whole programme."""
        return math.fsum(hours for weeks in self.hours.values() for hours in weeks)


class Courses(Record, frozen=True):
    """One question to the scheduler: who wants to start, who can help, in how many weeks."""

    kinds: tuple[CourseKind, ...]
    supporters: tuple[Supporter, ...]
    weeks: int
    leaving_out: float = 1.0
    """What an hour of a cohort that does not start counts against an unmet hour of one that starts.

    At 1 everybody starts who may, at 0 only what fits.
    """
    looks_beyond: bool = True
    """Whether hours after the plan's last week are wanted from the supporters too.

    Without, a short plan looks better the later cohorts start: their hours fall out of it.
    """

    @property
    def horizon(self) -> int:
        """Weeks in which hours are counted."""
        ends = [self.last_start(kind) + kind.length - 1 for kind in self.kinds] if self.looks_beyond else []
        return max([self.weeks, *ends])

    def last_start(self, kind: CourseKind) -> int:
        """Return the last week in which a cohort of `kind` may start within the plan."""
        return self.weeks if kind.latest is None else min(kind.latest, self.weeks)


class Start(Record, frozen=True):
    """How many cohorts of a kind start in a week."""

    kind: int
    """Place in `Courses.kinds`."""
    week: int | None
    """None where they cannot start within the plan."""
    count: int


class Schedule(Record, frozen=True):
    """Start weeks, what they cost, and how much better any others could be."""

    starts: tuple[Start, ...]
    """By kind and week."""
    unmet: float
    """Hours within the plan's weeks for which nobody has time."""
    unmet_after: float
    """The same in the weeks after it, of programmes that started in it."""
    waiting: float
    """People times weeks that they wait beyond the first week in which they may start."""
    left_out: float
    """Hours of cohorts that do not start within the plan."""
    unfinished: int
    """Cohorts whose programme goes on after the plan's last week."""
    value: float
    """What is made small: see `scoring.plan.schedule`."""
    bound: float
    """No schedule has a smaller value: proven."""
    is_optimal: bool
    """Whether the value is proven to be the smallest."""
    unmet_of: dict[SupporterRole, float]
    """Unmet hours by role, in the plan's weeks and after."""
    is_quick: bool
    """Whether it was found the quick way, without a search among whole numbers."""

    @property
    def share(self) -> float:
        """The bound as a share of the value, 1 at the optimum."""
        return 1.0 if self.is_optimal or self.value <= 0 else self.bound / self.value

    @property
    def fits(self) -> bool:
        """Whether nobody who starts lacks hours, also after the last week."""
        return self.unmet + self.unmet_after < FITS


FITS = 0.05
"""Unmet hours of a whole plan that rounding to a tenth hides: three minutes."""


def cohort_names(courses: Courses) -> tuple[tuple[str, ...], ...]:
    """Return a name for each cohort by kind."""
    return tuple(
        kind.names or tuple(f"cohort-{place}-{number}" for number in range(1, kind.count + 1))
        for place, kind in enumerate(courses.kinds, start=1)
    )


def start_weeks(courses: Courses, schedule: Schedule) -> dict[str, int | None]:
    """Return the start week of each cohort by its name, None where it does not start within the plan."""
    names = [iter(some) for some in cohort_names(courses)]
    return {next(names[s.kind]): s.week for s in schedule.starts for _ in range(s.count)}


def check(courses: Courses) -> None:
    """Raise BadCourses, which says everything that is wrong with `courses`."""
    faults = [*_plan_faults(courses)]
    for place, kind in enumerate(courses.kinds, start=1):
        faults += [f"kind {place} ({kind.group}): {fault}" for fault in _kind_faults(kind)]
    for one in courses.supporters:
        hours = {one.hours_per_week, *one.other_hours.values()}
        faults += [f"supporter {one.id}: hours a week of {h}" for h in sorted(hours) if not _is_amount(h)]
    if faults:
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise BadCourses(f"These cannot be planned with: {'; '.join(faults[:3])}{more}.")


def _plan_faults(courses: Courses) -> Iterator[str]:
    if not 1 <= courses.weeks <= LONGEST:
        yield f"a plan of {courses.weeks} weeks"
    if not _is_amount(courses.leaving_out):
        yield f"a price of {courses.leaving_out} for leaving out"
    names = [name for some in cohort_names(courses) for name in some]
    if len(set(names)) < len(names):
        yield "two cohorts of the same name"
    ids = [one.id for one in courses.supporters]
    if len(set(ids)) < len(ids):
        yield "two supporters of the same id"


def _kind_faults(kind: CourseKind) -> Iterator[str]:
    if kind.size < 1 or kind.count < 0:
        yield f"{kind.count} cohorts of {kind.size}"
    if kind.earliest < 1 or (kind.latest is not None and kind.latest < kind.earliest):
        yield f"start from week {kind.earliest} to {kind.latest}"
    if kind.names and len(kind.names) != kind.count:
        yield f"{len(kind.names)} names for {kind.count} cohorts"
    if kind.length > LONGEST:
        yield f"a programme of {kind.length} weeks"
    for role, weeks in kind.hours.items():
        yield from (f"{role} hours of {hours}" for hours in weeks if not _is_amount(hours))


def _is_amount(number: float) -> bool:
    return math.isfinite(number) and number >= 0
