"""The truth about made-up people: needs, hours, help, carelessness; and that no scorer sees it."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import scoring
from instruments.answers import Answer, Choice, Rows
from instruments.battery import FULL, build_battery
from instruments.catalogue import shipped
from instruments.model import ChoiceFormat
from instruments.records import canonical
from scoring.items import item_columns, matrix
from scoring.labels import help_labels
from scoring.rehearsal import simulate_with_truth
from scoring.rehearsed_careless import KINDS
from scoring.rehearsed_people import Frame, Organisation, Truth, deficits_of, tiers_of
from scoring.reliability import reliability
from tests.scoring.people import attribute

ATTRIBUTES = (attribute("site", (600, 400)),)
BATTERY = build_battery("full", "en", ATTRIBUTES, FULL, shipped)
CALM = Organisation(careless=0.0)


def made(one: Organisation, people: int = 600, seed: int = 6) -> tuple[tuple[dict[str, Answer], ...], Truth]:
    return simulate_with_truth(BATTERY, ATTRIBUTES, people, seed, organisation=one)


def keyed(answers: tuple[dict[str, Answer], ...], scale: str) -> np.ndarray:
    """Return the answers (n, items) to one scale of people who answered all of it, after reversal."""
    columns = [(n, c) for n, c in enumerate(item_columns(BATTERY)) if c.scale == scale]
    raw = matrix(BATTERY, answers)
    out = np.column_stack([c.minimum + c.maximum - raw[:, n] if c.reverse else raw[:, n] for n, c in columns])
    return out[~np.isnan(out).any(axis=1)]


def test_no_module_that_scores_imports_a_rehearsal() -> None:
    """What is true of made-up people stays in the modules that make them up."""
    folder = Path(scoring.__file__).parent
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named |= {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
        if not path.name.startswith("rehears"):
            assert not [name for name in named if "rehears" in name], path.name


def test_answers_hold_nothing_but_answers_to_the_questions() -> None:
    """The truth travels beside the answers: another truth behind the same answers leaves their bytes."""
    answers, truth = made(CALM, people=40)
    asked = {question.id for question in BATTERY.questions()}
    assert all(set(person) == asked for person in answers)
    written = b"".join(canonical(answer) for person in answers for answer in person.values())
    hidden_numbers = [*truth.needs.ravel(), *truth.hours, *truth.received, *truth.wanted]
    assert not [number for number in hidden_numbers if repr(float(number)).encode() in written]
    other, hidden = made(replace(CALM, cut_hours=(0.1, 0.2, 0.3), response=0.2), people=40)
    assert other == answers
    assert (hidden.tier != truth.tier).any()


def test_the_same_seed_makes_the_same_truth() -> None:
    one, other = made(CALM, 50)[1], made(CALM, 50)[1]
    assert (one.needs == other.needs).all()
    assert (one.hours == other.hours).all()
    assert (one.responded == other.responded).all()


def test_hours_come_from_the_true_weights_and_tiers_from_the_hours() -> None:
    """Over many people the mean is the weighted deficits', the log spread that of the outcome."""
    truth = made(replace(CALM, weights=(0.2, 1.0, 0.1, 0.1, 0.1, 0.0, 0.3)), 4000)[1]
    expected = 0.2 + deficits_of(truth.needs) @ np.array([1.0, 0.1, 0.1, 0.1, 0.0, 0.3])
    assert truth.hours.sum() == pytest.approx(expected.sum(), rel=0.05)
    assert np.log(truth.hours / expected).std() == pytest.approx(0.5, abs=0.03)
    assert (tiers_of(np.array([0.5, 1.0, 3.9, 4.0]), CALM) == [0, 1, 2, 3]).all()
    assert (truth.tier == tiers_of(truth.hours, CALM)).all()


def test_a_shifted_organisation_lies_elsewhere_and_types_are_apart() -> None:
    shifted = made(replace(CALM, shift=(-1.0, 0.0, 0.5, 0.0)), 3000)[1].needs.mean(axis=0)
    usual = made(CALM, 3000)[1].needs.mean(axis=0)
    assert shifted - usual == pytest.approx([-1.0, 0.0, 0.5, 0.0], abs=1e-9)
    typed = made(replace(CALM, types=3), 3000)[1].needs
    assert not np.allclose(typed.mean(axis=0), usual, atol=0.1)


def test_the_mood_of_the_day_raises_alpha_and_not_the_agreement_with_the_need() -> None:
    """Alpha above retest: part of what a scale measures is gone the next day."""
    moody, steady = (made(replace(CALM, mood_sd=sd), 1500) for sd in (0.8, 0.0))
    scale = "edmondson-1999/psychological_safety"
    assert reliability(keyed(moody[0], scale)).alpha > reliability(keyed(steady[0], scale)).alpha + 0.02
    with_need = []
    for answers, truth in (moody, steady):
        raw = matrix(BATTERY, answers)
        columns = [(n, c) for n, c in enumerate(item_columns(BATTERY)) if c.scale == scale]
        total = sum((-1 if c.reverse else 1) * np.nan_to_num(raw[:, n], nan=4.0) for n, c in columns)
        with_need.append(np.corrcoef(total, truth.needs[:, 0])[0, 1])
    assert with_need[0] < with_need[1] - 0.05


def test_a_frame_places_mean_and_spread_of_a_scale() -> None:
    scale = "hse-demands-control/demands"
    answers = made(replace(CALM, frames={scale: Frame(0.4, 0.15)}, shift=(0.0,) * 4), 3000)[0]
    means = (keyed(answers, scale).mean(axis=1) - 1) / 4
    assert means.mean() == pytest.approx(0.4, abs=0.06)
    assert means.std() == pytest.approx(0.15, abs=0.025)


def test_item_bias_makes_one_group_answer_less_favourably_for_the_same_need() -> None:
    fair, unfair = (made(replace(CALM, item_bias=bias), 1500) for bias in (0.0, 0.8))
    biased = [name for name, item in unfair[1].items.items() if item.biased and item.direction > 0]
    assert biased
    columns = [n for n, c in enumerate(item_columns(BATTERY)) if c.id in biased]
    group = fair[1].team % 2 == 1
    before, after = (np.nanmean(matrix(BATTERY, a)[:, columns], axis=1) for a in (fair[0], unfair[0]))
    assert np.nanmean(after[group]) < np.nanmean(before[group]) - 0.1
    assert np.nanmean(after[~group]) == pytest.approx(np.nanmean(before[~group]))


def places(
    person: dict[str, Answer], battery_questions: list[str], options: dict[str, list[int]]
) -> list[int]:
    """Return the place on the list of each choice, in order."""
    given = [(name, person[name]) for name in battery_questions]
    return [options[name].index(a.code) for name, a in given if isinstance(a, Choice)]


def test_careless_people_are_of_four_kinds_and_answer_like_it() -> None:
    """Straight lines repeat one place, alternating ones the place before last; drifting ones begin well."""
    answers, truth = made(replace(CALM, careless=0.5), 600)
    assert set(truth.kind) == {"", *KINDS}
    assert (truth.careless == (truth.kind != "")).all()
    sevens = {
        q.id: [o.code for o in q.format.options]
        for q in BATTERY.questions()
        if isinstance(q.format, ChoiceFormat) and q.id.startswith("edmondson")
    }
    spread = {
        kind: np.mean(
            [len(set(places(answers[n], list(sevens), sevens))) for n in np.flatnonzero(truth.kind == kind)]
        )
        for kind in ("", *KINDS)
    }
    assert spread["straight"] == 1
    assert spread["alternating"] <= 2
    assert spread["random"] > 3
    assert spread["drifting"] > 2


def test_help_got_and_missed_is_the_help_needed_and_the_unsafe_ask_less() -> None:
    """What people tell adds up to the hours needed, as well as they remember; receiving alone would not."""
    answers, truth = made(replace(CALM, silence=1.5), 1500)
    assert truth.received + truth.wanted == pytest.approx(truth.hours)
    told = help_labels(BATTERY, answers)
    known = ~np.isnan(told.needed) & (told.needed > 1)
    assert np.corrcoef(np.log(told.needed[known]), np.log(truth.hours[known]))[0, 1] > 0.85
    share = truth.received / truth.hours
    unsafe = truth.needs[:, 0] < -0.8
    assert share[unsafe].mean() < share[~unsafe].mean() - 0.1
    assert told.did_not_ask[unsafe].mean() > told.did_not_ask[~unsafe].mean() + 0.1


def test_help_given_is_the_help_got_from_colleagues() -> None:
    """Help from outside has no giver here; all other hours have one, in one of the roles."""
    answers, truth = made(CALM, 1500)
    given = sum(row[1] for one in answers if isinstance(r := one["help/given"], Rows) for row in r.rows)
    got = truth.received.sum() * 48 / 52
    assert 0.7 * got < given < 1.0 * got


def test_with_response_on_need_the_needier_answer_more_rarely() -> None:
    usual, needy = (made(replace(CALM, response_on_need=x), 3000)[1] for x in (0.0, 1.0))
    assert usual.responded.mean() == pytest.approx(0.7, abs=0.03)
    assert usual.hours[usual.responded].mean() == pytest.approx(usual.hours.mean(), rel=0.04)
    assert needy.hours[needy.responded].mean() < 0.9 * needy.hours.mean()


def test_nobody_and_one_person_can_be_made_up() -> None:
    for people in (0, 1):
        answers, truth = made(replace(CALM, types=2, response_on_need=1.0, careless=0.5), people)
        assert len(answers) == len(truth.hours) == people
