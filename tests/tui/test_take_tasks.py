"""The practical tasks by keyboard: text and work, the lock, feedback after the last, going on inside."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from textual import events

from instruments.answers import Choice, Marked, Skipped, Text
from instruments.records import Submission
from instruments.sitting import SittingError
from instruments.tasks.readability import words_of
from store.public import load_public
from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tui.flows.helping import MARK_KEYS, question_help
from tui.flows.outcomes import TakingError
from tui.flows.own import own_result
from tui.flows.taking import TakingSession
from tui.flows.tasks import draft_of, task_feedback
from tui.screens.task import TaskScreen
from tui.take_app import make_take_app
from tui.widgets.source_pane import Place, SourcePane, places_of
from tui.widgets.text_box import WordBox

SIZES = ((80, 24), (120, 40))
TASKS = ("review", "summarise", "adapt", "withhold")
CANARY = "Zanzibarkanarienvogel"


@asynccontextmanager
async def taking(session: TakingSession, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Respondent]:
    """Run the program for `session` with a clock that goes five seconds a look."""
    clock = itertools.count(0, 5)
    app = make_take_app(session, now=lambda: float(next(clock)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Respondent(pilot, session)


def at_task(tmp_path: Path, task: str) -> TakingSession:
    """Return a conversation that stands before the only task of its study."""
    root = tmp_path / "study"
    studies.open_study(root, studies.with_task(task))
    return studies.started(root, Choice(code=1))


async def at_work(person: Respondent) -> None:
    """Pass the page before the task."""
    await person.see("Take the time you need")
    await person.press("enter")
    await person.until(lambda: isinstance(person.screen, TaskScreen))
    await person.until(lambda: person.screen.query("#choices, #own-words"))


async def answer_all(person: Respondent) -> None:
    """Answer the task by keyboard until it can be handed in."""
    session = person.session
    while session.sitting.stage == "asking":
        before = session.sitting
        assert before.current is not None
        keys = {"text": ("ctrl+n",), "statement": ("r", "2")}.get(before.current.format.id, ("2",))
        await person.press(*keys)
        await person.until(lambda before=before: session.sitting != before)  # type: ignore[misc]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("task", TASKS)
async def test_each_task_goes_by_keyboard_to_the_feedback_and_the_review_page(
    tmp_path: Path, task: str, size: tuple[int, int]
) -> None:
    """Handing in is asked once, feedback follows the last task, the review page lists it as handed in."""
    session = at_task(tmp_path, task)
    async with taking(session, size) as person:
        await at_work(person)
        await answer_all(person)
        await person.see("Hand in this task?")
        assert "Built to be easy" not in person.text
        with pytest.raises(TakingError, match="after the last task"):
            task_feedback(session.public, session.sitting)
        await person.press("1")
        await person.see("What was in the tasks")
        await person.press("enter")
        await person.see("Your answers")
        assert "handed in" in person.text
    assert session.sitting.handed_in == session.sitting.drawn


@pytest.mark.parametrize("size", SIZES)
async def test_text_and_work_stand_side_by_side_only_where_there_is_room(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """At 120 columns both are seen; at 80 the tab key changes, and the statement is in view with both."""
    async with taking(at_task(tmp_path, "review"), size) as person:
        await at_work(person)
        assert "Statement 1 of 24" in person.text
        assert ("64 advisers" in person.text) == (size[0] >= 120)
        await person.press("tab")
        assert "64 advisers" in person.text
        assert "Statement 1 of 24" in person.text
        assert ("r1  needs review" in person.text) == (size[0] >= 120)
        await person.press("t")
        assert "Statement 1 of 24" in person.text


async def test_the_text_keeps_its_place_and_is_searched_by_a_word(tmp_path: Path) -> None:
    """Scrolled, searched, left and come back to: the same lines; `n` goes round all places."""
    async with taking(at_task(tmp_path, "summarise")) as person:
        await at_work(person)
        await person.press("tab", "slash")
        await person.press(*"overtime", "enter")
        await person.see("Place 1 of 3")
        await person.see("hoped for less overtime")
        found = person.text
        await person.press("tab", "tab")
        assert person.text == found
        await person.press("n", "n", "n")
        await person.see("Place 1 of 3")
        await person.press("slash", "z", "q", "enter")
        await person.see("does not stand in the text")
        await person.press("pageup", "pageup", "pageup")
        await person.see("Note from the yard team")


def test_a_word_is_found_in_capitals_or_not_and_nothing_by_an_empty_search() -> None:
    """Places are counted by paragraph and column."""
    assert places_of("Gate", ["the gate", "no", "Gate, gate"]) == (
        Place(0, 4, 8),
        Place(2, 0, 4),
        Place(2, 6, 10),
    )
    assert places_of("  ", ["a b"]) == ()


async def test_no_answer_is_given_or_skipped_while_only_the_text_is_seen(tmp_path: Path) -> None:
    """Keys that answer, skip or go back do nothing behind the reader's back."""
    session = at_task(tmp_path, "review")
    async with taking(session) as person:
        await at_work(person)
        await person.press("r", "2", "tab")
        before = session.sitting
        await person.press("s", "b", "r", "3")
        assert session.sitting == before


async def test_the_draft_stands_in_the_box_with_its_words_counted(tmp_path: Path) -> None:
    """What is asked stays in view; typing and pasting change the count; Esc sequences are not pasted."""
    session = at_task(tmp_path, "summarise")
    async with taking(session) as person:
        await at_work(person)
        assert "leads the warehouse" in person.text
        count = len(words_of(draft_of(session.battery.tasks[0], "en")))
        assert f"{count} words, at most 120 are asked for" in person.text
        box = person.screen.query_one(WordBox)
        box.post_message(events.Paste("two words \x1b"))
        await person.see(f"{count + 2} words")
        assert "\x1b" not in box.words
        assert "leads the warehouse" in person.text


async def test_pasted_paragraphs_stay_apart_whatever_ends_a_line(tmp_path: Path) -> None:
    """Terminals paste a carriage return for a new line; other programs both, or a newline alone."""
    async with taking(at_task(tmp_path, "summarise")) as person:
        await at_work(person)
        box = person.screen.query_one(WordBox)
        box.post_message(events.Paste("one\rtwo\r\nthree\n"))
        await person.until(lambda: box.words.startswith("one"))
        assert box.words.startswith("one\ntwo\nthree\n")


@pytest.mark.parametrize("task", TASKS)
async def test_leaving_inside_a_task_and_going_on_finds_the_same_place(tmp_path: Path, task: str) -> None:
    """Answers, half-typed text and the draw are in the sealed draft; the second run stands there."""
    first = at_task(tmp_path, task)
    async with taking(first) as person:
        await at_work(person)
        if task in {"summarise", "adapt"}:
            await person.press(*CANARY, "ctrl+q")
        else:
            await person.press(*(("r", "2", "f", "3") if task == "review" else ("2", "3")), "q")
        await person.see("Leave now?")
        await person.press("1")
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]
    second = studies.session_in(tmp_path / "study")
    async with taking(second) as person:
        await person.resume(first.code)
        await person.until(lambda: isinstance(person.screen, TaskScreen))
        assert second.sitting.position_id == first.sitting.position_id
        assert second.sitting.drawn == first.sitting.drawn
        assert second.sitting.answers == first.sitting.answers
        if task in {"summarise", "adapt"}:
            await person.see(CANARY)


async def test_a_run_that_ended_at_handing_in_asks_again_and_may_look_again(tmp_path: Path) -> None:
    """The question about handing in is a place to come back to; looking again opens the last answer."""
    first = at_task(tmp_path, "withhold")
    async with taking(first) as person:
        await at_work(person)
        await answer_all(person)
        await person.see("Hand in this task?")
    second = studies.session_in(tmp_path / "study")
    async with taking(second) as person:
        await person.resume(first.code)
        await person.see("Hand in this task?")
        await person.press("2")
        await person.see("Situation 6 of 6")
        await person.press("4")
        await person.see("Hand in this task?")
    assert second.sitting.answers["withhold-a/v6"] == Choice(code=4)


@pytest.mark.parametrize("size", SIZES)
async def test_situations_show_the_organisations_rules_once_with_them(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """The policy of the study stands above each situation in a small window, and beside it in a wide one."""
    async with taking(at_task(tmp_path, "withhold"), size) as person:
        await at_work(person)
        words = person.text.replace("\n", " ")
        assert words.count("Only AI tools on the organisation's list") == 1
        assert "Do not use it" in person.text
        await person.pilot.resize_terminal(*SIZES[size == SIZES[0]])
        await person.until(lambda: words.split() != person.text.split())
        assert person.text.count("Only AI tools on the organisation's list") == 1


async def test_the_words_counted_stay_in_view_while_the_text_is_read(tmp_path: Path) -> None:
    """What is asked, too: at 80 columns under the text, as it was typed so far."""
    async with taking(at_task(tmp_path, "summarise")) as person:
        await at_work(person)
        person.screen.query_one(WordBox).text = "Three words now"
        await person.press("tab")
        await person.see("3 words, at most 120 are asked for")
        assert "leads the warehouse" in person.text


async def test_help_inside_a_task_tells_its_keys(tmp_path: Path) -> None:
    """`?` says what is asked and how to search."""
    async with taking(at_task(tmp_path, "review")) as person:
        await at_work(person)
        await person.press("question_mark")
        await person.see("What this asks")


async def test_feedback_can_be_read_again_but_a_task_not_changed(tmp_path: Path) -> None:
    """From the review page `f` leads to the feedback and back; `b` goes to the last open question."""
    session = at_task(tmp_path, "withhold")
    for _ in range(6):
        session.look() if not session.has_begun else None
        session.skip()
    session.hand_in()
    async with taking(studies.session_in(tmp_path / "study", code=session.code)) as person:
        await person.see("What was in the tasks")
        await person.press("enter")
        await person.see("Your answers")
        await person.press("f")
        await person.see("What was in the tasks")
        await person.press("enter")
        await person.see("Your answers")
        await person.press("b")
        await person.question("five/q-agree")
        with pytest.raises(SittingError):
            person.session.jump("withhold-a/v1")


def test_a_whole_sitting_hands_in_drawn_tasks_and_no_text_in_clear(tmp_path: Path) -> None:
    """Standard battery: two tasks by lot; no canary in clear; the own result counts them."""
    root = tmp_path / "study"
    studies.open_study(root, studies.standard_with_tasks())
    session = studies.session_in(root, real=True)
    session.make_code()
    session.begin()
    assert len(session.sitting.drawn) == 2
    while session.sitting.stage != "review":
        current = session.sitting.current
        if session.sitting.stage == "offering":
            session.decline_more()
        elif current is None:
            session.hand_in()
        elif current.item.id == "text":
            session.answer(Text(value=CANARY))
        elif current.item.format == "statement":
            session.answer(Marked(flagged=True, confidence=75))
        else:
            session.skip()
    assert task_feedback(session.public, session.sitting)
    sitting = session.sitting
    told = session.show_result()
    assert told == own_result(session.public, sitting.answers, sitting.drawn)
    assert told.drawn == sitting.drawn
    assert told.needs != own_result(session.public, sitting.answers).needs
    session.seal()
    assert len(list((root / "inbox").iterdir())) == 1
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]
    assert Skipped() in session.sitting.answers.values()


async def test_source_pane_is_there_for_every_task(tmp_path: Path) -> None:
    """A smaller window turns side by side into one at a time, and back, without losing the statement."""
    async with taking(at_task(tmp_path, "adapt"), (120, 40)) as person:
        await at_work(person)
        assert person.screen.query_one(SourcePane).display
        await person.pilot.resize_terminal(80, 24)
        await person.until(lambda: not person.screen.query_one(SourcePane).display)
        assert person.screen.query_one(WordBox).display


def test_closing_refuses_answers_of_tasks_that_were_not_drawn(tmp_path: Path) -> None:
    """Unknown names, two forms of one task, and answers outside the draw are told without an answer."""
    studies.open_study(tmp_path / "study", studies.standard_with_tasks())
    public = load_public(tmp_path / "study")
    drawn = Submission(
        study=public.policy.study,
        wave=public.policy.wave,
        policy_sha256=public.policy_sha256,
        battery_sha256=public.policy.battery_sha256,
        answers={"adapt-a/text": Text(value=CANARY), "review-b/s1": Marked(flagged=True, confidence=55)},
        drawn=("adapt-a", "review-b-1"),
    )
    statements = [one.id for one in public.battery.questions(("review-b-2",)) if one.task]
    assert public.why_not(drawn) == ""

    def refused(**changes: object) -> str:
        return public.why_not(msgspec.structs.replace(drawn, **changes))

    assert refused(drawn=("adapt-a",)) == refused(drawn=()) == "an answer to a question that was not asked"
    assert refused(drawn=("adapt-a", "review-z-1")) == "a task that does not belong to the study"
    assert refused(drawn=("adapt-a", "adapt-b")) == "the same task twice"
    other_half = {statements[0]: Marked(flagged=True, confidence=55)}
    assert refused(answers=other_half) == "an answer to a question that was not asked"
    unfit = {"adapt-a/text": Choice(code=1)}
    assert refused(answers=unfit) == "the answer to adapt-a/text does not fit the question"


@pytest.mark.parametrize(("kind", "is_told"), [("review", True), ("withhold", False)])
async def test_the_keys_for_marks_are_told_where_there_are_marks_only(
    tmp_path: Path, kind: str, is_told: bool
) -> None:
    """People in a task of choices looked for r and f, which do nothing there."""
    async with taking(at_task(tmp_path, kind)) as person:
        await at_work(person)
        session = person.session
        question = session.sitting.current
        assert question is not None
        told = question_help(session.policy, session.battery, question)
    assert (MARK_KEYS in [said for part in told for said in part.sentences]) == is_told
