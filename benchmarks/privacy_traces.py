"""What is looked for in the files that leave a closed company: nothing here knows how they were made."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from benchmarks.privacy_companies import Closed
from instruments.answers import Choice, Text
from instruments.records import canonical
from scoring.record_rows import WITHHELD

RECORDS = "records.csv"
IN_A_ROW = 8
"""Answers to so many questions one after the other count as a person's own."""
ROUNDED, NEEDED = (1, 2, 3), 4
"""Decimals to which vectors of scores are looked for, and how many of their numbers."""
TIME = re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?\b|\d{4}-\d\d-\d\dT")
NUMBER = re.compile(r"-?\d+\.\d{6,}")
"""Numbers with six decimals or more: of fewer, thousands of people have every one by chance."""


def fewest_alike(files: Mapping[str, bytes]) -> int:
    """Return the fewest people that are alike in everything that their rows say; 0 without rows."""
    return min(Counter(tuple(list(line.values())[1:]) for line in _lines(files)).values(), default=0)


def fewest_tiers(files: Mapping[str, bytes]) -> int:
    """Return the fewest different tiers among people with the same group and bands; 0 where none is told."""
    tiers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for line in _lines(files):
        tiers[tuple(value for name, value in line.items() if name not in {"id", "tier"})].add(line["tier"])
    return min((len(found) for found in tiers.values() if found != {WITHHELD}), default=0)


def traces(closed: Closed) -> list[str]:
    """Return in words each kind of trace of a single person that is in the release or its export."""
    release = canonical(closed.release).decode()
    everything = "\n".join([release, *(data.decode() for data in closed.files.values())])
    found = [f"{kind} of person {n}" for n, kind, text in _needles(closed) if text in everything]
    tables = "\n".join([release, *(d.decode() for name, d in closed.files.items() if name != "codebook.csv")])
    found += [f"a time: {one.group()}" for one in TIME.finditer(tables)]
    told = {round(float(one), 6) for one in NUMBER.findall(tables)}
    return found + [f"an exact score: {number}" for number in sorted(told & _scores(closed))]


def _needles(closed: Closed) -> Iterator[tuple[int, str, str]]:
    """Yield person, kind and text of everything that is one person's own."""
    for number, one in enumerate(closed.submissions):
        yield number, "the ticket", one.ticket
        yield number, "the code", one.code_public
        texts = [answer.value for answer in one.answers.values() if isinstance(answer, Text)]
        yield from ((number, "a text", text) for text in texts if text)
        codes = [str(answer.code) for answer in one.answers.values() if isinstance(answer, Choice)]
        for start in range(0, len(codes) - IN_A_ROW + 1, IN_A_ROW):
            yield number, "answers", ",".join(codes[start : start + IN_A_ROW])
    people = closed.counted.people
    for vectors in (people.need_mean, people.scale_scores):
        for number, vector in enumerate(vectors):
            for decimals in ROUNDED:
                yield number, "scores", ",".join(f"{x:.{decimals}f}" for x in vector[:NEEDED])


def _scores(closed: Closed) -> set[float]:
    """Return all people's scores, needs, hours and chances of tiers that are no round numbers."""
    people = closed.counted.people
    arrays = (people.scale_scores, people.need_mean, people.hours, people.tier_probabilities)
    numbers = np.concatenate([np.asarray(one).reshape(-1) for one in arrays])
    exact = np.round(numbers[np.isfinite(numbers)], 6)
    return {float(one) for one in exact if abs(one * 1000 - round(one * 1000)) > 1e-4}


def _lines(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[RECORDS].decode(), newline=""))) if RECORDS in files else []
