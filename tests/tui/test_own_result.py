"""The own result: needs with their doubt at once, tiers behind a key, kept or not as the person likes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.records import NeedBand, OwnResult
from store.inbox import read_own
from tests.tui import take_studies as studies
from tests.tui.plain_person import sit
from tests.tui.take_driver import Respondent
from tests.tui.test_take_app import taking
from tui import take_texts as texts
from tui.flows.packing import nothing_kept
from tui.text import own_text

OWN = studies.made_up(None, {})  # type: ignore[arg-type]  # made up for everybody


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    return root


def need(band: str, *possible: str) -> OwnResult:
    """Return an own result about one need."""
    one = NeedBand(need="safety", band=band, mean=0, low=0, high=0, words="So.", possible=possible)  # type: ignore[arg-type]
    return msgspec.structs.replace(OWN, needs=(one,))


@pytest.mark.parametrize(
    ("band", "possible", "told"),
    [
        ("middle", ("middle",), "So."),
        ("middle", ("lower", "middle"), "So. It may also be less than that."),
        ("lower", ("lower", "middle"), "So. It may also be more than that."),
        ("middle", ("lower", "middle", "higher"), "So. It may also be less or more than that."),
        ("open", (), "So."),
    ],
)
def test_doubt_is_told_in_words(band: str, possible: tuple[str, ...], told: str) -> None:
    """Also for who hears the lines read: no mark has to be seen."""
    assert own_text.need_sentences(need(band, *possible)) == (f"Speaking up: {told}",)


def test_marks_tell_best_and_possible_apart_without_colour() -> None:
    """A need that is open is not drawn; a result of an earlier careload shows its band alone."""
    assert own_text.need_marks(OWN) == (
        "Speaking up       ○ little   ● some   · much",
        "Learning          · little   ○ some   ● much",
        "Room in the job   ● little   · some   · much",
    )
    assert own_text.need_marks(need("higher")) == ("Speaking up   · little   · some   ● much",)


def test_no_tier_and_no_hours_are_told_at_once() -> None:
    """Tier words stand behind a key press; what would help does not wait for it."""
    at_once = " ".join(own_text.own_lines(OWN))
    assert not any(share.tier in at_once for share in OWN.shares)
    assert "100" not in at_once
    assert "What would help" in at_once
    behind = " ".join(own_text.tier_lines(OWN))
    assert all(f"{share.tier}" in behind for share in OWN.shares)


def test_where_nothing_stands_out_that_is_said() -> None:
    calm = msgspec.structs.replace(OWN, conditions=(), skill=())
    assert any(own_text.NOTHING in part[1] for part in own_text.own_parts(calm))
    assert all(own_text.NOTHING not in part[1] for part in own_text.own_parts(OWN))


async def at_result(person: Respondent) -> None:
    await person.see("Your answers")
    await person.press("g")
    await person.see("● some")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_tiers_are_one_key_away_and_lead_back(five: Path, size: tuple[int, int]) -> None:
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session, size) as person:
        await at_result(person)
        assert "coached" not in person.text
        await person.press("3")
        await person.see("46 of 100")
        await person.press("enter")
        await person.see("Hand in: seal my answers")


async def test_who_wants_no_own_result_kept_finds_none_again(five: Path) -> None:
    """The box says only that none was kept, is as large as any, and the answers can be taken back."""
    kept, unkept = (studies.started(five, *studies.FIVE_ANSWERS) for _ in range(2))
    for session, key in ((kept, "1"), (unkept, "2")):
        async with taking(session) as person:
            await at_result(person)
            await person.press(key)
            await person.see(texts.RECEIPT_TITLE)
            assert ("see your own result again" in person.text) == (session is kept)
            assert (texts.NO_OWN in person.text) == (session is unkept)
            await person.press("enter")
    assert read_own(kept.public, kept._own_key).needs
    assert read_own(unkept.public, unkept._own_key) == nothing_kept("baseline")
    assert len({path.stat().st_size for path in (five / "inbox").iterdir()}) == 1
    assert "removed" in " ".join(unkept.take_back())


def test_in_plain_lines_tiers_wait_too_and_nothing_is_kept(five: Path) -> None:
    session = studies.started(five, *studies.FIVE_ANSWERS)
    outcome, told = sit(session, "1", "3", "2", "1")
    assert outcome.kind == "sealed"
    first = next(place for place, line in enumerate(told) if "coached" in line)
    assert told.index(f"{own_text.NEEDS}:") < told.index(texts.TIERS_TITLE) < first
    assert told.count(f"{own_text.NEEDS}:") == 1
    assert texts.NO_OWN in told
    assert read_own(session.public, session._own_key).verdict == "not kept"


def test_result_says_that_none_was_kept() -> None:
    """`careload result` prints the sentence, and --tiers adds nothing to it."""
    none = nothing_kept("baseline")
    assert own_text.NOT_KEPT in " ".join(" ".join(own_text.own_lines(none)).split())
    assert own_text.tier_lines(none) == ()
