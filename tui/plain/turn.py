"""One question's turn: what the way of answering it needs of the conversation around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from instruments.answers import Answer
from instruments.questions import Question
from tui.plain.talk import Talk


class Moved(Exception):
    """The turn is over: the sitting stands elsewhere now."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a way of answering may do while its question is asked."""

    talk: Talk
    question: Question
    language: str
    earlier: Answer | None
    command: Callable[[str], bool]
    """Does what a word such as ``why`` or ``skip`` says; False where it is none, Moved where it ends."""
    hold: Callable[[Answer], bool]
    """Keeps an answer on disk without moving on; False, and said why, where that was not possible."""
    give: Callable[[Answer], None]
    """Keeps the answer and ends the turn with Moved; returns, and said why, where that failed."""
    serve: Callable[[str, Sequence[str]], bool]
    """Does what help, code or quit says; the lines of help come first."""
    ask: Callable[[str, Sequence[str]], str]
    """Asks for one line; lines of help that belong to the way of answering come first."""
