"""What the guide does anywhere in a sitting: show a page, wait calmly, show what others will see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.screen import Screen

from tui import take_texts as texts
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.screens.page import PageScreen

if TYPE_CHECKING:
    from textual.app import App

    from tui.text.blocks import Page

T = TypeVar("T")
R = TypeVar("R")


class Pages:
    """Shows screens of one sitting; whatever is slow runs in a thread."""

    def __init__(self, app: App[TakeOutcome], session: TakingSession) -> None:
        self._app, self._session = app, session
        self._seen: tuple[tuple[str, Page], ...] = ()

    async def _ask(self, screen: Screen[R]) -> R:
        return await self._app.push_screen_wait(screen)

    async def _slowly(self, what: str, work: Callable[[], T]) -> T:
        """Do `work` in a thread behind a calm line; the line is painted first."""
        await self._app.push_screen(PageScreen(texts.ONE_MOMENT, Content(what)))
        try:
            return await asyncio.to_thread(work)
        finally:
            self._app.pop_screen()

    async def _see(self) -> None:
        """Show the tables that the answers would enter, filled with made-up figures."""
        from tui.screens.seen import SeenScreen

        self._seen = self._seen or await self._slowly(texts.MAKING_UP, self._made_up)
        await self._ask(SeenScreen(self._seen))

    def _made_up(self) -> tuple[tuple[str, Page], ...]:
        from tui.flows.seen import made_up_release
        from tui.text.seen import seen_pages

        return seen_pages(made_up_release(self._session.public))
