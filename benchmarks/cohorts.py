"""How close cohorts come to the proven bound, and how long it takes.

``python -m benchmarks.cohorts [PEOPLE SITES [SEED]]``, 400 people at 2 sites where nothing is said.
"""

from __future__ import annotations

import sys
import time

from scoring.plan.cohorts import form_cohorts
from tests.scoring.staff_lists import NEEDS, company


def main() -> None:
    """Print cost, bound and seconds, quick and thorough, for one made-up company."""
    given = [int(one) for one in sys.argv[1:4]]
    people, sites, seed = *given, *(400, 2, 1)[len(given) :]
    staff = company(people, seed, sites)
    for prove in (False, True):
        begun = time.process_time()
        found = form_cohorts(staff, NEEDS, prove=prove)
        how, above = "thorough" if prove else "quick", 100 * (found.above or 0.0)
        seconds = time.process_time() - begun
        print(f"{people} people, {sites} sites, {how}: {len(found.cohorts)} cohorts, {seconds:.1f} s")
        print(f"  cost {found.cost:.1f} seats, bound {found.bound:.1f}: {above:.1f} % above it", flush=True)


if __name__ == "__main__":
    main()
