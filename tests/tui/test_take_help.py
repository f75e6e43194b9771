"""Asking for help by name at the end of a sitting: no is easy, and what is sealed stays by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tests.tui.test_take_app import taking


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """An open study with one question of each answer type."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    return root


async def at_receipt(person: Respondent) -> None:
    await person.see("Your answers")
    await person.press("g")
    await person.see("● some")
    await person.press("1")
    await person.see("Ask for help by name")


def files(root: Path) -> int:
    return len(list((root / "inbox").iterdir()))


async def test_finish_is_the_easy_answer_and_asks_nothing(five: Path) -> None:
    """Enter on the receipt ends as before, with one sealed file."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session) as person:
        await at_receipt(person)
        await person.press("enter")
    assert person.app.return_value is not None
    assert person.app.return_value.kind == "sealed"
    assert files(five) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_request_is_ticked_named_and_sealed(five: Path, size: tuple[int, int]) -> None:
    """Nothing goes without a tick or a name; then a second sealed file lies in the inbox."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session, size) as person:
        await at_receipt(person)
        await person.press("2")
        await person.see("Ask for help by name?")
        assert "not what you answered, nor whether you took part" in " ".join(person.text.split())
        await person.press("5")
        await person.see("Please tick at least one kind")
        await person.press("1")
        await person.see("[x] time in my working hours")
        await person.press("4")
        await person.see("[x] somebody who sits down")
        await person.press("1")
        await person.see("[ ] time in my working hours")
        await person.press("5")
        await person.fill("", "floor 2")
        await person.see("Please give your name")
        assert files(five) == 1
        await person.fill("Ada [/x]", "floor 2")
        await person.see("Your request is sealed and handed in.")
        await person.press("enter")
    assert person.app.return_value is not None
    assert person.app.return_value.kind == "sealed"
    assert files(five) == 2


async def test_thinking_better_of_it_and_leaving_are_no_requests(five: Path) -> None:
    """The pointer stands on no; leaving with ctrl+q afterwards still says that the answers are handed in."""
    session = studies.started(five, *studies.FIVE_ANSWERS)
    async with taking(session) as person:
        await at_receipt(person)
        await person.press("2")
        await person.see("No, finish without asking")
        await person.press("1")
        await person.see("[x]")
        await person.press("ctrl+q")
    assert person.app.return_value is not None
    assert person.app.return_value.sentence == "Thank you. Your answers are sealed and handed in."
    assert files(five) == 1
