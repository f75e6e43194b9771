"""Rehearsal answers: they fit every question, repeat with the seed, and carry the needs behind them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text, score_of, why_not
from instruments.battery import FULL, STANDARD, attributes_part, build_battery
from instruments.catalogue import shipped
from instruments.model import (
    NEEDS,
    ChoiceFormat,
    Column,
    Instrument,
    Item,
    MarkFormat,
    Option,
    RatingFormat,
    RowsFormat,
    TextFormat,
)
from instruments.questions import Battery, Part, Wording
from scoring.rehearsal import simulate, simulate_with_truth
from scoring.rehearsed_people import CARELESS_SHARE, Organisation
from tests.scoring.people import attribute

ATTRIBUTES = (attribute("department", (90, 70, 60, 40)), attribute("site", (150, 110)))


def battery() -> Battery:
    """Return the full battery of questions."""
    return build_battery("full", "en", ATTRIBUTES, FULL, shipped)


def battery_of_every_kind() -> Battery:
    """Return a small battery with all five kinds of answers, without scales."""
    column = Column(id="what", title={"en": "what"}, options=(Option(code=3), Option(code=9)))
    number = Column(id="hours", title={"en": "hours"}, minimum=0.5, maximum=8, step=0.5)
    formats = (
        ChoiceFormat(id="choice", options=(Option(code=2), Option(code=5), Option(code=7))),
        RatingFormat(id="rating", low={"en": "low"}, high={"en": "high"}, minimum=10, maximum=95, step=5),
        TextFormat(id="text", max_length=12),
        RowsFormat(id="rows", columns=(column, number), max_rows=2),
        MarkFormat(id="mark", flagged={"en": "yes"}, fine={"en": "no"}),
    )
    items = tuple(Item(id=fmt.id, format=fmt.id, text={"en": fmt.id}) for fmt in formats)
    own = Instrument(
        schema=1, id="own", kind="questions", name="own", title={"en": "own"}, formats=formats, items=items
    )
    wording = Wording(status="own", sha256="x")
    parts = (
        Part(instrument=attributes_part(ATTRIBUTES), wording=wording),
        Part(instrument=own, wording=wording),
    )
    return Battery(name="custom", language="en", parts=parts)


@pytest.mark.parametrize("made", [battery(), battery_of_every_kind()], ids=["full", "every kind"])
def test_every_question_has_an_answer_that_fits(made: Battery) -> None:
    """Complete sittings: each question answered or skipped, nothing else in it."""
    answers = simulate(made, ATTRIBUTES, 60, 1)
    assert len(answers) == 60
    for person in answers:
        assert list(person) == [question.id for question in made.questions()]
        assert not [q.id for q in made.questions() if why_not(person[q.id], q.format)]


def test_all_five_kinds_of_answers_are_given() -> None:
    given = Counter(
        type(a) for person in simulate(battery_of_every_kind(), ATTRIBUTES, 40, 1) for a in person.values()
    )
    assert set(given) == {Choice, Rating, Text, Rows, Marked, Skipped}


def test_the_same_seed_gives_the_same_answers_whatever_numpy_did_before() -> None:
    made = battery()
    np.random.seed(1)
    one = simulate(made, ATTRIBUTES, 40, 7)
    np.random.seed(2)
    assert simulate(made, ATTRIBUTES, 40, 7) == one
    assert simulate(made, ATTRIBUTES, 40, 8) != one


def keyed_means(made: Battery, answers: tuple[dict[str, Answer], ...], scale_key: str) -> np.ndarray:
    """Return each person's mean of a scale after reversal, NaN for nobody who answered nothing."""
    instrument_id, scale_id = scale_key.split("/")
    instrument = next(part.instrument for part in made.parts if part.instrument.id == instrument_id)
    columns = []
    for item_id in instrument.scale(scale_id).items:
        item = instrument.item(item_id)
        fmt = instrument.format_of(item)
        assert isinstance(fmt, ChoiceFormat)
        given = [score_of(person.get(f"{instrument_id}/{item_id}"), fmt) for person in answers]
        raw = np.array([np.nan if x is None else x for x in given])
        columns.append(fmt.minimum + fmt.maximum - raw if item.reverse else raw)
    return np.array(columns).T


@pytest.mark.parametrize(
    ("scale", "need"),
    [
        ("edmondson-1999/psychological_safety", "safety"),
        ("llas-2022/seeking_feedback", "agility"),
        ("hse-demands-control/demands", "headroom"),
    ],
)
def test_scales_follow_their_need_and_every_item_its_key(scale: str, need: str) -> None:
    """After reversal every item goes with the rest of its scale, and the scale with the need behind it."""
    made = battery()
    steady = Organisation(mood_sd=0.0)
    answers, truth = simulate_with_truth(made, ATTRIBUTES, 400, 5, organisation=steady)
    keyed = keyed_means(made, answers, scale)
    told = ~np.isnan(keyed).any(axis=1) & ~truth.careless
    keyed = keyed[told]
    for item in range(keyed.shape[1]):
        rest = np.delete(keyed, item, axis=1).mean(axis=1)
        assert np.corrcoef(keyed[:, item], rest)[0, 1] > 0.25
    assert np.corrcoef(keyed.mean(axis=1), truth.needs[told, NEEDS.index(need)])[0, 1] > 0.75


def test_organisations_are_plausible() -> None:
    """Careless people, gaps, people who name no group; departments by headcount at 55-90 %."""
    made = battery()
    answers, truth = simulate_with_truth(made, ATTRIBUTES, 200, 3)
    assert truth.careless.mean() == pytest.approx(CARELESS_SHARE, abs=0.05)
    skipped = [sum(isinstance(a, Skipped) for a in person.values()) / len(person) for person in answers]
    assert 0.005 < np.mean(skipped) < 0.1
    assert max(skipped) > 0.15
    for place in ATTRIBUTES:
        codes = truth.groups[place.id]
        for category in place.categories:
            assert 0 < (codes == category.code).sum() <= category.headcount
        told = [person[f"attributes/{place.id}"] for person in answers]
        unnamed = sum(isinstance(answer, Skipped) for answer in told)
        assert 0 < unnamed < 20
        assert sum(a == Choice(code=int(c)) for a, c in zip(told, codes, strict=True)) == 200 - unnamed


def test_needs_have_unit_spread_and_belong_together_within_teams() -> None:
    truth = simulate_with_truth(battery(), ATTRIBUTES, 2000, 4)[1]
    assert truth.needs.std(axis=0) == pytest.approx(np.ones(4), abs=0.15)
    assert np.corrcoef(truth.needs[:, 0], truth.needs[:, 2])[0, 1] > 0.1
    centred = truth.needs[:, 0] - truth.needs[:, 0].mean()
    teams = np.array([centred[truth.team == team].mean() for team in np.unique(truth.team)])
    assert teams.var() > 1.5 * centred.var() / 8  # chance alone would give one eighth


def test_any_number_of_people_can_be_asked_for() -> None:
    """Also nobody, one, and more than the headcount."""
    made = build_battery("standard", "en", ATTRIBUTES, STANDARD, shipped)
    for people in (0, 1, 300):
        assert len(simulate(made, ATTRIBUTES, people, 1)) == people
    without = build_battery("standard", "en", (), STANDARD, shipped)
    assert len(simulate(without, (), 5, 1)) == 5
