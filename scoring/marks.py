"""Task marks as numbers for the one scoring path: points, and how much they tell."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import msgspec
import numpy as np

from instruments.model import Record
from instruments.questions import Battery, Wording
from instruments.records import canonical
from instruments.tasks.detection import detect
from instruments.tasks.marks import Mark
from instruments.tasks.model import TASK_IDS
from instruments.tasks.review import TOP
from instruments.tasks.summarise import AUTOMATIC_ERROR
from instruments.tasks.summarise import MOST as MOST_OF_TEXT
from instruments.tasks.withhold import MOST as MOST_OF_VIGNETTES
from scoring.blocks import Floats

TASKS = "tasks"
"""Head of the scale keys of marks, such as ``tasks/review``."""


class MarkScale(Record, frozen=True):
    """The line that a task's points lie on, and the error that the reference's reliability stands for."""

    task: str
    minimum: float
    maximum: float
    usual_error: float
    """Standard error, in points, of a mark that weighs 1."""
    most_weight: float = 1.0
    """No mark weighs more, however small its own error: 2 for the two halves of `review`."""
    kind: str = ""
    """Which of the four kinds of task it is; a task that ships has its kind for an id."""

    @property
    def id(self) -> str:
        """Key of the scale."""
        return f"{TASKS}/{self.task}"


MARK_SCALES: dict[str, MarkScale] = {
    one.task: one
    for one in (
        MarkScale(
            task="review",
            minimum=-TOP,
            maximum=TOP,
            usual_error=detect(4, 6, 2, 6).d_error,  # one half, two thirds found, one third of alarms
            most_weight=2.0,
        ),
        MarkScale(task="summarise", minimum=0.0, maximum=MOST_OF_TEXT, usual_error=AUTOMATIC_ERROR),
        MarkScale(task="adapt", minimum=0.0, maximum=MOST_OF_TEXT, usual_error=AUTOMATIC_ERROR),
        MarkScale(
            task="withhold",
            minimum=0.0,
            maximum=MOST_OF_VIGNETTES,
            usual_error=MOST_OF_VIGNETTES * math.sqrt(4.5 / 7 * 2.5 / 7 / 6),  # four of six, .5 and 1 added
        ),
    )
}


def mark_scales(battery: Battery) -> tuple[MarkScale, ...]:
    """Return the lines of the tasks of `battery`: in the order of TASK_IDS, then those of a study's own."""
    kinds = {task.id: task.kind for task in battery.tasks}
    ids = (*(task for task in TASK_IDS if task in kinds), *sorted(kinds.keys() - set(TASK_IDS)))
    return tuple(
        msgspec.structs.replace(MARK_SCALES[kinds[task]], task=task, kind=kinds[task]) for task in ids
    )


def task_wording(battery: Battery, task: str) -> Wording:
    """Return what the reference of a task's marks belongs to: all its forms in the battery."""
    forms = b"\n".join(canonical(one) for one in battery.tasks if one.id == task)
    return Wording(status="own", sha256=hashlib.sha256(forms).hexdigest())


def mark_matrix(scales: Sequence[MarkScale], marks: Sequence[Sequence[Mark]]) -> Floats:
    """Return (people, 2 x scales): points, then weight, of each person's marks; NaN where there is none."""
    out = np.full((len(marks), 2 * len(scales)), np.nan)
    for row, given in enumerate(marks):
        for place, scale in enumerate(scales):
            own = [one for one in given if one.task == scale.task and one.points is not None]
            if own:
                out[row, 2 * place : 2 * place + 2] = _number(scale, own)
    return out


def _number(scale: MarkScale, marks: Sequence[Mark]) -> tuple[float, float]:
    """Return the mean of one task's marks and its weight: usual over own error variance, bounded."""
    points = math.fsum(one.points or 0.0 for one in marks) / len(marks)
    error = math.sqrt(math.fsum(one.error**2 for one in marks)) / len(marks)
    weight = (scale.usual_error / error) ** 2 if error > 0 else scale.most_weight
    return points, min(weight, scale.most_weight)
