"""What a person reads about an edited summary or prompt: what was planted, what was found; no grade."""

from __future__ import annotations

from instruments.model import text_in
from instruments.tasks.adapt import mark_prompt
from instruments.tasks.marks import Mark
from instruments.tasks.summarise import mark_summary
from instruments.tasks.writing import AdaptTask, Claim, Condition, KeyPoint, SummariseTask

NOTHING = "You wrote nothing here; this is what was in it."
CARE = "The program looks for words and numbers, and can miss what you put in words of your own."
_TIP_CLAIM = "look for the sentence behind each gain and each reason in one AI summary."
_TIP_POINT = "ask of one AI summary what its reader has to know that is not in it."
_TIP_LENGTH = "cut one AI text to half, and see what its reader would miss."
_TIP_KEPT = "before you send an AI summary on, name for each sentence where it comes from."
_TIP_LEFTOVER = "read an old prompt once against the new case, and strike what was only right before."
_TIP_CONDITION = (
    "write down who reads it, what must stay out and how it is checked before you reuse a prompt."
)
_TIP_MET = "keep a prompt that worked together with a line on what it was made for."


def summary_feedback(task: SummariseTask, answer: str, language: str = "en") -> tuple[str, ...]:
    """Return the feedback on a handed-in `summarise`, a sentence or two a line."""
    mark = mark_summary(task, answer, language)
    claims = {one.id: _value(mark, f"claim {one.id}") for one in task.claims}
    points = {one.id: _value(mark, f"point {one.id}") for one in task.key_points}
    words = next((round(part.value or 0) for part in mark.parts if part.name == "words"), 0)
    is_long = words > task.max_words
    lines = [
        f"The draft claimed {len(task.claims)} things that the text does not say, and left out "
        f"{sum(not one.in_draft for one in task.key_points)} things that its reader needs."
    ]
    lines += [_on_claim(one, claims[one.id], language) for one in task.claims]
    lines += [
        _on_point(one, points[one.id], language)
        for one in task.key_points
        if not one.in_draft or points[one.id] == 0
    ]
    lines += [f"Your text has {words} words; the reader has time for {task.max_words}."] if is_long else []
    is_kept, is_missed = any(claims.values()), 0 in points.values()
    tip = _TIP_CLAIM if is_kept else _TIP_POINT if is_missed else _TIP_LENGTH if is_long else _TIP_KEPT
    return _closed(lines, mark, tip)


def prompt_feedback(task: AdaptTask, answer: str, language: str = "en") -> tuple[str, ...]:
    """Return the feedback on a handed-in `adapt`, a sentence or two a line."""
    mark = mark_prompt(task, answer, language)
    values = [_value(mark, f"condition {one.id}") for one in task.conditions]
    lines = [f"The new situation changed {len(task.conditions)} things that the old prompt did not know."]
    lines += [_on_condition(one, value, language) for one, value in zip(task.conditions, values, strict=True)]
    tip = _TIP_LEFTOVER if 0.5 in values else _TIP_MET if all(values) else _TIP_CONDITION
    return _closed(lines, mark, tip)


def _value(mark: Mark, name: str) -> float | None:
    """Return what was found of one thing, None where nothing was written."""
    return next((part.value or 0.0 for part in mark.parts if part.name == name), None)


def _seen(value: float | None, is_there: str, is_not: str) -> str:
    """Return what became of one thing in the text; nothing is said of a text that was not written."""
    return "" if value is None else f" {is_there if value else is_not}"


def _closed(lines: list[str], mark: Mark, tip: str) -> tuple[str, ...]:
    opening = [] if mark.parts else [NOTHING]
    return (*opening, *lines, CARE, f"One thing to try at work: {tip}")


def _on_claim(claim: Claim, value: float | None, language: str) -> str:
    place, reason = text_in(claim.place, language), text_in(claim.reason, language)
    seen = _seen(value, "It is still in your text.", "You took it out.")
    return f"“{place}”{seen} Built to be easy to miss, because {reason}."


def _on_point(point: KeyPoint, value: float | None, language: str) -> str:
    text, reason = text_in(point.text, language), text_in(point.reason, language)
    origin = "left out of the draft" if not point.in_draft else "in the draft"
    seen = _seen(value, "Your text says it.", "We did not find it in your text.")
    return f"{text} ({origin}){seen} {reason}"


def _on_condition(condition: Condition, value: float | None, language: str) -> str:
    text, reason = text_in(condition.text, language), text_in(condition.reason, language)
    seen = _seen(value, "Your prompt asks for it.", "We did not find it in your prompt.")
    if value == 0.5:
        seen = " Your prompt asks for it, and beside it for what was right before."
    return f"{text}{seen} Built to be easy to miss, because {reason}."
