"""Support hours of everybody employed: people who answered, and an assumption about those who did not."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scoring.loads import log_normal_90
from scoring.records import HoursRow

SILENT_MORE = 0.4
"""People who did not answer need 0 to 40 % more, evenly spread (SCORING.md, step 7; assumed)."""
LOW_RESPONSE = 0.4
"""Below this share of answers a group's demand is not told (SCORING.md, step 7)."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Hours a month of a group's whole headcount, with the 90 % interval."""

    hours: float
    low: float
    high: float
    respondents: int
    silent: int
    """People of the headcount who are not counted among the respondents."""

    @property
    def is_response_low(self) -> bool:
        """Whether too few answered to tell a group's demand."""
        return self.respondents < LOW_RESPONSE * (self.respondents + self.silent)


def demand_of(row: HoursRow) -> Demand | None:
    """Return the demand behind a released row, None where its hours or its headcount are not known.

    The silent people's mean is the respondents' times 1.2, with a relative SD of .4 / sqrt(12) of that mean:
    the mean and SD of an even spread over 0 to +40 %. Errors of single people shrink with their number;
    errors common to all, and the doubt about the silent people, do not.
    """
    if row.hours is None or row.headcount is None or row.respondents == 0:
        return None
    silent = max(0, row.headcount - row.respondents)
    each = row.hours / row.respondents
    theirs = silent * each * (1 + SILENT_MORE / 2)
    expected = row.hours + theirs
    if expected <= 0:
        return Demand(0.0, 0.0, 0.0, row.respondents, silent)
    one_person = (row.own_sd or 0.0) * math.sqrt(row.respondents)
    own = (row.hours * (row.own_sd or 0.0)) ** 2
    own += (theirs * one_person) ** 2 / silent if silent else 0.0
    doubt = (silent * each * SILENT_MORE) ** 2 / 12
    spread = math.sqrt((own + doubt) / expected**2 + (row.common_sd or 0.0) ** 2)
    low, high = log_normal_90(expected, spread)
    return Demand(expected, low, high, row.respondents, silent)
