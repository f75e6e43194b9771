"""How careload asks at a prompt with questionary: a line that is checked, or one of several choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import questionary

from instruments.errors import BadInput

T = TypeVar("T")
ONE_LINE = 78
"""A note under a question has one line of a terminal; a longer one is cut."""
MOST_WITH_KEYS = 36
"""Choices of one list that have a key each: digits and letters; longer ones go by arrows."""
CHOOSING = "(number or arrows, then Enter)"


def answered(question: questionary.Question) -> Any:
    """Return the answer; Ctrl-C ends the wizard before anything was made."""
    return question.unsafe_ask()


def valid(parse: Callable[[str], object], *, empty: bool = True) -> Callable[[str], bool | str]:
    """Return what tells, while a line is typed, whether `parse` takes it, in one line of a terminal."""

    def validate(text: str) -> bool | str:
        if empty and not text.strip():
            return True
        try:
            parse(text)
        except BadInput as error:
            return error.todo or error.message if len(error.message) > ONE_LINE else error.message
        return True

    return validate


def text_line(message: str, parse: Callable[[str], T], default: str = "", *, empty: bool = True) -> T | None:
    """Ask for a line that `parse` takes; None for an empty one, where that may be."""
    text = str(answered(questionary.text(message, default=default, validate=valid(parse, empty=empty))))
    return parse(text) if text.strip() else None


def choose(message: str, choices: Sequence[tuple[str, str]], first: str | None = None) -> str:
    """Let one of `choices`, each a line and what it stands for, be chosen by its number or by arrows.

    Enter alone takes the one that stands for `first`, or else the first of all.
    """
    listed = [questionary.Choice(line, value) for line, value in choices]
    has_keys = len(listed) <= MOST_WITH_KEYS
    question = questionary.select(message, listed, first, use_shortcuts=has_keys, instruction=CHOOSING)
    return str(answered(question))
