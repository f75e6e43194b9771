"""The released table of the answers' quality: reliability, agreement, careless answering, types; with masks.

Nothing is told of fewer than 30 people (`minimum_breakdown`). Numbers of everybody are rounded. A group's
row is shown only where the same group's bands of safety are, for one attribute only, and no mean of
everybody stands beside it, so that nothing can be subtracted.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np

from instruments.model import NEEDS, Need
from instruments.setup import Thresholds
from scoring.agreement import AGREES, agreement, intra_class, skewed_variance, uniform_variance
from scoring.blocks import Floats
from scoring.disclosure import Mask
from scoring.grouping import Breakdown, Counted
from scoring.loads import rounded
from scoring.profiles import Types, find_types
from scoring.quality import Quality, ScaleAnswers
from scoring.quality_records import Band, ClimateRow, QualityTable, ScaleQuality, TypeRow
from scoring.reliability import Reliability, reliability
from scoring.scored import BAND_EDGE

CLIMATE: Need = "safety"
"""Scales that feed it describe a team, so that people of one group should agree."""
FINE, COARSE = 0.01, 0.05
"""Steps to which figures of items, and of groups, are rounded."""
TOO_FEW = "Withheld: fewer than {} people answered."
NO_TYPES = "No stable types: another sample would show other ones."
TYPES = "Types that another sample would show again. They describe; no tier and no hour is made from them."
TITLE = "Quality of the answers"


class QualityTables:
    """Makes the table of the answers' quality for the people counted."""

    def __init__(self, counted: Counted, quality: Quality, limits: Thresholds) -> None:
        if quality.people != len(counted):
            msg = f"quality tells of {quality.people} people, the release counts {len(counted)}"
            raise ValueError(msg)
        self._counted = counted
        self._quality = quality
        self._limits = limits

    def table(self, table_id: str, attribute: str, hidden: Mask | None) -> QualityTable:
        """Return the table; `hidden` says which rows of the attribute's bands of safety are (None: all)."""
        blank = QualityTable(id=table_id, title=TITLE, attribute=attribute)
        least = self._limits.minimum_breakdown
        if self._counted.weight < least:
            return msgspec.structs.replace(blank, note=TOO_FEW.format(least))
        first = next(iter(self._counted.breakdowns), None)
        breakdown = self._counted.breakdowns[first] if first and first == attribute else None
        types = self._types()
        return msgspec.structs.replace(
            blank,
            scales=tuple(self._scale(s, breakdown) for s in self._quality.scales if len(s.numbers) > 1),
            careless=self._careless(),
            climate=self._climate(breakdown, hidden) if breakdown else (),
            types=types,
            types_note=TYPES if types else NO_TYPES,
        )

    def _careless(self) -> int | None:
        share = math.fsum(self._quality.careless) / self._quality.people
        return None if math.isnan(share) else rounded(100 * share)

    def _scale(self, scale: ScaleAnswers, breakdown: Breakdown | None) -> ScaleQuality:
        found = reliability(scale.items)
        blank = ScaleQuality(scale=scale.id, name=scale.name, items=len(scale.numbers), people=None)
        if found.people < self._limits.minimum_breakdown:
            return blank
        told = msgspec.structs.replace(
            blank,
            people=rounded(found.people),
            alpha=_step(found.alpha, FINE),
            alpha_low=_step(found.low, FINE),
            alpha_high=_step(found.high, FINE),
            omega=_step(found.omega, FINE),
            alarms=_alarms(scale, found),
        )
        return (
            told
            if breakdown is None or scale.need != CLIMATE
            else _with_groups(told, scale, self._scores(scale), breakdown)
        )

    def _climate(self, breakdown: Breakdown, hidden: Mask | None) -> tuple[ClimateRow, ...]:
        """Return one row a group of the first climate scale; none where the battery has none."""
        scale = next((one for one in self._quality.scales if one.need == CLIMATE), None)
        if scale is None:
            return ()
        mask = np.ones(len(breakdown.labels), dtype=np.bool_) if hidden is None else hidden
        return tuple(
            self._group(label, scale, breakdown.member == place, is_hidden=bool(mask[place]))
            for place, label in enumerate(breakdown.labels)
        )

    def _group(self, label: str, scale: ScaleAnswers, rows: Mask, *, is_hidden: bool) -> ClimateRow:
        scores = self._scores(scale)[rows]
        row = ClimateRow(group=label, respondents=int(rows.sum()), agrees=None)
        if is_hidden or int((~np.isnan(scores)).sum()) < self._limits.k_detail:
            return row
        # of the two yardsticks the stricter decides
        shared = agreement(scale.items[rows], skewed_variance(scale.minimum, scale.maximum))
        if math.isnan(shared):
            return row
        if shared < AGREES:
            return msgspec.structs.replace(row, agrees=False)
        way = (float(np.nanmean(scores)) - scale.minimum) / (scale.maximum - scale.minimum)
        return msgspec.structs.replace(row, agrees=True, mean=rounded(100 * way))

    def _scores(self, scale: ScaleAnswers) -> Floats:
        """Return (n,) scores, NaN where too few items were answered."""
        people = self._counted.people
        scores: Floats = people.scale_scores[:, people.scales.index(scale.id)]
        return scores

    def _types(self) -> tuple[TypeRow, ...]:
        """Return the stable types over the needs that most people told of; none where one is small."""
        asked = np.flatnonzero(self._counted.people.observed.mean(axis=0) > 0.5)
        found = find_types(self._counted.people.need_mean[:, asked])
        if found is None or not self._may_be_shown(found):
            return ()
        sizes = np.bincount(found.member)
        return tuple(
            TypeRow(
                name=f"Type {place + 1}",
                share=rounded(100 * int(size) / len(found.member)),
                bands={NEEDS[need]: _band(value) for need, value in zip(asked, mean, strict=True)},
            )
            for place, (size, mean) in enumerate(zip(sizes, found.means, strict=True))
        )

    def _may_be_shown(self, found: Types) -> bool:
        sizes, limits = np.bincount(found.member), self._limits
        return bool(sizes.min() >= limits.k_detail and sizes.max() < limits.homogeneity * sizes.sum())


def _with_groups(
    told: ScaleQuality, scale: ScaleAnswers, scores: Floats, breakdown: Breakdown
) -> ScaleQuality:
    """Return `told` with agreement in the middle group, and ICCs over all groups."""
    groups = [scale.items[breakdown.member == place] for place in range(len(breakdown.labels))]
    chance, skewed = (
        np.array([agreement(one, null(scale.minimum, scale.maximum)) for one in groups])
        for null in (uniform_variance, skewed_variance)
    )
    between = intra_class(scores, breakdown.member)
    return msgspec.structs.replace(
        told,
        agreement=_middle(chance),
        agreement_skewed=_middle(skewed),
        icc_one=_step(between.one, COARSE),
        icc_two=_step(between.two, COARSE),
        icc_size=None if math.isnan(between.size) else rounded(between.size),
    )


def _alarms(scale: ScaleAnswers, found: Reliability) -> tuple[str, ...]:
    return tuple(
        f"Item {scale.numbers[place]} looks un-reversed: answers to it run against those to the other items. "
        "Check its key and wording before anybody reads this scale."
        for place in found.unreversed
    )


def _middle(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return _step(float(np.median(known)), COARSE) if len(known) else None


def _step(value: float, step: float) -> float | None:
    """Return `value` rounded to a multiple of `step`, None for NaN."""
    return None if math.isnan(value) else round(step * round(value / step), 2)


def _band(mean: float) -> Band:
    return "lower" if mean <= -BAND_EDGE else "higher" if mean >= BAND_EDGE else "middle"
