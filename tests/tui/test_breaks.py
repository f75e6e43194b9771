"""A place for a break between sections: offered once, with nothing lost, on screens and in plain lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from instruments.answers import Skipped
from instruments.battery import FULL, STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.sitting import Sitting
from tests.tui import take_studies as studies
from tests.tui.plain_person import sit
from tests.tui.test_take_app import taking
from tui import take_texts as texts
from tui.flows.breaks import BREAK_SECONDS, Breaks, break_places
from tui.flows.pace import usual_seconds
from tui.flows.taking import TakingSession

ROOMS = "slack/minutes"
"""The question before which the standard battery has its break."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An open study with the standard battery's questions."""
    studies.open_study(tmp_path / "study", studies.standard())
    return tmp_path / "study"


def before_the_break(root: Path) -> TakingSession:
    """Return a conversation two questions before the break."""
    questions = studies.standard().questions()
    place = [question.id for question in questions].index(ROOMS)
    return studies.started(root, *([None] * (place - 2)))


def test_the_standard_battery_has_one_break_about_in_the_middle_of_its_questions() -> None:
    questions = studies.standard_with_tasks().questions(("review-a-1", "adapt-a"))
    assert break_places(questions) == {ROOMS}


def test_a_break_opens_a_section_and_has_enough_on_either_side() -> None:
    """Also in the full battery; a short one has none, nor a task."""
    battery = build_battery("full", "en", (studies.DEPARTMENT,), FULL, shipped)
    questions = battery.questions()
    places = [place for place, one in enumerate(questions) if one.id in break_places(questions)]
    assert places
    for start, end in zip([0, *places], [*places, len(questions)], strict=True):
        assert usual_seconds(questions[start:end]) >= BREAK_SECONDS
        assert start == 0 or questions[start].part != questions[start - 1].part
    assert not break_places(studies.five_types().questions())
    with_task = studies.with_task("review").questions(("review-a",))
    assert not break_places(with_task)


def test_it_is_offered_once_and_not_on_the_way_back_or_from_the_review_page() -> None:
    battery = build_battery("standard", "en", (studies.DEPARTMENT,), STANDARD, shipped)
    sitting, breaks = Sitting.begin(battery), Breaks()
    while not breaks.is_due(sitting):
        sitting = sitting.answer(Skipped())
    assert sitting.position_id == ROOMS
    assert Breaks().is_due(sitting)
    breaks.take(sitting)
    assert not breaks.is_due(sitting)
    assert not Breaks().is_due(sitting.skip().back())
    while sitting.stage == "asking":
        sitting = sitting.skip()
    assert not Breaks().is_due(sitting.jump(ROOMS))


async def test_going_on_is_the_easy_answer(root: Path) -> None:
    """Enter leads to the next section; going back and forth shows no second break."""
    session = before_the_break(root)
    async with taking(session) as person:
        await person.until(lambda: session.has_begun and person.screen.query("#choices"))
        await person.press("s", "s")
        await person.see(texts.BREAK_TITLE)
        assert "22 of 32 questions are behind you" in person.text
        await person.press("enter")
        await person.until(lambda: "Question 23 of" in person.text)
        await person.press("b")
        await person.see("Question 22 of")
        await person.press("s")
        await person.see("Question 23 of")


async def test_stopping_there_keeps_everything_and_comes_back_behind_the_break(root: Path) -> None:
    session = before_the_break(root)
    async with taking(session) as person:
        await person.until(lambda: session.has_begun and person.screen.query("#choices"))
        await person.press("s", "s")
        await person.see(texts.BREAK_TITLE)
        await person.press("2")
        await person.until(lambda: person.app.return_value)
    assert person.app.return_value is not None
    assert (person.app.return_value.kind, person.app.return_value.exit_code) == ("left", 0)
    again = studies.session_in(root, code=session.code)
    async with taking(again) as person:
        await person.see("Question 23 of")
        assert again.sitting.answers == session.sitting.answers


def test_plain_lines_have_the_same_break(root: Path) -> None:
    session = before_the_break(root)
    outcome, told = sit(session, "skip", "skip", "2")
    assert outcome.kind == "left"
    assert told.count(texts.BREAK_TITLE) == 1
    assert not any(line.startswith("Question 23") for line in told)
    outcome, told = sit(studies.session_in(root, code=session.code), "quit")
    assert any(line.startswith("Question 23 of 32") for line in told)
    assert texts.BREAK_TITLE not in told


def test_plain_lines_go_on_after_the_break(root: Path) -> None:
    _, told = sit(before_the_break(root), "skip", "skip", "1", "quit")
    place = told.index(texts.BREAK_TITLE)
    assert any(line.startswith("Question 23 of 32") for line in told[place:])
