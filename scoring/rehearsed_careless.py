"""What real data have: people who answer without reading, gaps, and people who stop early."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from instruments.answers import Answer, Choice, Rating, Skipped
from instruments.model import ChoiceFormat, RatingFormat
from instruments.questions import Question
from scoring.rehearsed_people import Flags

KINDS = ("random", "straight", "alternating", "drifting")
"""By chance; one and the same place in every list; two places in turn; honest at first, then by chance."""
GAPPY_SHARE = 0.06
STOPPED_SHARE = 0.03
DRIFT = (0.3, 0.8)
"""Share of the questions after which a drifting person stops reading."""


def careless_kinds(people: int, share: float, rng: np.random.Generator) -> NDArray[np.str_]:
    """Return each person's kind of carelessness (people,), empty for those who read the questions."""
    kinds = rng.choice(np.array(KINDS), size=people)
    return np.where(rng.random(people) < share, kinds, "")


def spoil(
    answers: Sequence[dict[str, Answer]],
    questions: Sequence[Question],
    kinds: NDArray[np.str_],
    rng: np.random.Generator,
) -> None:
    """Replace the answers of careless people, and take out what gappy and stopping people leave open."""
    asked = [question for question in questions if not question.id.startswith("attributes/")]
    for person, kind in zip(answers, kinds, strict=True):
        if kind:
            _answer_carelessly(person, asked, str(kind), rng)
        gone = _left_open(len(asked), rng)
        for question, is_gone in zip(asked, gone, strict=True):
            if is_gone:
                person[question.id] = Skipped()


def _left_open(asked: int, rng: np.random.Generator) -> Flags:
    gap = 0.15 if rng.random() < GAPPY_SHARE else 0.01
    last = rng.integers(asked // 4, asked + 1) if rng.random() < STOPPED_SHARE else asked
    return np.asarray((rng.random(asked) < gap) | (np.arange(asked) >= last))


def _answer_carelessly(
    person: dict[str, Answer], asked: Sequence[Question], kind: str, rng: np.random.Generator
) -> None:
    """Replace the answers on closed lists and lines from where the person stops reading."""
    first = int(len(asked) * rng.uniform(*DRIFT)) if kind == "drifting" else 0
    places = rng.random(2)
    for number, question in enumerate(asked[first:]):
        match kind:
            case "straight":
                x = places[0]
            case "alternating":
                x = places[number % 2]
            case _:
                x = rng.random()
        _put(person, question, float(x))


def _put(person: dict[str, Answer], question: Question, x: float) -> None:
    match question.format:
        case ChoiceFormat(options=options):
            person[question.id] = Choice(code=options[int(x * len(options))].code)
        case RatingFormat(minimum=low, maximum=high, step=step):
            person[question.id] = Rating(value=low + step * int(x * ((high - low) // step + 1)))
        case _:
            pass
