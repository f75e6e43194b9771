"""What a respondent reads around the tasks: before one, at handing in, and the feedback after the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instruments.answers import Skipped
from instruments.model import text_in
from instruments.records import Battery, Policy
from instruments.sitting import Sitting
from instruments.tasks.asking import Drawn, Task
from instruments.tasks.model import ReviewTask, WithholdTask
from instruments.tasks.policy import policy_sentences
from instruments.tasks.writing import AdaptTask, SummariseTask
from tui.cleaning import clean
from tui.flows.consent import Paragraph
from tui.flows.outcomes import TakingError

if TYPE_CHECKING:
    from store.public import PublicStudy

KIND_TITLES = {
    "review": "Checking an AI report",
    "summarise": "Mending an AI summary",
    "adapt": "Changing a prompt",
    "withhold": "Use it or not",
}
_UNITS = {"review": "statements", "withhold": "situations"}
_SEALED = "What you type stays sealed. At the end you say whether two people may read it, without your name."


def before_task(drawn: Drawn, language: str) -> tuple[Paragraph, ...]:
    """Return the page before a task: what is asked, and a guide for the time."""
    task = drawn.task
    is_typed = isinstance(task, SummariseTask | AdaptTask)
    return (
        Paragraph(clean(text_in(task.title, language)), (clean(text_in(task.what_is_asked, language)),)),
        Paragraph(
            "Take the time you need",
            (
                f"About {round(drawn.minutes)} minutes is a guide: nothing is cut off, and you can stop in "
                "the middle.",
                _SEALED if is_typed else "You can pass over anything.",
                "It is not easy. After the last task you see what was planted.",
            ),
        ),
    )


def source_of(task: Task, policy: Policy) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what a task gives to read: headings with their paragraphs."""
    language = policy.language
    told = tuple(clean(text_in(one, language)) for one in task.source)
    match task:
        case ReviewTask():
            return (("The text", told),)
        case WithholdTask():
            return (("The setting", told), ("The rules for AI tools at your organisation", rules(policy)))
        case SummariseTask():
            draft = tuple(clean(text_in(one, language)) for one in task.draft)
            reader = clean(text_in(task.reader, language))
            return (("The text", told), (f"The AI draft as it was, for {reader}", draft))
        case AdaptTask():
            prompt = tuple(clean(text_in(one, language)) for one in task.prompt)
            return (("The new situation", told), ("The prompt as it was", prompt))


def rules(policy: Policy) -> tuple[str, ...]:
    """Return the organisation's AI-use policy in sentences."""
    return tuple(clean(one) for one in policy_sentences(policy.ai_use))


def draft_of(task: Task, language: str) -> str:
    """Return the text that a task begins with; empty where nothing is typed."""
    match task:
        case SummariseTask(draft=paragraphs) | AdaptTask(prompt=paragraphs):
            return "\n\n".join(clean(text_in(one, language)) for one in paragraphs)
        case _:
            return ""


def handing_words(battery: Battery, sitting: Sitting) -> Paragraph:
    """Return what is said before a task is handed in: what was answered and what was passed over."""
    drawn = battery.drawn(sitting.task)
    asked = [question for question in sitting.questions if question.task == drawn.name]
    passed = sum(isinstance(sitting.answers.get(one.id), Skipped) for one in asked)
    unit = _UNITS.get(drawn.task.id, "questions")
    answered = f"You answered {len(asked) - passed} of {len(asked)} {unit}."
    warning = "Once it is handed in it cannot be changed. What was planted you see after the last task."
    return Paragraph(clean(text_in(drawn.task.title, battery.language)), (answered, warning))


def task_feedback(public: PublicStudy, sitting: Sitting) -> tuple[Paragraph, ...]:
    """Return the feedback on all tasks; TakingError before the last one is handed in."""
    from instruments.tasks.feedback import feedback_on
    from instruments.tasks.lots import answers_of

    if not sitting.has_handed_in_all:
        raise TakingError("The feedback comes after the last task.")
    battery, policy = public.battery, public.policy
    pages = []
    for name in sitting.drawn:
        drawn, answers = battery.drawn(name), answers_of(battery, name, sitting.answers)
        lines = feedback_on(drawn, answers, policy.ai_use, policy.language)
        title = clean(text_in(drawn.task.title, policy.language))
        pages.append(Paragraph(title, tuple(clean(line) for line in lines)))
    opening = "The tasks were built to be easy to get wrong: that is how they teach. Only you see this page."
    return (Paragraph("", (opening,)), *pages)
