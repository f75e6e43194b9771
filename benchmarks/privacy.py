"""Whether releases and rows of people give anybody away, on made-up companies that go the way of a real one.

`python -m benchmarks.privacy --seed S [--quick]`; docs/privacy-runs.md keeps one run.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.stats import spearmanr
from threadpoolctl import threadpool_limits

from benchmarks.privacy_companies import Closed, close_company
from benchmarks.privacy_traces import fewest_alike, fewest_tiers, traces
from scoring.errors import PrivacyRefused
from scoring.record_file import record_table
from scoring.record_rows import WITHHELD
from scoring.records import RecordTable
from tests.scoring.test_record_file import Colleague

COMPANIES, SMALLEST, LARGEST = 50, 50, 2000
SMALLER = 1.8
"""How much commoner small companies are than in even steps of the logarithm: large ones take long."""
QUICK = 4
ORDERS, ORDER_PEOPLE, MOST_RHO = 200, 50, 0.4
MOST_ATTACKED = 40
"""Small counts of one company that the attacker tries; drawn where there are more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found out about one company."""

    people: int
    rows: int
    needs: int
    hidden: int
    """Counts of tiers and bands that the release hides."""
    small: int
    """Counts of 1 to 4 people that are nowhere shown."""
    attacked: int
    leaks: int
    """Of those attacked: counts that release and rows together narrow to a small one or to none."""
    k: int
    l: int  # noqa: E741 -- the name that the literature gives it
    traces: int


def company_outcome(people: int, seed: int) -> Outcome | None:
    """Return what was found out about one company; None when it was refused at closing."""
    try:
        closed = close_company(people, seed)
    except PrivacyRefused as error:
        print(f"{people} people: {error.message}", file=sys.stderr)
        return None
    table = closed.release.records[0]
    small, attacked, leaks = _attack(closed, table, seed)
    counts = [t for t in closed.release.counts if t.kind in {"tiers", "need-bands"}]
    print(f"{people} people: looked at", file=sys.stderr, flush=True)
    return Outcome(
        people=people,
        rows=len(table.rows),
        needs=len(table.needs),
        hidden=sum(cell is None for one in counts for row in one.rows for cell in row.cells),
        small=small,
        attacked=attacked,
        leaks=leaks,
        k=fewest_alike(closed.files),
        l=fewest_tiers(closed.files),
        traces=len(traces(closed)),
    )


def _attack(closed: Closed, table: RecordTable, seed: int) -> tuple[int, int, int]:
    """Return how many small counts there are, how many were attacked, and how many came out."""
    k = closed.policy.thresholds.k
    if not table.rows or "department" not in closed.counted.breakdowns:
        return 0, 0, 0
    tables = tuple(t for t in closed.release.counts if t.kind in {"tiers", "need-bands"})
    colleague = Colleague(closed.counted, tables, table)
    small = [cells for cells in colleague.secrets() if 0 < colleague.true(cells) < k]
    chance = random.Random(seed)  # noqa: S311 -- a benchmark has to repeat
    drawn = chance.sample(small, min(MOST_ATTACKED, len(small)))
    bounds = [colleague.attacker.bounds(cells) for cells in drawn]
    return len(small), len(drawn), sum(low > 1e-6 or high < k - 1e-6 for low, high in bounds)


def near_orders(seed: int) -> tuple[int, float]:
    """Return how many of `ORDERS` draws keep |rho| within `MOST_RHO`, and the largest |rho|.

    People hand in sorted by group and tier, so that whatever the order of the rows kept of it would show;
    each row stands for one of the people of its group and tier, chosen by lot.
    """
    closed, chance = close_company(ORDER_PEOPLE, seed), random.Random(seed)  # noqa: S311
    rhos = [abs(_rho(closed, random.Random(draw), chance)) for draw in range(ORDERS)]  # noqa: S311
    return sum(rho <= MOST_RHO for rho in rhos), max(rhos)


def _rho(closed: Closed, draw: random.Random, chance: random.Random) -> float:
    """Return Spearman's correlation of the order of handing in with the order of the rows."""
    counted = closed.counted
    table = record_table(counted, closed.release.counts, closed.policy, "department", draw)
    rank = {word: place for place, word in enumerate((*table.tiers, WITHHELD))}
    breakdown = counted.breakdowns.get("department")
    labels = {label: place for place, label in enumerate(breakdown.labels)} if breakdown else {}
    tier = np.argmax(counted.people.tier_probabilities, axis=1)
    member = breakdown.member if breakdown else np.zeros(len(counted), dtype=np.int64)
    rows = sorted(
        range(len(table.rows)),
        key=lambda i: (labels.get(table.rows[i].group, 0), rank[table.rows[i].tier], chance.random()),
    )
    assert np.array_equal(
        np.bincount(member), np.bincount([labels.get(table.rows[i].group, 0) for i in rows])
    )
    handed_in = np.lexsort((tier, member))
    places = np.empty(len(rows), dtype=np.int64)
    places[handed_in] = rows
    return float(spearmanr(np.arange(len(rows)), places[handed_in]).statistic)


def report(outcomes: Sequence[Outcome | None], orders: tuple[int, float]) -> str:
    """Return the outcomes as a Markdown table, and what they come to."""
    lines = [
        "| people | rows | needs in rows | counts hidden | small counts | attacked | worked out "
        "| k | l | traces |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    done = [one for one in outcomes if one is not None]
    lines += [
        f"| {o.people} | {o.rows} | {o.needs} | {o.hidden} | {o.small} | {o.attacked} | {o.leaks} "
        f"| {o.k or '–'} | {o.l or '–'} | {o.traces} |"
        for o in done
    ]
    near, largest = orders
    lines += [
        "",
        f"- companies closed: {len(done)} of {len(outcomes)}; refused: {len(outcomes) - len(done)}",
        f"- small counts attacked: {sum(o.attacked for o in done)} of {sum(o.small for o in done)}; "
        f"worked out: {sum(o.leaks for o in done)}",
        f"- fewest people alike: {min((o.k for o in done if o.k), default=0)}; "
        f"fewest tiers among the same group and bands: {min((o.l for o in done if o.l), default=0)}",
        f"- traces of texts, codes, tickets, times, answers or exact scores: {sum(o.traces for o in done)}",
        f"- companies without rows: {sum(not o.rows for o in done)}; "
        f"rows without any need: {sum(bool(o.rows) and not o.needs for o in done)}; "
        f"all tiers withheld: {sum(bool(o.rows) and not o.l for o in done)}",
        f"- order of rows at {ORDER_PEOPLE} people: |rho| <= {MOST_RHO} in {near} of {ORDERS} draws "
        f"(largest {largest:.2f})",
    ]
    return "\n".join(lines) + "\n"


def _one_thread() -> None:
    threadpool_limits(1)


def main(arguments: Sequence[str]) -> int:
    """Run all companies and print the table; 1 when something was found out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.privacy", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} small companies only")
    parser.add_argument("--workers", type=int, default=2, help="companies at the same time")
    given = parser.parse_args(arguments)
    companies = QUICK if given.quick else COMPANIES
    places = np.linspace(0, 1, companies) ** SMALLER
    sizes = [round(SMALLEST * ((300 if given.quick else LARGEST) / SMALLEST) ** place) for place in places]
    with ProcessPoolExecutor(given.workers, initializer=_one_thread) as pool:
        orders = pool.submit(near_orders, given.seed)
        found = [pool.submit(company_outcome, n, given.seed + i) for i, n in enumerate(sizes)]
        outcomes = [one.result() for one in found]
    print(report(outcomes, orders.result()))
    is_fine = all(one is not None and not one.leaks and not one.traces for one in outcomes)
    return 0 if is_fine and orders.result()[0] >= 0.97 * ORDERS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
