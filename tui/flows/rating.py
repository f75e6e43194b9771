"""Blind double rating: what a rater is shown, what becomes of a mark, and the figures of all marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from instruments.answers import Text
from instruments.errors import BadInput
from instruments.model import Texts, text_in
from instruments.questions import Battery
from instruments.rating import BOTH, first_marks, may_look, read_mark
from instruments.records import canonical
from instruments.tasks.asking import TEXT, drawn_task
from instruments.tasks.marking import marks_of
from instruments.tasks.rubric import EVEN_HAND, RUBRICS
from instruments.tasks.writing import AdaptTask, SummariseTask
from scoring.rating_records import RatingReport
from store.errors import Refused
from store.public import PublicStudy
from store.ratings import Looks, Ratings, keep_summary
from store.study import Study
from store.texts import KeptText
from tui.cleaning import clean
from tui.flows.consent import Paragraph

Sections = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class RatingPage:
    """One text as a rater sees it; nothing here tells who wrote it, or what others or the program gave."""

    form: str
    title: str
    asked: Sections
    """What a good text holds, and the task as its author saw it."""
    text: str
    anchors: tuple[str, ...]
    """What each mark stands for, 0 first."""
    mark: int | None
    """The rater's own earlier mark."""
    given: int
    """Marks that this rater has given, also on other days."""
    left: int
    """Texts that are open to this rater."""


class RatingSession:
    """One rater, or two together, at the texts of a closed wave; every mark is kept at once."""

    def __init__(self, ratings: Ratings, public: PublicStudy, rater: str) -> None:
        self._ratings, self._battery, self._rater = ratings, public.battery, rater
        self._language = public.policy.language
        self._shown: list[str] = []
        self._place = -1
        self.told = ""
        """What there is to say about the last mark."""

    @property
    def rater(self) -> str:
        """Who looks."""
        return self._rater.replace(BOTH, " and ")

    @property
    def given(self) -> int:
        """How many marks this rater has given, also on other days."""
        return self._given(self._ratings.looks())

    @property
    def left(self) -> int:
        """How many texts are open to this rater now."""
        return self._left(self._ratings.looks())

    def _given(self, looks: Looks) -> int:
        return sum(
            look.rater == self._rater and look.mark is not None for own in looks.values() for look in own
        )

    def _left(self, looks: Looks) -> int:
        texts = self._ratings.kept.texts
        return sum(may_look(self._rater, looks.get(text.id, [])) is not None for text in texts)

    def page(self) -> RatingPage | None:
        """Return the text in front, None before the first and where no text is open to this rater."""
        if self._place < 0:
            return None
        text = next(one for one in self._ratings.kept.texts if one.id == self._shown[self._place])
        task = task_of(self._battery, text.form)
        looks = self._ratings.looks()
        own = [look for look in looks.get(text.id, []) if look.rater == self._rater]
        return RatingPage(
            form=text.form,
            title=clean(text_in(task.title, self._language)),
            asked=_asked(task, self._language),
            text=clean(text.text),
            anchors=RUBRICS[task.kind],
            mark=own[0].mark if own else None,
            given=self._given(looks),
            left=self._left(looks),
        )

    def give(self, mark: int) -> None:
        """Keep `mark` for the text in front, and go on; Refused when others settled it in the meantime."""
        text = self._shown[self._place]
        try:
            self._ratings.give(self._rater, text, mark)
        except Refused:
            self.go_on()
            raise
        self.go_on()
        self.told = self._both_marks(text)

    def go_on(self) -> None:
        """Show the next text: the one that `back` came from, else the next that is open."""
        self.told = ""
        if 0 <= self._place < len(self._shown) - 1:
            self._place += 1
            return
        text = self._ratings.take_next(self._rater)
        if text is None:
            self._place = -1
            return
        self._shown += [] if text.id in self._shown[-1:] else [text.id]
        self._place = len(self._shown) - 1

    def back(self) -> bool:
        """Show the text before, of this sitting; False where there is none, or two look together.

        Whoever looks together has been told both marks by then.
        """
        before = len(self._shown) if self._place < 0 else self._place
        if before < 1 or BOTH in self._rater:
            return False
        self._place, self.told = before - 1, ""
        return True

    def _both_marks(self, text: str) -> str:
        """Return what two who looked together had given alone: hidden until now."""
        if BOTH not in self._rater:
            return ""
        marks = first_marks(self._ratings.looks().get(text, []))
        return f"Before, {' and '.join(f'{rater} gave {mark}' for rater, mark in marks)}."


def task_of(battery: Battery, form: str) -> SummariseTask | AdaptTask:
    """Return the task whose texts have the `form`, such as ``summarise-a``; BadInput for another kind."""
    task = drawn_task(battery.tasks, form).task
    if isinstance(task, SummariseTask | AdaptTask):
        return task
    raise BadInput("The texts for raters belong to a task in which nothing is typed.", "Put back your copy.")


def _asked(task: SummariseTask | AdaptTask, language: str) -> Sections:
    def told(texts: Iterable[Texts]) -> tuple[str, ...]:
        return tuple(clean(text_in(one, language)) for one in texts)

    match task:
        case SummariseTask():
            return (
                ("What the reader needs", told(one.text for one in task.key_points)),
                ("What the draft invented", told(one.place for one in task.claims)),
                ("Who reads it", (*told([task.reader]), f"At most {task.max_words} words were asked for.")),
                ("The source", told(task.source)),
                ("The draft as it was", told(task.draft)),
            )
        case AdaptTask():
            return (
                ("What is different now", told(one.text for one in task.conditions)),
                ("The new situation", told(task.source)),
                ("The prompt as it was", told(task.prompt)),
            )


def welcome(session: RatingSession) -> tuple[Paragraph, ...]:
    """Return what raters read before the first text."""
    return (
        Paragraph(
            "What you read",
            (
                "Texts that people typed in a task, and that they let two people read, or three where two "
                "marks lie far apart. You see the text and no more: no name, no group, no other mark, also "
                "not the program's.",
                "The texts are for this and nothing else: copy none, and tell nobody what stands in one. If "
                "you believe that you know who wrote one, mark it all the same and say nothing.",
            ),
        ),
        Paragraph("An even hand", EVEN_HAND),
        Paragraph(
            "Keys",
            (
                "0 to 4 marks the text and goes on. b goes back to the text before, q leaves with everything "
                "kept. Tab turns to what the text should hold, where it does not stand beside it; space and "
                "page keys scroll.",
                f"You look as: {session.rater}. Open to you now: {session.left}.",
            ),
        ),
    )


def summarise(study: Study, ratings: Ratings) -> RatingReport:
    """Return the figures of all marks so far, and keep those that name nobody for the plan."""
    from scoring.ratings import ReadText, report

    public = study.public()
    looks = ratings.looks()
    texts = []
    for text in ratings.kept.texts:
        marks = first_marks(looks.get(text.id, []))
        if len(marks) == 2:
            kind = task_of(public.battery, text.form).kind
            automatic = _automatic(public, text)
            texts.append(ReadText(kind, (marks[0], marks[1]), read_mark(looks[text.id]), automatic))
    found = report(texts, len(ratings.kept.texts), public.policy.thresholds.k_detail)
    keep_summary(study, canonical(found.summary))
    return found


def _automatic(public: PublicStudy, text: KeptText) -> float | None:
    answers = {f"{text.form}/{TEXT}": Text(value=text.text)}
    (mark,) = marks_of(public.battery, (text.form,), answers, public.policy.ai_use)
    return mark.points
