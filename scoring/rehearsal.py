"""Made-up organisations that answer any battery: for rehearsals, demos and benchmarks, never for real people.

Needs are correlated and carry department, site, team and type effects; answers follow a graded (threshold)
model with the mood of the day; hours of help come from the true needs, and the answers about help from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.model import (
    NEEDS,
    ChoiceFormat,
    MarkFormat,
    RatingFormat,
    RowsFormat,
    TextFormat,
)
from instruments.questions import Battery
from instruments.setup import Attribute
from instruments.tasks.model import AiUsePolicy
from scoring.rehearsed_careless import careless_kinds, spoil
from scoring.rehearsed_help import Help, help_of, help_rows
from scoring.rehearsed_items import Asked, asked, item_truth
from scoring.rehearsed_people import (
    Floats,
    Ints,
    ItemTruth,
    Organisation,
    Truth,
    hours_needed,
    needs_of,
    responding,
    seats,
    teams,
    tiers_of,
)
from scoring.rehearsed_tasks import rehearsed_tasks, rehearsed_workflows
from scoring.work import HELP, WORKFLOW

MEAN_STEPS = 5
"""Mean of a number in a row, in steps of its column."""
NO_GROUP_SHARE = 0.02
PHRASES = (
    "Weekly reports for the team.",
    "Answering routine questions from other teams.",
    "Writing minutes after a meeting.",
    "Looking things up in long documents.",
    "Nothing comes to mind.",
)
USUAL = Organisation()


@dataclass(frozen=True, slots=True)
class TasksGiven:
    """The practical tasks of each person, and the AI-use policy that `withhold` is keyed by."""

    drawn: Sequence[tuple[str, ...]]
    ai_use: AiUsePolicy


@dataclass(frozen=True, slots=True, eq=False)
class _Crowd:
    """The people who answer; people on axis 0."""

    one: Organisation
    needs: Floats
    taste: Floats
    moods: dict[str, Floats]
    """Mood of the day by scale, in SD of the need."""
    groups: dict[str, Ints]
    told: Help
    biased: Floats
    """1 for the people who find biased items harder, else 0."""
    items: dict[str, ItemTruth]
    """Filled while answering."""


def simulate(
    battery: Battery,
    attributes: tuple[Attribute, ...],
    people: int,
    seed: int,
    tasks: TasksGiven | None = None,
) -> tuple[dict[str, Answer], ...]:
    """Return one complete set of answers for each of `people` respondents; same seed, same answers.

    `tasks` are those drawn for each of them; without, only the questionnaire is answered.
    """
    return simulate_with_truth(battery, attributes, people, seed, tasks)[0]


def simulate_with_truth(
    battery: Battery,
    attributes: tuple[Attribute, ...],
    people: int,
    seed: int,
    tasks: TasksGiven | None = None,
    *,
    organisation: Organisation = USUAL,
) -> tuple[tuple[dict[str, Answer], ...], Truth]:
    """Return the answers of `simulate` and the truth behind them, for benchmarks.

    People, hours, help, answers and carelessness have chances of their own: the same seed gives the same
    people under another `organisation`, as far as it leaves them alone.
    """
    of_people, of_hours, of_help, of_answers, of_spoiling, of_response = (
        np.random.default_rng([seed, place]) for place in range(6)
    )
    groups = {attribute.id: seats(attribute, people, of_people) for attribute in attributes}
    team = teams(people, of_people)
    needs = needs_of(tuple(groups.values()), team, organisation, of_people)
    hours = hours_needed(needs, organisation, of_hours)
    told = help_of(hours, needs, organisation, of_help)
    crowd = _Crowd(
        one=organisation,
        needs=needs,
        taste=organisation.taste_sd * of_answers.standard_normal(people),
        moods={},
        groups=groups,
        told=told,
        biased=(team % 2).astype(np.float64),
        items={},
    )
    answers = _answered(battery, crowd, people, of_answers)
    kinds = careless_kinds(people, organisation.careless, of_spoiling)
    spoil(answers, battery.questions(), kinds, of_spoiling)
    if tasks is not None:
        done = rehearsed_tasks(battery, tasks.drawn, needs, tasks.ai_use, seed)
        answers = [{**person, **own} for person, own in zip(answers, done, strict=True)]
    truth = Truth(
        needs=needs,
        careless=kinds != "",
        kind=kinds,
        team=team,
        groups=groups,
        weights=organisation.weights,
        hours=hours,
        tier=tiers_of(hours, organisation),
        received=told.received,
        wanted=told.wanted,
        responded=responding(hours, organisation, of_response),
        items=crowd.items,
    )
    return tuple(answers), truth


def _answered(
    battery: Battery, crowd: _Crowd, people: int, rng: np.random.Generator
) -> list[dict[str, Answer]]:
    """Return everybody's answers to all questions, read with care."""
    answers: list[dict[str, Answer]] = [{} for _ in range(people)]
    for one in asked(battery):
        for person, answer in zip(answers, _answers_to(one, crowd, rng), strict=True):
            person[one.question.id] = answer
    return answers


def _answers_to(one: Asked, crowd: _Crowd, rng: np.random.Generator) -> list[Answer]:
    """Return everybody's answer to one question."""
    question = one.question
    if question.id.startswith("attributes/") and question.item.id in crowd.groups:
        codes = crowd.groups[question.item.id]
        silent = rng.random(len(codes)) < NO_GROUP_SHARE
        return [Skipped() if no else Choice(code=int(c)) for c, no in zip(codes, silent, strict=True)]
    level = _level(one, crowd, rng)
    match question.format:
        case ChoiceFormat() as fmt if one.scale is None:
            return _picks(len(level), fmt, rng)
        case ChoiceFormat() as fmt:
            return _choices(level, fmt)
        case RatingFormat() as fmt:
            return _ratings(level, fmt)
        case MarkFormat() as fmt:
            return _marks(level, fmt, rng)
        case RowsFormat() as fmt if question.id.startswith(f"{WORKFLOW}/"):
            return rehearsed_workflows(fmt, crowd.needs[:, NEEDS.index("headroom")], rng)
        case RowsFormat() as fmt if question.id in HELP:
            return help_rows(question.item.id, fmt, crowd.told, rng)
        case RowsFormat() as fmt:
            return [_rows(fmt, rng) for _ in level]
        case TextFormat(max_length=longest):
            return [Text(value=str(rng.choice(PHRASES))[:longest]) for _ in level]


def _level(one: Asked, crowd: _Crowd, rng: np.random.Generator) -> Floats:
    """Return where each person's raw answer lies between the two ends, (n,) in 0-1, keyed as the item is."""
    people, organisation = len(crowd.needs), crowd.one
    item, noise = item_truth(one, organisation, rng), rng.standard_normal(people)
    if one.scale is None or one.scale.need is None:
        trait = crowd.needs.mean(axis=1)
    else:
        crowd.items[one.question.id] = item
        if item.scale not in crowd.moods:
            crowd.moods[item.scale] = organisation.mood_sd * rng.standard_normal(people)
        trait = crowd.needs[:, item.need] + crowd.moods[item.scale]
    steady = item.loading * trait - (organisation.item_bias * crowd.biased if item.biased else 0.0)
    place = item.direction * steady + crowd.taste + item.centre + np.sqrt(1.0 - item.loading**2) * noise
    return np.asarray(np.clip((place - item.low) / (item.high - item.low), 0.0, 1.0 - 1e-9))


def _choices(level: Floats, fmt: ChoiceFormat) -> list[Answer]:
    """Cut the line into as many equal steps as there are options, ordered by their score."""
    codes = [option.code for option in sorted(fmt.options, key=lambda option: option.score)]
    return [Choice(code=codes[int(x * len(codes))]) for x in level]


def _picks(people: int, fmt: ChoiceFormat, rng: np.random.Generator) -> list[Answer]:
    """Draw from a list that is no scale; some options are commoner than others."""
    shares = rng.dirichlet(np.full(len(fmt.options), 2.0))
    return [Choice(code=fmt.options[int(x)].code) for x in rng.choice(len(shares), people, p=shares)]


def _ratings(level: Floats, fmt: RatingFormat) -> list[Answer]:
    steps = (fmt.maximum - fmt.minimum) // fmt.step
    return [Rating(value=fmt.minimum + fmt.step * int(x * (steps + 1))) for x in level]


def _marks(level: Floats, fmt: MarkFormat, rng: np.random.Generator) -> list[Answer]:
    sure = rng.choice(fmt.confidences, size=len(level))
    flagged = rng.random(len(level)) < level
    return [Marked(flagged=bool(f), confidence=int(c)) for f, c in zip(flagged, sure, strict=True)]


def _rows(fmt: RowsFormat, rng: np.random.Generator) -> Answer:
    """Return few rows or none; lists are drawn from evenly, small numbers are commoner than large ones."""
    rows = []
    for _ in range(min(fmt.max_rows, int(rng.geometric(0.5)) - 1)):
        row = []
        for column in fmt.columns:
            if column.is_choice:
                row.append(float(column.options[int(rng.integers(len(column.options)))].code))
            else:
                steps = int((column.maximum - column.minimum) // column.step)
                row.append(column.minimum + column.step * min(steps, int(rng.exponential(MEAN_STEPS))))
        rows.append(tuple(row))
    return Rows(rows=tuple(rows))
