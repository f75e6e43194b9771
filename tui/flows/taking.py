"""The conversation of one sitting: draft, answers, own result, sealing.

Screens and plain lines drive it; nothing here prints or reads keys. The store, sealing and scoring are
loaded when they are first needed: the first screen waits for none of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from instruments.answers import Answer, Skipped
from instruments.pacing import PaceCounts
from instruments.questions import Battery
from instruments.records import OwnResult, Policy
from instruments.sitting import Sitting, SittingRecord
from instruments.tasks.lots import draw, draw_others
from tui.flows.admission import Admission
from tui.flows.breaks import Breaks
from tui.flows.outcomes import TakingError
from tui.flows.pace import Pace
from tui.flows.packing import first_record, nothing_kept, submission_of
from tui.flows.places import Place, own_computer

if TYPE_CHECKING:
    from store.cost import Cost
    from store.drafts import Draft
    from store.public import PublicStudy

Found = Literal["draft", "sealed", "nothing"]
WorkOut = Callable[["PublicStudy", Mapping[str, Answer]], OwnResult]


class TakingSession(Admission):
    """One respondent's conversation with a study; every change is on disk before a method returns.

    Parameters
    ----------
    public
        The frozen public folder of the study.
    state_dir
        Where drafts are kept on the respondent's side; None for the user's own state folder.
    ticket, code
        Given on the command line, or empty.
    cost
        Cost of deriving the code's key; None for the real one, a cheap one in a rehearsal.
    chance
        Draws the two words to type back, and the tasks.
    work_out
        Works the own result out; None for the one scoring path.
    place
        Where the person takes part; None for a computer of their own.
    """

    def __init__(
        self,
        public: PublicStudy,
        state_dir: Path | None = None,
        *,
        ticket: str = "",
        code: str = "",
        cost: Cost | None = None,
        chance: random.Random | None = None,
        work_out: WorkOut | None = None,
        place: Place | None = None,
    ) -> None:
        super().__init__(public, ticket, code, cost, chance or random.SystemRandom())
        self._state_dir = state_dir
        self._work_out = work_out
        self.place = place or own_computer(public.root.name)
        self._draft: Draft | None = None
        self._sitting: Sitting | None = None
        self._record: SittingRecord | None = None
        self._own: OwnResult | None = None
        self.keeps_own = True
        """Whether the own result stands in what was handed in."""
        self._pace, self.breaks = Pace(), Breaks()

    @property
    def policy(self) -> Policy:
        """The study's frozen policy."""
        return self.public.policy

    @property
    def battery(self) -> Battery:
        """The study's frozen questions."""
        return self.public.battery

    @property
    def has_begun(self) -> bool:
        """Whether a draft is kept that can be gone on with."""
        return self._draft is not None

    @property
    def sitting(self) -> Sitting:
        """Where the respondent stands; TakingError before the first question."""
        if self._sitting is None:
            raise TakingError("The assessment has not begun yet.")
        return self._sitting

    @property
    def minutes_left(self) -> int:
        """Minutes that the open questions will take at the respondent's own pace."""
        return self._pace.minutes_left(self.sitting.missing)

    def refuse_when_closed(self) -> None:
        """Raise TakingError when the round takes no more answers."""
        if self.public.closed_now():
            raise TakingError("This round has closed; it takes no more answers.")

    def look(self) -> Found:
        """Look for what was kept under the given code, and go on with a draft when there is one."""
        from store.drafts import Draft

        self.derive()
        draft = Draft.find(self._drafts_in(), self._own_key, self.policy.study, self.policy.wave)
        if draft is None:
            return "sealed" if self._is_sealed() else "nothing"
        record = draft.load()
        self._check_same_study(record)
        self._sitting = Sitting.resume(self.battery, record)
        self._draft, self._record, self.ticket = draft, record, record.ticket
        self.breaks.take(self._sitting)
        if self._is_sealed():
            draft.delete()
            self._draft = None
            return "sealed"
        return "draft"

    def begin(self) -> None:
        """Start a draft at the first question."""
        from store.drafts import Draft

        self.refuse_when_closed()
        self.derive()
        self._record = first_record(self.public, self.ticket)
        self._draft = Draft.start(self._drafts_in(), self._own_key, self.policy.study, self.policy.wave)
        drawn = draw(self.battery, self._chance)
        others = draw_others(self.battery, drawn, self._chance)
        self._keep(Sitting.begin(self.battery, drawn, others))

    def answer(self, answer: Answer, seconds: float | None = None) -> None:
        """Keep an answer to the current question and move on."""
        self._step(self.sitting.answer(answer), None if isinstance(answer, Skipped) else seconds)

    def skip(self) -> None:
        """Pass over the current question."""
        self._keep(self.sitting.skip())

    def hold(self, answer: Answer) -> None:
        """Keep an answer to the current question without moving on, such as a text while it is typed."""
        before = self.sitting
        held = msgspec.structs.replace(before, answers=before.answer(answer).answers)
        if held.answers != before.answers:
            self._keep(held)

    def hand_in(self) -> None:
        """Hand the finished task in; it cannot be changed afterwards."""
        self._keep(self.sitting.hand_in())

    def take_more(self, count: int) -> None:
        """Add `count` of the offered tasks."""
        self._keep(self.sitting.take_more(self.battery, count))

    def decline_more(self) -> None:
        """Go on without more tasks; they are not offered again."""
        self._keep(self.sitting.decline_more())

    def leave_out(self) -> None:
        """Take an added task out again, with all that was answered in it."""
        self._keep(self.sitting.leave_out())

    def back(self) -> None:
        """Go to the question before."""
        self._keep(self.sitting.back())

    def jump(self, question_id: str) -> None:
        """Go to a question from the review page."""
        self._keep(self.sitting.jump(question_id))

    def show_result(self) -> OwnResult:
        """Close the answers and work the own result out; slow: call it in a thread."""
        if self.sitting.stage != "result":
            self._keep(self.sitting.show_result())
        if self._own is None:
            self._own = self._worked_out()
        return self._own

    def seal(self, *, keeps_own: bool = True) -> None:
        """Hand the answers in, sealed; the draft goes only when they are safely there.

        Without `keeps_own` the box of the own result says only that none was kept; its size is the same.
        """
        from store import inbox

        if self._own is None:
            raise TakingError("The own result comes before handing in.")
        sealed = self.sitting.seal()
        if not self._is_sealed():
            submission = submission_of(self.public, self.sitting, self._kept, self._own_key.public_hex)
            own = self._own if keeps_own else nothing_kept(self.policy.wave)
            inbox.submit(self.public, submission, own, self._own_key)
        self._sitting, self.keeps_own = sealed, keeps_own
        self._drop_draft()

    def discard(self) -> None:
        """Throw the answers away."""
        self._sitting = self.sitting.discard()
        self._drop_draft()

    def own_again(self) -> OwnResult:
        """Return the own result that was handed in with the answers; the store's error says what is wrong."""
        from store.inbox import read_own

        return read_own(self.public, self._own_key)

    def take_back(self) -> tuple[str, ...]:
        """Remove what was handed in under this code; returns what to tell."""
        from tui.flows.withdrawing import take_back

        return take_back(self.public, self._own_key, self._state_dir).lines(self.public)

    def _step(self, sitting: Sitting, seconds: float | None) -> None:
        question = self.sitting.current
        is_new = question is not None and question.id not in self.sitting.answers
        if seconds is None or question is None or question.task or not is_new:
            self._keep(sitting)
            return
        self._keep(sitting, self._kept.pace.with_seconds(seconds))
        self._pace.count(question, seconds)

    def _keep(self, sitting: Sitting, pace: PaceCounts | None = None) -> None:
        if self._draft is None:
            raise TakingError("The assessment has not begun yet.")
        record = msgspec.structs.replace(
            self._kept,
            answers=sitting.answers,
            position=sitting.position_id,
            stage=sitting.stage,
            from_review=sitting.from_review,
            pace=pace or self._kept.pace,
            drawn=sitting.drawn,
            handed_in=sitting.handed_in,
            more=sitting.more,
            added=sitting.added,
        )
        self._draft.save(record, before=self._record if self._sitting else None)
        self._record, self._sitting = record, sitting

    def _drafts_in(self) -> Path:
        from store.drafts import default_state_dir

        return self._state_dir or default_state_dir()

    def _drop_draft(self) -> None:
        if self._draft is not None:
            self._draft.delete()
            self._draft = None

    def _check_same_study(self, record: SittingRecord) -> None:
        if record.policy_sha256 != self.public.policy_sha256:
            raise TakingError(
                "The kept answers belong to other rules than this study's.",
                "Ask the person who invited you which study is yours.",
            )

    def _is_sealed(self) -> bool:
        from store import inbox
        from store.errors import StoreError

        try:
            inbox.read_own(self.public, self._own_key)
        except StoreError:
            return False
        return True

    def _worked_out(self) -> OwnResult:
        from tui.flows.own import own_result

        if self._work_out is not None:
            return self._work_out(self.public, self.sitting.answers)
        return own_result(self.public, self.sitting.answers, self.sitting.drawn, self._kept.pace.median_bin)

    @property
    def _kept(self) -> SittingRecord:
        if self._record is None:
            raise TakingError("The assessment has not begun yet.")
        return self._record
