"""Errors that a person can act on; `tui.exits` maps each class to its exit code."""

from __future__ import annotations

from dataclasses import dataclass


class CareloadError(Exception):
    """Base of every error whose message is meant for a person.

    Parameters
    ----------
    message
        What happened, in one or two plain sentences, never with an answer in it.
    todo
        What the person can do about it, or an empty string.
    """

    def __init__(self, message: str, todo: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.todo = todo


class WrongUsage(CareloadError):
    """The call itself is wrong (exit 2)."""


class BadInput(CareloadError):
    """A file or value from outside is wrong (exit 3); `faults` lists every one found."""

    def __init__(self, message: str, todo: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message, todo)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place of a file."""

    file: str
    """Name of the file as the person knows it."""
    line: int | None
    """1-based line, None where the file has no lines."""
    key: str
    """Path of the value, such as ``items[3].reverse``; empty for the whole file."""
    found: str
    """What stands there, shortened."""
    expected: str
    """What should stand there."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        subject = f" {self.key}:" if self.key else ""
        return f"{place}:{subject} found {self.found}; expected {self.expected}"
