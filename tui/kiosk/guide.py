"""The order of pages at a kiosk: as everywhere, and all that a personal code does elsewhere by command."""

from __future__ import annotations

from instruments.errors import CareloadError
from tui.flows.consent import Paragraph
from tui.flows.outcomes import TakeOutcome
from tui.kiosk import texts
from tui.take_guide import NOTHING_KEPT, Guide


class KioskGuide(Guide):
    """Leads one person at a kiosk; whoever has no account here sees and withdraws here too."""

    async def lead(self) -> TakeOutcome:
        """Lead to the outcome; one that was refused is read before it is wiped away."""
        outcome = await super().lead()
        if outcome.kind == "refused":
            await self._tell(texts.REFUSED_TITLE, outcome.sentence)
        return outcome

    async def first(self) -> TakeOutcome | None:
        """Let people with a code in after the round has closed, too."""
        if not self._session.public.closed_now():
            return None
        ended: TakeOutcome | None = None
        while ended is None:
            told = [Paragraph("", (texts.CLOSED,))]
            notice, self._notice = self._notice, ""
            way = await self._front.page(texts.CLOSED_TITLE, told, texts.CLOSED_WAYS, notice=notice)
            ended = NOTHING_KEPT if way else await self._old_code()
            if self._session.has_begun:
                ended = self.left()
        return ended

    async def found_sealed(self) -> TakeOutcome | None:
        """Show the own result again, or take everything back."""
        place, notice = self._session.place, ""
        while True:
            told = [Paragraph("", (place.already_sealed,))]
            ways = texts.DONE_BEFORE_WAYS
            way = await self._front.page(texts.DONE_BEFORE_TITLE, told, ways, notice=notice)
            if way == len(ways) - 1:
                return TakeOutcome("left", place.already_sealed)
            try:
                ended = await (self._result_again, self._taken_back)[way]()
            except CareloadError as error:
                ended, notice = None, f"{error.message} {error.todo}".strip()
            if ended is not None:
                return ended

    async def _result_again(self) -> None:
        own = self._session.own_again()
        ways = texts.RESULT_WAYS if own.verdict != "not kept" else texts.RESULT_WAYS[:1]
        while await self._front.result(own, ways) != 0:
            await self._front.tiers(own)

    async def _taken_back(self) -> TakeOutcome | None:
        if await self._front.sure(texts.SURE_TITLE, texts.SURE, texts.SURE_WAYS) != 0:
            return None
        sentence = " ".join(self._session.take_back())
        await self._tell(texts.TAKEN_BACK_TITLE, sentence)
        return TakeOutcome("discarded", sentence)

    async def _tell(self, title: str, sentence: str) -> None:
        await self._front.page(title, [Paragraph("", (sentence,))], texts.FINISH, pointed=0)
