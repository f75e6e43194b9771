"""How well task marks tell capability: simulated people with known capability, a development check.

`python -m benchmarks.capability` prints the table that docs/capability.md quotes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from instruments.answers import Answer
from instruments.model import NEEDS
from instruments.questions import Battery
from instruments.tasks.asking import Drawn
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.forms import profile_of
from instruments.tasks.marking import marks_of
from instruments.tasks.marks import Mark
from instruments.tasks.model import TASK_IDS, Form
from scoring.blocks import Floats
from scoring.pipeline import build_pipeline, score_answers
from scoring.reference import default_reference
from scoring.rehearsed_tasks import AI_USE, SHARED, rehearsed_tasks

PEOPLE = 1000
CAPABILITY = NEEDS.index("capability")
READING_EFFECT = 0.5
"""In the reading scenario: SD of ability that one SD of reading skill is worth in a task of usual length."""
CUTS = (1.0, 2.0, 4.0)
BATTERY = Battery(name="full", language="en", parts=(), tasks=shipped_tasks(), task_count=len(TASK_IDS))
Marks = list[tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Composite:
    """Capability told from marks: by two of the four tasks, and by all four."""

    two: Floats
    four: Floats
    words: Floats
    """Words that each person had to read for the two."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one draw of tasks is worth."""

    tasks: str
    reliability: float
    """Correlation of form A with form B, taken by the same people."""
    with_truth: float
    length: float
    """Share of variance that the number of words to read explains."""
    reading: float
    """Share of variance that reading skill explains where it matters (READING_EFFECT)."""


def run(people: int = PEOPLE, seed: int = 3) -> tuple[Outcome, Outcome]:
    """Return the outcome of two of four tasks and of all four, for `people` simulated people."""
    rng = np.random.default_rng(seed)
    level, reading = rng.standard_normal(people), rng.standard_normal(people)
    none = np.zeros(people)
    first, second = (_composite(level, none, form, seed) for form in _forms())
    mixed = _composite(level, READING_EFFECT * reading, "a", seed + 1)
    two = Outcome(
        tasks="two of four",
        reliability=_r(first.two, second.two),
        with_truth=_r(first.two, level),
        length=_r(first.two, first.words) ** 2,
        reading=_r(mixed.two, reading) ** 2,
    )
    four = Outcome(
        tasks="all four",
        reliability=_r(first.four, second.four),
        with_truth=_r(first.four, level),
        length=0.0,
        reading=_r(mixed.four, reading) ** 2,
    )
    return two, four


def table(outcomes: Sequence[Outcome]) -> str:
    """Return `outcomes` as a Markdown table."""
    lines = [
        "| tasks | reliability | correlation with the truth | variance by words drawn | by reading skill |",
        "|---|--:|--:|--:|--:|",
    ]
    for one in outcomes:
        shares = f"{100 * one.length:.0f} % | {100 * one.reading:.0f} %"
        lines.append(f"| {one.tasks} | {one.reliability:.2f} | {one.with_truth:.2f} | {shares} |")
    return "\n".join(lines) + "\n"


def _forms() -> tuple[Form, Form]:
    return "a", "b"


def _composite(level: Floats, shift: Floats, form: Form, seed: int) -> Composite:
    """Let everybody do all tasks of `form`; `shift` (n,) is what reading adds to ability, by length."""
    people = len(level)
    chance = random.Random(f"{seed}-{form}")  # noqa: S311 - simulated people
    answers: list[dict[str, Answer]] = [{} for _ in range(people)]
    whole = {task: BATTERY.drawn(f"{task}-{form}") for task in TASK_IDS}
    usual = sum(_words(one) for one in whole.values()) / len(whole)
    for place, one in enumerate(whole.values()):
        needs = np.zeros((people, len(NEEDS)))
        needs[:, CAPABILITY] = level + shift * _words(one) / usual / SHARED
        chances = 10 * seed + place + 1000 * ord(form)
        done = rehearsed_tasks(BATTERY, [(one.name,)] * people, needs, AI_USE, chances)
        for given, own in zip(answers, done, strict=True):
            given.update(own)
    short = [_two(form, chance) for _ in range(people)]
    everything = tuple(one.name for one in whole.values())
    return Composite(
        two=_told([marks_of(BATTERY, names, own, AI_USE) for names, own in zip(short, answers, strict=True)]),
        four=_told([marks_of(BATTERY, everything, own, AI_USE) for own in answers]),
        words=np.array([sum(_words(BATTERY.drawn(name)) for name in names) for names in short], dtype=float),
    )


def _two(form: Form, chance: random.Random) -> tuple[str, ...]:
    """Draw two tasks, of `review` one half, as the standard battery does."""
    names = chance.sample(TASK_IDS, 2)
    return tuple(
        f"{name}-{form}" + (f"-{chance.choice((1, 2))}" if name == "review" else "") for name in names
    )


def _told(marks: Marks) -> Floats:
    """Return the posterior mean of capability from marks alone, (n,)."""
    pipeline = build_pipeline(BATTERY, default_reference(BATTERY), CUTS)
    scored = score_answers(pipeline, BATTERY, [{}] * len(marks), marks)
    return np.ascontiguousarray(scored.need_mean[:, CAPABILITY])


def _words(one: Drawn) -> float:
    """Return the words to read: the source, and what is worked on (of a half of `review` its own)."""
    profile = profile_of(one.task)
    worked_on = sum(profile.parts[half - 1].words for half in one.halves) or profile.stimulus.words
    return float(profile.source.words + worked_on)


def _r(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1])


if __name__ == "__main__":
    print(table(run()), end="")
