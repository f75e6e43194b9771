"""What the desk does when asked: roles, looks, pictures, files, requests, a plan that takes a while."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Checkbox, Input, Static

from instruments.errors import CareloadError
from scoring.plan.comparing import ScenarioRow, compare
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan
from store.errors import KeyRefused
from tests.tui.desk_examples import HOSTILE, PLAN, RELEASE
from tests.tui.test_desk import active, shown
from tui.desk_app import make_desk_app
from tui.desk_commands import COMMANDS
from tui.desk_work import Asked, DeskWork, Released
from tui.screens.desk_export import ExportScreen
from tui.screens.desk_keys import KeysScreen, Unlocking
from tui.screens.desk_screen import WORKING, DeskPane
from tui.screens.desk_what_if import WhatIfScreen
from tui.theme import LOOKS
from tui.widgets.page_view import PageView

ASKED = msgspec.structs.replace(RELEASE, header=msgspec.structs.replace(RELEASE.header, requests=3))


class Made:
    """Stands in for the study: notes what it was asked for."""

    def __init__(self) -> None:
        self.exported: list[tuple[Path, tuple[str, ...]]] = []
        self.opened: list[tuple[Sequence[Path], Sequence[str]]] = []
        self.error: CareloadError | None = None
        self.kept: list[PlanOptions] = []

    def work(self) -> DeskWork:
        return DeskWork(
            export=self.export,
            requests=self.requests,
            tried=self.tried,
            scenarios=lambda: tuple(self.kept),
            keep=self.kept.append,
            releases=(Released("baseline", "2026-01-05", 248, "f" * 64),),
            study="north",
            key_roles=("facilitator", "works-council"),
        )

    def export(self, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
        if self.error:
            raise self.error
        self.exported.append((folder, tuple(formats)))
        return (folder / "codebook.csv",)

    def tried(self, options: PlanOptions) -> ScenarioRow:
        """Return the example's plan with the hours of the options' weeks and helpers."""
        if self.error:
            raise self.error
        more = sum(some.people for some in options.more_supporters)
        plan = msgspec.structs.replace(
            PLAN, options=options, weeks=options.weeks, supporter_hours=1000.0 + more
        )
        return compare([plan])[0]

    def requests(self, keys: Sequence[Path], passphrases: Sequence[str]) -> tuple[Asked, ...]:
        if self.error:
            raise self.error
        self.opened.append((tuple(keys), tuple(passphrases)))
        return (Asked(HOSTILE, "room 4", ("time",)),)


async def press(pilot: Pilot[None], button: str) -> None:
    """Press a button, and wait until what it begins is done where it closes its screen."""
    screen = pilot.app.screen
    screen.query_one(button, Button).press()
    await pilot.pause()
    if pilot.app.screen is not screen:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def test_hr_has_no_plan_and_no_requests_and_m_changes_the_role() -> None:
    """The HR desk has the release's pages and the files; m goes to the facilitator's desk and back."""
    async with make_desk_app(RELEASE, PLAN, role="hr").run_test() as pilot:
        await pilot.pause()
        assert pilot.app.screen.places == ("overview", "segments", "needs", "work", "quality", "files")
        await pilot.press("m")
        await pilot.pause()
        assert pilot.app.screen.places[-3:] == ("plan", "asked", "files")
        await pilot.press("m", "9", "6")
        await pilot.pause()
        assert active(pilot) == "files"


async def test_d_goes_through_every_look_and_back() -> None:
    app = make_desk_app(RELEASE, PLAN)
    async with app.run_test() as pilot:
        seen = [app.theme]
        for _ in LOOKS:
            await pilot.press("d")
            seen.append(app.theme)
    assert seen == [*LOOKS, LOOKS[0]]


async def test_pictures_get_names_that_are_not_taken(tmp_path: Path) -> None:
    app = make_desk_app(RELEASE, PLAN, pictures=tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("2", "p", "p")
        await pilot.pause()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["careload-desk-1.svg", "careload-desk-2.svg"]
    assert "Segments" in (tmp_path / "careload-desk-1.svg").read_text()


async def test_a_plan_is_made_when_it_is_first_looked_at_and_blocks_nothing() -> None:
    """While the plan is being worked out, other pages come up; then it is there, made once."""
    gate, made = threading.Event(), []

    def slowly() -> Plan:
        assert gate.wait(20)
        made.append(1)
        return PLAN

    async with make_desk_app(RELEASE, slowly).run_test() as pilot:
        await pilot.press("6")
        await pilot.pause()
        waiting = pilot.app.screen.query_one("#plan").query_one(DeskPane)
        assert WORKING in str(waiting.query_one(".working").render())
        await pilot.press("2")
        await pilot.pause()
        assert "People by tier" in shown(pilot)
        gate.set()
        await pilot.app.workers.wait_for_complete()
        await pilot.press("6")
        await pilot.pause()
        assert "Care plan" in shown(pilot)
        await pilot.press("2", "6")
        await pilot.pause()
    assert made == [1]


async def test_a_tick_is_seen_without_colour() -> None:
    """Without colours every box looked ticked."""
    async with make_desk_app(RELEASE, PLAN, work=Made().work()).run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        ticks = pilot.app.screen.query(Checkbox)
        drawn = [str(tick.render()).split(":", maxsplit=1)[0] for tick in ticks]
        assert ["X" in line for line in drawn] == [True, False, False, False]
        ticks.last().toggle()
        await pilot.pause()
        assert "X" in str(ticks.last().render()).split(":", maxsplit=1)[0]


async def test_files_are_written_into_the_folder_in_the_formats_that_are_ticked() -> None:
    made = Made()
    async with make_desk_app(RELEASE, PLAN, work=made.work()).run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, ExportScreen)
        await press(pilot, "#write")
        assert "name a folder" in str(screen.query_one("#told").render())
        screen.query_one("#folder", Input).value = "results [/x]"
        screen.query_one("#format-xlsx", Checkbox).value = True
        await press(pilot, "#write")
        told = [note.message for note in pilot.app._notifications]
    assert made.exported == [(Path("results [/x]"), ("csv", "xlsx"))]
    assert any("1 files were written into results [/x]" in words for words in told)


async def test_requests_are_shown_after_both_keys_and_hostile_names_are_letters() -> None:
    made = Made()
    async with make_desk_app(ASKED, PLAN, work=made.work()).run_test() as pilot:
        await pilot.press("7")
        await pilot.pause()
        assert "3 requests lie sealed here. Only facilitator and works-council" in shown(pilot)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, KeysScreen)
        for line, text in zip(pilot.app.screen.query(Input), ("a.key", "one", "b.key", "two"), strict=True):
            line.value = text
        await press(pilot, "#open")
        assert active(pilot) == "asked"
        assert "[/x][bold][31m=cmd|evil room 4 time" in shown(pilot)
    assert made.opened == [((Path("a.key"), Path("b.key")), ("one", "two"))]


async def test_a_wrong_key_is_told_in_its_own_words_and_nothing_is_shown() -> None:
    made = Made()
    made.error = KeyRefused("The passphrase does not open a.key.", "Try again [/x].")
    async with make_desk_app(ASKED, PLAN, work=made.work()).run_test() as pilot:
        await pilot.press("r")
        await pilot.pause()
        for line in pilot.app.screen.query(Input):
            line.value = "x"
        await press(pilot, "#open")
        assert any("does not open a.key. Try again [/x]." in n.message for n in pilot.app._notifications)
        assert pilot.app.is_running


def test_a_passphrase_is_in_no_text_of_what_was_typed() -> None:
    assert "secret" not in repr(Unlocking(("a",), ("secret",)))


@pytest.mark.parametrize("key", ["e", "r", "w"])
async def test_without_a_study_the_desk_says_what_to_do(key: str) -> None:
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert any("careload review" in note.message for note in pilot.app._notifications)


async def test_the_palette_offers_every_command() -> None:
    app = make_desk_app(RELEASE, PLAN)
    async with app.run_test() as pilot:
        await pilot.pause()
        offered = [one.title for one in app.get_system_commands(app.screen)]
        assert offered == [f"{one.name} ({one.key})" for one in COMMANDS]
        await pilot.press("ctrl+p", *"Next page", "enter")
        await pilot.pause()
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert active(pilot) == "segments"


async def settled(pilot: Pilot[None]) -> str:
    """Return what the right side of "what if" shows once nothing is worked out any more."""
    for _ in range(500):
        await pilot.pause(0.02)
        plans = pilot.app.screen.query_one("#plans")
        if not str(plans.query_one("#told", Static).render()) and plans.query(PageView):
            return " ".join(plans.query_one(PageView).render().plain.split())
    pytest.fail("nothing was worked out")


async def test_a_changed_number_is_solved_beside_the_plan_as_it_stands() -> None:
    made = Made()
    async with make_desk_app(RELEASE, PLAN, work=made.work()).run_test(size=(120, 40)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WhatIfScreen)
        assert "Weeks 12 12" in await settled(pilot)
        line = pilot.app.screen.query_one("#weeks", Input)
        line.focus()
        line.value = "20"
        pilot.app.screen.query_one("#more-manager", Input).value = "7"
        await pilot.press("enter")
        told = await settled(pilot)
        assert "Weeks 12 20" in told
        assert "Supporters' hours 1000 1007" in told
        await pilot.press("escape")
        await pilot.pause()
        assert active(pilot) == "overview"


@pytest.mark.parametrize(
    ("typed", "kept"), [("nan", "1"), ("-3", "1"), ("1e9", "52"), ("", "1"), ("16", "16")]
)
async def test_nonsense_becomes_the_nearest_number_that_can_be(typed: str, kept: str) -> None:
    made = Made()
    async with make_desk_app(RELEASE, PLAN, work=made.work()).run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        await settled(pilot)
        line = pilot.app.screen.query_one("#weeks", Input)
        line.value = typed
        line.focus()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert line.value == kept
    assert [options.weeks for options in made.kept] == [int(kept)]


async def test_kept_scenarios_stand_side_by_side_and_hostile_names_are_letters() -> None:
    made = Made()
    async with make_desk_app(RELEASE, PLAN, work=made.work()).run_test(size=(120, 40)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        await settled(pilot)
        pilot.app.screen.query_one("#name", Input).value = HOSTILE
        await pilot.press("ctrl+s", "ctrl+k")
        told = await settled(pilot)
        assert "Scenarios side by side" in told
        assert "as planned" in told
        assert "[/x]" in told


async def test_a_plan_that_cannot_be_made_says_why() -> None:
    made = Made()
    made.error = CareloadError("No plan.", "Ask [/x].")
    async with make_desk_app(RELEASE, PLAN, work=made.work()).run_test() as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert "No plan. Ask [/x]." in await settled(pilot)
