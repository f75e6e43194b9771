"""How the work of marking grows with the text: in proportion, also for texts made to be hard to read."""

from __future__ import annotations

import time

import pytest

from instruments.tasks.model import Form
from instruments.tasks.tokens import MAX_CHARACTERS
from tests.instruments.tasks.writing_examples import FORMS, mark

HARD = (
    "name the column date of five customers ",
    "and so on and on ",
    "1 000 ",
    "1,2.3,",
    "a'b'c",
    "not no never ",
    "customr tecnician ",
    " \n \t",
    "?!. ) ",
    "w/o%->",
    "\u0301e",
    "9",
    "x",
)
TIMES, ROOM = 8, 3
"""How much longer the long text is, and how far its work may grow beyond that: squared would be 64."""
STEADY = 0.002
"""Seconds of work below which nothing can be compared."""


def work(task: str, form: Form, text: str) -> float:
    """Return the seconds of processor that marking takes, the least of five: waiting does not count."""
    found = []
    for _ in range(5):
        started = time.process_time()
        mark(task, form, text)
        found.append(time.process_time() - started)
    return min(found)


@pytest.mark.parametrize("piece", HARD)
@pytest.mark.parametrize(("task", "form"), FORMS)
def test_work_grows_with_the_text_and_no_faster(task: str, form: Form, piece: str) -> None:
    """A pattern that goes back and forth would need 64 times the work for 8 times the text, or never end."""
    longest = piece * (MAX_CHARACTERS // len(piece))
    mark(task, form, "warm up")
    short, long = (work(task, form, longest[: MAX_CHARACTERS // share]) for share in (TIMES, 1))
    assert long < ROOM * TIMES * max(short, STEADY)


@pytest.mark.parametrize(("task", "form"), FORMS)
def test_what_stands_behind_the_longest_text_costs_next_to_nothing(task: str, form: Form) -> None:
    """Ten times the longest text that is read is marked like it: the rest is cut off before reading."""
    longest = "some words more " * (MAX_CHARACTERS // 16)
    assert work(task, form, longest * 10) < ROOM * max(work(task, form, longest), STEADY)
