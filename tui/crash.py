"""How a fault of the program is told: a sentence and the place, never a traceback with its locals."""

from __future__ import annotations

import traceback
from pathlib import Path

from rich.text import Text


class Crash(Exception):
    """Wraps a fault; Textual prints it by `__rich__` in place of a traceback."""

    def __init__(self, error: BaseException, sentence: str) -> None:
        super().__init__(type(error).__name__)
        self.__cause__ = error
        self._sentence = sentence

    @property
    def place(self) -> str:
        """Kind and place of the fault: no word of its message, which may hold answers."""
        cause = self.__cause__ or self
        last = traceback.extract_tb(cause.__traceback__)[-1:]
        place = ", ".join(f"{Path(frame.filename).name} line {frame.lineno}" for frame in last)
        return f"{type(cause).__name__}, {place or 'place unknown'}"

    def __rich__(self) -> Text:
        """Return the sentence and the place of the fault."""
        return Text(f"{self._sentence}\nPlease report: {self.place}.")
