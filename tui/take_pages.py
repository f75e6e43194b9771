"""What the guide does anywhere in a sitting: what others will see, help by name, own-work practice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from instruments.errors import CareloadError
from tui import take_texts as texts
from tui.flows.consent import Paragraph
from tui.flows.taking import TakingSession
from tui.take_front import Entry, Front

if TYPE_CHECKING:
    from tui.text.blocks import Page


class Pages:
    """Shows pages of one sitting by way of a `Front`; whatever is slow waits behind a calm line."""

    def __init__(self, front: Front, session: TakingSession) -> None:
        self._front, self._session = front, session
        self._seen: tuple[tuple[str, Page], ...] = ()

    async def _see(self) -> None:
        """Show the tables that the answers would enter, filled with made-up figures."""
        try:
            self._seen = self._seen or await self._front.slowly(texts.MAKING_UP, self._made_up)
        except CareloadError as error:
            told = [Paragraph("", (f"{texts.NOT_MADE_UP} {error.message}",))]
            await self._front.page(texts.SEEN_TITLE, told, ["Go on"], pointed=0)
        else:
            await self._front.seen(self._seen)

    def _made_up(self) -> tuple[tuple[str, Page], ...]:
        from tui.flows.seen import made_up_release
        from tui.text.seen import seen_pages

        return seen_pages(made_up_release(self._session.public))

    async def _ask_for_help(self) -> None:
        """Let the person ask for help by name; no is the easy answer, and what is sealed stays by itself."""
        from tui.flows.asking import KIND_WORDS, asking_words, kind_ways

        told = [Paragraph("", asking_words(self._session.policy))]
        kinds, ticked, notice = tuple(KIND_WORDS), set[str](), ""
        while True:
            ways = (*kind_ways(ticked), texts.HELP_GO_ON, texts.HELP_NO)
            way = await self._front.page(texts.HELP_TITLE, told, ways, notice=notice, pointed=len(ways) - 1)
            notice = ""
            if way < len(kinds):
                ticked ^= {kinds[way]}
            elif ways[way] == texts.HELP_NO:
                return
            elif not ticked:
                notice = texts.HELP_TICK
            elif await self._front.entry(HELP_ENTRY, self._passing_on(ticked)):
                sent = [Paragraph("", (texts.HELP_SENT,))]
                await self._front.page(texts.HELP_TITLE, sent, ["Finish"], pointed=0)
                return

    async def _practise(self) -> None:
        """Let the person look at a document of their own; ticks live as long as this page."""
        from tui.flows.practising import CHECKS, INTRODUCTION, check_ways, next_words

        ticked: set[int] = set()
        while True:
            ways = (*check_ways(ticked), texts.PRACTICE_GO_ON, texts.PRACTICE_BACK)
            told = [Paragraph("", INTRODUCTION)]
            way = await self._front.page(texts.PRACTICE_TITLE, told, ways, pointed=len(ways) - 1)
            if way < len(CHECKS):
                ticked ^= {way}
            elif ways[way] == texts.PRACTICE_BACK:
                return
            else:
                to_do = [Paragraph("", (words,)) for words in next_words(ticked)]
                if await self._front.page(texts.PRACTICE_GO_ON, to_do, texts.PRACTICE_NEXT_WAYS) == 1:
                    return

    def _passing_on(self, ticked: Collection[str]) -> Callable[[tuple[str, ...]], None]:
        """Return what seals a typed name and contact with the kinds of help that are `ticked`."""
        from store.requests import ask_for_help, new_request

        public = self._session.public

        def pass_on(lines: tuple[str, ...]) -> None:
            name, contact = (" ".join(line.split()) for line in lines)
            ask_for_help(public, new_request(public, name, contact, tuple(ticked)))

        return pass_on


HELP_ENTRY = Entry(texts.HELP_TITLE, texts.HELP_WHO, texts.HELP_LABELS)
