"""Tables of the desk: pointing, sorting, copying, finding words; by keys and by mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from tests.tui.desk_examples import PLAN, RELEASE
from tests.tui.test_desk import active, shown, view_of
from tui.desk_app import make_desk_app
from tui.text.blocks import HIDDEN, Column, Gauge, Grid, Mix, Row
from tui.text.looking import Looking
from tui.text.ordering import Order, next_order, ordered, sortable, tab_separated

TABLE = Grid(
    (Column("Group", wraps=True), Column("Hours", right=True), Column("Mix"), Column("Bar")),
    (
        Row(("Sales", "20", Mix((1, 2)), Gauge(1, 2, 3))),
        Row(("Care", "9", Mix((3, 4)), Gauge(2, 2, 3))),
        Row(("Legal", HIDDEN, HIDDEN, ""), "hidden"),
        Row(("Everybody", "35", Mix((4, 6)), Gauge(3, 2, 3)), "total"),
    ),
)


def names(grid: Grid) -> list[object]:
    return [row.cells[0] for row in grid.rows]


def test_hours_are_ordered_as_numbers_and_hidden_ones_and_totals_stay_last() -> None:
    """9 comes before 20 although its letters come after; upside down the two last rows stay."""
    up, down = (ordered(TABLE, Order(1, descending=way)) for way in (False, True))
    assert names(up) == ["Care", "Sales", "Legal", "Everybody"]
    assert names(down) == ["Sales", "Care", "Legal", "Everybody"]
    assert up.columns[1].title == "Hours ↑"
    assert TABLE.columns[1].title == "Hours"


def test_orders_go_through_columns_of_words_and_numbers_and_back_to_the_own_one() -> None:
    orders, order = [], next_order(TABLE, None)
    while order is not None:
        orders.append((order.column, order.descending))
        order = next_order(TABLE, order)
    assert sortable(TABLE) == (0, 1)
    assert orders == [(0, False), (0, True), (1, False), (1, True)]


@given(st.lists(st.one_of(st.integers(-99, 999).map(str), st.text(max_size=5), st.just(HIDDEN)), max_size=9))
def test_an_order_changes_no_row(cells: list[str]) -> None:
    """Whatever stands in it, an ordered table has the same rows."""
    grid = Grid((Column("x"),), tuple(Row((cell,)) for cell in cells))
    for descending in (False, True):
        after = ordered(grid, Order(0, descending=descending))
        assert sorted(map(repr, after.rows)) == sorted(map(repr, grid.rows))


def test_a_copied_table_has_tabs_and_the_mark_of_hidden_numbers() -> None:
    assert tab_separated(TABLE).splitlines()[:4] == [
        "Group\tHours\tMix\tBar",
        "Sales\t20\t1 2\t1 of 2",
        "Care\t9\t3 4\t2 of 2",
        "Legal\t*\t*\t",
    ]


def test_looking_points_round_and_round_and_marks_what_is_sought() -> None:
    looking = Looking((TABLE, TABLE))
    assert [looking.at_next_table().pointed, looking.at_next_table(-1).pointed] == [0, 1]
    assert looking.at_next_table().at_next_table().at_next_table().pointed == 0
    found = [line.is_found for line in looking.looking_for(" LEGAL ").lines(70)]
    assert sum(found) == 2
    assert not any(line.is_found for line in looking.looking_for("").lines(70))
    assert Looking(()).at_next_table() == Looking(())
    assert replace(looking, pointed=0).copied() == tab_separated(TABLE)


async def test_s_sorts_the_first_table_and_at_last_brings_its_order_back() -> None:
    async with make_desk_app(RELEASE, PLAN).run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        before = shown(pilot)
        await pilot.press("s")
        assert "Group ↑" in shown(pilot)
        for _ in range(10):
            await pilot.press("s")
        assert shown(pilot) == before


async def test_t_points_at_tables_and_y_copies_the_one_pointed_at() -> None:
    app = make_desk_app(RELEASE, PLAN)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2", "t", "y")
        await pilot.pause()
        assert app.clipboard.startswith("Group\tAnswered\tPeople by tier\tMonthly hours")
        assert "Legal\t20 of 40\t*\t*" in app.clipboard
        await pilot.press("t", "t", "T", "T", "y")
        assert app.clipboard.startswith("Group\tAnswered")


async def test_a_click_points_at_the_table() -> None:
    async with make_desk_app(RELEASE, PLAN).run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        view = view_of(pilot)
        line = next(n for n, one in enumerate(view.looking.lines(100)) if one.block in view.looking.tables)
        await pilot.click(view, offset=(3, line))
        assert view.looking.pointed in view.looking.tables


async def test_a_page_without_tables_says_so() -> None:
    async with make_desk_app(RELEASE, None).run_test() as pilot:
        await pilot.press("7", "s", "y", "t")
        await pilot.pause()
        assert active(pilot) == "asked"
        assert any("no table" in note.message for note in pilot.app._notifications)


async def test_words_are_found_on_other_pages_too_and_n_goes_on() -> None:
    """The words stand on the page of quality; looking for them from the first page goes there."""
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.pause()
        await pilot.press("slash", *"disagree", "enter")
        await pilot.pause()
        assert active(pilot) == "quality"
        assert view_of(pilot).found_lines()
        await pilot.press("escape")
        await pilot.pause()
        assert not view_of(pilot).found_lines()
        assert not pilot.app.screen.has_class("-finding")


@pytest.mark.parametrize("typed", ["[/x]", "no such words", "%s{0}", " "])
async def test_words_that_stand_nowhere_are_told_so(typed: str) -> None:
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.press("slash")
        pilot.app.screen.query_one("#find", Input).value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert active(pilot) == "overview"
        assert any("stand on no page" in note.message for note in pilot.app._notifications)


async def test_typing_words_turns_no_page() -> None:
    """Digits and letters that are keys of the desk go into the line while it is open."""
    async with make_desk_app(RELEASE, PLAN).run_test() as pilot:
        await pilot.press("slash", *"q2ts")
        await pilot.pause()
        assert pilot.app.is_running
        assert active(pilot) == "overview"
        assert pilot.app.screen.query_one("#find", Input).value == "q2ts"
