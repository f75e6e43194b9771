"""How the desk looks: snapshots; each docstring says what must be visible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.desk_examples import FEW, PLAN, RELEASE
from tui.desk_app import make_desk_app

Compare = Callable[..., bool]
SMALL, LARGE = (80, 24), (120, 40)


@pytest.fixture(autouse=True)
def in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own environment out."""
    monkeypatch.delenv("NO_COLOR", raising=False)


def opened(*keys: str) -> Callable[[Pilot[Any]], Any]:
    async def run(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return run


def test_overview(snap_compare: Compare) -> None:
    """Organisation, wave, rehearsal mark; people answered by group with bars; what `*` means; keys below."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened())


def test_overview_of_too_few(snap_compare: Compare) -> None:
    """The sentence that fewer than 15 took part; no table, no number of people."""
    assert snap_compare(make_desk_app(FEW, None), terminal_size=SMALL, run_before=opened())


def test_segments(snap_compare: Compare) -> None:
    """Hours are assumed; one table with four patterns, hours and split; hidden rows say why."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened("2"))


def test_segments_on_a_large_light_terminal(snap_compare: Compare) -> None:
    """The same table on light ground with longer bars, and how to read it below."""
    app = make_desk_app(RELEASE, PLAN, light=True)
    assert snap_compare(app, terminal_size=LARGE, run_before=opened("2"))


def test_needs(snap_compare: Compare) -> None:
    """Safety by department in three bands, with a sentence that says what safety means."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened("3"))


def test_work_and_help(snap_compare: Compare) -> None:
    """Recurring tasks with hours lost by group; hours of help with a hidden row that says why."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened("4"))


def test_work_and_help_on_a_large_terminal(snap_compare: Compare) -> None:
    """The same with days by pattern, reasons for stopping, and what reviewing catches, in per cent."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=LARGE, run_before=opened("4", "end"))


def test_quality(snap_compare: Compare) -> None:
    """An item that looks un-reversed, the share of careless answers, and alpha with its range by scale."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened("5"))


def test_quality_and_wording_on_a_large_terminal(snap_compare: Compare) -> None:
    """Where people disagree about safety, types in bands, and below them one row of wording an instrument."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=LARGE, run_before=opened("5", "end"))


def test_care_plan(snap_compare: Compare) -> None:
    """Which weeks are too much; by week hours, range, supply and a bar with its mark; overload in words."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened("6"))


def test_care_plan_on_a_large_terminal(snap_compare: Compare) -> None:
    """All twelve weeks, the statements in words, and weeks by role with "over:" where time is short."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=LARGE, run_before=opened("6"))


def test_a_table_pointed_at_and_sorted(snap_compare: Compare) -> None:
    """In high contrast: the table's title stands on its own ground, and an arrow tells the order."""
    app = make_desk_app(RELEASE, PLAN, look="careload-contrast-dark")
    assert snap_compare(app, terminal_size=SMALL, run_before=opened("2", "t", "s"))


def test_requests(snap_compare: Compare) -> None:
    """Nobody asked; what a request tells and what it does not."""
    assert snap_compare(make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened("7"))


def test_files_of_hr(snap_compare: Compare) -> None:
    """HR's title and six tabs; the release, the formats, what is in the files."""
    app = make_desk_app(RELEASE, PLAN, role="hr", light=True)
    assert snap_compare(app, terminal_size=LARGE, run_before=opened("6"))


def test_help(snap_compare: Compare) -> None:
    """A box with every key, and that what is hidden here is hidden everywhere."""
    assert snap_compare(
        make_desk_app(RELEASE, PLAN), terminal_size=SMALL, run_before=opened("2", "question_mark")
    )
