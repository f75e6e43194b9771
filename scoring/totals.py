"""Support hours of everybody employed: people who answered, and an assumption about those who did not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from scipy.optimize import brentq
from scipy.special import ndtr

from scoring.scored import Z90
from scoring.table_records import HoursRow, HoursTable

SILENT_MORE = 0.4
"""People who did not answer need 0 to 40 % more than those who did (SCORING.md, step 7; assumed)."""
LOW_RESPONSE = 0.4
"""Below this share of answers a group's demand is not told (SCORING.md, step 7)."""
LEAST_SPREAD = 0.1
"""Groups are taken to differ by this much at least, SD of the logarithm of hours a head (assumed)."""


PEOPLE_DIFFER = 0.6
"""SD of people's expected hours over their mean: the expert guess in the reference population."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Expected hours a month of a group's whole headcount, with the 90 % interval.

    What coming months need on average; the hours of one single month swing further.
    """

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


@dataclass(frozen=True, slots=True)
class Answered:
    """The respondents of one group, and how many of its people did not answer."""

    hours: float
    respondents: int
    silent: float

    @property
    def each(self) -> float:
        """Hours a respondent."""
        return self.hours / self.respondents if self.respondents else 0.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Relative standard deviations of errors in expected hours."""

    person: float
    """Of one respondent: what answers leave open about the needs; no chance of a single month."""
    common: float
    """Shared by all people: weights, level, reference."""


def headcount_demand(groups: Sequence[Answered], doubt: Doubt, everybody: float | None = None) -> Demand:
    """Return the demand of all people of `groups`, those who did not answer included.

    Parameters
    ----------
    groups
        Who answered, by group; silent people are like the respondents of their own group, drawn towards
        everybody's mean as far as the group's mean is unsure (empirical Bayes, normal, on the log scale).
    doubt
        Errors of single people average out; common ones do not.
    everybody
        Hours a respondent of the whole organisation; of `groups` together where None.

    Notes
    -----
    Of a respondent the answers tell something, of a silent person nothing but the respondents' mean: the
    sum of m silent people is off by ``PEOPLE_DIFFER sqrt(1 / m + 1 / respondents)`` of itself (two samples
    of the same people). Silent people need 0 to 40 % more than respondents like them. Nothing tells where
    between, so the interval is made for the whole range: its ends are ``C`` standard deviations outside
    the hours at either end, with ``Phi(C + range / sd) - Phi(-C) = .9``, and it holds the truth in 90 of 100
    cases wherever that lies (Imbens & Manski 2004, Econometrica 72, 1845-1857, eq. 7; on the log scale here).
    The hours told are those at 20 % more.
    """
    hours = math.fsum(group.hours for group in groups)
    respondents = sum(group.respondents for group in groups)
    silent = math.fsum(group.silent for group in groups)
    mean = everybody if everybody is not None else hours / max(1, respondents)
    alike = math.fsum(group.silent * _pooled(group, mean, groups) for group in groups)
    least, most = hours + alike, hours + alike * (1 + SILENT_MORE)
    expected = (least + most) / 2
    if expected <= 0:
        return Demand(0.0, 0.0, 0.0, respondents, round(silent))
    theirs = expected - hours
    unknown = theirs**2 * (1 / silent + 1 / max(1, respondents)) if silent else 0.0
    own = doubt.person**2 * hours**2 / max(1, respondents) + PEOPLE_DIFFER**2 * unknown
    sd = math.hypot(math.sqrt(own) / expected, doubt.common)
    reach = reach_90(math.log(most / least), sd) * sd
    return Demand(expected, least * math.exp(-reach), most * math.exp(reach), respondents, round(silent))


def reach_90(width: float, sd: float) -> float:
    """Return C with ``Phi(C + width / sd) - Phi(-C) = .9``: 1.645 without `width`, 1.282 with a large one."""
    if sd <= 0 or width <= 0:
        return Z90
    return float(brentq(lambda c: float(ndtr(c + width / sd) - ndtr(-c)) - 0.9, 1.0, Z90))


def demand_of(row: HoursRow, everybody: HoursRow) -> Demand | None:
    """Return the demand behind one group's released row, None where hours or headcount are not known."""
    if row.hours is None or row.headcount is None or everybody.hours is None or not row.respondents:
        return None
    silent = max(0, row.headcount - row.respondents)
    doubt = Doubt(_person(everybody), row.common_sd or 0.0)
    each = everybody.hours / everybody.respondents
    return headcount_demand([Answered(float(row.hours), row.respondents, silent)], doubt, each)


def demand_of_all(table: HoursTable) -> Demand | None:
    """Return everybody's demand from released rows, None where everybody's hours are not told.

    The silent people of a shown group are like its respondents; those of all other groups, and of people who
    named no group, are like what is left of everybody.
    """
    total = table.total
    if total.hours is None or total.headcount is None or not total.respondents:
        return None
    silent = max(0, total.headcount - total.respondents)
    demand = headcount_demand(answered_in(table), doubt_of(total))
    return Demand(demand.hours, demand.low, demand.high, total.respondents, silent)


def answered_in(table: HoursTable) -> list[Answered]:
    """Return who answered by shown group, and everybody else together last; all silent people are in one.

    Of a table whose total is told.
    """
    total = table.total
    hours, headcount = float(total.hours or 0), total.headcount or 0
    shown = [(row.hours, row.respondents, row.headcount) for row in table.rows if row.hours is not None]
    known = [(float(each), people, head) for each, people, head in shown if head is not None]
    left = (
        max(0.0, hours - math.fsum(each for each, _, _ in known)),
        total.respondents - sum(people for _, people, _ in known),
        headcount - sum(head for _, _, head in known),
    )
    groups = list(starmap(_answered, [*known, left]))
    silent = max(0, headcount - total.respondents)
    seated = math.fsum(group.silent for group in groups)
    if not seated:
        return [Answered(hours, total.respondents, silent)]
    return [Answered(g.hours, g.respondents, g.silent * silent / seated) for g in groups]


def doubt_of(everybody: HoursRow) -> Doubt:
    """Return the doubts about the hours that the released row of everybody tells."""
    return Doubt(_person(everybody), everybody.common_sd or 0.0)


def _person(everybody: HoursRow) -> float:
    return (everybody.own_sd or 0.0) * math.sqrt(everybody.respondents)


def _answered(hours: float, respondents: int, headcount: int) -> Answered:
    return Answered(hours, respondents, max(0.0, float(headcount - respondents)))


def _pooled(group: Answered, mean: float, groups: Sequence[Answered]) -> float:
    """Return hours a head of the group's silent people, between the group's mean and everybody's."""
    if group.each <= 0 or mean <= 0:
        return mean
    noise = PEOPLE_DIFFER**2 / group.respondents
    share = 1 / (1 + noise / _between(groups, mean))
    return mean * math.exp(share * math.log(group.each / mean))


def _between(groups: Sequence[Answered], mean: float) -> float:
    """Return the variance between groups' log hours a head, by moments, LEAST_SPREAD squared at least."""
    known = [group for group in groups if group.each > 0]
    people = sum(group.respondents for group in known)
    seen = sum(group.respondents * math.log(group.each / mean) ** 2 for group in known) / max(1, people)
    noise = PEOPLE_DIFFER**2 * len(known) / max(1, people)
    return max(LEAST_SPREAD**2, seen - noise)
