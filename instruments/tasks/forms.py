"""Whether the forms of a task match: length, reading ease, number and kind and spread of faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from instruments.model import Texts, text_in
from instruments.tasks.asking import Task
from instruments.tasks.model import ReviewTask, WithholdTask
from instruments.tasks.readability import Reading, reading_of
from instruments.tasks.writing import AdaptTask, SummariseTask

LENGTH_TOLERANCE = 0.10
"""Largest difference in words, as a share of the longer text."""
EASE_TOLERANCE = 5.0
"""Largest difference in Flesch reading ease, in points."""


@dataclass(frozen=True, slots=True)
class FormProfile:
    """What can be counted about one form."""

    task: str
    form: str
    work: str
    source: Reading
    stimulus: Reading
    """What is worked on: statements, vignettes, a draft or a prompt."""
    parts: tuple[Reading, ...]
    """The halves of a `review`; elsewhere the stimulus once more."""
    faults: tuple[tuple[str, int], ...]
    """Kinds of faults, key points, conditions or topics, each with its number, sorted."""
    spread: tuple[int, ...]
    """Planted faults in each quarter of a `review`; elsewhere empty."""


def profile_of(task: Task, language: str = "en") -> FormProfile:
    """Return the profile of one form."""
    stimulus = [_reading(texts, language) for texts in _stimulus(task)]
    return FormProfile(
        task=task.id,
        form=task.form,
        work=task.work,
        source=_reading(task.source, language),
        stimulus=_reading([one for part in _stimulus(task) for one in part], language),
        parts=tuple(stimulus),
        faults=tuple(sorted(Counter(_kinds(task)).items())),
        spread=_spread(task),
    )


def why_not_parallel(one: FormProfile, other: FormProfile) -> tuple[str, ...]:
    """Return every way in which two forms differ by more than is allowed; empty when they match."""
    found = []
    names = ("source", "stimulus", *(f"part {number}" for number in range(1, len(one.parts) + 1)))
    readings = zip(
        (one.source, one.stimulus, *one.parts), (other.source, other.stimulus, *other.parts), strict=False
    )
    for name, (a, b) in zip(names, readings, strict=False):
        if abs(a.words - b.words) > LENGTH_TOLERANCE * max(a.words, b.words):
            found.append(f"{name}: {a.words} and {b.words} words")
        if abs(a.ease - b.ease) > EASE_TOLERANCE:
            found.append(f"{name}: reading ease {a.ease:.1f} and {b.ease:.1f}")
    if one.faults != other.faults:
        found.append("the numbers or kinds of faults differ")
    if one.spread != other.spread:
        found.append("the faults are spread differently")
    return tuple(found)


def forms_table(profiles: Sequence[FormProfile]) -> str:
    """Return the profiles as a Markdown table, a line a form."""
    lines = [
        "| task | form | kind of work | source: words | source: ease | worked on: words | worked on: ease "
        "| what is in it | faults by quarter |",
        "|---|---|---|--:|--:|--:|--:|---|---|",
    ]
    for one in profiles:
        kinds = ", ".join(f"{number} {kind}" for kind, number in one.faults)
        spread = " ".join(map(str, one.spread)) or "-"
        cells = (
            f"`{one.task}`",
            one.form.upper(),
            one.work,
            str(one.source.words),
            f"{one.source.ease:.1f}",
            str(one.stimulus.words),
            f"{one.stimulus.ease:.1f}",
            kinds,
            spread,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _reading(texts: Sequence[Texts], language: str) -> Reading:
    return reading_of(text_in(one, language) for one in texts)


def _stimulus(task: Task) -> list[list[Texts]]:
    match task:
        case ReviewTask():
            return [[one.text for one in task.half(half)] for half in (1, 2)]
        case WithholdTask():
            return [[one.text for one in task.vignettes]]
        case SummariseTask():
            return [list(task.draft)]
        case AdaptTask():
            return [list(task.prompt)]


def _kinds(task: Task) -> list[str]:
    match task:
        case ReviewTask():
            return [one.fault or "sound" for one in task.statements]
        case WithholdTask():
            return [" and ".join(one.concerns) or f"{one.tool} tool only" for one in task.vignettes]
        case SummariseTask():
            points = [
                "key point in the draft" if one.in_draft else "key point missed" for one in task.key_points
            ]
            return points + [one.kind for one in task.claims]
        case AdaptTask():
            return [one.kind for one in task.conditions]


def _spread(task: Task) -> tuple[int, ...]:
    if not isinstance(task, ReviewTask):
        return ()
    ordered = [one for half in (1, 2) for one in task.half(half)]
    quarter = len(ordered) // 4
    return tuple(
        sum(one.fault is not None for one in ordered[start : start + quarter])
        for start in range(0, 4 * quarter, quarter)
    )
