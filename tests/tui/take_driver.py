"""Drives the assessment by keyboard: one respondent in front of the real program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Label

from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.screens.entry import EntryScreen
from tui.screens.page import PageScreen
from tui.screens.question import QuestionScreen
from tui.widgets.line_box import LineBox

LONGEST = 2000
"""Rounds of the event loop after which a screen is not coming any more."""


class Respondent:
    """Presses keys and looks at the screen."""

    def __init__(self, pilot: Pilot[TakeOutcome], session: TakingSession) -> None:
        self.pilot, self.session = pilot, session
        self.app: App[TakeOutcome] = pilot.app

    async def until(self, is_there: Callable[[], object]) -> None:
        """Wait, without a clock, until something is there."""
        for _ in range(LONGEST):
            if is_there():
                return
            await self.pilot.pause()
        raise AssertionError(f"not reached; in front is {self.app.screen}:\n{self.text}")

    async def see(self, words: str) -> None:
        """Wait until `words` stand on the screen in front."""
        await self.until(lambda: words in self.text)

    async def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    @property
    def text(self) -> str:
        """All that the screen in front shows, line by line, as it is painted."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    @property
    def screen(self) -> Screen[Any]:
        """The screen in front."""
        return self.app.screen

    async def agree(self) -> None:
        """Take part: from the consent page to the first page behind the personal code."""
        await self.see("I take part")
        await self.press("1")
        await self.type_code_back()

    async def type_code_back(self) -> None:
        """Write the code down and type the two words back."""
        await self.see("I have written it down")
        await self.press("1")
        await self.until(lambda: isinstance(self.screen, EntryScreen))
        numbers = [int(str(label.content).split()[1]) for label in self.screen.query(Label)]
        words = self.session.code.split()
        await self.fill(*(words[number - 1] for number in numbers))
        await self.until(lambda: self.session.has_begun and self.screen.query("#choices, #ways"))

    async def fill(self, *lines: str) -> None:
        """Type one text into each line and go on."""
        await self.until(lambda: len(self.screen.query(LineBox)) == len(lines))
        for box, line in zip(self.screen.query(LineBox), lines, strict=True):
            box.value = line
        for _ in lines:
            await self.press("enter")

    async def resume(self, code: str) -> None:
        """Go on with a personal code from the consent page."""
        await self.see("I take part")
        await self.press("2")
        await self.fill(code)

    async def question(self, name: str) -> None:
        """Wait until the question `name` is in front, passing the page before its part."""
        await self.until(lambda: self.session.has_begun)
        if isinstance(self.screen, PageScreen):
            await self.see("Go on")
            await self.press("enter")
        await self.until(lambda: isinstance(self.screen, QuestionScreen) and self._current == name)

    @property
    def _current(self) -> str:
        current = self.session.sitting.current
        return current.id if current else ""

    async def answer_five(self) -> None:
        """Answer the five-types battery by keyboard, up to the review page."""
        await self.question("five/q-agree")
        await self.press("2")
        await self.press("7", "0", "enter")
        await self.press("h", "i", "ctrl+n")
        await self.press("1", "2", "5", "enter", "2")
        await self.press("r", "1")
        await self.see("Your answers")
