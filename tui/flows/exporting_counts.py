"""Counting again what is about to leave: reads exported files, knows nothing of how they were made."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from instruments.setup import Thresholds
from scoring.errors import PrivacyRefused

Lines = Sequence[Mapping[str, str]]
COUNTED = ("tiers-", "need-bands-", "response-", "tool-days-")
"""Beginnings of the names of tables whose numbers are people, by group."""
GROUP, HEADCOUNT, PEOPLE = "group", "headcount", "people"
RECORDS, PERSON, TIER, WITHHELD = "records", "id", "tier", "withheld"
MIN_TIERS = 2
"""Different tiers that people with the same group and the same bands must have."""


def check_counts(files: Mapping[str, bytes], limits: Thresholds) -> None:
    """Raise PrivacyRefused when one of the csv `files` tells of 1 to k - 1 people."""
    found = [
        f"{name}: {fault}"
        for name, data in files.items()
        for fault in faults_in(name.removesuffix(".csv"), _lines(data), limits)
    ]
    if found:
        raise PrivacyRefused(
            f"Nothing was written: {found[0]}.",
            "Please report it: the release should not hold such a number.",
        )


def faults_in(name: str, lines: Lines, limits: Thresholds) -> list[str]:
    """Say in words which numbers of the table `name` stand for too few people."""
    if name == RECORDS:
        return record_faults(lines, limits.k)
    if name.startswith(COUNTED):
        return [fault for line in lines for fault in _few(line, set(line) - {GROUP, HEADCOUNT}, limits.k)]
    people = [column for column in (lines[0] if lines else ()) if column.startswith(PEOPLE)]
    return [fault for line in lines for fault in _few(line, people, limits.k)]


def record_faults(lines: Lines, k: int) -> list[str]:
    """Say in words where rows are too rare: fewer than k alike, or one tier for all of these bands."""
    alike = Counter(tuple(value for title, value in line.items() if title != PERSON) for line in lines)
    tiers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for line in lines:
        tiers[tuple(value for title, value in line.items() if title not in {PERSON, TIER})].add(line[TIER])
    few = [f"{count} people are alike, fewer than {k}" for count in alike.values() if count < k]
    one = [
        "everybody with the same bands has the same tier"
        for found in tiers.values()
        if len(found) < MIN_TIERS and WITHHELD not in found
    ]
    return few + one


def _few(line: Mapping[str, str], columns: Sequence[str] | set[str], k: int) -> list[str]:
    numbers = {column: line[column] for column in columns if line[column].isdigit()}
    return [
        f"{column} tells of {count} people, fewer than {k}"
        for column, count in numbers.items()
        if 0 < int(count) < k
    ]


def _lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
