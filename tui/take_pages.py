"""What the guide does anywhere in a sitting: show a page, wait calmly, show what others will see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.screen import Screen

from instruments.errors import CareloadError
from tui import take_texts as texts
from tui.cleaning import clean
from tui.flows.consent import Paragraph
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.screens.base import paragraphs_content
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
        from tui.screens.seen import TITLE, SeenScreen

        try:
            self._seen = self._seen or await self._slowly(texts.MAKING_UP, self._made_up)
        except CareloadError as error:
            told = Content(clean(f"{texts.NOT_MADE_UP} {error.message}"))
            await self._ask(PageScreen(TITLE, told, ["Go on"], pointed=0))
        else:
            await self._ask(SeenScreen(self._seen))

    def _made_up(self) -> tuple[tuple[str, Page], ...]:
        from tui.flows.seen import made_up_release
        from tui.text.seen import seen_pages

        return seen_pages(made_up_release(self._session.public))

    async def _ask_for_help(self) -> None:
        """Let the person ask for help by name; no is the easy answer, and what is sealed stays by itself."""
        from tui.flows.asking import KIND_WORDS, asking_words, kind_ways

        content = paragraphs_content([Paragraph("", asking_words(self._session.policy))])
        kinds, ticked, notice = tuple(KIND_WORDS), set[str](), ""
        while True:
            ways = (*kind_ways(ticked), texts.HELP_GO_ON, texts.HELP_NO)
            page = PageScreen(texts.HELP_TITLE, content, ways, notice=notice, pointed=len(ways) - 1)
            way = await self._ask(page)
            notice = ""
            if way < len(kinds):
                ticked ^= {kinds[way]}
            elif ways[way] == texts.HELP_NO:
                return
            elif not ticked:
                notice = texts.HELP_TICK
            elif await self._ask(self._name_and_contact(ticked)):
                await self._ask(PageScreen(texts.HELP_TITLE, Content(texts.HELP_SENT), ["Finish"], pointed=0))
                return

    def _name_and_contact(self, ticked: Collection[str]) -> Screen[bool]:
        from store.requests import ask_for_help, new_request
        from tui.screens.entry import EntryScreen

        public = self._session.public

        def check(lines: tuple[str, ...]) -> None:
            name, contact = (" ".join(line.split()) for line in lines)
            ask_for_help(public, new_request(public, name, contact, tuple(ticked)))

        return EntryScreen(texts.HELP_TITLE, texts.HELP_WHO, texts.HELP_LABELS, check, "goes back")
