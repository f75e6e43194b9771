"""Marks an edited summary: key points it holds, unsupported claims it keeps, its length."""

from __future__ import annotations

from instruments.model import text_in
from instruments.tasks.marks import Mark, MarkPart
from instruments.tasks.patterns import Reading, reader_of
from instruments.tasks.readability import words_of
from instruments.tasks.tokens import MAX_CHARACTERS, normalise
from instruments.tasks.writing import SummariseTask

MOST = 4.0
MISSING_COST = 0.8
"""Points for a key point that is missing: with five missing nothing is left."""
CLAIM_COST = 1.0
"""Points for an unsupported claim: a reader can ask for what is missing, but cannot see what is invented."""
TOLERANCE = 0.1
"""Share of the words asked for that may be on top at no cost."""
AUTOMATIC_ERROR = 0.75
"""Assumed standard error, in points, of an automatic mark of free text; no study has measured it yet."""
NOTHING = "Nothing was written here, so there is nothing to mark."
AUTOMATIC = (
    "An automatic mark: it looks for words and numbers, and can be wrong where a text is put in new words."
)


def mark_summary(task: SummariseTask, answer: str, language: str = "en") -> Mark:
    """Return the mark of one edited summary, 0-4 points with an assumed standard error of 0.75.

    points = 4 - 0.8 x missing key points - 1 x claims kept - 1 x (words over 110 % of the words asked for,
    as a share of the words from there to 200 %, at most 1); never below 0. No points for an empty text.
    """
    ways = (*(one.ways for one in task.key_points), *(one.ways for one in task.claims))
    text = answer[:MAX_CHARACTERS]
    reading = reader_of(ways, shown_text(task, language)).read(text)
    if reading.is_empty:
        return Mark(
            task=task.id, form=task.form, points=None, most=MOST, error=0.0, parts=(), notes=(NOTHING,)
        )
    points = tuple(_point_part(task, number, reading, language) for number in range(len(task.key_points)))
    claims = tuple(_claim_part(task, number, reading, language) for number in range(len(task.claims)))
    words = len(words_of(normalise(answer[: 10 * MAX_CHARACTERS])))
    over = excess(words, task.max_words)
    missing = len(points) - sum(part.value or 0.0 for part in points)
    kept = sum(part.value or 0.0 for part in claims)
    earned = MOST - MISSING_COST * missing - CLAIM_COST * kept - over
    parts = (*points, *claims, _length_part(words, task.max_words, over))
    return Mark(
        task=task.id,
        form=task.form,
        points=round(max(0.0, earned), 2),
        most=MOST,
        error=AUTOMATIC_ERROR,
        parts=parts,
        notes=(AUTOMATIC,),
    )


def shown_text(task: SummariseTask, language: str) -> str:
    """Return all that the task shows, as one text."""
    return "\n\n".join(text_in(one, language) for one in (*task.source, *task.draft))


def excess(words: int, most: int) -> float:
    """Return the points that length costs, 0-1: none up to 110 % of `most`, all from 200 %."""
    free = most * (1 + TOLERANCE)
    return min(1.0, max(0.0, (words - free) / (2 * most - free)))


def _point_part(task: SummariseTask, number: int, reading: Reading, language: str) -> MarkPart:
    point = task.key_points[number]
    said = reading.says(point.ways)
    found = "Your text says it" if said else "We did not find it in your text"
    why = f"{found}: {text_in(point.text, language)}"
    return MarkPart(name=f"point {point.id}", value=float(said), most=1.0, why=why)


def _claim_part(task: SummariseTask, number: int, reading: Reading, language: str) -> MarkPart:
    claim = task.claims[number]
    kept = reading.says(claim.ways)
    found = "Your text still says it, and the source does not" if kept else "Taken out, as it should be"
    why = f"{found}: {text_in(claim.place, language)}"
    return MarkPart(name=f"claim {claim.id}", value=float(kept), most=None, why=why)


def _length_part(words: int, most: int, over: float) -> MarkPart:
    why = f"{words:,} words; {most} were asked for"
    told = f"{why}. This takes {over:.1f} points off." if over else f"{why}. This costs nothing."
    return MarkPart(name="words", value=float(words), most=None, why=told)
