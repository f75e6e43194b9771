"""The pages of a sitting as plain lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, TypeVar

from instruments.errors import CareloadError
from tui import take_texts as texts
from tui.flows.consent import Paragraph
from tui.flows.taking import TakingSession
from tui.plain import words
from tui.plain.asking import Asker
from tui.plain.choosing import choice_prompt, not_a_choice, number_in, span_of
from tui.plain.talk import Talk
from tui.take_front import FEEDBACK, SEEN, Check, Entry

if TYPE_CHECKING:
    from instruments.records import OwnResult
    from tui.text.blocks import Page

T = TypeVar("T")


class PlainFront:
    """Tells each page once and asks for a number; nothing here waits for anything but the next line."""

    def __init__(self, session: TakingSession, talk: Talk, now: Callable[[], float]) -> None:
        self._session, self._talk = session, talk
        self._asker = Asker(session, talk, now)
        self._told: dict[str, Sequence[Paragraph]] = {}
        """Pages with a choice that were told, by heading: coming back to one as it was tells no more."""

    async def page(
        self,
        title: str,
        told: Sequence[Paragraph],
        ways: Sequence[str],
        *,
        notice: str = "",
        pointed: int | None = None,
    ) -> int:
        """Tell a page; one way alone is taken without asking, unless the page is cleared away then."""
        del pointed
        is_known = len(ways) > 1 and self._told.get(title) == told
        self._tell(title, () if is_known else told)
        self._talk.tell(notice)
        self._told[title] = told
        if len(ways) > 1:
            return self._choose(ways, told)
        if self._session.place.is_wiped:
            self._talk.ask(words.ENTER, words.ENTRY_HELP)
        return 0

    async def slowly(self, what: str, work: Callable[[], T]) -> T:
        """Tell what takes a moment, and do it."""
        self._talk.tell(what)
        return work()

    def beside(self, work: Callable[[], None]) -> Awaitable[object]:
        """Begin `work` in a thread."""
        with_others = ThreadPoolExecutor(1)
        begun = with_others.submit(work)
        with_others.shutdown(wait=False)
        return _ended(begun)

    async def entry(self, entry: Entry, check: Check) -> bool:
        """Ask line by line until all are right; the words of a code are never taken for commands."""
        self._tell(entry.title, [Paragraph("", (entry.text, f"Typing “back” {entry.way_back}."))])
        known = self._session.code.split()
        while True:
            lines: list[str] = []
            for label in entry.labels:
                line = self._talk.ask(f"{label}:", words.ENTRY_HELP, known=known, is_hidden=entry.is_secret)
                if line.lower() == "back":
                    return False
                lines.append(line)
            try:
                check(tuple(lines))
            except CareloadError as error:
                self._talk.tell(f"{error.message} {error.todo}")
            else:
                return True

    async def sure(self, title: str, text: str, ways: Sequence[str]) -> int:
        """Ask a short question."""
        return await self.page(title, [Paragraph("", (text,))], ways)

    async def new_code(self, code: str) -> int:
        """Tell a new personal code, each word on a line of its own."""
        numbered = tuple(f"{number} {word}" for number, word in enumerate(code.split(), 1))
        told = [Paragraph("", (texts.CODE_YOURS, *numbered, texts.CODE_USE, texts.CODE_NOTE))]
        self._told.pop(texts.CODE_TITLE, None)
        return await self.page(texts.CODE_TITLE, told, texts.CODE_WAYS)

    async def questions(self) -> None:
        """Ask questions until a task or its end is reached."""
        self._asker.ask_all()

    async def review(self, looked_at: str) -> str:
        """Ask what to do with the answers; they are read, and changed, on demand."""
        from tui.flows.reading_back import REVIEW_TITLE, above_answers

        del looked_at
        sitting = self._session.sitting
        ways = {words.REVIEW_RESULT: "", words.REVIEW_LIST: None}
        ways |= {words.REVIEW_TASKS: FEEDBACK} if sitting.drawn else {}
        ways |= {words.REVIEW_SEEN: SEEN}
        while True:
            told = [Paragraph("", (above_answers(sitting),))]
            chosen = list(ways.values())[await self.page(REVIEW_TITLE, told, list(ways))]
            found = self._answer_to_change() if chosen is None else chosen
            if found is not None:
                return found

    async def seen(self, pages: Sequence[tuple[str, Page]]) -> None:
        """Tell the pages that the person asks for, with a mark that all of it is made up."""
        from tui.text.seen import MADE_UP
        from tui.text.spoken import spoken_lines

        told = [Paragraph("", (MADE_UP,))]
        ways = [*(name for name, _ in pages), words.SEEN_BACK]
        while (place := await self.page(texts.SEEN_TITLE, told, ways)) < len(pages):
            name, page = pages[place]
            self._talk.pause()
            self._talk.tell(f"Made-up figures: {name}.", *spoken_lines(page[1:]))

    async def result(self, own: OwnResult, ways: Sequence[str], notice: str = "") -> int:
        """Tell the own result in sentences."""
        from tui.text.own_text import own_parts

        told = [Paragraph(*part) for part in own_parts(own)]
        return await self.page(texts.RESULT_TITLE, told, ways, notice=notice)

    async def tiers(self, own: OwnResult) -> None:
        """Tell how much help fits in sentences."""
        from tui.text.own_text import shares_sentence, tier_parts

        told = [*(Paragraph(*part) for part in tier_parts(own)), Paragraph("", (shares_sentence(own),))]
        await self.page(texts.TIERS_TITLE, told, texts.TIERS_WAYS)

    async def receipt(self) -> int:
        """Tell the personal code once more, and what it opens."""
        session = self._session
        has_own = session.keeps_own
        opens = texts.code_opens(session.place, has_tickets=session.policy.tickets, has_own=has_own)
        ways = tuple(f"{what}: {how}" for what, how in opens)
        not_kept = () if has_own else (texts.NO_OWN,)
        window = "" if session.place.is_wiped else words.WINDOW
        told = (texts.CODE_AGAIN, session.code, f"{texts.WITH_IT}", *ways, *not_kept, texts.GONE, window)
        return await self.page(texts.RECEIPT_TITLE, [Paragraph("", told)], texts.RECEIPT_WAYS)

    def _tell(self, title: str, told: Sequence[Paragraph]) -> None:
        self._talk.pause()
        self._talk.tell(title)
        self._tell_whole(told)

    def _tell_whole(self, told: Sequence[Paragraph]) -> None:
        for paragraph in told:
            self._talk.tell(f"{paragraph.title}:" if paragraph.title else "", *paragraph.sentences)

    def _choose(self, ways: Sequence[str], told: Sequence[Paragraph]) -> int:
        choices = tuple(enumerate(ways, 1))
        lines, _ = choice_prompt(choices, is_new=True)
        self._talk.tell(*lines)
        prompt = f"Type a number, {span_of(choices)}."
        while True:
            line = self._talk.ask(prompt, words.PAGE_HELP, self._session.code)
            number = number_in(line)
            if number is not None and 1 <= number <= len(ways):
                return number - 1
            if line.lower() == "again":
                self._tell_whole(told)
                self._talk.tell(*lines)
            else:
                self._talk.tell(not_a_choice(choices))

    def _answer_to_change(self) -> str | None:
        """Tell all answers and return the id of the one to change, None for none."""
        from tui.flows.reading_back import answers_read_back

        section, ids = "", []
        for line in answers_read_back(self._session.battery, self._session.sitting):
            if line.section != section:
                section = line.section
                self._talk.tell(f"{section}:")
            if line.id:
                ids.append(line.id)
            place = f"{len(ids)}. " if line.id else ""
            self._talk.tell(f"{place}{line.asked} Answer: {line.answer}.")
        while True:
            typed = self._talk.ask(words.CHANGE_PROMPT, words.PAGE_HELP, self._session.code)
            if typed.lower() in {"back", "b"}:
                return None
            number = number_in(typed)
            if number is not None and 1 <= number <= len(ids):
                return ids[number - 1]
            self._talk.tell(f"Please type a number from 1 to {len(ids)}, or back.")


async def _ended(begun: Future[None]) -> None:
    wait([begun])
