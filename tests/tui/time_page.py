"""Writes docs/time.md: how long a first sitting with the standard battery takes, by stated rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import median

import msgspec

from instruments.answers import Choice, Text
from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.model import ChoiceFormat, Format, MarkFormat, RatingFormat, RowsFormat, text_in
from instruments.questions import Battery
from instruments.records import Policy
from instruments.setup import Pledge
from instruments.sitting import Sitting
from instruments.tasks.asking import TEXT, Drawn, asked_in, name_of
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.feedback import feedback_on
from instruments.tasks.model import ReviewTask, WithholdTask
from instruments.tasks.readability import words_of
from scoring.pipeline import score_answers
from scoring.told import own_result
from tests.scoring.made import CUTS, pipeline_of
from tests.tui import take_studies as studies
from tui import take_texts
from tui.asking import choice_lines
from tui.flows.agreeing import first_page
from tui.flows.breaks import break_words
from tui.flows.consent import Paragraph, consent
from tui.flows.places import own_computer
from tui.flows.tasks import before_task, draft_of, handing_words, offer_ways, offer_words, source_of
from tui.screens.contents import code_content, receipt_content
from tui.text import own_text

PAGE = Path(__file__).parents[2] / "docs" / "time.md"
LONGEST = 25.0
WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction, mean of adults (Brysbaert 2019, Journal of Memory and Language)."""
CHOOSE, RATE, ENTRY, LOOK_BACK, THINK, EDIT = 3.0, 5.0, 3.0, 14.0, 6.0, 200.0
WRITE_CODE, TYPE_BACK = 45.0, 15.0
ROWS = {"given": 1, "received": 1, "wanted": 1, "tasks": 2}
"""Rows that a person is taken to enter, by the id of the list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what is on the screen, its words, and the seconds that answering takes."""

    name: str
    words: int
    doing: float

    @property
    def seconds(self) -> float:
        """Reading and doing together."""
        return self.words * 60 / WORDS_A_MINUTE + self.doing


def battery() -> Battery:
    """Return the standard battery with one attribute."""
    return build_battery("standard", "en", (studies.DEPARTMENT,), STANDARD, shipped, tasks=shipped_tasks())


def policy() -> Policy:
    """Return the rules of a study with all that a usual one tells: tickets, pace, a pledge, an agreement."""
    pledge = Pledge("half of a group cannot spare 20 minutes a week", "the start moves by a month")
    made = studies.policy_for(battery())
    return msgspec.structs.replace(made, tickets=True, scoring_sha256="0" * 64, pledges=(pledge,))


def questionnaire(of: Battery) -> Iterator[Line]:
    """Yield one line a part: instructions and items are read, labels where they change."""
    for part in of.parts:
        one = part.instrument
        shown: Format | None = None
        words, doing = _count([text_in(one.instructions, "en"), text_in(one.before, "en")]), 0.0
        for item in one.items:
            fmt = one.format_of(item)
            words += _count([text_in(item.text, "en")])
            words += _count(_labels(fmt)) if fmt != shown else 0
            doing += _doing(fmt)
            shown = fmt
        yield Line(f"{one.title['en']} ({len(one.items)})", words, doing)


def task_line(drawn: Drawn, policy: Policy) -> Line:
    """Return the line of one task in one form, with its feedback and the question about handing it in."""
    texts = [text for _, paragraphs in source_of(drawn.task, policy) for text in paragraphs]
    draft = draft_of(drawn.task, "en")
    texts += _sentences(before_task(drawn, "en"))
    asked = asked_in(drawn)
    texts += [text_in(one.item.text, "en") for one in asked if one.item.id != TEXT]
    texts += [
        label for fmt in {one.item.format: one.format for one in asked}.values() for label in _labels(fmt)
    ]
    answers = {TEXT: Text(value=draft)} if draft else {}
    texts += feedback_on(drawn, answers, policy.ai_use)
    doing = 2 * CHOOSE + sum(EDIT if one.item.id == TEXT else CHOOSE for one in asked)
    doing += LOOK_BACK * len(asked) if isinstance(drawn.task, ReviewTask) else 0.0
    doing += THINK * len(asked) if isinstance(drawn.task, WithholdTask) else 0.0
    return Line(f"{drawn.name}: task, handing in, feedback", _count(texts), doing)


def around(of: Battery, policy: Policy) -> Iterator[Line]:
    """Yield the screens before and after the questions."""
    agreed = [*_sentences(first_page(policy, of)), *take_texts.WELCOME_WAYS]
    yield Line("What this is (consent, first page)", _count(agreed), CHOOSE)
    yield Line("Ticket", _count([take_texts.TICKET]), 15.0)
    code = [code_content("").plain, *take_texts.CODE_WAYS, take_texts.REPEAT]
    yield Line("Personal code", _count(code), WRITE_CODE + TYPE_BACK)
    handing, offer = after_tasks(of)
    yield Line("Handing in (twice)", 2 * _count(handing), 0.0)
    yield Line("Offer of more tasks", _count(offer), CHOOSE)
    yield Line("Your answers (looked over)", 60, 10.0)
    yield Line("A place for a break", _count(pause(of)), CHOOSE)
    yield Line("Your own result (of middling answers)", _count(own_words(of)), CHOOSE)
    yield Line(
        "Receipt", _count([receipt_content("", own_computer("north-study"), has_tickets=True).plain]), CHOOSE
    )


def pause(of: Battery) -> list[str]:
    """Return the texts of the page between two sections."""
    return [take_texts.BREAK_TITLE, break_words(Sitting.begin(of)), *take_texts.BREAK_WAYS]


def own_words(of: Battery) -> list[str]:
    """Return the texts of the own result of somebody whose answers are all in the middle."""
    answers = {
        question.id: Choice(code=question.format.options[len(question.format.options) // 2].code)
        for question in of.questions()
        if isinstance(question.format, ChoiceFormat)
    }
    own = own_result(score_answers(pipeline_of(of), of, [answers]), of, "baseline", CUTS)
    told = [
        text for title, sentences in own_text.own_parts(own, is_drawn=True) for text in (title, *sentences)
    ]
    return [*told, *own_text.need_marks(own), own_text.LEGEND, take_texts.DECIDE, *take_texts.RESULT_WAYS]


def names(of: Battery) -> tuple[str, ...]:
    """Return every task and form as the standard battery draws it; of `review` the first half."""
    return tuple(name_of(one, 1 if isinstance(one, ReviewTask) else 0) for one in of.tasks)


def draws(of: Battery, policy: Policy) -> tuple[float, ...]:
    """Return the seconds of the two tasks, for every draw of two."""
    lines = [(of.drawn(name).task.id, task_line(of.drawn(name), policy).seconds) for name in names(of)]
    return tuple(sorted(one + two for (kind, one), (other, two) in combinations(lines, 2) if kind != other))


def fixed_seconds(of: Battery, policy: Policy) -> float:
    """Return the seconds of all that everybody sees."""
    return sum(line.seconds for line in (*around(of, policy), *questionnaire(of)))


def after_tasks(of: Battery) -> tuple[list[str], list[str]]:
    """Return the texts of the question before a task is handed in, and of the offer of more tasks."""
    sitting = Sitting.begin(of, ("review-a-1", "summarise-a"), ("adapt-a", "withhold-a"))
    while sitting.stage != "handing":
        sitting = sitting.skip()
    handing = [*_sentences([handing_words(of, sitting)]), take_texts.HAND_IN_TITLE, *take_texts.HAND_IN_WAYS]
    return handing, [take_texts.OFFER_TITLE, *offer_words(sitting).sentences, *offer_ways(of, sitting)]


def page(policy: Policy) -> str:
    """Return the whole page."""
    of = battery()
    fixed, every = fixed_seconds(of, policy) / 60, draws(of, policy)
    middle = median(every) / 60
    lines = [*around(of, policy), *questionnaire(of)]
    tasks = [task_line(of.drawn(name), policy) for name in names(of)]
    head = ["| screen | words read | seconds of doing | minutes |", "|---|--:|--:|--:|"]
    return "\n".join(
        [
            *_opening(fixed, middle, every[0] / 60, every[-1] / 60),
            *_whole_text(_count(_sentences(consent(policy, of)))),
            *_too_long([fixed + seconds / 60 for seconds in every]),
            *head,
            *(_row(line) for line in lines),
            f"| **everybody, in all** | | | **{fixed:.1f}** |",
            "",
            "## The tasks, two of which are drawn",
            "",
            *head,
            *(_row(line) for line in tasks),
            "",
            "Written by `python -m tests.tui.time_page`; a test fails when it is out of date or too long.",
            "",
        ]
    )


def _opening(fixed: float, middle: float, least: float, most: float) -> Iterable[str]:
    return (
        "# How long the standard battery takes",
        "",
        f"**{fixed + middle:.0f} minutes in the middle** of all draws of two tasks ({fixed + least:.0f} to "
        f"{fixed + most:.0f}); at most {LONGEST:.0f} in the middle is the promise. No person has been timed "
        "yet: these are stated rates, applied to the words of every screen, to be replaced by real first "
        "sittings.",
        "",
        f"- Reading: {WORDS_A_MINUTE} words a minute, the mean of adults who read English non-fiction in "
        "silence (Brysbaert 2019). A scale's labels are read where they change.",
        f"- Doing (ours, assumed): {CHOOSE:.0f} s to choose, {RATE:.0f} s for a number, {ENTRY:.0f} s for an "
        f"entry of a row, {LOOK_BACK:.0f} s to find a statement's passage again, {THINK:.0f} s to weigh a "
        f"situation, {EDIT:.0f} s to edit a text, {WRITE_CODE + TYPE_BACK:.0f} s to write the code down and "
        "type two words back.",
        "- Rows: one of help given, one received, one wanted, two tasks that come back. Feedback: as for "
        "somebody who found nothing; a fault found in a `review` is told in a shorter line.",
        "- A slow reader (150 words a minute) needs about half as long again for the reading; sections can "
        "be done on different days.",
    )


def _whole_text(words: int) -> Iterable[str]:
    """Return what reading the whole text behind the first page takes."""
    return (
        f"- The first page tells all that could change a yes or a no. Who opens the whole text behind it "
        f"reads {words} words more, {words / WORDS_A_MINUTE:.1f} minutes on top.",
    )


def _too_long(minutes: list[float]) -> Iterable[str]:
    """Return how many draws are above the promise, and what would have to go to bring each below."""
    above = [one for one in minutes if one > LONGEST]
    over = max(0.0, minutes[-1] - LONGEST)
    words = round(over * WORDS_A_MINUTE, -1)
    return (
        f"- {len(above)} of {len(minutes)} draws take longer than {LONGEST:.0f} minutes, the longest by "
        f"{over:.1f}: those with two of `review`, `summarise` and `adapt`. So that none did, about "
        f"{words:.0f} words would have to go for everybody, or fewer statements be checked; half a `review` "
        "has 12, and its reliability allows no fewer. Nothing is cut before real people have been timed.",
        "- Tasks added by choice (“I have more time”) come on top; their minutes stand in the offer.",
        "",
        "## What everybody sees",
        "",
    )


def _row(line: Line) -> str:
    return f"| {line.name} | {line.words} | {line.doing:.0f} | {line.seconds / 60:.1f} |"


def _count(texts: Iterable[str]) -> int:
    return sum(len(words_of(text)) for text in texts)


def _sentences(paragraphs: Iterable[Paragraph]) -> list[str]:
    return [sentence for one in paragraphs for sentence in (one.title, *one.sentences)]


def _labels(fmt: Format) -> list[str]:
    match fmt:
        case ChoiceFormat() | MarkFormat():
            return [line.label for line in choice_lines(fmt, "en")]
        case RatingFormat(low=low, high=high):
            return [text_in(low, "en"), text_in(high, "en")]
        case RowsFormat(columns=columns):
            titles = [text_in(column.title, "en") for column in columns]
            return titles + [text_in(o.label, "en") for column in columns for o in column.options]
        case _:
            return []


def _doing(fmt: Format) -> float:
    if isinstance(fmt, RowsFormat):
        return ROWS[fmt.id] * len(fmt.columns) * ENTRY + CHOOSE
    return RATE if isinstance(fmt, RatingFormat) else CHOOSE


if __name__ == "__main__":
    PAGE.write_text(page(policy()), encoding="utf-8")
