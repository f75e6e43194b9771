"""Hours and minutes by group, with what keeps single people out of them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from instruments.records import Policy
from instruments.setup import Thresholds
from scoring.disclosure import Mask
from scoring.grouping import Breakdown, Counted
from scoring.hours import HoursModel, expected_variance, relative_common_sd, split
from scoring.scored import Z90, Scored
from scoring.table_records import HoursRow, MinutesRow

EVERYBODY = "Everybody"
STEP = 5
SD_STEP = 0.05
FINE_SD_STEP = 0.01
"""For everybody together, of whom the plan has to know one person's spread."""
Floats = NDArray[np.float64]


def rounded(value: float, step: int = STEP) -> int:
    """Return `value` rounded to a multiple of `step`, halves up."""
    return step * math.floor(value / step + 0.5)


def log_normal_90(expected: float, relative_sd: float) -> tuple[float, float]:
    """Return the 90 % interval of a log-normal number with this median and this SD of its logarithm.

    The weights are medians: as many models that fit have larger ones as smaller ones.
    """
    return expected * math.exp(-Z90 * relative_sd), expected * math.exp(Z90 * relative_sd)


def hours_rows(
    counted: Counted,
    breakdown: Breakdown | None,
    hidden: Mask | None,
    hours: HoursModel,
    policy: Policy,
) -> tuple[HoursRow, tuple[HoursRow, ...]]:
    """Return support hours a month of everybody, and of the rows of `breakdown`.

    `hidden`, (rows,), says which rows are (None: all), as `hours_masks.hidden_hours` tells it.
    """
    limits = policy.thresholds
    people = counted.people
    total = _hours_row(EVERYBODY, policy.headcount, people, hours, FINE_SD_STEP)
    if not _carries(people.hours, limits):
        total = _hidden(total)
    if breakdown is None:
        return total, ()
    mask = np.ones(len(breakdown.labels), dtype=np.bool_) if hidden is None else hidden
    rows = []
    for place, (label, headcount) in enumerate(zip(breakdown.labels, breakdown.headcounts, strict=True)):
        row = _hours_row(label, headcount, people.take(breakdown.member == place), hours)
        rows.append(_hidden(row) if mask[place] else row)
    return total, tuple(rows)


def hide_sums(amounts: Floats, member: NDArray[np.int64], hidden: Mask, limits: Thresholds) -> Mask:
    """Return which rows' sums of `amounts` (n,) are hidden, (rows,): at least those in `hidden`.

    Rows that do not carry a sum are hidden too, then the smallest others until there are two or more of them
    and they carry their sum together: the shown total less the shown rows.
    """
    sizes = np.bincount(member, minlength=len(hidden))
    weak = [not _carries(amounts[member == row], limits) for row in range(len(hidden))]
    mask: Mask = hidden | np.array(weak, dtype=np.bool_)
    for row in np.lexsort((np.arange(len(hidden)), sizes)):
        if not mask.any() or (mask.sum() > 1 and _carries(amounts[mask[member]], limits)):
            return mask
        mask[row] = True
    return mask


def _carries(amounts: Floats, limits: Thresholds) -> bool:
    """Say whether a sum has enough people, and nobody with too large a share of it."""
    return len(amounts) >= limits.k_detail and float(amounts.max()) <= limits.largest_share * math.fsum(
        amounts
    )


def _hours_row(
    label: str, headcount: int | None, people: Scored, hours: HoursModel, sd_step: float = SD_STEP
) -> HoursRow:
    """Return the hours of `people`; sums are exact (`fsum`), so that no order of people shows.

    The interval is that of the sum of expected hours: what coming months need on average.
    """
    expected = math.fsum(people.hours)
    features = np.array([math.fsum(column) for column in people.features.T])
    effects = np.array([math.fsum(column) for column in people.reference_effect.T])
    variance = expected_variance(people.hours, people.hours_var, hours)
    own = math.sqrt(math.fsum(variance)) / expected if expected > 0 else 0.0
    common = relative_common_sd(features, effects, hours)
    low, high = log_normal_90(expected, math.hypot(own, common))
    skill, conditions = (float(part) for part in split(features, hours))
    share = rounded(100 * skill / (skill + conditions)) if skill + conditions > 0 else 50
    return HoursRow(
        group=label,
        respondents=len(people),
        headcount=headcount,
        hours=rounded(expected),
        low=rounded(low),
        high=rounded(high),
        skill=share,
        conditions=100 - share,
        own_sd=round(sd_step * round(own / sd_step), 2),
        common_sd=round(sd_step * round(common / sd_step), 2),
    )


def _hidden(row: HoursRow) -> HoursRow:
    return HoursRow(group=row.group, respondents=row.respondents, headcount=row.headcount, hours=None)


def minutes_rows(
    counted: Counted, breakdown: Breakdown | None, limits: Thresholds
) -> tuple[MinutesRow, tuple[MinutesRow, ...]]:
    """Return the quartiles of the minutes a week that people can spare, of everybody and of each row.

    `respondents` are all people counted, not those who answered this question: who left it out stays hidden.
    """
    return quartile_rows(counted.minutes, breakdown, limits)


def quartile_rows(
    values: Floats, breakdown: Breakdown | None, limits: Thresholds
) -> tuple[MinutesRow, tuple[MinutesRow, ...]]:
    """Return the quartiles of `values` (n,) of everybody and of each row; NaN where there is none."""
    total = quartile_row(EVERYBODY, values, limits)
    if breakdown is None:
        return total, ()
    return total, tuple(
        quartile_row(label, values[breakdown.member == place], limits)
        for place, label in enumerate(breakdown.labels)
    )


def quartile_row(label: str, values: Floats, limits: Thresholds) -> MinutesRow:
    """Return the quartiles of `values` (n,), rounded to 5, None where too few or too uniform."""
    given = values[~np.isnan(values)]
    commonest = int(np.unique(given, return_counts=True)[1].max(initial=0))
    if len(given) < limits.k_detail or commonest >= limits.homogeneity * len(given):
        return MinutesRow(group=label, respondents=len(values), lower=None, median=None, upper=None)
    lower, median, upper = (rounded(float(q)) for q in np.quantile(given, (0.25, 0.5, 0.75)))
    return MinutesRow(group=label, respondents=len(values), lower=lower, median=median, upper=upper)
