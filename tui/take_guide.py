"""The order of the employee's screens: consent, ticket, personal code, questions, own result, receipt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from instruments.errors import CareloadError
from tui import take_texts as texts
from tui.exits import exit_for
from tui.flows.agreeing import first_page
from tui.flows.breaks import break_words
from tui.flows.consent import Paragraph
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.take_front import FEEDBACK, SEEN, Entry, Front, LineRefused
from tui.take_pages import Pages

ASK_FOR_HELP, PRACTISE = 1, 2
"""Places in RECEIPT_WAYS."""
NOTHING_KEPT = TakeOutcome("left", "You left before the first question. Nothing was kept.")


def refused(error: CareloadError) -> TakeOutcome:
    """Return how a run ends that `error` makes impossible."""
    return TakeOutcome("refused", f"{error.message} {error.todo}".strip(), exit_for(error))


class Guide(Pages):
    """Leads one respondent through what a `Front` shows, screens or plain lines."""

    def __init__(self, front: Front, session: TakingSession, notice: str = "") -> None:
        super().__init__(front, session)
        self.is_handing_in = self.is_handed_in = False
        self._notice = notice
        self._has_told = False
        self._looked_at = ""

    async def lead(self) -> TakeOutcome:
        """Lead from the first screen to the outcome; an error that stops it becomes a sentence and a code."""
        try:
            return await self._led()
        except CareloadError as error:
            return refused(error)

    def left(self) -> TakeOutcome:
        """Return how a run ends that the person leaves here."""
        if self._session.has_begun:
            return TakeOutcome("left", self._session.place.left)
        return TakeOutcome("sealed", texts.SEALED) if self.is_handed_in else NOTHING_KEPT

    async def _led(self) -> TakeOutcome:
        ended = await self.first() or await self._given_code()
        while ended is None and not self._session.has_begun:
            ended = await self._welcome()
        return ended or await self._sit()

    async def first(self) -> TakeOutcome | None:
        """Settle what comes before everything: a closed round takes no more answers."""
        self._session.refuse_when_closed()
        return None

    async def _given_code(self) -> TakeOutcome | None:
        """Go on with a code from the command line, if there is one."""
        typed, self._session.code = self._session.code, ""
        if not typed:
            return None
        try:
            self._session.give_code(typed)
        except CareloadError as error:
            self._notice = f"{error.message} {error.todo}".strip()
            return None
        return await self._look()

    async def _look(self) -> TakeOutcome | None:
        try:
            found = await self._front.slowly(texts.LOOKING, self._session.look)
        except CareloadError as error:
            self._session.code, self._notice = "", f"{error.message} {error.todo}".strip()
            return None
        if found == "sealed":
            return await self.found_sealed()
        self._notice = texts.NOTHING_FOUND if found == "nothing" else ""
        return None

    async def found_sealed(self) -> TakeOutcome | None:
        """Go on where the answers under this code are handed in already."""
        return TakeOutcome("sealed", self._session.place.already_sealed)

    async def _welcome(self) -> TakeOutcome | None:
        """Show what is agreed to; returns the outcome when the person leaves here."""
        session = self._session
        told = first_page(session.policy, session.battery)
        title = texts.welcome_title(session.policy)
        way = await self._front.page(title, told, texts.WELCOME_WAYS, notice=self._notice)
        self._notice = ""
        if way == 1:
            return await self._old_code()
        if way == 3:
            await self._whole_text()
            return None
        if way != 0:
            return NOTHING_KEPT
        if await self._ticket() and await self._new_code():
            try:
                await self._front.slowly(texts.STARTING, session.begin)
            except CareloadError as error:
                self._notice = f"{error.message} {error.todo}".strip()
        return None

    async def _whole_text(self) -> None:
        from tui.flows.consent import consent

        told = consent(self._session.policy, self._session.battery)
        await self._front.page(texts.WHOLE_TITLE, told, texts.WHOLE_WAYS, pointed=0)

    async def _old_code(self) -> TakeOutcome | None:
        def check(lines: tuple[str, ...]) -> None:
            self._session.give_code(lines[0])

        asked = Entry(texts.CODE_TITLE, texts.OLD_CODE, (texts.CODE_LABEL,), is_secret=True)
        return await self._look() if await self._front.entry(asked, check) else None

    async def _ticket(self) -> bool:
        session = self._session
        if not session.policy.tickets:
            return True
        text = texts.TICKET
        if session.ticket:
            try:
                session.give_ticket(session.ticket)
            except CareloadError as error:
                text, session.ticket = f"{error.message} {error.todo}\n\n{text}", ""
            else:
                return True

        def check(lines: tuple[str, ...]) -> None:
            session.give_ticket(lines[0])

        return await self._front.entry(Entry(texts.TICKET_TITLE, text, ("Ticket",)), check)

    async def _new_code(self) -> bool:
        """Show a new personal code until two of its words were typed back; derive its key meanwhile."""
        session = self._session
        if session.code:
            return True
        code = session.make_code()
        deriving = self._front.beside(session.derive)
        try:
            while True:
                if await self._front.new_code(code) != 0:
                    session.code = ""
                    return False
                if await self._typed_back():
                    return True
        finally:
            await deriving

    async def _typed_back(self) -> bool:
        numbers = self._session.words_to_repeat()

        def check(lines: tuple[str, ...]) -> None:
            wrong = [n for n, line in zip(numbers, lines, strict=True) if not self._session.is_word(n, line)]
            if wrong:
                raise LineRefused(texts.not_the_words(wrong), numbers.index(wrong[0]))

        labels = tuple(f"Word {number}" for number in numbers)
        way_back = "shows the code again"
        return await self._front.entry(Entry(texts.CODE_TITLE, texts.REPEAT, labels, way_back), check)

    async def _sit(self) -> TakeOutcome:
        session = self._session
        while not session.sitting.is_locked:
            if session.breaks.is_due(session.sitting):
                if not await self._goes_on():
                    return self.left()
            elif session.sitting.stage == "asking":
                await self._front.questions()
            elif session.sitting.stage == "handing":
                await self._handed_in()
            elif session.sitting.stage == "offering":
                await self._offered()
            elif not await self._reviewed():
                break
        return await self._decided()

    async def _goes_on(self) -> bool:
        """Offer a break, once at a place; returns whether the person goes on now."""
        sitting = self._session.sitting
        self._session.breaks.take(sitting)
        told = [Paragraph("", (break_words(sitting),))]
        return await self._front.page(texts.BREAK_TITLE, told, texts.BREAK_WAYS, pointed=0) == 0

    async def _handed_in(self) -> None:
        """Ask once whether the finished task is handed in."""
        from tui.flows.tasks import handing_words

        session = self._session
        told = [handing_words(session.battery, session.sitting)]
        more = (texts.LEAVE_OUT_AT_THE_END,) if session.sitting.can_leave_out else ()
        way = await self._front.page(texts.HAND_IN_TITLE, told, (*texts.HAND_IN_WAYS, *more))
        (session.hand_in, session.back, session.leave_out)[way]()

    async def _offered(self) -> None:
        """Offer the other tasks once; no is the easy answer."""
        from tui.flows.tasks import offer_ways, offer_words

        session = self._session
        ways = offer_ways(session.battery, session.sitting)
        count = await self._front.page(texts.OFFER_TITLE, [offer_words(session.sitting)], ways, pointed=0)
        if count:
            session.take_more(count)
        else:
            session.decline_more()

    async def _told(self) -> None:
        """Show what was planted in the tasks."""
        from tui.flows.tasks import task_feedback

        self._has_told = True
        told = task_feedback(self._session.public, self._session.sitting)
        await self._front.page(texts.FEEDBACK_TITLE, told, ["Go on"], pointed=0)

    async def _reviewed(self) -> bool:
        """Show the review page; returns whether the person goes back to a question."""
        if self._session.sitting.drawn and not self._has_told:
            await self._told()
        session = self._session
        chosen = await self._front.review(self._looked_at)
        if chosen == FEEDBACK:
            await self._told()
        elif chosen == SEEN:
            await self._see()
        elif chosen:
            self._looked_at = chosen
            session.jump(chosen)
        return bool(chosen)

    async def _decided(self) -> TakeOutcome:
        own = await self._front.slowly(texts.WORKING_OUT, self._session.show_result)
        notice = texts.DECIDE
        ways: tuple[Callable[[], Awaitable[TakeOutcome | None]], ...] = (
            self._sealed,
            lambda: self._sealed(keeps_own=False),
            lambda: self._front.tiers(own),
            self._see,
            self._later,
            self._discarded,
        )
        while True:
            way = await self._front.result(own, texts.RESULT_WAYS, notice)
            try:
                outcome = await ways[way]()
            except CareloadError as error:
                outcome, notice = None, f"{error.message} {error.todo}".strip()
            if outcome is not None:
                return outcome

    async def _sealed(self, *, keeps_own: bool = True) -> TakeOutcome:
        session, self.is_handing_in = self._session, True
        try:
            await self._front.slowly(texts.SEALING, lambda: session.seal(keeps_own=keeps_own))
        finally:
            self.is_handing_in = False
        self.is_handed_in = True
        while (way := await self._front.receipt()) == PRACTISE:
            await self._practise()
        if way == ASK_FOR_HELP:
            await self._ask_for_help()
        return TakeOutcome("sealed", texts.SEALED)

    async def _discarded(self) -> TakeOutcome | None:
        if await self._front.sure(texts.DISCARD_TITLE, texts.DISCARD, texts.DISCARD_WAYS) != 0:
            return None
        self._session.discard()
        return TakeOutcome("discarded", texts.DISCARDED)

    async def _later(self) -> TakeOutcome:
        return self.left()
