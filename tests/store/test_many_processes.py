"""Many processes hand in at once: all submissions are there."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from store.inbox import collect, submit
from store.public import load_public
from tests.store.examples import OWN, Opened, cheap_key, submission_with


def _hand_in(root: Path, tickets: list[str]) -> None:
    public = load_public(root)
    for number, ticket in enumerate(tickets):
        key = cheap_key(public)
        submit(public, submission_with(public, key, number % 20 * 5, ticket=ticket), OWN, key)


def _check(opened: Opened, processes: int, each: int) -> None:
    tickets = opened.tickets(processes * each)
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_hand_in, args=(opened.root, list(tickets[start::processes])))
        for start in range(processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(300)
    assert [worker.exitcode for worker in workers] == [0] * processes
    collected = collect(opened.study, opened.privates)
    assert {one.ticket for one in collected.submissions} == set(tickets)
    assert len(collected.submissions) == processes * each
    assert (collected.held_back, collected.identical, collected.quarantined) == (0, 0, ())
    assert not list(opened.inbox.glob(".*")), "no unfinished file is left"


def test_eight_processes_hand_in_25_each(opened: Opened) -> None:
    _check(opened, 8, 25)


@pytest.mark.slow
def test_eight_processes_hand_in_200_each(opened: Opened) -> None:
    _check(opened, 8, 200)
