"""Where plain lines take the place of screens."""

from __future__ import annotations

import os
import sys

import pytest

from tests.tui.desk_examples import PLAN, RELEASE
from tui import terminal
from tui.commands.review import tell


class Stream:
    """A standard stream that is a terminal, or is none."""

    def __init__(self, *, is_terminal: bool) -> None:
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._is_terminal

    def fileno(self) -> int:
        """A number that the test's own size belongs to."""
        return 1


class Place:
    """A terminal of 80 x 24 on both sides, where a test does not say otherwise."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def wants_lines(self, *without: str, columns: int = 80, **surroundings: str) -> bool:
        """Say whether plain lines are chosen; `without` names streams that are no terminal."""
        for name in ("ACCESSIBLE", "COLUMNS", "LINES"):
            self._patch.delenv(name, raising=False)
        for name, value in {"TERM": "xterm-256color", **surroundings}.items():
            self._patch.setenv(name, value)
        for name in ("stdin", "stdout"):
            self._patch.setattr(sys, name, Stream(is_terminal=name not in without))
        self._patch.setattr(os, "get_terminal_size", lambda _=1: os.terminal_size((columns, 24)))
        return terminal.wants_lines()


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    """Where somebody sits."""
    return Place(monkeypatch)


def test_a_good_terminal_gets_screens(place: Place) -> None:
    assert not place.wants_lines()
    assert not place.wants_lines(ACCESSIBLE="0")


@pytest.mark.parametrize(
    "surroundings", [{"ACCESSIBLE": "1"}, {"ACCESSIBLE": "yes"}, {"TERM": "dumb"}, {"TERM": ""}]
)
def test_surroundings_ask_for_lines(place: Place, surroundings: dict[str, str]) -> None:
    assert place.wants_lines(**surroundings)


@pytest.mark.parametrize("name", ["stdin", "stdout"])
def test_a_pipe_on_either_side_gets_lines(place: Place, name: str) -> None:
    assert place.wants_lines(name)


def test_a_terminal_without_a_size_gets_lines_unless_one_is_told(place: Place) -> None:
    assert place.wants_lines(columns=0)
    assert not place.wants_lines(columns=0, COLUMNS="100")


def test_review_says_rows_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same numbers as aligned tables, and with ACCESSIBLE=1 as sentences; all on standard output."""
    monkeypatch.delenv("ACCESSIBLE", raising=False)
    tell(RELEASE, PLAN)
    aligned = capsys.readouterr()
    monkeypatch.setenv("ACCESSIBLE", "1")
    tell(RELEASE, PLAN)
    spoken = capsys.readouterr()
    assert aligned.err == spoken.err == ""
    assert "Engineering: Answered 96 of 140; People by tier self-directed 20, " in spoken.out
    assert "Engineering: Answered" not in aligned.out
    assert "\x1b" not in aligned.out + spoken.out
