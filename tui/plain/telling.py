"""Tells a question: number and section, its choices, and what a section or task begins with."""

from __future__ import annotations

from instruments.model import ChoiceFormat, Format, MarkFormat, RatingFormat, RowsFormat, TextFormat
from instruments.questions import Question
from tui.asking import answer_words
from tui.flows import question_words
from tui.flows.taking import TakingSession
from tui.flows.tasks import before_task, draft_of, source_of
from tui.plain import choosing, words
from tui.plain.source import Sections, tell_source
from tui.plain.talk import Talk

Closed = ChoiceFormat | RatingFormat | MarkFormat
"""Formats that one line answers."""


class Teller:
    """Tells each thing where it is new, and not again."""

    def __init__(self, session: TakingSession, talk: Talk) -> None:
        self._session, self._talk = session, talk
        self._language = session.policy.language
        self._before: Question | None = None
        self._task = ""
        self._choices: Format | None = None
        self._attributed: set[str] = set()

    def announce(self, question: Question) -> None:
        """Tell `question`, after what its section or task begins with."""
        battery, sitting = self._session.battery, self._session.sitting
        if self._before is None:
            self._talk.tell(words.HOW_TO)
        self._talk.pause()
        section = question_words.section_title(battery, question)
        if question.task:
            self._enter_task(question)
            place = question_words.place_in_task(battery, sitting, question)
            section = f"{section}, {place[:1].lower()}{place[1:]}" if place else section
        else:
            self._enter_section(question)
        self._talk.tell(f"Question {sitting.position + 1} of {len(sitting.questions)}, {section}.")
        self._talk.tell(question_words.question_text(battery, question))
        earlier = sitting.answers.get(question.id)
        if earlier is not None and not isinstance(question.format, TextFormat | RowsFormat):
            told = answer_words(earlier, question.format, self._language)
            self._talk.tell(f"Until now: {told}. Enter alone keeps it.")
        self._before = question

    def prompt(self, fmt: Closed) -> str:
        """Return the prompt of a closed question; choices that are new are told first, one a line."""
        is_new, self._choices = self._choices != fmt, fmt
        match fmt:
            case ChoiceFormat():
                lines, prompt = choosing.choice_prompt(
                    choosing.choices_of(fmt, self._language), is_new=is_new
                )
                self._talk.tell(*lines)
                return prompt
            case RatingFormat():
                return choosing.rating_prompt(fmt, self._language)
            case MarkFormat():
                return choosing.mark_prompt(fmt, self._language, is_new=is_new)

    def again(self, question: Question) -> None:
        """Tell the question itself and all its choices once more."""
        self._talk.tell(question_words.question_text(self._session.battery, question))
        if isinstance(question.format, ChoiceFormat):
            choices = choosing.choices_of(question.format, self._language)
            self._talk.tell(*(f"{number} {label}" for number, label in choices))

    def sections(self, question: Question) -> Sections:
        """Return what the task of `question` gives to read."""
        return source_of(self._session.battery.drawn(question.task).task, self._session.policy)

    def _enter_section(self, question: Question) -> None:
        battery, before = self._session.battery, self._before
        is_inside = before is not None and before.part == question.part and not before.task
        if is_inside or self._session.sitting.from_review:
            return
        left = self._session.minutes_left
        self._talk.tell(f"About {left} minutes are left." if left > 1 else "About a minute is left.")
        self._talk.tell(question_words.instructions(battery, question))
        self._talk.tell(question_words.before_section(battery, self._session.sitting, question))
        lines = question_words.attribution(battery, question).split("\n")
        self._talk.tell(*(line for line in lines if line not in self._attributed))
        self._attributed.update(lines)

    def _enter_task(self, question: Question) -> None:
        """Tell what a task is, and its whole text but for a draft that is told with its numbers."""
        if question.task == self._task:
            return
        self._task = question.task
        drawn = self._session.battery.drawn(question.task)
        leaving_out = words.LEAVING_OUT if self._session.sitting.can_leave_out else ""
        first, *rest = before_task(drawn, self._language, leaving_out)
        has_draft = bool(draft_of(drawn.task, self._language))
        self._talk.tell(f"{question_words.section_title(self._session.battery, question)}: {first.title}.")
        self._talk.tell(*(() if has_draft else first.sentences))
        for piece in rest:
            self._talk.tell(*piece.sentences)
        sections = self.sections(question)
        tell_source(self._talk, sections[:-1] if has_draft else sections)
        self._talk.pause()
