"""How fast a person answers, kept so coarsely that it tells nothing of one item."""

from __future__ import annotations

from typing import Literal

import msgspec

from instruments.model import Record

Pace = Literal["fast", "middle", "slow"]
FAST_SECONDS = 3.0
SLOW_SECONDS = 12.0
"""Bounds of the three pace bins, seconds an item (ours; assumed until real sittings tell better)."""


class PaceCounts(Record, frozen=True):
    """How many items were answered in each of three speed bins; no single item's time is kept."""

    fast: int = 0
    middle: int = 0
    slow: int = 0

    def with_seconds(self, seconds: float) -> PaceCounts:
        """Count one more item that took `seconds`."""
        if seconds < FAST_SECONDS:
            return msgspec.structs.replace(self, fast=self.fast + 1)
        if seconds <= SLOW_SECONDS:
            return msgspec.structs.replace(self, middle=self.middle + 1)
        return msgspec.structs.replace(self, slow=self.slow + 1)

    @property
    def median_bin(self) -> Pace | Literal[""]:
        """The bin that holds the median item; empty before the first."""
        total = self.fast + self.middle + self.slow
        if not total:
            return ""
        middle = (total + 1) // 2
        if middle <= self.fast:
            return "fast"
        return "middle" if middle <= self.fast + self.middle else "slow"
