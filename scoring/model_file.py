"""A fitted Pipeline as JSON and back: every figure, nothing that runs."""

from __future__ import annotations

import numpy as np
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted

from instruments.model import NEEDS, Record
from instruments.reading import read_record
from instruments.records import canonical
from scoring.errors import BadModel
from scoring.hours import POINTS, HoursModel
from scoring.items import ItemColumn, ScaleSpec
from scoring.pipeline import TierPipeline, pipeline_from
from scoring.reference import Matrix4, ReferenceRow

SCHEMA = 1
SOURCE = "model file"
FURTHEST_POINT = 10.0
"""In SDs: no point of a normal distribution lies further out."""


class ModelFile(Record, frozen=True):
    """All that a fitted Pipeline knows."""

    columns: tuple[ItemColumn, ...]
    scales: tuple[ScaleSpec, ...]
    rows: tuple[ReferenceRow, ...]
    correlations: Matrix4
    cut_hours: tuple[float, float, float]
    expert: HoursModel
    """Weights before any hours were known."""
    hours: HoursModel
    """Weights in use."""
    points: tuple[tuple[float, ...], ...]
    """The points of integration, so that no later library moves a probability."""
    schema: int = SCHEMA


def encode(pipeline: Pipeline) -> bytes:
    """Return the fitted `pipeline` as JSON; the same pipeline gives the same bytes.

    Raises NotFittedError when it was not fitted.

    Examples
    --------
    >>> import numpy as np
    >>> from instruments.catalogue import shipped
    >>> from instruments.questions import Battery, Part, Wording
    >>> from scoring.model_file import decode, encode
    >>> from scoring.pipeline import build_pipeline
    >>> from scoring.reference import default_reference
    >>> part = Part(instrument=shipped("slack"), wording=Wording(status="own", sha256=""))
    >>> battery = Battery(name="custom", language="en", parts=(part,))
    >>> pipeline = build_pipeline(battery, default_reference(battery), cut_hours=(1.0, 2.0, 4.0))
    >>> again = decode(encode(pipeline))
    >>> answers = np.array([[1.0, 2.0, 2.0]])
    >>> bool((again.predict_proba(answers) == pipeline.predict_proba(answers)).all())
    True
    """
    return canonical(record_of(pipeline))


def record_of(pipeline: Pipeline) -> ModelFile:
    """Return all that the fitted `pipeline` knows; NotFittedError when it was not fitted."""
    scorer, needs, tiers = (pipeline.named_steps[name] for name in ("scales", "needs", "tiers"))
    for step in (scorer, needs, tiers):
        check_is_fitted(step)
    low, middle, high = (float(cut) for cut in tiers.cut_hours)
    return ModelFile(
        columns=scorer.columns_,
        scales=scorer.scales_,
        rows=needs.rows_,
        correlations=tuple(tuple(float(x) for x in line) for line in needs.correlations_),
        cut_hours=(low, middle, high),
        expert=tiers.expert_,
        hours=tiers.hours_,
        points=tuple(tuple(float(x) for x in point) for point in tiers.points_),
    )


def decode(data: bytes, source: str = SOURCE) -> TierPipeline:
    """Return the fitted Pipeline in `data`, which scores bit for bit as the one that was encoded.

    Raises
    ------
    BadInput
        Naming `source`: no such file, or one of a later schema.
    BadModel
        When the figures do not fit together.
    """
    return pipeline_of(read_record(data, ModelFile, source, schema=SCHEMA), source)


def pipeline_of(model: ModelFile, source: str = SOURCE) -> TierPipeline:
    """Return the fitted Pipeline of `model`; BadModel, naming `source`, when its figures do not fit."""
    if {len(point) for point in model.points} != {len(NEEDS)} or len(model.points) != POINTS:
        raise BadModel(f"{source}: the points of integration are not 64 times four numbers.")
    if not (np.abs(np.array(model.points)) <= FURTHEST_POINT).all():
        raise BadModel(f"{source}: the points of integration are not those of a normal distribution.")
    if len(model.scales) != len(model.rows):
        raise BadModel(f"{source}: there is not one reference row for each scale.")
    pipeline = pipeline_from(
        model.columns,
        model.scales,
        model.rows,
        model.correlations,
        cut_hours=model.cut_hours,
        hours=model.hours,
    )
    tiers = pipeline.named_steps["tiers"].set_params(hours=model.expert)
    tiers.points_, tiers.expert_ = np.array(model.points), model.expert
    return pipeline
