"""The one scoring path: items to scale scores, to needs, to tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from instruments.answers import Answer
from instruments.model import NEEDS
from instruments.questions import Battery
from instruments.tasks.marks import Mark
from scoring.blocks import Floats
from scoring.hours import DEFAULT_HOURS, HoursModel
from scoring.items import ItemColumn, ScaleSpec, item_columns, matrix, scale_specs
from scoring.needs import PAIRS, NeedsEstimator, careless_share
from scoring.reference import Matrix4, Reference, ReferenceRow
from scoring.scales import ScaleScorer
from scoring.scored import MOST_LEFT, NEEDS_ENOUGH, Scored
from scoring.tiers import SupportTierClassifier


class TierPipeline(Pipeline):  # type: ignore[misc]
    """scikit-learn's Pipeline from raw numbers to tiers, with the hours that its last step tells."""

    def predict_hours(
        self,
        X: Floats,  # noqa: N803
        quantiles: Sequence[float] = (0.05, 0.5, 0.95),
        careless: Floats | None = None,
    ) -> Floats:
        """Return (people, quantiles) hours a month that each person needs, from raw numbers `X`.

        `careless` as in `score`; errors as in `score` and in `SupportTierClassifier.predict_hours`.
        """
        scorer, needs, tiers = (self.named_steps[name] for name in ("scales", "needs", "tiers"))
        hours: Floats = tiers.predict_hours(needs.transform(scorer.transform(X), careless), quantiles)
        return hours


def build_pipeline(
    battery: Battery,
    reference: Reference,
    cut_hours: tuple[float, float, float],
    hours: HoursModel = DEFAULT_HOURS,
) -> TierPipeline:
    """Return the fitted Pipeline of `battery`; everything in it is pinned by the arguments.

    `pipeline.fit(X, y)` with hours of help needed a month (NaN where unknown) re-estimates the weights of
    the hours and nothing else; `predict`, `predict_proba` and `predict_hours` follow.

    Raises
    ------
    ReferenceMissing
        When a scale has no row in `reference`.
    BadModel
        When cut hours, weights or reference hold figures that no population could have.

    Examples
    --------
    >>> import numpy as np
    >>> from instruments.catalogue import shipped
    >>> from instruments.questions import Battery, Part, Wording
    >>> from scoring.pipeline import build_pipeline
    >>> from scoring.reference import default_reference
    >>> adapted = Wording(status="adapted", sha256="")
    >>> parts = tuple(Part(instrument=shipped(id), wording=adapted) for id in ("edmondson-1999", "slack"))
    >>> battery = Battery(name="custom", language="en", parts=parts)
    >>> pipeline = build_pipeline(battery, default_reference(battery), cut_hours=(1, 2, 4))
    >>> answers = np.array([[1, 7, 1, 7, 1, 7, 7, 5, 5, 5], [7, 2, 6, 2, np.nan, 2, 2, 1, 1, 1.0]])
    >>> pipeline.predict(answers)
    array([0, 3])
    >>> learned = pipeline.fit(answers, y=np.array([np.nan, 6.0]))
    >>> bool(learned.predict_proba(answers)[1, 3] > 0.3)
    True
    """
    columns, specs = item_columns(battery), scale_specs(battery)
    rows = tuple(reference.row(spec.id) for spec in specs)
    return pipeline_from(columns, specs, rows, reference.correlations, cut_hours=cut_hours, hours=hours)


def pipeline_from(
    columns: tuple[ItemColumn, ...],
    scales: tuple[ScaleSpec, ...],
    rows: tuple[ReferenceRow, ...],
    correlations: Matrix4,
    *,
    cut_hours: tuple[float, float, float],
    hours: HoursModel,
) -> TierPipeline:
    """Return the fitted Pipeline of the three estimators with these parameters; errors as above."""
    pipeline = TierPipeline(
        [
            ("scales", ScaleScorer(columns, scales)),
            ("needs", NeedsEstimator(rows, correlations)),
            ("tiers", SupportTierClassifier(cut_hours, hours)),
        ]
    )
    fitted: TierPipeline = pipeline.fit(np.full((1, len(columns)), np.nan))
    return fitted


def score(pipeline: Pipeline, X: Floats, careless: Floats | None = None) -> Scored:  # noqa: N803
    """Return what `pipeline` makes of raw numbers `X` (people, columns), as `items.matrix` gives them.

    `careless` (people,) are probabilities of answers given without reading, NaN where unknown; they widen
    a person's error (see NeedsEstimator) and drop nobody.

    Raises OffScale when a number lies outside its item's bounds, BadModel at a wrong probability.
    """
    scorer, needs, tiers = (pipeline.named_steps[name] for name in ("scales", "needs", "tiers"))
    scales = scorer.transform(X)
    read = needs.transform(scales)
    posterior = read if careless is None else needs.widened(read, careless)
    result = tiers.integrate(posterior)
    observed = needs.observed(scales)
    told = observed & _tells(needs, read, careless)
    enough = np.count_nonzero(told, axis=1) >= NEEDS_ENOUGH
    effect = _reference_effect(needs, scales, read, result.slopes)
    if careless is not None:
        effect *= 1 - careless_share(careless, len(effect))[:, None]
    return Scored(
        scales=tuple(spec.id for spec in scorer.scales_),
        average_features=tiers.integrate(needs.prior_).features[0],
        scale_scores=scorer.reported(scales),
        scale_errors=needs.standard_errors(scales),
        need_mean=np.ascontiguousarray(posterior[:, : len(NEEDS)]),
        need_cov=_square(posterior),
        observed=observed,
        told=told,
        features=result.features,
        hours=result.hours,
        hours_var=result.hours_var,
        reference_effect=effect,
        tier_probabilities=result.probabilities,
        enough=enough,
        tier=np.where(enough, np.argmax(result.probabilities, axis=1), -1).astype(np.int64),
    )


def score_answers(
    pipeline: Pipeline,
    battery: Battery,
    answers: Sequence[Mapping[str, Answer]],
    marks: Sequence[Sequence[Mark]] = (),
    careless: Floats | None = None,
) -> Scored:
    """Return what `pipeline` makes of `answers` by question id, and of each person's `marks`."""
    return score(pipeline, matrix(battery, answers, marks), careless)


def _tells(needs: NeedsEstimator, read: Floats, careless: Floats | None) -> NDArray[np.bool_]:
    """Return (people, 4): whether at most MOST_LEFT of a need's prior variance is left on average.

    On average over having read the questions or not, ``(1 - p) C + p R``: the distance between the two means
    is left out, or an extreme answer would be open where a middling one is told.
    """
    own = [len(NEEDS) + PAIRS.index((need, need)) for need in range(len(NEEDS))]
    left = read[:, own] / needs.prior_[:, own]
    if careless is not None:
        unread = careless_share(careless, len(read))[:, None]
        left = (1 - unread) * left + unread
    return np.asarray(left <= MOST_LEFT)


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
