"""Marks an adapted prompt: which of the new conditions it meets."""

from __future__ import annotations

from instruments.model import text_in
from instruments.tasks.marks import Mark, MarkPart
from instruments.tasks.patterns import Reading, reader_of
from instruments.tasks.summarise import AUTOMATIC, AUTOMATIC_ERROR, NOTHING
from instruments.tasks.tokens import MAX_CHARACTERS
from instruments.tasks.writing import AdaptTask, Condition


def mark_prompt(task: AdaptTask, answer: str, language: str = "en") -> Mark:
    """Return the mark of one adapted prompt: a point a condition, with an assumed standard error of 0.75.

    A condition counts 1 where the prompt asks for it and no longer says what goes against it, 0.5 where it
    says both, 0 otherwise. No points for an empty text.
    """
    ways = tuple(many for one in task.conditions for many in (one.ways, one.leftovers))
    most = float(len(task.conditions))
    reading = reader_of(ways, shown_text(task, language)).read(answer[:MAX_CHARACTERS])
    if reading.is_empty:
        return Mark(
            task=task.id, form=task.form, points=None, most=most, error=0.0, parts=(), notes=(NOTHING,)
        )
    parts = tuple(_part(one, reading, language) for one in task.conditions)
    earned = sum(part.value or 0.0 for part in parts)
    return Mark(
        task=task.id,
        form=task.form,
        points=earned,
        most=most,
        error=AUTOMATIC_ERROR,
        parts=parts,
        notes=(AUTOMATIC,),
    )


def shown_text(task: AdaptTask, language: str) -> str:
    """Return all that the task shows, as one text."""
    return "\n\n".join(text_in(one, language) for one in (*task.source, *task.prompt))


def _part(condition: Condition, reading: Reading, language: str) -> MarkPart:
    asks = reading.says(condition.ways)
    old = reading.says(condition.leftovers)
    text = text_in(condition.text, language)
    if asks and not old:
        value, why = 1.0, f"Your prompt asks for it: {text}"
    elif asks:
        value, why = 0.5, f"Your prompt asks for it, and beside it for what was right before: {text}"
    else:
        value, why = 0.0, f"We did not find it in your prompt: {text}"
    return MarkPart(name=f"condition {condition.id}", value=value, most=1.0, why=why)
