"""Whether a release keeps to the frozen policy: what it says of itself, its tables, its small numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from scoring.assembly import table_id
from scoring.marks import TASKS, task_wording
from scoring.records import Release
from store.public import PublicStudy
from tui.flows.verifying_counts import few_people, told_by_subtraction, wrong_sums


@dataclass(frozen=True, slots=True)
class Kept:
    """One rule: the sentence where it is kept, and what is wrong where it is not (empty otherwise)."""

    name: str
    fine: str
    fault: str


def release_checks(public: PublicStudy, release: Release) -> tuple[Kept, ...]:
    """Return every rule of the policy that `release` has to keep."""
    k = public.policy.thresholds.k
    return (
        Kept(
            "belongs together", "The release names these rules and this careload.", _origin(public, release)
        ),
        Kept("wording", "It names the wording that was shown.", _wording(public, release)),
        Kept("tables", "It has no table but those declared beforehand.", _tables(public, release)),
        Kept(
            "small numbers",
            f"It shows no count below {k} people, also not what is left of a row or a column.",
            _small(public, release),
        ),
        Kept("sums", "The counts of every row and column are the people that it tells of.", _sums(release)),
        Kept("rows alike", f"No kind of row of people is that of fewer than {k}.", _rare(release, k)),
        Kept("number counted", "It counts one person for each sealed file that it lists.", _number(release)),
    )


def _origin(public: PublicStudy, release: Release) -> str:
    header, policy = release.header, public.policy
    same = {
        "another study": (header.study, policy.study),
        "another round": (header.wave, policy.wave),
        "other rules": (header.policy_sha256, public.policy_sha256),
        "other questions": (header.battery_sha256, policy.battery_sha256),
        "other comparison figures": (header.reference_sha256, policy.reference_sha256),
        "other limits": (header.thresholds, policy.thresholds),
        "another version of careload": (header.program, policy.program),
    }
    wrong = [what for what, (found, expected) in same.items() if found != expected]
    return f"The release names {', '.join(wrong)}." if wrong else ""


def _wording(public: PublicStudy, release: Release) -> str:
    battery = public.battery
    asked = {part.instrument.id: part.wording.sha256 for part in battery.parts}
    asked |= {f"{TASKS}/{task.id}": task_wording(battery, task.id).sha256 for task in battery.tasks}
    wrong = [
        line.name for line in release.header.wordings if asked.get(line.instrument) != line.wording_sha256
    ]
    return f"Other wording than was shown: {', '.join(wrong)}." if wrong else ""


def _tables(public: PublicStudy, release: Release) -> str:
    declared = {table_id(planned) for planned in public.policy.release_plan}
    undeclared = [name for name in _table_ids(release) if name not in declared]
    return f"Not declared beforehand: {', '.join(undeclared)}." if undeclared else ""


def _table_ids(release: Release) -> Iterator[str]:
    """Return the id of every table, of whatever kind."""
    for value in msgspec.structs.asdict(release).values():
        tables = value if isinstance(value, tuple) else ()
        yield from (
            table.id for table in tables if isinstance(table, msgspec.Struct) and hasattr(table, "id")
        )


def _small(public: PublicStudy, release: Release) -> str:
    limits, counted = public.policy.thresholds, release.header.counted
    if counted is None or counted < limits.minimum_people:
        return "There are tables of too few people." if any(_table_ids(release)) else ""
    rows = [row for table in release.counts for row in table.rows]
    if counted < limits.minimum_breakdown and rows:
        return "There are groups although too few people answered."
    small = dict.fromkeys((*few_people(release, limits), *told_by_subtraction(release, limits.k)))
    return f"Fewer people than allowed can be seen in: {', '.join(small)}." if small else ""


def _sums(release: Release) -> str:
    wrong = dict.fromkeys(wrong_sums(release))
    return f"Not the people that they tell of: {', '.join(wrong)}." if wrong else ""


def _rare(release: Release, k: int) -> str:
    """Return what is wrong with tables of people: rows that say the same of fewer than `k`."""
    if len(release.records) > 1:
        return "There is more than one table with a row for each person."
    kinds = Counter((row.group, row.tier, *row.bands) for table in release.records for row in table.rows)
    rare = [", ".join(words) for words, people in kinds.items() if people < k]
    return f"Fewer than {k} people have alike: {'; '.join(rare)}." if rare else ""


def _number(release: Release) -> str:
    counted, listed = release.header.counted, len(release.header.counted_hashes)
    if listed == (counted or 0):
        return ""
    return f"It tells of {counted or 'too few'} people, and lists {listed} sealed files."
