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

_WIDEST = 100
_AROUND = 6
"""Columns of margin and scroll bar."""


class ReviewScreen(TakeScreen[str]):
    """Ends with the id of a question to change, or with an empty string to go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "go_on", "Own result", show=False),
        Binding("b", "back", "Back", show=False),
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
            "You can change any answer now; once your own result has been shown you cannot.",
            classes="text",
        )
        yield OptionList(id="answers", markup=False)
        yield plain(
            "↑ ↓ Enter change an answer   g go on to your own result   ? help   q leave", classes="hints"
        )

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
        """Go back to the last question."""
        end(self, self._sitting.questions[-1].id)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Go to the selected question."""
        message.stop()
        end(self, message.option_id or "")

    def _lines(self) -> Iterator[Option]:
        language, part = self._battery.language, -1
        for question in self._sitting.questions:
            if question.part != part:
                part = question.part
                title = clean(text_in(self._battery.parts[part].instrument.title, language))
                yield Option(Content.styled(title, "bold $text-primary"), disabled=True)
            asked = " ".join(clean(text_in(question.item.text, language)).split()) or question.item.id
            told = answer_words(self._sitting.answers.get(question.id), question.format, language)
            yield Option(_line(asked, told, self._width), id=question.id)


def _line(asked: str, told: str, width: int) -> Content:
    answer_room = width * 2 // 5
    left = Content(f"  {asked}").truncate(width - answer_room - 2, ellipsis=True, pad=True)
    right = Content.styled(told, "bold").truncate(answer_room, ellipsis=True)
    return Content.assemble(left, "  ", right)
