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

from instruments.questions import Battery
from instruments.sitting import Sitting
from tui.flows.reading_back import REVIEW_TITLE, above_answers, answers_read_back
from tui.screens.base import TakeScreen, end, plain
from tui.take_front import FEEDBACK, SEEN

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
        yield plain(REVIEW_TITLE, classes="heading")
        yield plain(above_answers(self._sitting), classes="text")
        yield OptionList(id="answers", markup=False)
        yield plain(self._hints(), classes="hints")

    def _hints(self) -> str:
        tasks = "f tasks  " if self._sitting.drawn else ""
        return f"↑ ↓ Enter change  g own result  {tasks}o what others see  ? help  q leave"

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
        section = ""
        for line in answers_read_back(self._battery, self._sitting):
            if line.section != section:
                section = line.section
                yield Option(Content.styled(section, "bold $text-primary"), disabled=True)
            told = _line(line.asked, line.answer, self._width)
            yield Option(told, id=line.id or None, disabled=not line.id)


def _line(asked: str, told: str, width: int) -> Content:
    answer_room = width * 2 // 5
    left = Content(f"  {asked}").truncate(width - answer_room - 2, ellipsis=True, pad=True)
    right = Content.styled(told, "bold").truncate(answer_room, ellipsis=True)
    return Content.assemble(left, "  ", right)
