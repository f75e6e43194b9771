"""The arithmetic of one scale, line by line, by the code that scores everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import numpy as np

from instruments.answers import Answer
from instruments.model import Instrument, Scale
from instruments.questions import Battery, Part, Wording
from scoring.blocks import Floats
from scoring.items import ItemColumn, ScaleSpec, columns_of, matrix, spec_of
from scoring.needs import NeedsEstimator
from scoring.reference import ReferenceRow, default_row
from scoring.scales import ScaleScorer, keyed
from scoring.scored import Z90

ADAPTED = Wording(status="adapted", sha256="")


def explain(
    instrument: Instrument, scale_id: str, answers: Mapping[str, Answer], row: ReferenceRow | None = None
) -> tuple[str, ...]:
    """Return how the score of one scale comes about.

    Parameters
    ----------
    instrument, scale_id
        The scale; KeyError when the instrument has none of this name.
    answers
        Made-up answers by item id.
    row
        The reference of the scale; the assumed one for adapted wording where absent.
    """
    scale = instrument.scale(scale_id)
    columns, spec = columns_of(instrument, scale), spec_of(instrument, scale)
    if not columns:
        return (f"{instrument.name}, {scale_id}: nothing here is scored as a number.",)
    values = _values(instrument, scale, answers)
    scorer = ScaleScorer(columns, (spec,)).fit(values)
    scores = scorer.transform(values)
    steps = [f"{instrument.name}, {scale_id}: mean of the answered items{_direction(scale)}"]
    steps += [_item(column, value) for column, value in zip(columns, values[0], strict=True)]
    steps += _mean(columns, spec, values[0], scores)
    if not np.isnan(scorer.reported(scores)[0, 0]):
        steps += _interval(spec, row or default_row(spec, ADAPTED), scores)
    return tuple(steps)


def _direction(scale: Scale) -> str:
    return f"; high means {scale.high_is}." if scale.high_is else "."


def _values(instrument: Instrument, scale: Scale, answers: Mapping[str, Answer]) -> Floats:
    alone = msgspec.structs.replace(instrument, scales=(scale,))
    battery = Battery(name="custom", language="en", parts=(Part(instrument=alone, wording=ADAPTED),))
    return matrix(battery, [{f"{instrument.id}/{item}": answer for item, answer in answers.items()}])


def _item(column: ItemColumn, value: float) -> str:
    name = column.id.split("/")[-1]
    if np.isnan(value):
        return f"  {name}: no answer, left out"
    if not column.reverse:
        return f"  {name}: {value:g}"
    ends = column.minimum + column.maximum
    return f"  {name}: {value:g}, reversed {ends:g} - {value:g} = {_counted(column, value):g}"


def _counted(column: ItemColumn, value: float) -> float:
    return float(keyed(np.array([value]), column.minimum, column.maximum, column.reverse)[0])


def _mean(columns: tuple[ItemColumn, ...], spec: ScaleSpec, values: Floats, scores: Floats) -> Iterator[str]:
    counted = [_counted(c, v) for c, v in zip(columns, values, strict=True) if not np.isnan(v)]
    rule = f"at least {spec.needed} of {spec.items} items must be answered; {len(counted)} are"
    if counted:
        yield f"Sum: {' + '.join(f'{value:g}' for value in counted)} = {sum(counted):g}"
    if len(counted) < spec.needed:
        yield f"Missing answers: {rule}, so no score is reported"
        return
    yield f"Missing answers: {rule}"
    ends = f"{spec.minimum:g} to {spec.maximum:g}"
    yield f"Score: {sum(counted):g} / {len(counted)} = {scores[0, 0]:.2f} on {ends}"


def _interval(spec: ScaleSpec, row: ReferenceRow, scores: Floats) -> Iterator[str]:
    needs = NeedsEstimator((row,), tuple(tuple(map(float, line)) for line in np.eye(4))).fit(scores)
    error = float(needs.standard_errors(scores)[0, 0])
    count, score = int(scores[0, 1]), float(scores[0, 0])
    rest, figures = "1 - reliability", f"1 - {row.alpha:.2f}"
    if count != row.items:
        rest, figures = (f"({one}) x {row.items}/{count}" for one in (rest, figures))
    yield (
        f"Standard error: SD x sqrt({rest}) = {row.sd:.2f} x sqrt({figures}) = {error:.2f} "
        f"(reference: {row.status})"
    )
    low, high = max(spec.minimum, score - Z90 * error), min(spec.maximum, score + Z90 * error)
    yield f"90 % interval: {low:.2f} to {high:.2f}"
