"""What people tell about their work, as arrays: tools, help, recurring tasks; people on axis 0."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from instruments.answers import Answer, Choice, Rating, Rows
from instruments.model import ChoiceFormat, Column, Option, RowsFormat, text_in
from instruments.questions import Battery, Question
from instruments.tasks.asking import Drawn
from instruments.tasks.lots import answers_of
from instruments.tasks.model import FAULT_KINDS, ReviewTask
from instruments.tasks.review import Outcome, counts_of, outcomes
from scoring.blocks import Floats
from scoring.plan.streams import WEEKS_A_MONTH

Ints = NDArray[np.int64]
NO_ANSWER = -1
NOT_GIVEN = -1
"""Stands in `Work.faults` for people who were not given `review`."""
LOAD = "nasa-rtlx"
LOAD_SCALE = f"{LOAD}/overall"
DAYS = "tool-use/days"
STOPPED = "tool-use/stopped"
AGREED = "slack/agreed"
GONE_WRONG = "slack/gone-wrong"
HELP_WITH = "help/what-with"
CHOICES = (STOPPED, AGREED, GONE_WRONG, HELP_WITH)
GIVEN, RECEIVED, WANTED = "help/given", "help/received", "help/wanted"
HELP = (GIVEN, RECEIVED, WANTED)
WORKFLOW = "workflow"
FRICTION_WEIGHTS = {1: 0.0, 2: 0.1, 3: 0.2, 4: 0.35, 5: 0.5}
"""Share of a recurring task's time that is lost to its friction, by the answer from 1 to 5; assumed."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Answers about work, without any text; what the battery does not ask is missing."""

    people: int
    labels: dict[str, dict[int, str]]
    """Labels by code: of a choice, or of the closed list in the first column of rows, by question id."""
    choices: dict[str, Ints]
    """(n,) code by question id, NO_ANSWER where there is none."""
    days: Floats | None
    """(n,) of the last ten working days those with an AI tool; NaN where not answered."""
    help: dict[str, Floats]
    """(n, codes) hours in four weeks by question id, codes in the order of `labels`."""
    lost: dict[int, Floats]
    """(n,) hours a month lost to friction by code of the recurring task."""
    suffers: dict[int, Ints]
    """(n,) code of what suffers by code of the recurring task, NO_ANSWER where nothing was told."""
    suffering: dict[int, str]
    """Labels of what suffers."""
    reviewing: Floats | None
    """(n, 4) hits, flawed, false alarms, sound: statements of `review` flagged and answered."""
    faults: Ints | None = None
    """(n, kinds) 1 where a person flagged every statement with a fault of the kind, in the order of
    FAULT_KINDS, 0 where not, NOT_GIVEN where there was none."""
    load: dict[str, Floats] = field(default_factory=dict)
    """(n,) ratings of the load of the tasks by label, NaN where there is none."""


def work_of(
    battery: Battery, answers: Sequence[Mapping[str, Answer]], drawn: Sequence[tuple[str, ...]] = ()
) -> Work:
    """Return what `answers` tell about work; `drawn` names each person's tasks, in the same order."""
    asked = {question.id: question for question in battery.questions()}
    rows = next((q for q in asked.values() if q.id.startswith(f"{WORKFLOW}/")), None)
    lost, suffers, suffering = _workflows(rows, answers, battery.language)
    return Work(
        people=len(answers),
        labels=_labels(asked, rows, battery.language),
        choices={name: _codes(name, answers) for name in CHOICES if name in asked},
        days=_ratings(DAYS, answers) if DAYS in asked else None,
        help={name: _hours(asked[name], answers) for name in HELP if name in asked},
        lost=lost,
        suffers=suffers,
        suffering=suffering,
        reviewing=_reviewing(battery, answers, drawn) if drawn else None,
        faults=_faults(battery, answers, drawn) if drawn else None,
        load=_load(asked, answers, battery.language),
    )


def work_kinds(battery: Battery) -> frozenset[str]:
    """Return which kinds of tables about work `battery` asks enough for."""
    asked = {question.id for question in battery.questions()}
    by_question = {
        "tool-days": DAYS,
        "tool-stopped": STOPPED,
        "slack-agreed": AGREED,
        "slack-wrong": GONE_WRONG,
        "help": GIVEN,
        "help-roles": GIVEN,
        "help-what": HELP_WITH,
    }
    kinds = {kind for kind, question in by_question.items() if question in asked}
    kinds |= {"workflows"} if any(name.startswith(f"{WORKFLOW}/") for name in asked) else set()
    kinds |= {"reviewing", "faults"} if any(isinstance(task, ReviewTask) for task in battery.tasks) else set()
    kinds |= {"task-load"} if any(name.startswith(f"{LOAD}/") for name in asked) else set()
    return frozenset(kinds)


def _labels(asked: Mapping[str, Question], rows: Question | None, language: str) -> dict[str, dict[int, str]]:
    found = {name: _options(asked[name]) for name in (*CHOICES, *HELP) if name in asked}
    found |= {WORKFLOW: _options(rows)} if rows else {}
    return {
        name: {option.code: text_in(option.label, language) or str(option.code) for option in options}
        for name, options in found.items()
    }


def _options(question: Question) -> tuple[Option, ...]:
    """Return the closed list of a choice, or of the first column of rows."""
    match question.format:
        case ChoiceFormat(options=options):
            return options
        case RowsFormat(columns=columns):
            return columns[0].options
        case _:
            return ()


def _codes(name: str, answers: Sequence[Mapping[str, Answer]]) -> Ints:
    given = (one.get(name) for one in answers)
    return np.array([a.code if isinstance(a, Choice) else NO_ANSWER for a in given], dtype=np.int64)


def _ratings(name: str, answers: Sequence[Mapping[str, Answer]]) -> Floats:
    given = (one.get(name) for one in answers)
    return np.array([float(a.value) if isinstance(a, Rating) else math.nan for a in given])


def _hours(question: Question, answers: Sequence[Mapping[str, Answer]]) -> Floats:
    places = {option.code: place for place, option in enumerate(_options(question))}
    out = np.zeros((len(answers), len(places)))
    for person, row in _rows(question, answers):
        out[person, places[int(row[0])]] += row[1]
    return out


def _rows(
    question: Question, answers: Sequence[Mapping[str, Answer]]
) -> Iterator[tuple[int, tuple[float, ...]]]:
    for person, one in enumerate(answers):
        answer = one.get(question.id)
        if isinstance(answer, Rows):
            yield from ((person, row) for row in answer.rows)


def _workflows(
    question: Question | None, answers: Sequence[Mapping[str, Answer]], language: str
) -> tuple[dict[int, Floats], dict[int, Ints], dict[int, str]]:
    if question is None or not isinstance(question.format, RowsFormat):
        return {}, {}, {}
    columns = {column.id: place for place, column in enumerate(question.format.columns)}
    codes = [option.code for option in _options(question)]
    lost = {code: np.zeros(len(answers)) for code in codes}
    suffers = {code: np.full(len(answers), NO_ANSWER, dtype=np.int64) for code in codes}
    for person, row in _rows(question, answers):
        code = int(row[0])
        lost[code][person] += friction_hours(
            row[columns["times"]], row[columns["minutes"]], int(row[columns["friction"]])
        )
        suffers[code][person] = int(row[columns["suffers"]])
    what = question.format.columns[columns["suffers"]]
    return lost, suffers, _column_labels(what, language)


def _column_labels(column: Column, language: str) -> dict[int, str]:
    return {option.code: text_in(option.label, language) for option in column.options}


def friction_hours(times: float, minutes: float, friction: int) -> float:
    """Return hours a month lost: times a week x minutes x weeks a month x share lost to the friction."""
    return times * minutes / 60 * WEEKS_A_MONTH * FRICTION_WEIGHTS[friction]


def _reviewing(
    battery: Battery, answers: Sequence[Mapping[str, Answer]], drawn: Sequence[tuple[str, ...]]
) -> Floats:
    """Return what was flagged and answered in the halves of `review` that each person was given."""
    out = np.zeros((len(answers), 4))
    for person, one, found in _reviewed(battery, answers, drawn):
        for counts in (counts_of(found, half) for half in one.halves):
            out[person] += counts.hits, counts.flawed, counts.false_alarms, counts.sound
    return out


def _faults(
    battery: Battery, answers: Sequence[Mapping[str, Answer]], drawn: Sequence[tuple[str, ...]]
) -> Ints:
    """Return for each person and kind of fault whether every statement that had it was flagged."""
    out = np.full((len(answers), len(FAULT_KINDS)), NOT_GIVEN, dtype=np.int64)
    for person, _, found in _reviewed(battery, answers, drawn):
        for place, kind in enumerate(FAULT_KINDS):
            own = [outcome.is_right for outcome in found if outcome.statement.fault == kind]
            if own:
                out[person, place] = int(all(own))
    return out


def _reviewed(
    battery: Battery, answers: Sequence[Mapping[str, Answer]], drawn: Sequence[tuple[str, ...]]
) -> Iterator[tuple[int, Drawn, tuple[Outcome, ...]]]:
    """Yield number, draw and outcomes of everybody who was given a `review`."""
    for person, (given, names) in enumerate(zip(answers, drawn, strict=True)):
        for one in (battery.drawn(name) for name in names):
            if isinstance(one.task, ReviewTask):
                yield person, one, outcomes(one.task, answers_of(battery, one.name, given), one.halves)


def _load(
    asked: Mapping[str, Question], answers: Sequence[Mapping[str, Answer]], language: str
) -> dict[str, Floats]:
    questions = [question for question in asked.values() if question.id.startswith(f"{LOAD}/")]
    return {
        one.item.facet or text_in(one.item.text, language): _ratings(one.id, answers) for one in questions
    }
