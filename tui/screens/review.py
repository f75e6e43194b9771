"""All answers on one page, before the own result; any of them can still be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

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
from tui.screens.base import TakeScreen, plain

TASKS = "Practical tasks"
FEEDBACK = "feedback"
"""What the page ends with when the feedback on the tasks is asked for: no question is called so."""
_ANSWER_COLUMNS = 30
_QUESTION_COLUMNS = 42


class ReviewScreen(TakeScreen[str]):
    """Ends with the id of a question to change, with FEEDBACK, or with an empty string to go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "go_on", "Own result", show=False),
        Binding("b", "back", "Back", show=False),
        Binding("f", "feedback", "Tasks", show=False),
    ]

    def __init__(self, battery: Battery, sitting: Sitting) -> None:
        super().__init__()
        self._battery, self._sitting = battery, sitting

    def page(self) -> Iterable[Widget]:
        """Return heading, the list of answers and the keys."""
        total, answered = len(self._sitting.questions), self._sitting.answered
        yield plain("Your answers", classes="heading")
        yield plain(
            f"{answered} of {total} answered, {total - answered} skipped. Nothing has left this computer. "
            f"You can change any answer now{self._but_tasks()}; once your own result has been shown you "
            "cannot.",
            classes="text",
        )
        yield OptionList(*self._lines(), id="answers", markup=False)
        yield plain(self._hints(), classes="hints")

    def _hints(self) -> str:
        if self._sitting.drawn:
            return "↑ ↓ Enter change   g go on to your own result   f tasks   ? help   q leave"
        return "↑ ↓ Enter change an answer   g go on to your own result   ? help   q leave"

    def _but_tasks(self) -> str:
        return ", but for the tasks" if self._sitting.drawn else ""

    def action_go_on(self) -> None:
        """Go on to the own result."""
        self.dismiss("")

    def action_back(self) -> None:
        """Go back to the last question that may still change."""
        changeable = self._sitting.changeable
        if changeable:
            self.dismiss(changeable[-1].id)

    def action_feedback(self) -> None:
        """Read again what was planted in the tasks."""
        if self._sitting.drawn:
            self.dismiss(FEEDBACK)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Go to the selected question."""
        message.stop()
        self.dismiss(message.option_id or "")

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
            yield Option(_line(asked, told), id=question.id)
        if self._sitting.drawn:
            yield Option(Content.styled(TASKS, "bold $text-primary"), disabled=True)
        for name in self._sitting.drawn:
            yield Option(self._task_line(name), disabled=True)

    def _task_line(self, name: str) -> Content:
        title = clean(text_in(self._battery.drawn(name).task.title, self._battery.language))
        return _line(title, "handed in")


def _line(asked: str, told: str) -> Content:
    left = Content(f"  {asked}").truncate(_QUESTION_COLUMNS, ellipsis=True, pad=True)
    right = Content.styled(told, "bold").truncate(_ANSWER_COLUMNS, ellipsis=True)
    return Content.assemble(left, "  ", right)
