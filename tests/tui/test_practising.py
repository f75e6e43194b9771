"""Own-work practice after the sitting: ticks on the screen, nothing typed, nothing kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui import take_studies as studies
from tests.tui.plain_person import sit
from tests.tui.test_take_app import taking
from tests.tui.test_take_help import at_receipt
from tui import take_texts as texts
from tui.flows.practising import ALL_HOLD, CHECKS, check_ways, next_words
from tui.widgets.line_box import LineBox


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    return root


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file under `folder` with its bytes."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_is_not_ticked_gets_its_next_step() -> None:
    assert next_words(()) == tuple(one.todo for one in CHECKS)
    assert next_words({0, 1, 3, 4}) == (CHECKS[2].todo,)
    assert next_words(range(len(CHECKS))) == (ALL_HOLD,)
    assert [way[:4] for way in check_ways({1})] == ["[ ] ", "[x] ", "[ ] ", "[ ] ", "[ ] "]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_ticks_lead_to_next_steps_and_back_to_the_receipt(
    five: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    """There is no place to type, no file changes, and help can still be asked for afterwards."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session, size) as person:
        await at_receipt(person)
        before = everything(tmp_path)
        await person.press("3")
        await person.see("nothing of it is typed here")
        assert not person.screen.query(LineBox)
        assert not person.screen.query("TextArea, Input")
        for number, check in enumerate(CHECKS, 1):
            assert f"{number}  [ ] {check.holds}" in person.text
        await person.press("1")
        await person.see(f"[x] {CHECKS[0].holds}")
        await person.press("6")
        await person.see(texts.PRACTICE_NEXT_WAYS[0])
        words = " ".join(person.text.split())
        assert CHECKS[0].todo not in words
        assert CHECKS[1].todo in words
        await person.press("1")
        await person.see(f"[x] {CHECKS[0].holds}")
        await person.press("enter")
        await person.see(texts.RECEIPT_TITLE)
        assert everything(tmp_path) == before
        await person.press("2")
        await person.see(texts.HELP_TITLE)
    assert not session.has_begun


def test_practice_in_plain_lines(five: Path) -> None:
    """Ticks are said in words; the next step of each open check is told."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    outcome, told = sit(session, "1", "1", "3", "2", "6", "2", "1")
    assert outcome.kind == "sealed"
    assert f"2 ticked: {CHECKS[1].holds}" in told
    assert CHECKS[0].todo in told
    assert CHECKS[1].todo not in told
    assert told.count(texts.RECEIPT_TITLE) == 2
    assert told.count(session.code) == 1
