"""Made-up organisations that answer any battery: for rehearsals, demos and benchmarks, never for real people.

Needs are correlated and carry department, site and team effects; answers follow a graded (threshold) model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.model import (
    NEEDS,
    ChoiceFormat,
    MarkFormat,
    Need,
    RatingFormat,
    RowsFormat,
    Scale,
    TextFormat,
)
from instruments.records import Attribute, Battery, Question
from instruments.tasks.model import AiUsePolicy
from scoring.rehearsed_tasks import rehearsed_tasks, rehearsed_workflows
from scoring.work import WORKFLOW

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEED_CORRELATION = np.array(
    [[1.0, 0.3, 0.3, 0.15], [0.3, 1.0, 0.2, 0.35], [0.3, 0.2, 1.0, 0.1], [0.15, 0.35, 0.1, 1.0]]
)
"""Correlation of the four needs within a team, assumed; order of `NEEDS`."""
GROUP_SD = 0.3
"""Spread between the categories of one attribute, in standard deviations of a person; assumed."""
TEAM_SD = 0.35
TEAM_SIZE = 8
LOADING = 0.7
"""Correlation of one item with its need: eight such items have an alpha of about .88."""
TILT: dict[Need, float] = {"safety": 0.65, "agility": 0.5, "headroom": 0.15, "capability": 0.2}
"""How far the average answer lies on the favourable side, as means of such scales do (assumed)."""
METHOD_SD = 0.3
"""A person's taste for one end of the answers, whatever is asked."""
RESPONSE_RATES = (0.55, 0.9)
MEAN_STEPS = 5
"""Mean of a number in a row, in steps of its column."""
CARELESS_SHARE = 0.08
GAPPY_SHARE = 0.06
STOPPED_SHARE = 0.03
NO_GROUP_SHARE = 0.02
PHRASES = (
    "Weekly reports for the team.",
    "Answering routine questions from other teams.",
    "Writing minutes after a meeting.",
    "Looking things up in long documents.",
    "Nothing comes to mind.",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the simulation knows and no scorer may see; people on axis 0."""

    needs: Floats
    """Latent needs (n, 4) in the order of `NEEDS`; high is good for the person."""
    careless: NDArray[np.bool_]
    team: Ints
    groups: dict[str, Ints]
    """Category code of each attribute, before anybody left it out."""


@dataclass(frozen=True, slots=True)
class TasksGiven:
    """The practical tasks of each person, and the AI-use policy that `withhold` is keyed by."""

    drawn: Sequence[tuple[str, ...]]
    ai_use: AiUsePolicy


@dataclass(frozen=True, slots=True)
class _Crowd:
    """The people who answer: latent needs (n, 4), taste for one end (n,), category codes by attribute."""

    needs: Floats
    taste: Floats
    groups: dict[str, Ints]


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
) -> tuple[tuple[dict[str, Answer], ...], Truth]:
    """Return the answers of `simulate` and the truth behind them, for benchmarks."""
    rng = np.random.default_rng(seed)
    groups = {attribute.id: _seats(attribute, people, rng) for attribute in attributes}
    team = rng.permutation(np.arange(people) // TEAM_SIZE)
    needs = _needs(tuple(groups.values()), team, rng)
    crowd = _Crowd(needs, METHOD_SD * rng.standard_normal(people), groups)
    answers: list[dict[str, Answer]] = [{} for _ in range(people)]
    for question, scale in _with_scales(battery):
        given = _answers_to(question, scale, crowd, rng)
        for person, answer in zip(answers, given, strict=True):
            person[question.id] = answer
    careless = rng.random(people) < CARELESS_SHARE
    _spoil(answers, battery.questions(), careless, rng)
    if tasks is not None:
        done = rehearsed_tasks(battery, tasks.drawn, needs, tasks.ai_use, seed)
        answers = [{**person, **own} for person, own in zip(answers, done, strict=True)]
    return tuple(answers), Truth(needs=needs, careless=careless, team=team, groups=groups)


def _with_scales(battery: Battery) -> list[tuple[Question, Scale | None]]:
    """Pair every question with the scale that scores it, if any; one that feeds a need goes first."""
    pairs: list[tuple[Question, Scale | None]] = []
    for question in battery.questions():
        scales = battery.parts[question.part].instrument.scales
        own = sorted((s for s in scales if question.item.id in s.items), key=lambda s: s.need is None)
        pairs.append((question, own[0] if own else None))
    return pairs


def _seats(attribute: Attribute, people: int, rng: np.random.Generator) -> Ints:
    """Return who takes part, as codes (people,): drawn from the headcounts at uneven response rates."""
    codes = np.array([c.code for c in attribute.categories for _ in range(c.headcount)], dtype=np.int64)
    rates = {c.code: rng.uniform(*RESPONSE_RATES) for c in attribute.categories}
    weights = np.array([rates[int(code)] for code in codes])
    arrival = rng.exponential(size=len(codes)) / weights
    chosen = codes[np.argsort(arrival)[:people]]
    pool = codes if len(codes) else np.array([c.code for c in attribute.categories], dtype=np.int64)
    extra = rng.choice(pool, size=people - len(chosen))
    return np.asarray(rng.permutation(np.concatenate([chosen, extra])), dtype=np.int64)


def _needs(groups: tuple[Ints, ...], team: Ints, rng: np.random.Generator) -> Floats:
    """Return latent needs (n, 4) with unit variance over people on average."""
    people = len(team)
    own = rng.standard_normal((people, 4)) @ np.linalg.cholesky(NEED_CORRELATION).T
    shared = TEAM_SD * rng.standard_normal((people // TEAM_SIZE + 1, 4))[team]
    for codes in groups:
        _, place = np.unique(codes, return_inverse=True)
        shared = shared + GROUP_SD * rng.standard_normal((int(place.max(initial=0)) + 1, 4))[place]
    variance = TEAM_SD**2 + GROUP_SD**2 * len(groups)
    return np.asarray(own * np.sqrt(max(1.0 - variance, 0.3)) + shared)


def _answers_to(
    question: Question, scale: Scale | None, crowd: _Crowd, rng: np.random.Generator
) -> list[Answer]:
    """Return everybody's answer to one question."""
    if question.id.startswith("attributes/") and question.item.id in crowd.groups:
        codes = crowd.groups[question.item.id]
        silent = rng.random(len(codes)) < NO_GROUP_SHARE
        return [Skipped() if no else Choice(code=int(c)) for c, no in zip(codes, silent, strict=True)]
    level = _level(question, scale, crowd, rng)
    match question.format:
        case ChoiceFormat() as fmt if scale is None:
            return _picks(len(level), fmt, rng)
        case ChoiceFormat() as fmt:
            return _choices(level, fmt)
        case RatingFormat() as fmt:
            return _ratings(level, fmt)
        case MarkFormat() as fmt:
            return _marks(level, fmt, rng)
        case RowsFormat() as fmt if question.id.startswith(f"{WORKFLOW}/"):
            return rehearsed_workflows(fmt, crowd.needs[:, NEEDS.index("headroom")], rng)
        case RowsFormat() as fmt:
            return [_rows(fmt, rng) for _ in level]
        case TextFormat(max_length=longest):
            return [Text(value=str(rng.choice(PHRASES))[:longest]) for _ in level]


def _level(question: Question, scale: Scale | None, crowd: _Crowd, rng: np.random.Generator) -> Floats:
    """Return where each person's raw answer lies between the two ends, (n,) in 0-1, keyed as the item is."""
    if scale is not None and scale.need is not None:
        trait, loading, tilt = crowd.needs[:, NEEDS.index(scale.need)], LOADING, TILT[scale.need]
    else:
        trait, loading, tilt = crowd.needs.mean(axis=1), 0.3, 0.0
    favourable_high = scale is None or scale.favourable == "high"
    direction = 1.0 if favourable_high != question.item.reverse else -1.0
    difficulty = rng.normal(0.0, 0.3)
    noise = np.sqrt(1.0 - loading**2) * rng.standard_normal(len(trait))
    latent = direction * (loading * trait + tilt) + noise + crowd.taste + difficulty
    return np.asarray(np.clip((latent + 2.2) / 4.4, 0.0, 1.0 - 1e-9))


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


def _spoil(
    answers: list[dict[str, Answer]],
    questions: tuple[Question, ...],
    careless: NDArray[np.bool_],
    rng: np.random.Generator,
) -> None:
    """Put in what real data have: careless people, gaps, and people who stop early."""
    asked = [question for question in questions if not question.id.startswith("attributes/")]
    for person, is_careless in zip(answers, careless, strict=True):
        if is_careless:
            _answer_carelessly(person, asked, rng)
        gap = 0.15 if rng.random() < GAPPY_SHARE else 0.01
        last = rng.integers(len(asked) // 4, len(asked) + 1) if rng.random() < STOPPED_SHARE else len(asked)
        missed = rng.random(len(asked)) < gap
        for place, question in enumerate(asked):
            if missed[place] or place >= last:
                person[question.id] = Skipped()


def _answer_carelessly(person: dict[str, Answer], asked: list[Question], rng: np.random.Generator) -> None:
    """Replace the choices of one person by one and the same place in every list, or by chance."""
    is_straight = rng.random() < 0.5
    place = rng.random()
    for question in asked:
        if isinstance(question.format, ChoiceFormat):
            options = question.format.options
            x = place if is_straight else rng.random()
            person[question.id] = Choice(code=options[int(x * len(options))].code)
