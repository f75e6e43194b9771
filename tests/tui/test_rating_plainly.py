"""Rating in plain lines: every word that is typed, and what is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.rating_studies import Closed, closed_with
from tests.tui.take_studies import HOSTILE
from tui.flows.rating import RatingSession
from tui.plain.rate import FIRST, PROMPT, rate_plainly
from tui.plain.talk import Talk


@pytest.fixture
def closed(tmp_path: Path) -> Closed:
    """Ten texts alike."""
    return closed_with(tmp_path / "study", [("adapt-a", f"My prompt.\n\nFor the buyers. {HOSTILE}")] * 10)


def typed(closed: Closed, *lines: str) -> tuple[RatingSession, list[str]]:
    """Let rater `one` type `lines`, then nothing more; returns the sitting and all that was told."""
    told: list[str] = []
    steps = iter(lines)

    def listen(_prompt: str) -> str | None:
        line = next(steps, None)
        return None if line is None else f"{line}\n"

    session = RatingSession(closed.ratings(), closed.study.public(), "one")
    rate_plainly(session, Talk(listen, told.append))
    return session, told


def test_every_text_is_marked_and_what_it_should_hold_told_once(closed: Closed) -> None:
    session, told = typed(closed, *"2341201234")
    assert (session.given, session.left) == (10, 0)
    assert told.count("What is different now:") == 1
    assert told.count("My prompt.") == told.count(PROMPT) == 10
    assert not [line for line in told if "\x1b" in line]
    assert [line for line in told if "[/x] or [red]this[/red]" in line]


def test_words_read_again_and_go_back(closed: Closed) -> None:
    """`back` tells the own mark, and another one takes its place; `quit` keeps all."""
    session, told = typed(closed, "back", "nine", "9", "wanted", "marks", "again", "3", "back", "1", "quit")
    assert FIRST in told
    assert sum(line.startswith("Please type a number") for line in told) == 2
    assert told.count("What is different now:") == 2
    assert "Until now: 3." in told
    assert session.given == 1
    marks = [look.mark for own in closed.ratings().looks().values() for look in own]
    assert sorted(mark for mark in marks if mark is not None) == [1]


def test_the_end_of_the_input_keeps_what_was_given(closed: Closed) -> None:
    session, _ = typed(closed, "4", "4")
    assert session.given == 2
