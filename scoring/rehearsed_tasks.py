"""Made-up people at the practical tasks: the more capable, the better they do; for rehearsals only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from instruments.answers import Answer, Choice, Marked, Rows, Text
from instruments.model import NEEDS, RowsFormat, Texts, text_in
from instruments.questions import Battery
from instruments.tasks.asking import CONSENT, NO, TEXT, YES, Drawn
from instruments.tasks.model import HANDLINGS, AiUsePolicy, ReviewTask, WithholdTask
from instruments.tasks.policy import key_of
from instruments.tasks.writing import AdaptTask, SummariseTask
from scoring.blocks import Floats

AI_USE = AiUsePolicy(
    tools="approved",
    personal_data="never",
    customer_data="de-identified",
    code="reviewed",
    records="reviewed",
)
"""What the made-up organisation allows: every question is settled, so that every vignette is marked."""
SHARED = 0.8
"""Correlation of what a person can do in one task with capability; the rest belongs to the task (assumed)."""
SENSITIVITY = (1.2, 0.8)
"""d' of the average person, and per SD of ability (assumed)."""
LEANING_SD = 0.4
STEEPNESS = 1.2
"""Log-odds per SD of ability of one right answer, key point or condition (assumed)."""
EASE = 0.4
CONSENTING = 0.4
SURE = (0.6, 1.5)
"""Distances from the criterion at which people are about 75 and 95 in 100 sure."""


def rehearsed_tasks(
    battery: Battery, drawn: Sequence[tuple[str, ...]], needs: Floats, ai_use: AiUsePolicy, seed: int
) -> tuple[dict[str, Answer], ...]:
    """Return each person's answers to the tasks `drawn` for them; `needs` (n, 4) are the latent needs."""
    capability = needs[:, NEEDS.index("capability")]
    people = []
    for number, (names, level) in enumerate(zip(drawn, capability, strict=True)):
        rng = np.random.default_rng([seed, number])
        answers: dict[str, Answer] = {}
        for one in (battery.drawn(name) for name in names):
            ability = SHARED * float(level) + (1 - SHARED**2) ** 0.5 * float(rng.standard_normal())
            answers |= {
                f"{one.prefix}/{name}": answer for name, answer in _done(one, ability, ai_use, rng).items()
            }
        people.append(answers)
    return tuple(people)


def _done(one: Drawn, ability: float, ai_use: AiUsePolicy, rng: np.random.Generator) -> dict[str, Answer]:
    match one.task:
        case ReviewTask():
            return _reviewed(one.task, one.halves, ability, rng)
        case WithholdTask():
            return _withheld(one.task, ability, ai_use, rng)
        case SummariseTask():
            return _written(_summary(one.task, ability, rng), rng)
        case AdaptTask():
            return _written(_prompt(one.task, ability, rng), rng)


def _reviewed(
    task: ReviewTask, halves: Sequence[int], ability: float, rng: np.random.Generator
) -> dict[str, Answer]:
    """Flag by an equal-variance signal-detection model with a criterion of one's own."""
    d_prime = max(0.0, SENSITIVITY[0] + SENSITIVITY[1] * ability)
    criterion = LEANING_SD * float(rng.standard_normal())
    answers: dict[str, Answer] = {}
    for statement in (one for half in halves for one in task.half(half)):
        middle = d_prime / 2 if statement.fault else -d_prime / 2
        evidence = middle + float(rng.standard_normal()) - criterion
        sure = (55, 75, 95)[int(np.searchsorted(SURE, abs(evidence)))]
        answers[statement.id] = Marked(flagged=evidence > 0, confidence=sure)
    return answers


def _withheld(
    task: WithholdTask, ability: float, ai_use: AiUsePolicy, rng: np.random.Generator
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for vignette in task.vignettes:
        key = HANDLINGS.index(key_of(vignette, ai_use) or "review")
        others = [place for place in range(len(HANDLINGS)) if place != key]
        place = key if _succeeds(ability, rng) else int(rng.choice(others))
        answers[vignette.id] = Choice(code=place + 1)
    return answers


def _summary(task: SummariseTask, ability: float, rng: np.random.Generator) -> str:
    """Return the draft with some unsupported sentences taken out and some missing points put in."""
    text = _joined(task.draft)
    for claim in task.claims:
        if _succeeds(ability, rng):
            text = _without(text, claim.place)
    missing = [point for point in task.key_points if not point.in_draft]
    added = [text_in(point.text, "en") for point in missing if _succeeds(ability, rng)]
    return " ".join((text, *added))


def _prompt(task: AdaptTask, ability: float, rng: np.random.Generator) -> str:
    """Return the old prompt with some of the new conditions met."""
    text = _joined(task.prompt)
    for condition in task.conditions:
        if _succeeds(ability, rng):
            text = f"{_without(text, condition.place)} Take care of this: {text_in(condition.text, 'en')}"
    return text


def _written(text: str, rng: np.random.Generator) -> dict[str, Answer]:
    return {TEXT: Text(value=text), CONSENT: Choice(code=YES if rng.random() < CONSENTING else NO)}


def _succeeds(ability: float, rng: np.random.Generator) -> bool:
    return bool(rng.random() < 1 / (1 + np.exp(-(EASE + STEEPNESS * ability))))


def _joined(paragraphs: Sequence[Texts]) -> str:
    return " ".join(text_in(one, "en") for one in paragraphs)


def _without(text: str, place: Texts) -> str:
    words = text_in(place, "en")
    return " ".join(text.replace(words, "").split()) if words else text


TIMES = (1.0, 2.0, 3.0, 5.0, 10.0)
MINUTES = (10.0, 15.0, 20.0, 30.0, 45.0, 60.0)


def rehearsed_workflows(fmt: RowsFormat, headroom: Floats, rng: np.random.Generator) -> list[Answer]:
    """Return everybody's recurring tasks; with less headroom (n,) they are more tiresome."""
    shares = rng.dirichlet(np.full(len(fmt.columns[0].options), 0.6))
    return [Rows(rows=tuple(_workflow_rows(fmt, float(level), shares, rng))) for level in headroom]


def _workflow_rows(
    fmt: RowsFormat, headroom: float, shares: Floats, rng: np.random.Generator
) -> list[tuple[float, ...]]:
    rows = []
    for _ in range(int(rng.integers(0, fmt.max_rows + 1))):
        row = []
        for column in fmt.columns:
            codes = [option.code for option in column.options]
            match column.id:
                case "times":
                    value = float(rng.choice(TIMES))
                case "minutes":
                    value = float(rng.choice(MINUTES))
                case "friction":
                    level = (1.5 + rng.standard_normal() - 0.7 * headroom) / 3
                    value = float(codes[int(np.clip(level * len(codes), 0, len(codes) - 1))])
                case _ if column is fmt.columns[0]:
                    value = float(rng.choice(codes, p=shares))
                case _:
                    value = float(rng.choice(codes))
            row.append(value)
        rows.append(tuple(row))
    return rows
