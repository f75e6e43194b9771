"""The pages of a sitting as Textual screens; each screen is loaded when it is first shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.screen import Screen

from tui import take_texts as texts
from tui.cleaning import clean
from tui.flows.consent import Paragraph
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.screens.base import paragraphs_content
from tui.screens.page import MomentScreen, PageScreen
from tui.take_front import Check, Entry

if TYPE_CHECKING:
    from textual.app import App

    from instruments.records import OwnResult
    from tui.text.blocks import Page

T = TypeVar("T")
R = TypeVar("R")


class TakeScreens:
    """Shows each page as a screen of `app`; whatever is slow runs in a thread."""

    def __init__(self, app: App[TakeOutcome], session: TakingSession, now: Callable[[], float]) -> None:
        self._app, self._session, self._now = app, session, now
        self.is_busy = False
        """Whether something slow is waited for."""

    async def page(
        self,
        title: str,
        told: Sequence[Paragraph],
        ways: Sequence[str],
        *,
        notice: str = "",
        pointed: int | None = None,
    ) -> int:
        """Show a page to read with ways to go on."""
        content = paragraphs_content(told)
        return await self._ask(PageScreen(title, content, ways, notice=notice, pointed=pointed))

    async def slowly(self, what: str, work: Callable[[], T]) -> T:
        """Do `work` in a thread behind a calm line; the line is painted first.

        Whoever opened the help meanwhile reads it to the end, and answers whether to leave.
        """
        self.is_busy = True
        moment = MomentScreen(texts.ONE_MOMENT, Content(what))
        await self._app.push_screen(moment)
        try:
            return await asyncio.to_thread(work)
        finally:
            self.is_busy = False
            await moment.comes_to_front()
            self._app.pop_screen()

    def beside(self, work: Callable[[], None]) -> Awaitable[object]:
        """Begin `work` in a thread."""
        return asyncio.wait([asyncio.create_task(asyncio.to_thread(work))])

    async def entry(self, entry: Entry, check: Check) -> bool:
        """Ask for typed lines on one screen."""
        from tui.screens.entry import EntryScreen

        return await self._ask(EntryScreen(entry, check))

    async def sure(self, title: str, text: str, ways: Sequence[str]) -> int:
        """Ask in front of the page."""
        from tui.screens.ask import AskScreen

        return await self._ask(AskScreen(title, Content(clean(text)), ways))

    async def new_code(self, code: str) -> int:
        """Show the words of a new personal code, each on a line."""
        from tui.screens.contents import code_content

        return await self._ask(PageScreen(texts.CODE_TITLE, code_content(code), texts.CODE_WAYS))

    async def questions(self) -> None:
        """Show the questions of one task, or those outside of tasks."""
        if self._session.sitting.task:
            from tui.screens.task import TaskScreen

            await self._ask(TaskScreen(self._session, self._now))
        else:
            from tui.screens.question import QuestionScreen

            await self._ask(QuestionScreen(self._session, self._now))

    async def review(self, looked_at: str) -> str:
        """Show all answers on one page."""
        from tui.screens.review import ReviewScreen

        return await self._ask(ReviewScreen(self._session.battery, self._session.sitting, looked_at))

    async def seen(self, pages: Sequence[tuple[str, Page]]) -> None:
        """Show one page of tables at a time."""
        from tui.screens.seen import SeenScreen

        await self._ask(SeenScreen(pages))

    async def result(self, own: OwnResult, ways: Sequence[str], notice: str = "") -> int:
        """Show the own result with its drawn needs."""
        from tui.screens.result import result_widgets

        return await self._ask(PageScreen(texts.RESULT_TITLE, result_widgets(own), ways, notice=notice))

    async def tiers(self, own: OwnResult) -> None:
        """Show how much help fits with its bars."""
        from tui.screens.result import tier_widgets

        await self._ask(PageScreen(texts.TIERS_TITLE, tier_widgets(own), texts.TIERS_WAYS, pointed=0))

    async def receipt(self) -> int:
        """Show the personal code once more."""
        from tui.screens.contents import receipt_content

        session = self._session
        has_tickets = session.policy.tickets
        content = receipt_content(
            session.code, session.place, has_tickets=has_tickets, has_own=session.keeps_own
        )
        return await self._ask(PageScreen(texts.RECEIPT_TITLE, content, texts.RECEIPT_WAYS, pointed=0))

    async def _ask(self, screen: Screen[R]) -> R:
        return await self._app.push_screen_wait(screen)
