"""Start weeks against a proven bound at 400 and 4,200 people: `python -m benchmarks.plan` prints a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from benchmarks.figures import Figure
from benchmarks.plan_courses import Size, organisation
from scoring.plan.schedule import schedule
from scoring.plan.schedule_records import Schedule

SMALL = Size(people=400, cohorts=50, groups=8, sites=1, supporters=30)
LARGE = (
    Size(people=4200, cohorts=500, groups=12, sites=3, supporters=300),
    Size(people=4200, cohorts=500, groups=25, sites=3, supporters=300),
)
ASKED = (0.7, 0.9, 1.1)
"""Hours that the cohorts ask for against those the supporters have in the weeks."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One organisation, what was found, and in how many seconds."""

    size: Size
    asked: float
    found: Schedule
    seconds: float

    @property
    def gap(self) -> float:
        """How much better another schedule could be at most, as a share of the value found."""
        return 1 - self.found.share

    def line(self) -> str:
        """Return the figures of one row."""
        found, way = self.found, "quick" if self.found.is_quick else "searched"
        return (
            f"{self.size.people:>6} {self.size.cohorts:>7} {self.size.groups:>6} {self.asked:>5} {way:<8} "
            f"{found.value:>9.3f} {found.bound:>9.3f} {self.gap:>7.2%} {found.unmet:>8.1f} "
            f"{found.waiting:>8.0f} {self.seconds:>7.2f}"
        )


def solved(seed: int) -> Iterator[Solved]:
    """Yield every size, the quick way and searched; two small organisations for each large one."""
    small = [(SMALL, one, asked) for one in (2 * seed - 1, 2 * seed) for asked in ASKED]
    large = [(size, seed, asked) for size in LARGE for asked in ASKED]
    for size, one, asked in (*small, *large):
        courses = organisation(size, one, asked)
        for is_quick in (True, False):
            began = perf_counter()
            found = schedule(courses, is_quick=is_quick)
            yield Solved(size, asked, found, perf_counter() - began)


def run(rounds: int = 1) -> dict[str, Figure]:
    """Return the largest gaps and the seconds of `rounds` made-up organisations of each kind."""
    rows = [row for seed in range(1, rounds + 1) for row in solved(seed)]
    figures: dict[str, Figure] = {}
    for people, budget in ((400, 0.05), (4200, 0.02)):
        own = [row for row in rows if row.size.people == people and not row.found.is_quick]
        quick = [row.seconds for row in rows if row.size.people == people and row.found.is_quick]
        figures |= {
            f"gap_{people}": Figure(
                f"start weeks, {people} people: gap to the bound",
                "share",
                max(row.gap for row in own),
                budget=budget,
            ),
            f"seconds_{people}": Figure(
                f"start weeks, {people} people: searched", "s", median(row.seconds for row in own)
            ),
            f"quick_{people}": Figure(
                f"start weeks, {people} people: quick",
                "s",
                median(quick),
                budget=1.0 if people == 400 else None,
            ),
        }
    return figures


def main() -> int:
    """Print a row for each organisation."""
    print("people cohorts groups asked way          value     bound     gap    unmet  waiting seconds")
    for row in solved(seed=1):
        print(row.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
