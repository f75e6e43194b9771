"""All that scores a study, frozen when it opens: own result and release come from the very same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from instruments.model import Record
from instruments.questions import Battery
from instruments.reading import read_record
from instruments.records import canonical
from scoring.blocks import Floats
from scoring.careless import CarelessModel, check_model, layout_of
from scoring.hours import HoursModel
from scoring.model_file import ModelFile, pipeline_of, record_of
from scoring.pipeline import TierPipeline, build_pipeline, score
from scoring.reference import Reference
from scoring.scored import Scored

SCHEMA = 1
SOURCE = "scoring.json"


class PinnedFile(Record, frozen=True):
    """The file that is frozen with a study, beside its reference."""

    model: ModelFile
    careless: CarelessModel | None
    """None where no question has a number for an answer."""
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True, eq=False)
class PinnedScoring:
    """The Pipeline of a study, and what tells its careless answers."""

    pipeline: TierPipeline
    careless: CarelessModel | None = None
    """None in studies that were frozen without: nothing is widened there."""

    @property
    def hours(self) -> HoursModel:
        """The weights in use."""
        model: HoursModel = self.pipeline.named_steps["tiers"].hours_
        return model

    def doubt(self, X: Floats, pace: Sequence[str]) -> Floats:  # noqa: N803
        """Return (people,) probabilities of answers given without reading, NaN where nothing tells them.

        `X` (people, columns) as `items.matrix` gives it; `pace` is each person's bin, empty where unknown.
        """
        return np.full(len(X), np.nan) if self.careless is None else self.careless.probability(X, pace)

    def score(self, X: Floats, doubt: Floats) -> Scored:  # noqa: N803
        """Return what the Pipeline makes of `X`, each person's error widened by `doubt`."""
        return score(self.pipeline, X, doubt)

    def with_hours(self, hours: HoursModel) -> PinnedScoring:
        """Return the same with other weights of the hours."""
        changed = msgspec.structs.replace(record_of(self.pipeline), hours=hours)
        return replace(self, pipeline=pipeline_of(changed))


def pin(battery: Battery, reference: Reference, cut_hours: tuple[float, float, float]) -> bytes:
    """Return the bytes to freeze; what tells careless answers is trained here, in about two seconds."""
    from scoring.careless_training import careless_model

    is_told = bool(layout_of(battery, reference).columns)
    return canonical(
        PinnedFile(
            model=record_of(build_pipeline(battery, reference, cut_hours)),
            careless=careless_model(battery, reference) if is_told else None,
        )
    )


def decode(data: bytes, source: str = SOURCE) -> PinnedScoring:
    """Return what `pin` froze; BadInput, naming `source`, when it is not that, BadModel when it cannot be."""
    kept = read_record(data, PinnedFile, source, schema=SCHEMA)
    if kept.careless is not None:
        check_model(kept.careless, len(kept.model.columns), source)
    return PinnedScoring(pipeline_of(kept.model, source), kept.careless)
