"""The marks of all tasks that a person was given: a pure function of the answers and the study's policy."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.answers import Answer, Text
from instruments.questions import Battery
from instruments.tasks.adapt import mark_prompt
from instruments.tasks.asking import TEXT, Drawn
from instruments.tasks.lots import answers_of
from instruments.tasks.marks import Mark
from instruments.tasks.model import AiUsePolicy, ReviewTask, WithholdTask
from instruments.tasks.review import mark_review
from instruments.tasks.summarise import mark_summary
from instruments.tasks.withhold import mark_withhold
from instruments.tasks.writing import AdaptTask, SummariseTask


def marks_of(
    battery: Battery, drawn: tuple[str, ...], answers: Mapping[str, Answer], ai_use: AiUsePolicy
) -> tuple[Mark, ...]:
    """Return one mark a drawn task, in the order of `drawn`.

    Raises BadInput when a name stands for no task of `battery`.
    """
    return tuple(
        _mark(battery.drawn(name), answers_of(battery, name, answers), ai_use, battery.language)
        for name in drawn
    )


def _mark(drawn: Drawn, answers: Mapping[str, Answer], ai_use: AiUsePolicy, language: str) -> Mark:
    task = drawn.task
    match task:
        case ReviewTask():
            return mark_review(task, answers, drawn.halves)
        case WithholdTask():
            return mark_withhold(task, answers, ai_use)
        case SummariseTask():
            return mark_summary(task, _typed(answers), language)
        case AdaptTask():
            return mark_prompt(task, _typed(answers), language)


def _typed(answers: Mapping[str, Answer]) -> str:
    answer = answers.get(TEXT)
    return answer.value if isinstance(answer, Text) else ""
