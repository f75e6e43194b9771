"""What a respondent reads around the tasks: before one, at handing in, and the feedback after the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instruments.answers import Skipped
from instruments.model import text_in
from instruments.questions import Battery
from instruments.records import Policy
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
_SEALED = (
    "What you type stays sealed. At the end you say whether two or three people may read it, without "
    "your name."
)


def before_task(drawn: Drawn, language: str, leaving_out: str = "") -> tuple[Paragraph, ...]:
    """Return the page before a task: what is asked, a guide for the time, how to leave it out."""
    task = drawn.task
    is_typed = isinstance(task, SummariseTask | AdaptTask)
    return (
        Paragraph(clean(text_in(task.title, language)), (clean(text_in(task.what_is_asked, language)),)),
        Paragraph(
            "Take the time you need",
            (
                f"About {round(drawn.minutes)} minutes is a guide, no limit. A good place for a break: "
                "everything is kept.",
                _SEALED if is_typed else "You can pass over anything.",
                "It is not meant to be easy.",
                *([leaving_out] if leaving_out else []),
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
    unit = _UNITS.get(drawn.task.kind, "questions")
    answered = f"You answered {len(asked) - passed} of {len(asked)} {unit}."
    later = "After the last task you see what it was after."
    return Paragraph(clean(text_in(drawn.task.title, battery.language)), (answered, later))


def offer_words(sitting: Sitting) -> Paragraph:
    """Return what is said when more tasks are offered."""
    done, others = len(sitting.drawn), len(sitting.more)
    handed = "Your task is handed in" if done == 1 else f"Your {_count(done)} tasks are handed in"
    there = "There is one more" if others == 1 else f"There are {_count(others)} more"
    return Paragraph(
        "",
        (
            f"{handed}. Thank you: nothing more is asked of you.",
            "",
            f"{there} for who has time; your own result can then say a little more. Facilitators and HR "
            "never see who did more.",
        ),
    )


def offer_ways(battery: Battery, sitting: Sitting) -> tuple[str, ...]:
    """Return the ways to answer the offer: no, and for each number of tasks how long they take."""
    offered = [battery.drawn(name) for name in sitting.more]
    ways = ["No, go on"]
    for count in range(1, len(offered) + 1):
        minutes = max(1, round(sum(one.minutes for one in offered[:count])))
        names = " and ".join(f"“{KIND_TITLES[one.task.kind]}”" for one in offered[:count])
        ways.append(f"Yes, {_count(count)} more, about {minutes} minutes: {names}")
    return tuple(ways)


def _count(number: int) -> str:
    return {1: "one", 2: "two", 3: "three", 4: "four"}.get(number, str(number))


def task_feedback(public: PublicStudy, sitting: Sitting) -> tuple[Paragraph, ...]:
    """Return the feedback on all tasks; TakingError before the really last one is handed in."""
    from instruments.tasks.feedback import feedback_on
    from instruments.tasks.lots import answers_of

    if not sitting.has_finished_tasks:
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
