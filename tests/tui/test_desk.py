"""The desk on a pretended terminal: keys, mouse, pages, hostile names."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import TabbedContent

from scoring.plan.records import Plan
from scoring.records import Release
from tests.tui.desk_examples import FEW, HOSTILE, PLAN, RELEASE, WHOLE, renamed
from tui.crash import Crash
from tui.desk_app import CRASHED, make_desk_app
from tui.screens.desk_help import DeskHelp
from tui.screens.desk_screen import DeskPane
from tui.text.plan_text import NO_PLAN
from tui.widgets.page_view import PageView

PAGES = ("overview", "segments", "needs", "work", "quality", "plan", "asked", "files")


def shown(pilot: Pilot[None]) -> str:
    """Return the text of the page that is up, with wrapping undone."""
    return " ".join(view_of(pilot).render().plain.split())


def view_of(pilot: Pilot[None]) -> PageView:
    pane = pilot.app.screen.query_one(TabbedContent).active_pane
    assert pane is not None
    return pane.query_one(PageView)


def active(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(TabbedContent).active


@pytest.mark.parametrize(
    ("key", "page", "words"),
    [
        ("1", "overview", "Engineering 96 of 140"),
        ("2", "segments", "170 110-265 60 : 40"),
        ("3", "needs", "Safe to learn in the team by department"),
        ("4", "work", "Care and support Data: lists and tables 15 40 not told"),
        ("5", "quality", "published reliability does not carry over"),
        ("5", "quality", "Care and support 62 people disagree"),
        ("6", "plan", "too much for managers, champions"),
    ],
)
async def test_number_keys_show_the_pages(key: str, page: str, words: str) -> None:
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.press("3", key)
        await pilot.pause()
        assert active(pilot) == page
        assert words in shown(pilot)


async def test_arrow_keys_turn_pages_round_and_round() -> None:
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.pause()
        seen = [active(pilot)]
        for _ in PAGES:
            await pilot.press("right")
            await pilot.pause()
            seen.append(active(pilot))
        await pilot.press("left")
        await pilot.pause()
        assert seen == [*PAGES, "overview"]
        assert active(pilot) == "files"


async def test_a_click_on_a_tab_shows_its_page() -> None:
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.pause()
        await pilot.click("#--content-tab-needs")
        await pilot.pause()
        assert active(pilot) == "needs"


async def test_keys_scroll_the_page_that_is_up_without_a_click() -> None:
    async with make_desk_app(RELEASE, PLAN).run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        await pilot.pause()
        pane = pilot.app.focused
        assert isinstance(pane, DeskPane)
        await pilot.press("end")
        await pilot.pause()
        assert pane.scroll_y == pane.max_scroll_y > 0
        await pilot.press("home")
        await pilot.pause()
        assert pane.scroll_y == 0


async def test_hidden_rows_say_on_the_spot_why() -> None:
    """Two rows hide everything and one its hours: each says the reason and shows one mark, no number."""
    async with make_desk_app(RELEASE, PLAN).run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        text = shown(pilot)
        assert text.count("* hidden so that nobody is") == 3
        assert "Legal 20 of 40 * hidden" in text


async def test_bars_read_without_colour() -> None:
    """Each tier has its own pattern, in the legend, before its number and in the bar."""
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.press("2")
        await pilot.pause()
        text = shown(pilot)
        assert "░░ self-directed ▒▒ peer-supported ▓▓ coached ██ intensive" in text
        assert "░20 ▒41 ▓25 █10" in text
        assert "░▒" in text
        assert "▓█" in text


async def test_the_page_fits_the_width_after_a_resize() -> None:
    async with make_desk_app(RELEASE, PLAN).run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        wide = max(len(line) for line in view_of(pilot).render().plain.split("\n"))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        view = view_of(pilot)
        lines = view.render().plain.split("\n")
        assert max(len(line) for line in lines) <= view.size.width < 80 < wide
        assert view.size.height == len(lines)


async def test_a_small_window_is_told_so_and_still_works() -> None:
    async with make_desk_app(RELEASE, PLAN).run_test(size=(50, 15)) as pilot:
        await pilot.pause()
        notice = pilot.app.screen.query_one("#small")
        assert notice.display
        await pilot.press("6", "end")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not notice.display


@pytest.mark.parametrize("close", ["escape", "question_mark", "q"])
async def test_help_opens_and_closes(close: str) -> None:
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(pilot.app.screen, DeskHelp)
        await pilot.press(close)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 1
        assert pilot.app.is_running


@pytest.mark.parametrize("keys", [["q"], ["ctrl+c"], ["question_mark", "ctrl+c"]])
async def test_q_and_ctrl_c_quit(keys: list[str]) -> None:
    app = make_desk_app(RELEASE, PLAN)
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert not app.is_running
    assert app.return_code == 0


@pytest.mark.parametrize(
    ("release", "plan"),
    [(FEW, None), (WHOLE, None), (renamed(RELEASE, HOSTILE), PLAN), (renamed(RELEASE, "[" * 90), PLAN)],
)
async def test_every_page_shows_every_release(release: Release, plan: Plan | None) -> None:
    """Too few people, no breakdown, names full of markup, no plan: each page comes up and has text."""
    async with make_desk_app(release, plan).run_test(size=(80, 24)) as pilot:
        for key, page in zip("12345678", PAGES, strict=True):
            await pilot.press(key)
            await pilot.pause()
            assert active(pilot) == page
            assert shown(pilot)
            assert (NO_PLAN in shown(pilot)) == (plan is None and page == "plan")


async def test_hostile_names_are_shown_as_letters() -> None:
    app = make_desk_app(renamed(RELEASE, HOSTILE), PLAN, title=HOSTILE)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "[/x][bold][31m=cmd|evil" in shown(pilot)
        assert "\x1b" not in view_of(pilot).render().plain
        screenshot = app.export_screenshot()
    assert "[/x][bold][31m=cmd|evil" in screenshot.replace("&#160;", " ")
    assert "\x1b" not in screenshot
    assert "\u202e" not in screenshot


async def test_too_few_people_means_no_table_on_any_page() -> None:
    async with make_desk_app(FEW, None).run_test() as pilot:
        for key in "123":
            await pilot.press(key)
            await pilot.pause()
            assert "Answered" not in shown(pilot)
            assert "11" not in shown(pilot)


async def test_no_colour_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR every colour of the text is a grey; without it some are not."""

    async def colours() -> set[str]:
        app = make_desk_app(RELEASE, PLAN)
        async with app.run_test() as pilot:
            await pilot.press("6")
            await pilot.pause()
            return set(re.findall(r"-r\d+ { fill: (#[0-9a-f]{6})", app.export_screenshot()))

    def is_grey(colour: str) -> bool:
        parts = bytes.fromhex(colour[1:])
        return max(parts) - min(parts) <= 3  # the SVG's own ground is not quite grey

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not all(is_grey(colour) for colour in await colours())
    monkeypatch.setenv("NO_COLOR", "1")
    grey = await colours()
    assert grey
    assert all(is_grey(colour) for colour in grey)


async def test_a_fault_of_the_program_shows_a_sentence_and_no_locals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What Textual prints of a crash by itself are locals, and with them names."""
    secret = "a-local-that-must-not-be-printed"

    def broken(self: PageView) -> Content:
        raise ZeroDivisionError(secret)

    monkeypatch.setattr(PageView, "render", broken)
    app = make_desk_app(RELEASE, PLAN)
    with pytest.raises(Crash):
        async with app.run_test() as pilot:
            await pilot.pause()
    app._print_error_renderables()
    told = "".join(capsys.readouterr())
    assert app.return_code == 1
    assert CRASHED in " ".join(told.split())
    assert "ZeroDivisionError, test_desk.py line" in " ".join(told.split())
    assert secret not in told


def test_the_desk_opens_without_numpy_or_scikit_learn() -> None:
    """The desk reads what was counted long ago: making it loads no number crunching."""
    code = (
        "import sys; import tui.desk_app; from tests.tui.desk_examples import PLAN, RELEASE\n"
        "tui.desk_app.make_desk_app(RELEASE, PLAN)\n"
        "print({n.partition('.')[0] for n in sys.modules} & {'numpy', 'scipy', 'sklearn', 'store', 'nacl'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "set()"
