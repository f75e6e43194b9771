"""What a drawn task asks, question by question; the name of a draw says task, form and half."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from instruments.errors import BadInput
from instruments.model import ChoiceFormat, Format, Item, MarkFormat, Option, TextFormat
from instruments.tasks.model import ReviewTask, WithholdTask
from instruments.tasks.writing import AdaptTask, SummariseTask

Task = ReviewTask | SummariseTask | AdaptTask | WithholdTask
"""Every kind of task; the key ``task`` of a file says which one it is."""

STATEMENT_FORMAT = MarkFormat(id="statement", flagged={"en": "needs review"}, fine={"en": "fine"})
"""How every statement is answered, with the chance of being right (55, 75 or 95 in 100)."""
VIGNETTE_FORMAT = ChoiceFormat(
    id="vignette",
    options=(
        Option(code=1, label={"en": "Use it as it is"}),
        Option(code=2, label={"en": "Use it, and check the result first"}),
        Option(code=3, label={"en": "Use it only after taking out all that points to somebody"}),
        Option(code=4, label={"en": "Do not use it"}),
    ),
)
"""How every vignette is answered; the code's place in the list is that of `HANDLINGS`."""
TEXT_FORMAT = TextFormat(id="text", max_length=6000)
"""How a summary or a prompt is handed in; a length that nobody reaches who keeps to the task."""
YES, NO = 1, 2
CONSENT_FORMAT = ChoiceFormat(
    id="consent",
    options=(
        Option(code=YES, label={"en": "Yes, two or three people may read it without my name"}),
        Option(code=NO, label={"en": "No, keep it sealed"}),
    ),
)
"""Whether raters may read the text; a question that was passed over means no."""
TEXT, CONSENT = "text", "consent"
_CONSENT = Item(
    id=CONSENT,
    format=CONSENT_FORMAT.id,
    text={"en": "May two or three people read this text, to check how well the program marks such texts?"},
    help={
        "en": "They would see the text alone: no name, no group, no other answer. A third person reads it "
        "where two do not agree. Without a yes nobody reads it, nor where only few people say yes."
    },
)
_CONSENT_SECONDS = 12.0
_HALVES = (1, 2)
_HALF_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Drawn:
    """A task as it was drawn: `halves` holds one or both halves of a `review`, and nothing for the others."""

    name: str
    task: Task
    halves: tuple[int, ...] = ()

    @property
    def prefix(self) -> str:
        """What the ids of its questions begin with, up to the slash."""
        return f"{self.task.id}-{self.task.form}"

    @property
    def minutes(self) -> float:
        """The gentle guide for what was drawn, in minutes."""
        return self.task.time_guide_minutes * (_HALF_SHARE if len(self.halves) == 1 else 1.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a task: its id in the battery, what it asks, and the seconds it usually takes."""

    id: str
    item: Item
    format: Format
    seconds: float


def name_of(task: Task, half: int = 0) -> str:
    """Return the name of a draw, such as ``withhold-b``, ``review-a-1`` or (both halves) ``review-a``."""
    return f"{task.id}-{task.form}-{half}" if half else f"{task.id}-{task.form}"


def drawn_task(tasks: Iterable[Task], name: str) -> Drawn:
    """Return the task that `name` stands for; BadInput when it is none of `tasks`."""
    for task in tasks:
        is_review = isinstance(task, ReviewTask)
        for half in (0, *(_HALVES if is_review else ())):
            if name == name_of(task, half):
                return Drawn(name, task, (half,) if half else _HALVES if is_review else ())
    raise BadInput("This task does not belong to the study.", "Ask who sent the answers.")


def asked_in(drawn: Drawn) -> tuple[Asked, ...]:
    """Return the questions of a drawn task, in the order of asking."""
    task = drawn.task
    match task:
        case ReviewTask():
            shown = [one for half in drawn.halves for one in task.half(half)]
            items = [Item(id=one.id, format=STATEMENT_FORMAT.id, text=one.text) for one in shown]
            return _asked(drawn, items, STATEMENT_FORMAT)
        case WithholdTask():
            items = [Item(id=one.id, format=VIGNETTE_FORMAT.id, text=one.text) for one in task.vignettes]
            return _asked(drawn, items, VIGNETTE_FORMAT)
        case SummariseTask() | AdaptTask():
            text = Item(id=TEXT, format=TEXT_FORMAT.id, text=task.what_is_asked)
            consent = Asked(f"{drawn.prefix}/{CONSENT}", _CONSENT, CONSENT_FORMAT, _CONSENT_SECONDS)
            return (*_asked(drawn, [text], TEXT_FORMAT), consent)


def _asked(drawn: Drawn, items: list[Item], fmt: Format) -> tuple[Asked, ...]:
    seconds = drawn.minutes * 60 / max(len(items), 1)
    return tuple(Asked(f"{drawn.prefix}/{item.id}", item, fmt, seconds) for item in items)
