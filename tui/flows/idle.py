"""How long nobody has pressed a key, on a terminal that others use too."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf

IDLE_MINUTES = 5
"""*Assumed*: long enough to read a page and think, short enough to walk away from."""
LEAST_MINUTES, MOST_MINUTES = 2, 60
WARNING_SECONDS = 60.0


def seconds_since_start() -> float:
    """Return a clock that never goes back and, where the system tells, counts a sleeping computer's time."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class IdleWatch:
    """Counts from the last key; without any key it counts from the start, or not at all.

    Parameters
    ----------
    minutes
        After so many minutes without a key the person is taken to have gone.
    from_start
        Whether time counts before the first key: a connection is not held open for nobody, while a seat
        waits at its first page for ever.
    now
        A clock in seconds.
    """

    def __init__(
        self,
        minutes: float = IDLE_MINUTES,
        *,
        from_start: bool = False,
        now: Callable[[], float] = seconds_since_start,
    ) -> None:
        self.minutes = minutes
        self._now = now
        self._since = now() if from_start else None

    def touch(self) -> None:
        """Take in that somebody is there."""
        self._since = self._now()

    @property
    def seconds_left(self) -> float:
        """Seconds until the person is taken to have gone; infinite while nobody has been here."""
        return inf if self._since is None else self._since + 60 * self.minutes - self._now()

    @property
    def is_over(self) -> bool:
        """Whether the person is taken to have gone."""
        return self.seconds_left <= 0

    @property
    def is_close(self) -> bool:
        """Whether it is time to ask if somebody is still there."""
        return self.seconds_left <= WARNING_SECONDS
