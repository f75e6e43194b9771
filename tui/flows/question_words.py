"""What stands around a question, whatever shows it: its section, what comes before, its place in a task."""

from __future__ import annotations

from instruments.model import text_in
from instruments.questions import Battery, Part, Question
from instruments.sitting import Sitting
from tui.asking import news
from tui.cleaning import clean
from tui.flows.consent import ADAPTED
from tui.flows.tasks import KIND_TITLES

BEFORE = "Before the next questions"
_UNITS = {"review": "Statement", "withhold": "Situation"}


def section_title(battery: Battery, question: Question) -> str:
    """Return what the question's section is called; of a task its kind."""
    if question.task:
        return KIND_TITLES[battery.drawn(question.task).task.kind]
    return clean(text_in(_part(battery, question).instrument.title, battery.language))


def instructions(battery: Battery, question: Question) -> str:
    """Return what is said to all questions of a section outside of tasks, or nothing."""
    return clean(text_in(_part(battery, question).instrument.instructions, battery.language))


def question_text(battery: Battery, question: Question) -> str:
    """Return the question itself."""
    return clean(text_in(question.item.text, battery.language)) or question.item.id


def note_on_change(sitting: Sitting, before: Question | None, question: Question) -> str:
    """Return what to say where the way to answer changes on the way forward."""
    if before is None or sitting.questions.index(before) >= sitting.questions.index(question):
        return ""
    return news(before.format, question.format)


def opens_section(battery: Battery, question: Question) -> bool:
    """Whether `question` is the first of its section, outside of tasks."""
    return question.item.id == _part(battery, question).instrument.items[0].id


def before_section(battery: Battery, sitting: Sitting, question: Question) -> str:
    """Return what has to be settled before the first question of a section, or nothing."""
    is_new = opens_section(battery, question) and question.id not in sitting.answers
    return clean(text_in(_part(battery, question).instrument.before, battery.language)) if is_new else ""


def attribution(battery: Battery, question: Question) -> str:
    """Return what has to be shown with the items, on the first of its section."""
    part = _part(battery, question)
    if not opens_section(battery, question):
        return ""
    adapted = f"{ADAPTED.capitalize()}." if part.wording.status == "adapted" else ""
    return "\n".join(clean(line) for line in (part.instrument.statement, adapted) if line)


def place_in_task(battery: Battery, sitting: Sitting, question: Question) -> str:
    """Return such as ``Statement 2 of 12``; nothing for a task that is not made of pieces."""
    unit = _UNITS.get(battery.drawn(question.task).task.kind, "")
    same = in_task(sitting, question.task)
    return f"{unit} {same.index(question.id) + 1} of {len(same)}" if unit else ""


def in_task(sitting: Sitting, task: str) -> tuple[str, ...]:
    """Return the ids of the questions of `task`, in the order of asking."""
    return tuple(one.id for one in sitting.questions if one.task == task)


def _part(battery: Battery, question: Question) -> Part:
    return battery.parts[question.part]
