"""Asks the questions of a sitting one after another; an answer is on disk before the next is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from instruments.answers import Answer, Text
from instruments.errors import CareloadError
from instruments.model import ChoiceFormat, MarkFormat, RatingFormat, RowsFormat, TextFormat
from instruments.questions import Question
from instruments.tasks.writing import SummariseTask
from tui.flows.helping import why_asked
from tui.flows.taking import TakingSession
from tui.flows.tasks import draft_of
from tui.plain import choosing, words
from tui.plain.editor import Editor
from tui.plain.rows import ask_rows
from tui.plain.source import tell_found, tell_source
from tui.plain.talk import Talk
from tui.plain.telling import Closed, Teller
from tui.plain.turn import Moved, Turn


class Asker:
    """Asks questions and does what the words between them say."""

    def __init__(self, session: TakingSession, talk: Talk, now: Callable[[], float]) -> None:
        self._session, self._talk, self._now = session, talk, now
        self._teller = Teller(session, talk)
        self._language = session.policy.language
        self._since = 0.0

    def ask_all(self) -> None:
        """Ask until a task, or the questions outside of tasks, come to their end or to a break."""
        session = self._session
        is_task = bool(session.sitting.task)
        while (question := session.sitting.current) is not None and bool(question.task) == is_task:
            if session.breaks.is_due(session.sitting):
                return
            self._teller.announce(question)
            self._since = self._now()
            try:
                self._ask(self._turn(question))
            except Moved:
                continue

    def _turn(self, question: Question) -> Turn:
        code = self._session.code
        return Turn(
            talk=self._talk,
            question=question,
            language=self._language,
            earlier=self._session.sitting.answers.get(question.id),
            command=lambda line: self._command(line, question),
            serve=lambda line, helps: self._talk.serve(line, (*helps, *self._helps(question)), code),
            ask=lambda prompt, helps: self._talk.ask(prompt, (*helps, *self._helps(question)), code),
            hold=self._hold,
            give=self._give,
        )

    def _helps(self, question: Question) -> Sequence[str]:
        more = words.TASK_HELP if question.task else ()
        out = (words.LEAVE_OUT_HELP,) if self._session.sitting.can_leave_out else ()
        return (*more, *out, *words.QUESTION_HELP)

    def _ask(self, turn: Turn) -> None:
        """Ask in the way of the question's format until the turn is over."""
        match turn.question.format:
            case RowsFormat() as fmt:
                ask_rows(turn, fmt)
            case TextFormat() as fmt:
                self._ask_text(turn, fmt)
            case ChoiceFormat() | RatingFormat() | MarkFormat() as fmt:
                self._ask_closed(turn, fmt)

    def _ask_closed(self, turn: Turn, fmt: Closed) -> None:
        prompt = self._teller.prompt(fmt)
        while True:
            line = turn.ask(prompt, ())
            if turn.command(line):
                continue
            earlier = None if line else turn.earlier
            answer = earlier or _read(fmt, line, self._language)
            if isinstance(answer, str):
                turn.talk.tell(answer)
            else:
                turn.give(answer)

    def _ask_text(self, turn: Turn, fmt: TextFormat) -> None:
        draft, most = "", 0
        if turn.question.task:
            task = self._session.battery.drawn(turn.question.task).task
            draft = draft_of(task, self._language)
            most = task.max_words if isinstance(task, SummariseTask) else 0
            if not isinstance(turn.earlier, Text):
                turn.talk.tell(f"{self._teller.sections(turn.question)[-1][0]}:")
        Editor(turn, fmt, draft, most).run()

    def _command(self, line: str, question: Question) -> bool:
        """Do what `line` says where it is a command."""
        match line.lower():
            case "back" | "b":
                self._back()
            case "skip" | "s":
                self._step(self._session.skip)
            case "why":
                for piece in why_asked(self._session.policy, self._session.battery, question):
                    self._talk.tell(f"{piece.title}:", *piece.sentences)
            case "again":
                self._teller.again(question)
            case _:
                return bool(question.task) and self._task_command(line, question)
        return True

    def _task_command(self, line: str, question: Question) -> bool:
        word, _, rest = line.partition(" ")
        match word.lower(), rest.strip().lower():
            case "text", "":
                tell_source(self._talk, self._teller.sections(question))
            case "find", "":
                self._talk.tell(words.WHICH_WORD)
            case "find", sought:
                tell_found(self._talk, self._teller.sections(question), sought)
            case "leave", "out":
                self._leave_out()
            case _:
                return False
        return True

    def _back(self) -> None:
        before = self._session.sitting
        self._step(self._session.back, is_over=lambda: self._session.sitting != before)
        self._talk.tell(words.FIRST if before.position == 0 else words.FIRST_OPEN)

    def _leave_out(self) -> None:
        if self._session.sitting.can_leave_out:
            self._step(self._session.leave_out)
        else:
            self._talk.tell(words.NOTHING_TO_LEAVE_OUT)

    def _give(self, answer: Answer) -> None:
        seconds = self._now() - self._since
        self._step(lambda: self._session.answer(answer, seconds))

    def _hold(self, answer: Answer) -> bool:
        try:
            self._session.hold(answer)
        except CareloadError as error:
            self._talk.tell(error.message, error.todo)
            return False
        return True

    def _step(self, step: Callable[[], None], is_over: Callable[[], bool] = lambda: True) -> None:
        """Take a step and end the turn, unless it is refused or changes nothing."""
        try:
            step()
        except CareloadError as error:
            self._talk.tell(error.message, error.todo)
            return
        if is_over():
            raise Moved


def _read(fmt: Closed, line: str, language: str) -> Answer | str:
    match fmt:
        case ChoiceFormat():
            return choosing.read_choice(fmt, line, language)
        case RatingFormat():
            return choosing.read_rating(fmt, line)
        case MarkFormat():
            return choosing.read_mark(fmt, line, language)
