"""A practical task: its text and the work on it, side by side or, in a small window, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from instruments.answers import Answer, Text
from instruments.errors import CareloadError
from instruments.model import Format, TextFormat, text_in
from instruments.questions import Question
from instruments.tasks.asking import CONSENT, VIGNETTE_FORMAT, Drawn
from instruments.tasks.writing import SummariseTask
from tui import take_texts as texts
from tui.cleaning import clean
from tui.flows import question_words as words
from tui.flows.tasks import before_task, draft_of, rules, source_of
from tui.screens.answering import TYPING, Body, body_for
from tui.screens.ask import AskScreen
from tui.screens.base import end, paragraphs_content, plain, reword
from tui.screens.question import QuestionScreen
from tui.widgets.progress_line import ProgressLine
from tui.widgets.source_pane import SourcePane
from tui.widgets.text_box import WordBox

SIDE_BY_SIDE = 120
"""Columns from which text and work stand side by side."""
LEAVING_OUT = "You added this task. Until it is handed in, ctrl+o leaves it out again."
READING = "Tab your work   ↑ ↓ Page Down scroll   / find   n next   ? help   q leave"


class TaskScreen(QuestionScreen):
    """Shows the questions of one task beside its text until the task is finished."""

    for_tasks: ClassVar[bool] = True
    work_area: ClassVar[str] = "#work"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "turn", "Text", show=False, priority=True),
        Binding("t", "turn", "Text", show=False),
        Binding("slash", "find", "Find", show=False),
        Binding("n", "find_next", "Next", show=False),
        Binding("pagedown", "page(1)", "More", show=False),
        Binding("pageup", "page(-1)", "Back", show=False),
        Binding("ctrl+o", "leave_out", "Leave out", show=False, priority=True),
    ]

    def page(self) -> Iterable[Widget]:
        """Return progress, the two halves, and the place for the keys."""
        self._reads = False
        drawn = self._drawn
        yield ProgressLine(widget_id="progress")
        yield plain("", widget_id="tabs")
        yield Horizontal(
            SourcePane(source_of(drawn.task, self._session.policy), widget_id="source-pane"),
            Vertical(
                plain("", widget_id="about"),
                plain("", widget_id="asked"),
                plain("", widget_id="problem"),
                plain("", widget_id="source"),
                id="work",
            ),
            id="panes",
        )
        yield plain("", widget_id="recall")
        yield plain("", widget_id="hints", classes="hints")

    @property
    def _drawn(self) -> Drawn:
        return self._session.battery.drawn(self._session.sitting.task or self._last)

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= SIDE_BY_SIDE

    @property
    def _last(self) -> str:
        return self._shown.task if self._shown is not None else ""

    def on_resize(self, event: events.Resize) -> None:
        """Put the halves side by side where there is room."""
        super().on_resize(event)
        self._arrange()

    def action_turn(self) -> None:
        """Go to the text, or back to the work; where both stand side by side the keys go there."""
        self._reads = not self._reads
        self._arrange()
        self._focus_half()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answer, skip and go back only where the work can be seen."""
        if action in {"back", "skip", "go_on"} and not self.query_one(self.work_area).display:
            return False
        if action == "leave_out" and not self._session.sitting.can_leave_out:
            return False
        return super().check_action(action, parameters)

    def action_leave_out(self) -> None:
        """Ask whether a task that was added is left out again."""
        ask = AskScreen(texts.LEAVE_OUT_TITLE, Content(texts.LEAVE_OUT), texts.LEAVE_OUT_WAYS)
        self.app.push_screen(ask, self._leave_out)

    def _begun(self, way: int | None) -> None:
        self.back_in_front(way)
        if way == 1:
            self._leave_out(0)

    def _leave_out(self, way: int | None) -> None:
        if way != 0:
            return
        try:
            self._session.leave_out()
        except CareloadError as error:
            self.say(f"{error.message} {error.todo}".strip())
        else:
            end(self, None)

    def action_find(self) -> None:
        """Look for a word in the text."""
        if not self._reads:
            self.action_turn()
        self.query_one(SourcePane).ask()

    def action_find_next(self) -> None:
        """Go to the next place where the word stands."""
        if not self._reads:
            self.action_turn()
        self.query_one(SourcePane).find_next()

    def action_page(self, direction: int) -> None:
        """Scroll the text, where it can be seen."""
        if self.query_one(SourcePane).display:
            self.query_one(SourcePane).page(direction)

    def make_body(self, question: Question) -> Body:
        """Return the body for a question: a text begins with the draft, and its words are counted."""
        if isinstance(question.format, TextFormat):
            return self._text_body(question.format)
        return body_for(question.format, self._language)

    def instructions(self, question: Question) -> str:
        """Return what is asked; for a situation the organisation's rules, where no text beside it does."""
        if question.format == VIGNETTE_FORMAT:
            return "" if self._is_wide else "\n".join(rules(self._session.policy))
        if isinstance(question.format, TextFormat) or question.item.id == CONSENT:
            return ""
        return clean(text_in(self._drawn.task.what_is_asked, self._language))

    def attribution(self, question: Question) -> Content:
        """Return nothing: the tasks are the program's own."""
        del question
        return Content("")

    def asked(self, question: Question, before: Question | None) -> Content:
        """Return the statement, situation or request, with its number where there are several."""
        del before
        battery = self._session.battery
        told = words.question_text(battery, question)
        if isinstance(question.format, TextFormat):
            return Content(told)
        number = words.place_in_task(battery, self._session.sitting, question)
        head = [Content.styled(number, "$text-accent")] if number else []
        return Content("\n").join([*head, Content.styled(told, "bold")])

    def show_before(self, question: Question) -> None:
        """Show the page before a task that has no answer yet."""
        self._arrange()
        sitting = self._session.sitting
        if question.id != words.in_task(sitting, question.task)[0] or question.id in sitting.answers:
            return
        from tui.screens.page import PageScreen

        is_added = sitting.can_leave_out
        content = paragraphs_content(
            before_task(self._drawn, self._language, LEAVING_OUT if is_added else "")
        )
        ways = ["Go on", *([texts.LEAVE_OUT_WAYS[0]] if is_added else [])]
        self.app.push_screen(PageScreen(self.heading(question), content, ways, pointed=0), self._begun)

    def on_source_pane_left(self, message: SourcePane.Left) -> None:
        """Keep the keys in the text after a search."""
        message.stop()
        self.query_one(SourcePane).focus()

    def _arrange(self) -> None:
        is_wide = self._is_wide
        self.query_one(SourcePane).display = is_wide or self._reads
        self.query_one("#work").display = is_wide or not self._reads
        guide = f"{round(self._drawn.minutes)} minutes are a guide, no limit"
        if self._session.sitting.can_leave_out:
            guide = "no time limit · ctrl+o leaves it out"
        halves = [("The text", self._reads), ("Your work", not self._reads)]
        marked = [
            Content.styled(f" {name} ", "bold reverse" if is_front else "$foreground-muted")
            for name, is_front in halves
        ]
        hints = READING if self._reads else f"Tab text   {self._body.hints if self._body else ''}"
        reword(self.query_one("#hints", Static), Content(hints))
        self._recall(is_shown=self._reads and not is_wide)
        if self._shown is not None:
            self._instruct(self._shown)
        line = Content.assemble(*marked, Content.styled(f"  Tab changes · {guide}", "$foreground-muted"))
        reword(self.query_one("#tabs", Static), line)

    def _recall(self, *, is_shown: bool) -> None:
        """Keep what is asked, and the words counted so far, in view while only the text is."""
        line = self.query_one("#recall", Static)
        line.display = is_shown and self._shown is not None
        if line.display and self._shown is not None:
            boxes = self.query(WordBox)
            count = [Content.styled(box.length_words(), "$text-accent") for box in boxes if box.display]
            reword(line, Content("\n").join([self.asked(self._shown, None), *count]))

    def _focus_half(self) -> None:
        if self._reads:
            self.query_one(SourcePane).focus()
        elif self._body is not None:
            self._body.widget.focus()

    def _text_body(self, fmt: TextFormat) -> Body:
        task = self._drawn.task
        most = task.max_words if isinstance(task, SummariseTask) else 0
        box = WordBox(fmt.max_length, most, widget_id="own-words")

        def show(fmt: Format, answer: Answer | None) -> None:
            if isinstance(fmt, TextFormat):
                draft = draft_of(task, self._language)
                box.show(fmt.max_length, answer.value if isinstance(answer, Text) else draft)
                box.start_at_the_top()

        def typed() -> Answer | None:
            return Text(value=box.words) if box.words.strip() else None

        return Body(box, show, lambda _: typed(), TYPING, typed, box.tell_length)
