"""All answers read back, section by section, and what is said above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from instruments.model import text_in
from instruments.questions import Battery
from instruments.sitting import Sitting
from tui.asking import answer_words
from tui.cleaning import clean
from tui.flows.question_words import question_text, section_title

REVIEW_TITLE = "Your answers"
TASKS = "Practical tasks"
HANDED_IN = "handed in"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One line: the question's id (empty for what cannot be changed), what was asked, what was answered."""

    section: str
    id: str
    asked: str
    answer: str


def answers_read_back(battery: Battery, sitting: Sitting) -> Iterator[ReadBack]:
    """Yield every answer outside of tasks, then the tasks."""
    for question in sitting.questions:
        if not question.task:
            asked = " ".join(question_text(battery, question).split())
            told = answer_words(sitting.answers.get(question.id), question.format, battery.language)
            yield ReadBack(section_title(battery, question), question.id, asked, told)
    for name in sitting.drawn:
        title = clean(text_in(battery.drawn(name).task.title, battery.language))
        yield ReadBack(TASKS, "", title, HANDED_IN)


def above_answers(sitting: Sitting) -> str:
    """Return how many were answered, and until when they can be changed."""
    total, answered = len(sitting.questions), sitting.answered
    some = f"{answered} of {total} answered, {total - answered} skipped."
    but = ", but for the tasks" if sitting.drawn else ""
    return (
        f"{some if answered < total else f'All {total} answered.'} Nothing has left this computer. You can "
        f"change any answer now{but}; once your own result has been shown you cannot. Then you can hand in."
    )
