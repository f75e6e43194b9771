"""Another organisation's instruments: three definition files become tiers without touching code."""

from __future__ import annotations

import numpy as np
import pytest

from instruments.answers import Answer, Choice
from instruments.battery import build_battery
from instruments.catalogue import load_definition
from instruments.model import Need
from instruments.questions import Battery
from instruments.setup import PartChoice
from scoring.model_file import decode, encode
from scoring.pipeline import TierPipeline, build_pipeline, score_answers
from scoring.reference import default_reference
from scoring.told import own_result
from tests.scoring.made import CUTS

KETTLES: tuple[tuple[str, int, int, Need, str], ...] = (
    ("green-kettles", 7, 5, "safety", "high"),
    ("loud-kettles", 12, 7, "agility", "high"),
    ("full-kettles", 8, 4, "headroom", "low"),
)
"""Id, items, points, need, and which end is favourable; every third item is reversed."""


def definition(name: str, items: int, points: int, need: Need, favourable: str) -> str:
    """Return the definition file of an instrument of one scale, in made-up words."""
    options = "\n".join(f'  {{ code = {n}, label = {{ en = "Point {n}" }} }},' for n in range(1, points + 1))
    asked = "\n".join(
        f'[[items]]\nid = "{n}"\nformat = "points"\nreverse = {str(n % 3 == 0).lower()}\n'
        f'text = {{ en = "Kettle number {n} is {name}." }}\n'
        for n in range(1, items + 1)
    )
    names = ", ".join(f'"{n}"' for n in range(1, items + 1))
    return (
        f'schema = 1\nid = "{name}"\nkind = "instrument"\nname = "Kettles"\ntitle = {{ en = "Kettles" }}\n\n'
        f'[[formats]]\nkind = "choice"\nid = "points"\noptions = [\n{options}\n]\n\n'
        f'[[scales]]\nid = "whole"\nname = {{ en = "Whole" }}\nitems = [{names}]\nneed = "{need}"\n'
        f'favourable = "{favourable}"\n\n{asked}'
    )


@pytest.fixture(scope="module")
def battery() -> Battery:
    found = {
        name: load_definition(definition(name, *rest).encode(), f"{name}.toml") for name, *rest in KETTLES
    }
    choices = tuple(PartChoice(instrument=name) for name in found)
    return build_battery("custom", "en", (), choices, found.__getitem__)


@pytest.fixture(scope="module")
def pipeline(battery: Battery) -> TierPipeline:
    return build_pipeline(battery, default_reference(battery), CUTS)


def everybody(end: str) -> dict[str, Answer]:
    """Return answers that stand at the `end` of every need: ``best`` or ``worst``."""
    answers: dict[str, Answer] = {}
    for name, items, points, _, favourable in KETTLES:
        for number in range(1, items + 1):
            is_high = (end == "best") == (favourable == "high")
            is_top = is_high != (number % 3 == 0)
            answers[f"{name}/{number}"] = Choice(code=points if is_top else 1)
    return answers


def test_three_definitions_of_7_12_and_8_items_become_tiers(battery: Battery, pipeline: TierPipeline) -> None:
    """The best answers need least, the worst most; a person is told a result; nothing is not enough."""
    scored = score_answers(pipeline, battery, [everybody("best"), everybody("worst"), {}])
    assert pipeline.n_features_in_ == 7 + 12 + 8
    assert scored.tier[0] == 0
    assert scored.tier[1] >= 2
    assert scored.tier[2] == -1
    assert (scored.need_mean[0, :3] > 0.5).all()
    assert (scored.need_mean[1, :3] < -0.5).all()
    result = own_result(scored, battery, "baseline", CUTS, row=1)
    assert result.verdict in {"tier", "between"}
    assert len(result.conditions) == 2
    assert len(result.skill) == 1


def test_hours_re_estimate_its_weights_and_the_fitted_pipeline_is_kept(
    battery: Battery, pipeline: TierPipeline
) -> None:
    """pipeline.fit(X, y) with some hours known; what is kept predicts the same bits."""
    columns = pipeline.named_steps["scales"].columns_
    rng = np.random.default_rng(1)
    answers = np.column_stack([rng.integers(c.minimum, c.maximum + 1, 80) for c in columns]).astype(float)
    before = pipeline.predict_hours(answers)
    hours = np.where(np.arange(80) < 40, 4 * before[:, 1], np.nan)
    learned = build_pipeline(battery, default_reference(battery), CUTS).fit(answers, hours)
    assert learned.named_steps["tiers"].hours_.labels == 40
    assert np.median(learned.predict_hours(answers)[:, 1] / before[:, 1]) > 2
    again = decode(encode(learned))
    assert again.predict_proba(answers).tobytes() == learned.predict_proba(answers).tobytes()
