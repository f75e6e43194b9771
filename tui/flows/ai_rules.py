"""The five questions of `init` about an organisation's rules for AI tools; each is a flag too."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import msgspec

from instruments.tasks.model import AiUsePolicy

SILENT = "silent"


@dataclass(frozen=True, slots=True)
class AiQuestion:
    """One question, the field of the policy that it fills, and its answers with what each means."""

    field: str
    question: str
    answers: tuple[tuple[str, str], ...]

    @property
    def flag(self) -> str:
        """The flag that answers it."""
        return f"--ai-{self.field.replace('_', '-')}"

    @property
    def dest(self) -> str:
        """Where the flag's value is kept."""
        return f"ai_{self.field}"


_SILENT = (SILENT, "not settled yet")
_INTO = (
    ("allowed", "yes"),
    ("de-identified", "only without names and all else that points to somebody"),
    ("never", "no"),
    _SILENT,
)
_OUT_OF = (
    ("allowed", "yes, as it is"),
    ("reviewed", "after a person has checked it"),
    ("never", "no"),
    _SILENT,
)
AI_QUESTIONS = (
    AiQuestion(
        "tools",
        "Which AI tools may be used for work?",
        (("any", "any"), ("approved", "only those on our list"), ("none", "none"), _SILENT),
    ),
    AiQuestion("personal_data", "May data of employees and other persons be put into a tool?", _INTO),
    AiQuestion("customer_data", "May data of customers be put into a tool?", _INTO),
    AiQuestion("code", "May code and formulas that a tool wrote be used?", _OUT_OF),
    AiQuestion("records", "May records that a tool wrote, such as minutes, be used?", _OUT_OF),
)


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Declare one flag a question; what is not given is not settled."""
    for one in AI_QUESTIONS:
        values = tuple(value for value, _ in one.answers)
        parser.add_argument(one.flag, choices=values, help=f"your rules for AI tools: {one.question}")


def ai_use_of(given: argparse.Namespace) -> AiUsePolicy:
    """Return the policy that the flags tell."""
    found = {one.field: getattr(given, one.dest, None) or SILENT for one in AI_QUESTIONS}
    return msgspec.convert(found, AiUsePolicy)
