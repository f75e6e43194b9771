"""The two tasks that are answered by editing a text: `summarise` and `adapt`."""

from __future__ import annotations

from typing import Literal

from instruments.model import Record, Texts
from instruments.tasks.model import FaultKind, TaskDefinition

Ways = tuple[tuple[str, ...], ...]
"""Ways of saying one thing, each a list of word groups; the notation is told in `patterns`."""

PointKind = Literal["result", "limit", "no-change", "share", "problem", "decision"]
POINT_KINDS: tuple[PointKind, ...] = ("result", "limit", "no-change", "share", "problem", "decision")
ConditionKind = Literal["reader", "confidentiality", "format", "allowed-sources", "tone", "how-to-check"]


class KeyPoint(Record, frozen=True):
    """One thing that the reader of a summary needs."""

    id: str
    kind: PointKind
    text: Texts
    source: Texts
    """The source's own sentence."""
    in_draft: bool
    reason: Texts
    """Why the reader needs it."""
    ways: Ways


class Claim(Record, frozen=True):
    """One thing that the draft says and the source does not."""

    id: str
    kind: FaultKind
    place: Texts
    """The draft's own sentence."""
    reason: Texts
    """Why it is easy to miss, so that it reads on from "Built to be easy to miss, because"."""
    ways: Ways


class SummariseTask(TaskDefinition, frozen=True, tag="summarise", tag_field="task"):
    """A source, and an AI draft of a summary that the person edits for a named reader."""

    reader: Texts
    max_words: int
    draft: tuple[Texts, ...]
    key_points: tuple[KeyPoint, ...]
    claims: tuple[Claim, ...]


class Condition(Record, frozen=True):
    """One condition of the new situation that the old prompt does not meet."""

    id: str
    kind: ConditionKind
    text: Texts
    source: Texts
    """The sentence of the situation that says so."""
    reason: Texts
    """Why it is easy to miss, so that it reads on from "Built to be easy to miss, because"."""
    ways: Ways
    """What a prompt says that meets the condition."""
    place: Texts = {}
    """The words of the old prompt that no longer fit; empty where it was silent."""
    leftovers: Ways = ()
    """What a prompt still says that goes against it."""


class AdaptTask(TaskDefinition, frozen=True, tag="adapt", tag_field="task"):
    """A prompt that worked in one situation, and a new situation, told in `source`."""

    prompt: tuple[Texts, ...]
    conditions: tuple[Condition, ...]
