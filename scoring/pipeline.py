"""The one scoring path: items to scale scores, to needs, to tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.pipeline import Pipeline

from instruments.answers import Answer
from instruments.model import NEEDS
from instruments.records import Battery
from instruments.tasks.marks import Mark
from scoring.blocks import Floats
from scoring.hours import DEFAULT_HOURS, HoursModel
from scoring.items import item_columns, matrix, scale_specs
from scoring.needs import PAIRS, NeedsEstimator
from scoring.reference import Reference
from scoring.scales import ScaleScorer
from scoring.scored import NEEDS_ENOUGH, Scored
from scoring.tiers import SupportTierClassifier


def build_pipeline(
    battery: Battery,
    reference: Reference,
    cut_hours: tuple[float, float, float],
    hours: HoursModel = DEFAULT_HOURS,
) -> Pipeline:
    """Return the fitted Pipeline of `battery`; everything in it is pinned by the arguments.

    Raises ReferenceMissing when a scale has no row in `reference`.
    """
    columns, specs = item_columns(battery), scale_specs(battery)
    rows = tuple(reference.row(spec.id) for spec in specs)
    pipeline = Pipeline(
        [
            ("scales", ScaleScorer(columns, specs)),
            ("needs", NeedsEstimator(rows, reference.correlations)),
            ("tiers", SupportTierClassifier(cut_hours, hours)),
        ]
    )
    return pipeline.fit(np.full((1, len(columns)), np.nan))


def score(pipeline: Pipeline, X: Floats) -> Scored:  # noqa: N803
    """Return what `pipeline` makes of raw numbers `X` (people, columns), as `items.matrix` gives them.

    Raises OffScale when a number lies outside its item's bounds.
    """
    scorer, needs, tiers = (pipeline.named_steps[name] for name in ("scales", "needs", "tiers"))
    scales = scorer.transform(X)
    posterior = needs.transform(scales)
    result = tiers.integrate(posterior)
    observed = needs.observed(scales)
    enough = np.count_nonzero(observed, axis=1) >= NEEDS_ENOUGH
    return Scored(
        scales=tuple(spec.id for spec in scorer.scales_),
        average_features=tiers.integrate(needs.prior_).features[0],
        scale_scores=scorer.reported(scales),
        scale_errors=needs.standard_errors(scales),
        need_mean=np.ascontiguousarray(posterior[:, : len(NEEDS)]),
        need_cov=_square(posterior),
        observed=observed,
        features=result.features,
        hours=result.hours,
        hours_var=result.hours_var,
        reference_effect=_reference_effect(needs, scales, posterior, result.slopes),
        tier_probabilities=result.probabilities,
        enough=enough,
        tier=np.where(enough, np.argmax(result.probabilities, axis=1), -1).astype(np.int64),
    )


def score_answers(
    pipeline: Pipeline,
    battery: Battery,
    answers: Sequence[Mapping[str, Answer]],
    marks: Sequence[Sequence[Mark]] = (),
) -> Scored:
    """Return what `pipeline` makes of `answers` by question id, and of each person's `marks`."""
    return score(pipeline, matrix(battery, answers, marks))


def _square(posterior: Floats) -> Floats:
    out = np.empty((posterior.shape[0], len(NEEDS), len(NEEDS)))
    for place, (a, b) in enumerate(PAIRS, start=len(NEEDS)):
        out[:, a, b] = out[:, b, a] = posterior[:, place]
    return out


def _reference_effect(needs: NeedsEstimator, scales: Floats, posterior: Floats, slopes: Floats) -> Floats:
    moved = needs.shift_effects(scales, posterior)
    out = np.zeros(moved.shape[:2])
    for need in range(len(NEEDS)):
        out += moved[:, :, need] * slopes[:, need, None]
    return out
