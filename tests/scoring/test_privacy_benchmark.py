"""The benchmark of privacy finds what is put in front of it, and nothing in an honest company."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from benchmarks.privacy import company_outcome
from benchmarks.privacy_companies import Closed, close_company
from benchmarks.privacy_traces import RECORDS, fewest_alike, fewest_tiers, traces
from instruments.answers import Text

PEOPLE, SEED = 60, 3


@pytest.fixture(scope="module")
def closed() -> Closed:
    return close_company(PEOPLE, SEED)


def leaking(closed: Closed, text: str) -> Closed:
    """Return the company with `text` in one of its files."""
    return replace(closed, files={**closed.files, "more.csv": text.encode()})


def rows_of(closed: Closed) -> list[list[str]]:
    return list(csv.reader(io.StringIO(closed.files[RECORDS].decode(), newline="")))


def file_of(rows: list[list[str]]) -> dict[str, bytes]:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return {RECORDS: text.getvalue().encode()}


def test_an_honest_company_gives_nobody_away() -> None:
    found = company_outcome(PEOPLE, SEED)
    assert found is not None
    assert (found.rows, found.leaks, found.traces) == (PEOPLE, 0, 0)
    assert found.k >= 5
    assert found.l >= 2


def test_what_is_one_persons_own_is_found(closed: Closed) -> None:
    """A ticket, a code, a text, a run of answers, scores exact and rounded, and a time of day."""
    one, people = closed.submissions[7], closed.counted.people
    text = next(a.value for a in one.answers.values() if isinstance(a, Text) and a.value)
    needs = people.need_mean[7]
    for planted, kind in (
        (one.ticket, "the ticket of person 7"),
        (one.code_public, "the code of person 7"),
        (text, "a text of person 7"),
        (",".join(f"{x:.2f}" for x in needs), "scores of person 7"),
        (f"{needs[0]:.6f}", "an exact score"),
        ("handed in at 10:42", "a time"),
    ):
        assert any(kind in found for found in traces(leaking(closed, f"x {planted} y"))), kind
    assert traces(closed) == []


def test_rare_rows_and_rows_of_one_tier_are_counted(closed: Closed) -> None:
    """One row that nobody has alike; and a tier that follows from group and bands."""
    head, *rows = rows_of(closed)
    lone = [[rows[0][0], "nobody else's", *rows[0][2:]], *rows[1:]]
    assert fewest_alike(file_of([head, *lone])) == 1
    same = [[row[0], row[1], "coached", *row[3:]] for row in rows]
    assert fewest_tiers(file_of([head, *same])) == 1
    assert fewest_alike(closed.files) >= 5
