"""The ledger draws the level of all hours: by how much, what narrows, and what it leaves alone."""

from __future__ import annotations

import math

import msgspec
import pytest

from instruments.care_log import CareEntry
from scoring.plan.ledger_level import LevelSeen, level_seen, needed_per_received, with_level
from scoring.plan.records import DemandRow, Plan
from scoring.records import Release
from scoring.table_records import HoursRow
from tests.tui.desk_examples import HOURS_TABLE, PLAN, RELEASE

ENTRY = CareEntry(study="north", week="2027-01-11", minutes=60, kind="pair", role="champion")
START = "2027-01-11"


def plan(hours: float) -> Plan:
    """Return a plan with `hours` of need a week, and twice as many of sessions."""
    rows = [
        DemandRow("All", week, stream, "champion", hours * times, hours, hours)
        for week in range(1, 13)
        for stream, times in (("pairs", 1), ("peer", 2))
    ]
    return msgspec.structs.replace(PLAN, demand=tuple(rows))


def logged(**weeks: int) -> list[CareEntry]:
    return [
        msgspec.structs.replace(ENTRY, week=f"2027-01-{day[1:]}")
        for day, often in weeks.items()
        for _ in range(often)
    ]


def release(common: float) -> Release:
    def known(row: HoursRow) -> HoursRow:
        return row if row.hours is None else msgspec.structs.replace(row, own_sd=0.1, common_sd=common)

    table = msgspec.structs.replace(
        HOURS_TABLE, total=known(HOURS_TABLE.total), rows=tuple(known(row) for row in HOURS_TABLE.rows)
    )
    return msgspec.structs.replace(RELEASE, hours=(table,))


def test_the_last_week_may_not_be_over_and_sessions_are_no_need() -> None:
    """12 h in week 1 stand for 20 h given; 10 were planned, so twice as many."""
    session = msgspec.structs.replace(ENTRY, kind="session", minutes=600)
    seen = level_seen([*logged(d11=12, d18=3), session], plan(10), START)
    assert seen is not None
    assert (seen.weeks, seen.logged, seen.planned) == ((1,), 12.0, 10.0)
    assert seen.ratio == pytest.approx(2)
    assert seen.log_sd == pytest.approx(
        math.hypot(math.log(0.9 / 0.4) / (2 * 1.6449), 1 / math.sqrt(15)), abs=1e-3
    )


def test_weeks_without_any_entry_count_as_planned_weeks() -> None:
    seen = level_seen(logged(d11=6, d25=6), plan(10), START)
    assert seen is not None
    assert (seen.weeks, seen.planned) == ((1,), 10.0)
    later = level_seen([*logged(d25=6), msgspec.structs.replace(ENTRY, week="2027-02-01")], plan(10), START)
    assert later is not None
    assert (later.weeks, later.planned) == ((1, 2, 3), 30.0)


@pytest.mark.parametrize(
    "entries", [[], logged(d11=5), logged(d04=5, d18=1)], ids=["none", "one week", "before"]
)
def test_too_little_to_say_anything(entries: list[CareEntry]) -> None:
    seen = level_seen(entries, plan(10), START)
    assert seen is None
    assert with_level(RELEASE, seen) is RELEASE


def test_help_that_was_missed_counts_as_needed() -> None:
    assert needed_per_received(RELEASE) == pytest.approx((310 + 145) / 310)
    assert needed_per_received(msgspec.structs.replace(RELEASE, sums=())) == 1.0


def test_the_level_moves_by_the_ledger_s_share_of_what_is_known() -> None:
    """Known to .4 and seen to .3, the ledger has 16 of 25 parts: twice the hours become 2 ** .64 as many."""
    seen = LevelSeen((1,), 12, 10, ratio=2.0, log_sd=0.3)
    moved = with_level(release(0.4), seen).hours[0].total
    assert moved.hours == round(480 * 2**0.64)
    assert moved.common_sd == pytest.approx(1 / math.sqrt(1 / 0.16 + 1 / 0.09))
    assert moved.low is not None
    assert moved.high is not None
    assert moved.hours is not None
    assert moved.low < moved.hours < moved.high


def test_a_level_that_is_known_well_hardly_moves_and_hidden_rows_stay_hidden() -> None:
    seen = LevelSeen((1,), 12, 10, ratio=2.0, log_sd=0.3)
    told = with_level(release(0.01), seen).hours[0]
    assert told.total.hours == pytest.approx(480, abs=1)
    assert [row.hours for row in told.rows[1:]] == [None] * 3


def test_the_release_itself_stays_and_the_change_is_said() -> None:
    before = release(0.4)
    after = with_level(before, LevelSeen((1, 2), 12, 10, ratio=0.5, log_sd=0.3))
    assert before.hours[0].total.hours == 480
    assert after.basis is not None
    assert after.basis.heading == "Relative need, hours assumed, drawn by the care ledger"
    assert "12 hours of help in weeks 1 to 2, where 10 were planned" in after.basis.sentences[-1]
    assert "36 % fewer than before" in after.basis.sentences[-1]
