"""The employee's program at a kiosk, by keyboard: ending by itself, and all that a code does there."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from store.public import CLOSED
from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tests.tui.test_idle import Clock
from tui.flows.idle import IdleWatch
from tui.flows.places import KIOSK
from tui.flows.taking import TakingSession
from tui.kiosk.app import KioskApp
from tui.screens.question import QuestionScreen

MINUTES = 5


class Visitor(Respondent):
    """A person at a kiosk whose clock the test sets; the clock is looked at when the test says so."""

    app: KioskApp
    clock: Clock

    async def wait(self, seconds: float) -> None:
        """Let time go by without a key."""
        self.clock.seconds += seconds
        self.app.tick()
        await self.pilot.pause()


@asynccontextmanager
async def visiting(session: TakingSession, notice: str = "") -> AsyncIterator[Visitor]:
    """Run one visit."""
    clock, steps = Clock(), itertools.count(0, 5)
    idle = IdleWatch(MINUTES, now=clock)
    app = KioskApp(session, lambda: float(next(steps)), idle, notice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        person = Visitor(pilot, session)
        person.clock = clock
        yield person


def at_kiosk(root: Path) -> TakingSession:
    """Return a conversation that knows where it takes place."""
    session = studies.session_in(root)
    session.place = KIOSK
    return session


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    return root


async def test_nobody_there_is_asked_for_a_minute_and_then_everything_is_kept(five: Path) -> None:
    """Also what was typed and not yet sent; the visit ends by itself, and the code goes on with all of it."""
    session = at_kiosk(five)
    async with visiting(session) as person:
        await person.agree()
        await person.question("five/q-agree")
        await person.press("2")
        await person.press("7", "0", "enter")
        await person.press("h", "i")
        await person.wait(239)
        assert isinstance(person.screen, QuestionScreen)
        await person.wait(1)
        await person.see("Are you still there?")
        assert "In 60 seconds" in person.text
        await person.wait(30)
        await person.see("In 30 seconds")
        await person.wait(30)
    outcome = person.app.return_value
    assert outcome is not None
    assert (outcome.kind, outcome.exit_code) == ("idle", 0)
    assert "5 minutes" in outcome.sentence
    again = studies.session_in(five, code=session.code)
    assert again.look() == "draft"
    assert list(again.sitting.answers.values()) == list(studies.FIVE_ANSWERS[:3])


@pytest.mark.parametrize("key", ["2", "q", "enter", "b", "s", "escape"])
async def test_the_key_that_says_still_there_answers_nothing(five: Path, key: str) -> None:
    session = at_kiosk(five)
    async with visiting(session) as person:
        await person.agree()
        await person.question("five/q-agree")
        await person.wait(250)
        await person.see("Are you still there?")
        await person.press(key)
        await person.until(lambda: isinstance(person.screen, QuestionScreen))
        assert not session.sitting.answers
        await person.wait(239)
        assert isinstance(person.screen, QuestionScreen)
        await person.press("2")
        assert len(session.sitting.answers) == 1


async def test_the_question_goes_when_a_key_came_in_front_of_it(five: Path) -> None:
    """Ctrl+C asks whether to leave, in front of the other question; after "stay" both are gone."""
    async with visiting(at_kiosk(five)) as person:
        await person.agree()
        await person.question("five/q-agree")
        await person.wait(250)
        await person.press("ctrl+c")
        await person.see("Leave now?")
        assert "at this kiosk, locked" in person.text
        await person.press("3")
        await person.wait(1)
        await person.until(lambda: isinstance(person.screen, QuestionScreen))


async def test_an_untouched_welcome_waits_and_a_touched_one_comes_anew(five: Path) -> None:
    async with visiting(at_kiosk(five), "told before") as person:
        await person.see("told before")
        await person.wait(1e6)
        await person.see("I take part")
        await person.press("1")
        await person.see("I have written it down")
        await person.wait(300)
    outcome = person.app.return_value
    assert outcome is not None
    assert outcome.kind == "idle"


async def handed_in(root: Path) -> str:
    """Hand five answers in at the kiosk; returns the code."""
    session = at_kiosk(root)
    async with visiting(session) as person:
        await person.agree()
        await person.answer_five()
        await person.press("g")
        await person.see("● some")
        await person.press("1")
        await person.see(session.code)
        assert "careload withdraw" not in person.text
        assert "withdraw, until this round closes:   here" in person.text
        await person.press("enter")
    return session.code


async def test_own_result_and_withdrawal_are_at_the_kiosk_too(five: Path) -> None:
    """Who has no account on this machine has no other place for them; no is the easy answer."""
    code = await handed_in(five)
    async with visiting(at_kiosk(five)) as person:
        await person.resume(code)
        await person.see("handed in already")
        await person.press("1")
        await person.see("● some")
        assert "46" not in person.text
        await person.press("2")
        await person.see("46 of 100")
        await person.press("enter")
        await person.see("● some")
        await person.press("1")
        await person.see("handed in already")
        await person.press("2")
        await person.see("Take your answers back?")
        await person.press("enter")
        await person.see("handed in already")
        assert len(list((five / "inbox").iterdir())) == 1
        await person.press("2")
        await person.press("1")
        await person.see("have been removed")
        await person.press("enter")
    outcome = person.app.return_value
    assert outcome is not None
    assert outcome.kind == "discarded"
    assert not list((five / "inbox").iterdir())


async def test_after_closing_the_own_result_is_still_there(five: Path) -> None:
    code = await handed_in(five)
    (five / "public" / CLOSED).touch()
    async with visiting(at_kiosk(five)) as person:
        await person.see("This round has closed")
        assert "I take part" not in person.text
        await person.press("1")
        await person.fill(code)
        await person.see("handed in already")
        await person.press("1")
        await person.see("● some")
        await person.press("1")
        await person.see("handed in already")
        await person.press("2")
        await person.press("1")
        await person.see("closed")
        assert len(list((five / "inbox").iterdir())) == 1


async def test_what_is_cut_stays_in_the_visit(five: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal's clipboard is the next person's too: nothing is written to it; pasting here still works."""
    session = studies.started(five, *studies.FIVE_ANSWERS[:2])
    async with visiting(session) as person:
        written: list[str] = []
        monkeypatch.setattr(person.app._driver, "write", written.append)
        await person.until(lambda: person.screen.query("#own-words"))
        await person.press(*"secret", "ctrl+a", "ctrl+x")
        assert person.app.clipboard
        await person.press("ctrl+v")
        await person.see("secret")
        assert not [piece for piece in written if "\x1b]52" in piece]
