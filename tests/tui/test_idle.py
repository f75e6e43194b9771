"""When a person is taken to have gone."""

from __future__ import annotations

from math import inf

import pytest

from tui.flows.idle import WARNING_SECONDS, IdleWatch, seconds_since_start


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


def test_a_seat_waits_for_ever_until_the_first_key() -> None:
    clock = Clock()
    idle = IdleWatch(5, now=clock)
    clock.seconds += 1e6
    assert idle.seconds_left == inf
    assert not idle.is_close
    assert not idle.is_over
    idle.touch()
    assert idle.seconds_left == 300


def test_a_connection_that_nobody_uses_ends_too() -> None:
    clock = Clock()
    idle = IdleWatch(5, from_start=True, now=clock)
    clock.seconds += 300
    assert idle.is_over


@pytest.mark.parametrize(
    ("passed", "is_close", "is_over"),
    [(0, False, False), (239, False, False), (240, True, False), (299.9, True, False), (300, True, True)],
)
def test_the_last_minute_asks_and_the_end_ends(passed: float, is_close: bool, is_over: bool) -> None:
    assert WARNING_SECONDS == 60
    clock = Clock()
    idle = IdleWatch(5, from_start=True, now=clock)
    clock.seconds += passed
    assert (idle.is_close, idle.is_over) == (is_close, is_over)
    idle.touch()
    assert (idle.is_close, idle.is_over) == (False, False)


def test_the_usual_clock_does_not_go_back() -> None:
    first = seconds_since_start()
    assert seconds_since_start() >= first
