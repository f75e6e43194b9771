"""Pledges: a closed list whose conditions the release itself tells, and what became of the promises."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.errors import BadInput
from instruments.records import canonical
from instruments.setup import Pledge
from scoring.records import Release
from scoring.table_records import CountRow, CountTable, MinutesTable
from store.errors import Refused
from store.pledges import PLEDGES, read_sayings
from store.study import Study
from tests.tui import take_studies as studies
from tests.tui.desk_examples import FEW, HEADER, MINUTES_TABLE, NEED_TABLE, RELEASE, TIER_TABLE
from tui.flows.pledges import CONDITIONS, Condition, judge, parse_pledge, pledge_lines, say, sayings_of


def pledge(name: Condition) -> Pledge:
    return Pledge(condition=CONDITIONS[name], promise="the start moves")


def of_minutes(lower: int | None, median: int | None) -> Release:
    total = msgspec.structs.replace(MINUTES_TABLE.total, lower=lower, median=median)
    table: MinutesTable = msgspec.structs.replace(MINUTES_TABLE, total=total)
    return msgspec.structs.replace(RELEASE, minutes=(table,))


def of_counts(table: CountTable, columns: tuple[str, ...], cells: tuple[int | None, ...]) -> Release:
    total = CountRow(group="Everybody", respondents=100, headcount=120, cells=cells)
    return msgspec.structs.replace(
        RELEASE, counts=(msgspec.structs.replace(table, columns=columns, total=total, rows=()),)
    )


BANDS = ("lower", "middle", "higher")


@pytest.mark.parametrize(
    ("name", "release", "met"),
    [
        ("little-time", of_minutes(10, 15), "met"),
        ("little-time", of_minutes(10, 20), "cannot be told"),
        ("little-time", of_minutes(10, 25), "not met"),
        ("little-time", of_minutes(None, None), "cannot be told"),
        ("no-time", of_minutes(5, 25), "met"),
        ("no-time", of_minutes(15, 25), "not met"),
        ("unsafe", of_counts(NEED_TABLE, BANDS, (34, 33, 33)), "met"),
        ("unsafe", of_counts(NEED_TABLE, BANDS, (33, 34, 33)), "not met"),
        ("unsafe", of_counts(NEED_TABLE, ("lower or middle", "higher"), (60, 40)), "cannot be told"),
        ("unsafe", of_counts(NEED_TABLE, BANDS, (None, None, None)), "cannot be told"),
        ("overloaded", RELEASE, "cannot be told"),
        ("much-help", of_counts(TIER_TABLE, TIER_TABLE.columns, (20, 30, 30, 20)), "met"),
        ("much-help", of_counts(TIER_TABLE, TIER_TABLE.columns, (20, 31, 30, 19)), "not met"),
        (
            "much-help",
            of_counts(TIER_TABLE, ("self-directed", "peer-supported", "coached or intensive"), (20, 20, 60)),
            "met",
        ),
        ("much-help", of_counts(TIER_TABLE, ("self-directed", "with support"), (20, 80)), "cannot be told"),
        ("few-answers", RELEASE, "not met"),
        (
            "few-answers",
            msgspec.structs.replace(RELEASE, header=msgspec.structs.replace(HEADER, counted=199)),
            "met",
        ),
        ("few-answers", FEW, "met"),
    ],
)
def test_each_condition_is_told_from_what_is_released(name: Condition, release: Release, met: str) -> None:
    """A rounded or hidden number that leaves it open is said to leave it open."""
    assert judge(pledge(name), release) == met


def test_only_conditions_of_the_list_are_taken() -> None:
    """By name or by words, with or without an if; anything else is refused with the list."""
    expected = Pledge(condition=CONDITIONS["little-time"], promise="the start moves")
    for text in (
        "little-time",
        "if half cannot spare 20 minutes a week",
        "Half cannot spare 20 minutes a week",
    ):
        assert parse_pledge(f"{text}: the start moves") == expected
    for text in ("if people are unhappy: we listen", "little-time", "little-time:  ", ": we listen"):
        with pytest.raises(BadInput, match="expected a condition of the list"):
            parse_pledge(text)


def closed(root: Path, *, is_closed: bool = True) -> Study:
    """Return a study with two pledges and RELEASE as its release."""
    battery = studies.standard()
    opened = studies.open_study(root, battery)
    if is_closed:
        opened.write_release(canonical(RELEASE))
        opened.mark_closed("baseline")
    return opened


def test_what_is_said_is_kept_for_everybody_and_can_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not yet to begin with; what is said stands in the public folder, beside what the release tells."""
    study = closed(tmp_path / "study")
    rules = msgspec.structs.replace(study.public().policy, pledges=(pledge("little-time"), pledge("no-time")))
    frozen = study.public()
    monkeypatch.setattr(Study, "public", lambda _self: type(frozen)(**{**vars(frozen), "policy": rules}))
    public = study.public()
    assert [one.said for one in sayings_of(public, RELEASE)] == ["not yet", "not yet"]
    assert [one.said for one in say(study, RELEASE, ["2=kept"])] == ["not yet", "kept"]
    say(study, RELEASE, ["1=broken"])
    assert [one.said for one in read_sayings(public)] == ["broken", "kept"]
    lines = pledge_lines(public, sayings_of(public, RELEASE))
    assert "If half cannot spare 20 minutes a week: the start moves." in lines[0]
    assert "The organisation says: broken." in lines[0]
    assert (study.root / "public" / PLEDGES).stat().st_mode & 0o777 == 0o644
    for wrong in ("3=kept", "1=perhaps", "kept", "=kept", "\u0661=kept"):
        with pytest.raises(BadInput, match="expected NUMBER=kept"):
            say(study, RELEASE, [wrong])


def test_nothing_is_said_before_the_wave_is_closed(tmp_path: Path) -> None:
    """A promise is judged by the release, so not before there is one."""
    with pytest.raises(Refused, match="before the wave is closed"):
        say(closed(tmp_path / "study", is_closed=False), RELEASE, [])
