"""The common head of every practical task, and the task types `review` and `withhold`."""

from __future__ import annotations

from typing import Literal

from instruments.model import Record, Texts

TASK_IDS = ("review", "summarise", "adapt", "withhold")
"""Kinds of tasks, which are also the ids of the tasks that ship."""
Form = Literal["a", "b", "c"]
FORMS: tuple[Form, ...] = ("a", "b", "c")

FaultKind = Literal[
    "invented-figure",
    "wrong-attribution",
    "dropped-caveat",
    "over-generalised",
    "invented-source",
    "contradiction",
]
FAULT_KINDS: tuple[FaultKind, ...] = (
    "invented-figure",
    "wrong-attribution",
    "dropped-caveat",
    "over-generalised",
    "invented-source",
    "contradiction",
)


class TaskDefinition(Record, frozen=True):
    """What every task says about itself; `id` and `form` name one file, such as ``review-a.toml``."""

    schema: int
    id: str
    form: Form
    work: str
    """The kind of work that the texts come from, such as ``customer service``."""
    title: Texts
    what_is_asked: Texts
    time_guide_minutes: int
    """A gentle guide for the whole task (half a `review` takes about 0.6 of it); nothing is cut off."""
    source: tuple[Texts, ...]
    """The paragraphs of the text that the task is about; of the setting, where there is no such text."""

    @property
    def kind(self) -> str:
        """Which of the four kinds of task it is: what its file says under ``task``."""
        return str(type(self).__struct_config__.tag)


class Statement(Record, frozen=True):
    """One numbered statement of the AI report, sound where `fault` is absent."""

    id: str
    half: int
    text: Texts
    fault: FaultKind | None = None
    place: Texts = {}
    """The very words of a flawed statement that are wrong or that lack their limit."""
    source: Texts = {}
    """The source's own sentence: it supports a sound statement, or speaks against a flawed one."""
    reason: Texts = {}
    """Why the fault is easy to miss, so that it reads on from "Built to be easy to miss, because"."""


class ReviewTask(TaskDefinition, frozen=True, tag="review", tag_field="task"):
    """A source and an AI report on it; each statement is marked *needs review* or *fine*."""

    statements: tuple[Statement, ...]

    def half(self, number: int) -> tuple[Statement, ...]:
        """Return the statements of half 1 or 2, in the order of the report."""
        return tuple(one for one in self.statements if one.half == number)


Handling = Literal["as-is", "review", "de-identified", "not"]
HANDLINGS: tuple[Handling, ...] = ("as-is", "review", "de-identified", "not")
"""The four answers of `withhold`, from the freest to the strictest; the codes of the choices are 1 to 4."""

Topic = Literal["personal_data", "customer_data", "code", "records"]
TOPICS: tuple[Topic, ...] = ("personal_data", "customer_data", "code", "records")


class AiUsePolicy(Record, frozen=True):
    """What an organisation allows, by five questions; ``silent`` where it has not settled one.

    `tools`: which AI tools may be used for work. `personal_data` and `customer_data`: whether such data
    may be put into a tool. `code` and `records`: whether what a tool wrote may be put to use as program
    code or formula, or as a record of the organisation (minutes, decisions, contracts, files).
    """

    tools: Literal["any", "approved", "none", "silent"] = "silent"
    personal_data: Literal["allowed", "de-identified", "never", "silent"] = "silent"
    customer_data: Literal["allowed", "de-identified", "never", "silent"] = "silent"
    code: Literal["allowed", "reviewed", "never", "silent"] = "silent"
    records: Literal["allowed", "reviewed", "never", "silent"] = "silent"
    schema: int = 1


class Vignette(Record, frozen=True):
    """One situation; what the policy says on `tool` and `concerns` makes the key.

    `least` is what the content itself asks for where the policy sets no limit: made-up facts can hurt
    whoever relies on them, whatever the policy says.
    """

    id: str
    text: Texts
    tool: Literal["approved", "unapproved"]
    reason: Texts
    """What this situation turns on, in a sentence for the respondent."""
    concerns: tuple[Topic, ...] = ()
    least: Literal["as-is", "review"] = "as-is"


class WithholdTask(TaskDefinition, frozen=True, tag="withhold", tag_field="task"):
    """Situations at work, each with the same four answers."""

    vignettes: tuple[Vignette, ...]
