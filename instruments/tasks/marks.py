"""What a task earned: points with their error, the parts they come from, and why in words."""

from __future__ import annotations

from instruments.model import Record
from instruments.tasks.model import Form


class MarkPart(Record, frozen=True):
    """One part of a mark; `value` is None where the answers do not settle it, `most` where none is best."""

    name: str
    value: float | None
    most: float | None
    why: str


class Mark(Record, frozen=True):
    """What one form of a task earned; `points` is None where too little was answered to say.

    `error` is the standard error of `points`, in points; 0 where `points` is None.
    """

    task: str
    form: Form
    points: float | None
    most: float
    error: float
    parts: tuple[MarkPart, ...]
    notes: tuple[str, ...] = ()
    schema: int = 1
