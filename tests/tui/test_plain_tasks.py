"""The four tasks in plain lines: texts told whole and searched, drafts changed, tasks left out again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.answers import Choice, Marked, Skipped, Text
from instruments.tasks.catalogue import shipped_tasks
from tests.tui import take_studies as studies
from tests.tui.plain_person import sit
from tui.flows.taking import TakingSession
from tui.flows.tasks import draft_of, source_of
from tui.plain import words
from tui.plain.paragraphs import Paragraphs

FIRST = "2"
"""Answers the one question before the task."""


def begun(root: Path, task: str) -> TakingSession:
    """Return a conversation in front of the question before `task`."""
    studies.open_study(root, studies.with_task(task), pinned=True)
    return studies.started(root)


def draft_in(session: TakingSession, task: str) -> str:
    return draft_of(session.battery.drawn(f"{task}-a").task, "en")


@pytest.mark.parametrize("task", ["review", "summarise", "adapt", "withhold"])
def test_the_text_is_told_whole_once_and_again_on_demand(tmp_path: Path, task: str) -> None:
    """Every paragraph of what there is to read comes on entering, and once more with `text`."""
    session = begun(tmp_path / "study", task)
    before, after = (
        sit(session, FIRST)[1],
        sit(studies.session_in(tmp_path / "study", code=session.code), "text")[1],
    )
    source = source_of(session.battery.drawn(session.sitting.drawn[0]).task, session.policy)
    paragraphs = [paragraph for _, told in source for paragraph in told]
    for told, count in ((before, 1), (after, 2)):
        for paragraph in paragraphs:
            assert sum(paragraph in line for line in told) == count, paragraph


def test_the_next_statement_does_not_repeat_the_text(tmp_path: Path) -> None:
    """The text comes on entering only; the statement says its number; the example stands at the first."""
    session = begun(tmp_path / "study", "review")
    _, told = sit(session, FIRST, "r2", "F 3", "back", "", "quit")
    assert told.count("The text:") == 1
    assert (
        sum(line.startswith("Question 3 of 25, Checking an AI report, statement 2 of 24") for line in told)
        == 2
    )
    assert sum(line.endswith("For example r1.") for line in told) == 1
    first, second = (one.id for one in session.sitting.questions[1:3])
    assert session.sitting.answers[first] == Marked(flagged=True, confidence=75)
    assert session.sitting.answers[second] == Marked(flagged=False, confidence=95)
    assert session.sitting.position == 3


def test_find_tells_each_paragraph_that_has_the_word_under_its_heading(tmp_path: Path) -> None:
    session = begun(tmp_path / "study", "summarise")
    _, told = sit(session, FIRST, "find OVERTIME", "find", "find zzz", "FIND zzz", "quit")
    place = told.index("2 paragraphs have “overtime”.")
    assert told[place + 1] == "The text:"
    assert "overtime" in told[place + 2]
    assert told[place + 3].startswith("The AI draft as it was, for ")
    assert told.count(words.WHICH_WORD) == 1
    assert told.count("“zzz” does not stand in the text.") == 2


def test_a_draft_is_changed_word_by_word_and_kept_each_time(tmp_path: Path) -> None:
    """Untouched it is no answer; each change is on disk before the next prompt."""
    session = begun(tmp_path / "study", "adapt")
    _, told = sit(session, FIRST, "show", "quit")
    draft = draft_in(session, "adapt")
    text_id = session.sitting.questions[1].id
    assert text_id not in session.sitting.answers
    assert f"1. {draft.split(chr(10))[0]}" in told
    steps = (
        "change 1",
        "engineers",
        "buyers",
        "change 2",
        "not there",
        "change 9",
        "add",
        "One line more.",
        "done",
    )
    later = studies.session_in(tmp_path / "study", code=session.code)
    _, told = sit(later, *steps)
    assert later.sitting.answers[text_id] == Text(
        value=f"{draft.replace('engineers', 'buyers', 1)}\n\nOne line more."
    )
    assert words.NO_WORDS.format(2) in told
    assert words.NO_PARAGRAPH.format(9) in told
    other = studies.session_in(tmp_path / "study", code=session.code)
    _, told = sit(other, "done", "1", "1", "quit")
    assert other.sitting.answers[text_id] == later.sitting.answers[text_id]
    assert other.sitting.stage == "review"
    assert "3. One line more." in told


def test_a_draft_may_be_handed_in_as_it_is_or_passed_over(tmp_path: Path) -> None:
    session = begun(tmp_path / "study", "summarise")
    sit(session, FIRST, "done", "2", "quit")
    text, consent = (one.id for one in session.sitting.questions[1:3])
    assert session.sitting.answers[text] == Text(value=draft_in(session, "summarise"))
    assert session.sitting.answers[consent] == Choice(code=2)
    later = studies.session_in(tmp_path / "study", code=session.code)
    sit(later, "2", "back", "skip", "skip", "quit")
    assert later.sitting.answers[text] == later.sitting.answers[consent] == Skipped()


def test_an_added_task_is_left_out_again(tmp_path: Path) -> None:
    """Only an added one; everything answered in it goes."""
    battery = studies.with_task("withhold")
    both = tuple(task for task in shipped_tasks() if task.form == "a" and task.id in {"withhold", "adapt"})
    studies.open_study(tmp_path / "study", msgspec.structs.replace(battery, tasks=both, task_count=1))
    session = studies.started(tmp_path / "study")
    session.look()
    session.answer(Choice(code=1))
    while session.sitting.stage == "asking":
        session.skip()
    later = studies.session_in(tmp_path / "study", code=session.code)
    _, told = sit(later, "1", "2", "leave out", "quit")
    assert later.sitting.stage == "review"
    assert later.sitting.added == ()
    assert words.LEAVING_OUT in told
    assert words.LEAVE_OUT_HELP not in told


def test_a_drawn_task_is_not_left_out(tmp_path: Path) -> None:
    session = begun(tmp_path / "study", "withhold")
    before = session.look() and session.sitting
    _, told = sit(session, FIRST, "leave out", "quit")
    assert words.NOTHING_TO_LEAVE_OUT in told
    assert before.drawn == session.sitting.drawn  # type: ignore[union-attr]


def test_paragraphs_are_changed_one_at_a_time() -> None:
    """Empty lines between paragraphs stay where they were, and none is left over."""
    text = Paragraphs.of("one two.\n\nthree\n\nfour")
    assert text.numbered == ("1. one two.", "2. three", "3. four")
    assert text.replaced(2, "3").text == "one two.\n\n3\n\nfour"
    assert text.inserted(1, "zero").text == "zero\n\none two.\n\nthree\n\nfour"
    assert text.deleted(1).text == "three\n\nfour"
    assert text.deleted(3).text == "one two.\n\nthree"
    assert text.deleted(2).deleted(2).added("five").text == "one two.\n\nfive"
    assert Paragraphs.of("").added("a").added("b").text == "a\nb"
    changed = text.changed(1, "two", "")
    assert changed is not None
    assert changed.lines[0] == "one."
    assert text.changed(1, "no", "x") is None
    emptied = text.changed(2, "three", "")
    assert emptied is not None
    assert emptied.text == "one two.\n\nfour"
