"""All answers on one page, before the own result; any of them can still be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from instruments.model import text_in
from instruments.records import Battery
from instruments.sitting import Sitting
from tui.asking import answer_words
from tui.cleaning import clean
from tui.screens.base import TakeScreen, end, plain
from tui.take_front import FEEDBACK, SEEN

TASKS = "Practical tasks"
_WIDEST = 100
_AROUND = 6
"""Columns of margin and scroll bar."""


class ReviewScreen(TakeScreen[str]):
    """Ends with the id of a question to change, with FEEDBACK or SEEN, or with an empty string to go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "go_on", "Own result", show=False),
        Binding("b", "back", "Back", show=False),
        Binding("f", "feedback", "Tasks", show=False),
        Binding("o", "seen", "Organisation", show=False),
    ]

    def __init__(self, battery: Battery, sitting: Sitting, changed: str = "") -> None:
        super().__init__()
        self._battery, self._sitting, self._changed = battery, sitting, changed
        self._width = 0

    def page(self) -> Iterable[Widget]:
        """Return heading, the list of answers and the keys."""
        total, answered = len(self._sitting.questions), self._sitting.answered
        yield plain("Your answers", classes="heading")
        some = f"{answered} of {total} answered, {total - answered} skipped."
        yield plain(
            f"{some if answered < total else f'All {total} answered.'} Nothing has left this computer. "
            f"You can change any answer now{self._but_tasks()}; once your own result has been shown you "
            "cannot.",
            classes="text",
        )
        yield OptionList(id="answers", markup=False)
        yield plain(self._hints(), classes="hints")

    def _hints(self) -> str:
        tasks = "f tasks  " if self._sitting.drawn else ""
        return f"↑ ↓ Enter change  g own result  {tasks}o what others see  ? help  q leave"

    def _but_tasks(self) -> str:
        return ", but for the tasks" if self._sitting.drawn else ""

    def on_resize(self, event: events.Resize) -> None:
        """Lay the list out for the room there is, and point at the answer that was looked at last."""
        super().on_resize(event)
        width = min(event.size.width, _WIDEST) - _AROUND
        if width == self._width or self._rests:
            return
        self._width = width
        answers = self.query_one("#answers", OptionList)
        kept = answers.highlighted_option
        options = list(self._lines())
        answers.clear_options()
        answers.add_options(options)
        wanted = (kept.id if kept else None) or self._changed
        answers.highlighted = next((i for i, one in enumerate(options) if one.id == wanted), 1)

    def action_go_on(self) -> None:
        """Go on to the own result."""
        end(self, "")

    def action_back(self) -> None:
        """Go back to the last question that may still change."""
        changeable = self._sitting.changeable
        if changeable:
            end(self, changeable[-1].id)

    def action_feedback(self) -> None:
        """Read again what was planted in the tasks."""
        if self._sitting.drawn:
            end(self, FEEDBACK)

    def action_seen(self) -> None:
        """Look at the tables that the organisation will see."""
        end(self, SEEN)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Go to the selected question."""
        message.stop()
        end(self, message.option_id or "")

    def _lines(self) -> Iterator[Option]:
        language, part = self._battery.language, -1
        for question in self._sitting.questions:
            if question.task:
                continue
            if question.part != part:
                part = question.part
                title = clean(text_in(self._battery.parts[part].instrument.title, language))
                yield Option(Content.styled(title, "bold $text-primary"), disabled=True)
            asked = " ".join(clean(text_in(question.item.text, language)).split()) or question.item.id
            told = answer_words(self._sitting.answers.get(question.id), question.format, language)
            yield Option(_line(asked, told, self._width), id=question.id)
        if self._sitting.drawn:
            yield Option(Content.styled(TASKS, "bold $text-primary"), disabled=True)
        for name in self._sitting.drawn:
            yield Option(self._task_line(name), disabled=True)

    def _task_line(self, name: str) -> Content:
        title = clean(text_in(self._battery.drawn(name).task.title, self._battery.language))
        return _line(title, "handed in", self._width)


def _line(asked: str, told: str, width: int) -> Content:
    answer_room = width * 2 // 5
    left = Content(f"  {asked}").truncate(width - answer_room - 2, ellipsis=True, pad=True)
    right = Content.styled(told, "bold").truncate(answer_room, ellipsis=True)
    return Content.assemble(left, "  ", right)
