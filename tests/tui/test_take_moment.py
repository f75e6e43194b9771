"""While something slow is done, help and the question whether to leave can be opened, and stay."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from instruments.records import OwnResult
from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tests.tui.test_take_app import taking
from tui.flows.taking import TakingSession
from tui.screens.page import MomentScreen


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[TakingSession, threading.Event]:
    """A sitting with all answered, whose own result is worked out when the event is set."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    session = studies.started(root, *studies.FIVE_ANSWERS)
    may_go_on = threading.Event()
    show: Callable[[], OwnResult] = session.show_result

    def slow() -> OwnResult:
        assert may_go_on.wait(60)
        return show()

    monkeypatch.setattr(session, "show_result", slow)
    return session, may_go_on


async def at_moment(person: Respondent) -> None:
    await person.see("Your answers")
    await person.press("g")
    await person.until(lambda: isinstance(person.screen, MomentScreen))


async def still_sees(person: Respondent, words: str) -> None:
    """Give the work time to end behind the page in front."""
    for _ in range(50):
        await person.pilot.pause()
    assert words in person.text


async def test_help_stays_until_it_is_closed(held: tuple[TakingSession, threading.Event]) -> None:
    """The own result comes behind it, and no page that says "One moment" stays."""
    session, may_go_on = held
    async with taking(session) as person:
        await at_moment(person)
        await person.press("question_mark")
        await person.see("Help")
        may_go_on.set()
        await still_sees(person, "Help")
        await person.press("escape")
        await person.see("Your own result")
        assert not any(isinstance(screen, MomentScreen) for screen in person.app.screen_stack)
        await person.press("q")
        await person.see("Leave now?")


async def test_a_second_look_at_the_help_changes_nothing(
    held: tuple[TakingSession, threading.Event],
) -> None:
    """Opened and closed before the work is done, it leaves the calm line in front."""
    session, may_go_on = held
    async with taking(session) as person:
        await at_moment(person)
        for _ in range(2):
            await person.press("question_mark")
            await person.see("Help")
            await person.press("escape")
            await person.see("One moment")
        may_go_on.set()
        await person.see("Your own result")


@pytest.mark.parametrize("way", [0, 2])
async def test_the_question_whether_to_leave_is_answered(
    held: tuple[TakingSession, threading.Event], way: int
) -> None:
    """Leaving leaves with all kept; staying goes on to the own result."""
    session, may_go_on = held
    async with taking(session) as person:
        await at_moment(person)
        await person.press("q")
        await person.until(lambda: not isinstance(person.screen, MomentScreen))
        may_go_on.set()
        await person.press("1" if way == 0 else "escape")
        if way:
            await person.see("Your own result")
    outcome = person.app.return_value
    assert (outcome is not None and outcome.kind == "left") is (way == 0)
