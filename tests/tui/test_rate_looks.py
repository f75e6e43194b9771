"""How rating looks and which keys it hears; each docstring says what must be visible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.rating_studies import Closed, closed_with
from tests.tui.take_studies import HOSTILE
from tui.flows.rating import RatingSession
from tui.rate_app import make_rate_app
from tui.screens.rate import RateScreen
from tui.widgets.source_pane import SourcePane

Compare = Callable[..., bool]
SMALL, LARGE = (80, 24), (120, 40)
TEXT = "Write five short points for the buyers, in plain words.\n\nName nobody. Give the date of each number."


@pytest.fixture(autouse=True)
def in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own environment out."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def closed(tmp_path: Path) -> Closed:
    """A study whose twelve texts are all the same, so that their order does not show."""
    return closed_with(tmp_path / "study", [("adapt-a", TEXT)] * 12)


def session(closed: Closed, rater: str = "one") -> RatingSession:
    return RatingSession(closed.ratings(), closed.study.public(), rater)


def pressed(*keys: str) -> Callable[[Pilot[Any]], Any]:
    async def run(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            await pilot.app.workers.wait_for_complete()

    return run


def test_what_raters_are_told_first(closed: Closed, snap_compare: Compare) -> None:
    """That they see texts and nothing else, and an even hand; the rest is a key away."""
    assert snap_compare(make_rate_app(session(closed)), terminal_size=SMALL, run_before=pressed())


def test_a_text_to_mark(closed: Closed, snap_compare: Compare) -> None:
    """The text in its two paragraphs, five marks with their sentences, all keys; how many are left."""
    assert snap_compare(make_rate_app(session(closed)), terminal_size=SMALL, run_before=pressed("enter", "3"))


def test_a_text_beside_what_it_should_hold_on_light_ground(closed: Closed, snap_compare: Compare) -> None:
    """The four conditions and the situation, and at their right text and marks; the own mark is shown."""
    app = make_rate_app(session(closed), light=True)
    assert snap_compare(app, terminal_size=LARGE, run_before=pressed("enter", "2", "b"))


async def test_keys_mark_go_back_and_leave_with_all_kept(closed: Closed) -> None:
    """Two quick keys mark two texts, q leaves, and the next sitting goes on behind them."""
    first = session(closed)
    async with make_rate_app(first).run_test(size=SMALL) as pilot:
        await pressed("enter", "1", "4", "b", "0", "q")(pilot)
    marks = sorted(
        look.mark or 0 for own in closed.ratings().looks().values() for look in own if look.mark is not None
    )
    assert marks == [0, 1]
    assert session(closed).given == 2


async def test_tab_turns_to_what_the_text_should_hold_and_marks_wait(closed: Closed) -> None:
    async with make_rate_app(session(closed)).run_test(size=SMALL) as pilot:
        await pressed("enter", "tab")(pilot)
        assert pilot.app.screen.query_one(SourcePane).display
        await pressed("3")(pilot)
        assert closed.session("other").given == 0
        assert not any(look.mark for own in closed.ratings().looks().values() for look in own)
        await pressed("tab", "3")(pilot)
    assert session(closed).given == 1


async def test_hostile_text_is_shown_as_typed(tmp_path: Path) -> None:
    """Markup stays text and escapes are gone; the app lives."""
    closed = closed_with(tmp_path / "study", [("summarise-a", HOSTILE)] * 10)
    async with make_rate_app(session(closed)).run_test(size=SMALL) as pilot:
        await pressed("enter")(pilot)
        shown = str(pilot.app.screen.query_one("#text", Static).content)
        assert "[/x] or [red]this[/red]" in shown
        assert "\x1b" not in shown


async def test_the_last_mark_ends_the_sitting(closed: Closed) -> None:
    one = session(closed)
    async with make_rate_app(one).run_test(size=SMALL) as pilot:
        await pressed("enter", *"2" * 12)(pilot)
        assert not isinstance(pilot.app.screen, RateScreen)
    assert (one.given, one.left) == (12, 0)


async def test_a_small_window_takes_no_mark(closed: Closed) -> None:
    async with make_rate_app(session(closed)).run_test(size=(70, 20)) as pilot:
        await pressed("enter", "3")(pilot)
    assert session(closed).given == 0
