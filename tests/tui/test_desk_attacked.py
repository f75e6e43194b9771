"""The desk under clumsy hands: no places, folders that take nothing, changes faster than the plan."""

from __future__ import annotations

import asyncio
import stat
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from instruments.errors import WrongUsage
from scoring.plan.comparing import ScenarioRow
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan
from tests.tui.desk_examples import PLAN, RELEASE
from tests.tui.test_desk import shown
from tests.tui.test_desk_doing import ASKED, Made, press, settled
from tui.desk_app import make_desk_app
from tui.desk_pictures import write_picture
from tui.widgets.page_view import PageView

NO_PATHS = ["~nobody-of-that-name/x", "a\0b"]


def notes(pilot: Pilot[None]) -> str:
    return " ".join(note.message for note in pilot.app._notifications)


@pytest.mark.parametrize("typed", NO_PATHS)
async def test_a_folder_that_can_be_none_is_told_and_the_desk_goes_on(typed: str) -> None:
    made = Made()
    async with make_desk_app(RELEASE, PLAN, work=made.work()).run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        pilot.app.screen.query_one("#folder", Input).value = typed
        await press(pilot, "#write")
        assert pilot.app.is_running
        assert "nobody of that name" in notes(pilot) or "no name of a file" in notes(pilot)
    assert not made.exported


@pytest.mark.parametrize("typed", NO_PATHS)
async def test_a_key_file_that_can_be_none_is_told_without_the_passphrase(typed: str) -> None:
    made = Made()
    async with make_desk_app(ASKED, PLAN, work=made.work()).run_test() as pilot:
        await pilot.press("r")
        await pilot.pause()
        lines = pilot.app.screen.query(Input)
        for line, text in zip(lines, (typed, "canary-one", "b.key", "canary-two"), strict=True):
            line.value = text
        await press(pilot, "#open")
        assert pilot.app.is_running
        assert "nobody of that name" in notes(pilot) or "no name of a file" in notes(pilot)
        assert "canary" not in notes(pilot)
    assert not made.opened


@pytest.mark.parametrize(("key", "first"), [("e", "folder"), ("r", "key-0"), ("w", "weeks")])
async def test_what_is_typed_lands_in_the_first_line_at_once(key: str, first: str) -> None:
    async with make_desk_app(ASKED, PLAN, work=Made().work()).run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert pilot.app.focused is pilot.app.screen.query_one(f"#{first}")


async def test_a_plan_that_cannot_be_made_is_told_on_its_page() -> None:
    def refuses() -> Plan:
        raise WrongUsage("The staff list [/x] is damaged.", "Read it in again.")

    async with make_desk_app(RELEASE, refuses).run_test() as pilot:
        await pilot.press("6")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "The staff list [/x] is damaged. Read it in again." in shown(pilot)


async def test_a_folder_that_takes_no_picture_is_told(tmp_path: Path) -> None:
    app = make_desk_app(RELEASE, PLAN, pictures=tmp_path / "gone")
    async with app.run_test() as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "No picture was saved: No such file or directory." in notes(pilot)


def test_a_picture_is_for_its_account_alone_and_follows_no_link(tmp_path: Path) -> None:
    """A name that is taken by a link to nowhere is taken: the picture is not written through it."""
    (tmp_path / "careload-desk-1.svg").symlink_to(tmp_path / "elsewhere")
    name = write_picture(tmp_path, "<svg/>")
    assert name == "careload-desk-2.svg"
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert not (tmp_path / "elsewhere").exists()


async def test_names_of_people_who_asked_become_neither_picture_nor_copy(tmp_path: Path) -> None:
    """The page promises that names are shown at the desk only."""
    app = make_desk_app(ASKED, PLAN, work=Made().work(), pictures=tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("r")
        await pilot.pause()
        for line in pilot.app.screen.query(Input):
            line.value = "x"
        await press(pilot, "#open")
        assert "room 4" in shown(pilot)
        await pilot.press("p", "y")
        await pilot.pause()
        assert "Names are on this page" in notes(pilot)
        assert not app.clipboard
        assert not list(tmp_path.iterdir())
        await pilot.press("1", "p")
        await pilot.pause()
    assert [path.name for path in tmp_path.iterdir()] == ["careload-desk-1.svg"]


async def test_the_last_change_wins_though_an_earlier_one_takes_longer() -> None:
    made, gate, done = Made(), threading.Event(), threading.Event()

    class Slow(Made):
        def tried(self, options: PlanOptions) -> ScenarioRow:
            if options.weeks == 52:
                assert gate.wait(20)
                done.set()
            return made.tried(options)

    async with make_desk_app(RELEASE, PLAN, work=Slow().work()).run_test(size=(120, 40)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        await settled(pilot)
        line = pilot.app.screen.query_one("#weeks", Input)
        for weeks in ("52", "20"):
            line.value = weeks
            await pilot.press("enter")
            await pilot.pause()
        assert "Weeks 12 20" in await settled(pilot)
        gate.set()
        assert await asyncio.to_thread(done.wait, 20)
        await pilot.pause(0.2)
        told = " ".join(pilot.app.screen.query_one("#plans").query_one(PageView).render().plain.split())
        assert "Weeks 12 20" in told
