"""The one screen that all questions go through; an answer is on disk before the next one is painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from instruments.answers import Answer
from instruments.errors import CareloadError
from instruments.questions import Question
from tui.cleaning import clean
from tui.flows import question_words as words
from tui.flows.consent import Paragraph
from tui.flows.helping import question_help
from tui.flows.taking import TakingSession
from tui.screens.answering import Body, body_for, kind_of
from tui.screens.base import TakeScreen, end, paragraphs_content, plain, reword
from tui.widgets.choice_list import ChoiceList
from tui.widgets.progress_line import ProgressLine
from tui.widgets.rating_line import RatingLine

HOLD_SECONDS = 1.0
"""So long after a key what was typed is kept, also while one types on."""


class QuestionScreen(TakeScreen[None]):
    """Shows the sitting's current question until a task, or the review page, is reached."""

    for_tasks: ClassVar[bool] = False
    """Whether it shows the questions of tasks, or those outside of them."""
    work_area: ClassVar[str] = "#page"
    """Where the question and its ways to answer stand."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "back", "Back", show=False),
        Binding("s", "skip", "Skip", show=False),
        Binding("ctrl+b", "back", "Back", show=False, priority=True),
        Binding("ctrl+s", "skip", "Skip", show=False, priority=True),
        Binding("ctrl+n", "go_on", "Go on", show=False, priority=True),
    ]

    def __init__(self, session: TakingSession, now: Callable[[], float]) -> None:
        super().__init__()
        self._session, self._now = session, now
        self._language = session.policy.language
        self._bodies: dict[str, Body] = {}
        self._body: Body | None = None
        self._shown: Question | None = None
        self._since = 0.0
        self._hold: Timer | None = None
        self._untouched: Answer | None = None
        """The text as it was shown, until a key changes it: a draft that nobody touched is no answer."""

    def page(self) -> Iterable[Widget]:
        """Return progress, question, and the place for a problem and the keys."""
        yield ProgressLine(widget_id="progress")
        yield plain("", widget_id="about")
        yield plain("", widget_id="asked")
        yield plain("", widget_id="problem")
        yield plain("", widget_id="source")
        yield plain("", widget_id="hints", classes="hints")

    async def on_mount(self) -> None:
        """Show the current question."""
        await self._show()

    def told(self) -> tuple[Paragraph, ...]:
        """Return what `?` tells here."""
        question = self._shown or self._session.sitting.questions[0]
        return question_help(self._session.policy, self._session.battery, question)

    async def action_back(self) -> None:
        """Go to the question before."""
        self.keep_unfinished()
        await self._step(self._session.back)

    async def action_skip(self) -> None:
        """Pass over this question."""
        self._stop_holding()
        await self._step(self._session.skip)

    async def action_go_on(self) -> None:
        """Keep what was typed and move on."""
        if self._body is not None and self._body.unfinished is not None:
            await self._answer(self._body.unfinished())

    async def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Keep a chosen line."""
        message.stop()
        await self._take(message, message.place)

    async def on_rating_line_given(self, message: RatingLine.Given) -> None:
        """Keep a number."""
        message.stop()
        await self._take(message, message.value)

    async def on_rows_editor_given(self, message: Any) -> None:
        """Keep rows."""
        message.stop()
        await self._take(message, message)

    def on_rows_editor_turned(self, message: Message) -> None:
        """Tell the keys that the next step takes; what was said about the step before is over."""
        message.stop()
        self.say("")
        if self._body is not None:
            self._body.refresh_hints()
            self._show_hints()

    def on_rows_editor_grown(self, message: Message) -> None:
        """Keep the rows so far without moving on."""
        message.stop()
        rows = self._body.read(message) if self._body is not None else None
        if rows is not None:
            self._hold_answer(rows)

    def on_rating_line_refused(self, message: RatingLine.Refused) -> None:
        """Say why a number is not possible."""
        message.stop()
        self.say(message.reason)

    def on_choice_list_refused(self, message: ChoiceList.Refused) -> None:
        """Say which key comes first."""
        message.stop()
        self.say(message.reason)

    def on_text_area_changed(self, message: Message) -> None:
        """Keep a text shortly after a key; who types without a pause loses no more than that."""
        message.stop()
        self._untouched = None
        if self._hold is None:
            self._hold = self.set_timer(HOLD_SECONDS, self.keep_unfinished)
        if self._body is not None:
            self._body.refresh_length()

    def on_screen_suspend(self) -> None:
        """Keep what was typed when something comes in front."""
        self.keep_unfinished()

    async def _take(self, message: Any, carried: object) -> None:
        """Keep what a widget's message carries, unless it belongs to a question that has gone by."""
        body = self._body
        if self.is_active and body is not None and message.control is body.widget and not message.is_late:
            await self._answer(body.read(carried))

    async def _answer(self, answer: Answer | None) -> None:
        self._stop_holding()
        if answer is None:
            self.say("Type something first, or skip with ctrl+s.")
            return
        seconds = self._now() - self._since
        await self._step(lambda: self._session.answer(answer, seconds))

    async def _step(self, step: Callable[[], None]) -> None:
        try:
            step()
        except CareloadError as error:
            self.say(f"{error.message} {error.todo}".strip())
            return
        await self._show()

    def keep_unfinished(self) -> None:
        """Keep what is typed as the answer so far."""
        self._stop_holding()
        if self._body is None or self._body.unfinished is None or self._session.sitting.is_locked:
            return
        answer = self._body.unfinished()
        is_new = answer is not None and answer != self._untouched
        if answer is not None and is_new and self._shown is self._session.sitting.current:
            self._hold_answer(answer)

    def _hold_answer(self, answer: Answer) -> None:
        try:
            self._session.hold(answer)
        except CareloadError as error:
            self.say(f"{error.message} {error.todo}".strip())

    def _stop_holding(self) -> None:
        if self._hold is not None:
            self._hold.stop()
            self._hold = None

    async def _show(self) -> None:
        sitting = self._session.sitting
        question = sitting.current
        if question is None or bool(question.task) != self.for_tasks or self._session.breaks.is_due(sitting):
            end(self, None)
            return
        before, self._shown = self._shown, question
        with self.app.batch_update():
            await self._show_body(question)
            self._show_words(question, before)
        self._since = self._now()
        self.show_before(question)

    async def _show_body(self, question: Question) -> None:
        kind = kind_of(question.format)
        body = self._bodies.get(kind)
        if body is None:
            body = self._bodies[kind] = self.make_body(question)
            await self.query_one(self.work_area).mount(body.widget, before="#problem")
        if self._body is not body:
            for other in self._bodies.values():
                other.widget.display = other is body
        self._body = body
        body.show(question.format, self._session.sitting.answers.get(question.id))
        self._untouched = body.unfinished() if body.unfinished else None
        body.widget.focus()

    def _show_words(self, question: Question, before: Question | None) -> None:
        sitting = self._session.sitting
        seen = len(sitting.questions) - len(sitting.missing)
        self.query_one(ProgressLine).show(
            self.heading(question),
            sitting.position + 1,
            len(sitting.questions),
            seen,
            self._session.minutes_left,
        )
        self._instruct(question)
        reword(self.query_one("#source", Static), self.attribution(question))
        reword(self.query_one("#asked", Static), self.asked(question, before))
        self.say("")
        self._show_hints()

    def _instruct(self, question: Question) -> None:
        instructions = self.instructions(question)
        reword(self.query_one("#about", Static), Content(instructions))
        self.query_one("#about").display = bool(instructions)

    def _show_hints(self) -> None:
        hints = self._body.hints if self._body else ""
        reword(self.query_one("#hints", Static), Content(hints))

    def make_body(self, question: Question) -> Body:
        """Return the body that answers `question` and its like."""
        return body_for(question.format, self._language)

    def heading(self, question: Question) -> str:
        """Return what the first line calls this section."""
        return words.section_title(self._session.battery, question)

    def instructions(self, question: Question) -> str:
        """Return what stands above the question, or nothing."""
        return words.instructions(self._session.battery, question)

    def attribution(self, question: Question) -> Content:
        """Return what has to be shown with the items, on the first of its section: `?` tells it always."""
        return Content(words.attribution(self._session.battery, question))

    def asked(self, question: Question, before: Question | None) -> Content:
        """Return the question itself, with a note where the way of answering changes."""
        told = words.note_on_change(self._session.sitting, before, question)
        note = [Content.styled(told, "$text-accent")] if told else []
        asked = words.question_text(self._session.battery, question)
        return Content("\n").join([Content.styled(asked, "bold"), *note])

    def show_before(self, question: Question) -> None:
        """Show what has to be settled before the first question of a part."""
        told = words.before_section(self._session.battery, self._session.sitting, question)
        if told:
            from tui.screens.page import PageScreen

            content = paragraphs_content([Paragraph(words.BEFORE, (told,))])
            page = PageScreen(self.heading(question), content, ["Go on"], pointed=0)
            self.app.push_screen(page, self.back_in_front)

    def back_in_front(self, _way: int | None) -> None:
        """Start the clock of the question anew."""
        self._since = self._now()

    def say(self, problem: str) -> None:
        """Tell why something is not possible, or (empty) that all is well."""
        reword(self.query_one("#problem", Static), Content(clean(problem)))
