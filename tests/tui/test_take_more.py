"""“I have more time” by keyboard: offered after the last task, no is easy, feedback after the really last."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.answers import Choice, Marked, Skipped, Text
from instruments.tasks.catalogue import shipped_tasks
from store.inbox import read_own
from store.public import load_public
from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tests.tui.test_take_tasks import at_work, taking
from tui.flows.outcomes import TakingError
from tui.flows.own import own_result
from tui.flows.taking import TakingSession
from tui.flows.tasks import offer_ways, offer_words, task_feedback
from tui.screens.task import TaskScreen

OFFER = "Do you have more time?"


def at_offer(tmp_path: Path) -> TakingSession:
    """Return a conversation whose code goes on at the offer: one question, then two of four tasks."""
    battery = msgspec.structs.replace(studies.with_task("adapt"), tasks=shipped_tasks(), task_count=2)
    studies.open_study(tmp_path / "study", battery)
    before = studies.started(tmp_path / "study", Choice(code=1))
    before.look()
    while before.sitting.stage != "offering":
        before.skip() if before.sitting.current else before.hand_in()
    return studies.session_in(tmp_path / "study", code=before.code)


async def to_task(person: Respondent) -> None:
    await person.until(lambda: isinstance(person.screen, TaskScreen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_enter_says_no_and_the_feedback_follows(tmp_path: Path, size: tuple[int, int]) -> None:
    """The offer names minutes and kinds, points at no, and does not come again in a later run."""
    session = at_offer(tmp_path)
    async with taking(session, size) as person:
        await person.see(OFFER)
        assert "›    1  No, go on" in person.text
        assert "about" in person.text
        with pytest.raises(TakingError, match="after the last"):
            task_feedback(session.public, session.sitting)
        await person.press("enter")
        await person.see("What was in the tasks")
    again = studies.session_in(tmp_path / "study", code=session.code)
    async with taking(again) as person:
        await person.see("What was in the tasks")
    assert again.sitting.drawn == session.sitting.drawn
    assert len(again.sitting.drawn) == 2


async def test_an_added_task_is_done_like_the_others_and_feedback_waits_for_it(tmp_path: Path) -> None:
    """One more: its own page before it, no second offer after it, then the feedback on all three."""
    session = at_offer(tmp_path)
    async with taking(session) as person:
        await person.see(OFFER)
        await person.press("2")
        await person.see("You added this task.")
        await at_work(person)
        with pytest.raises(TakingError, match="after the last"):
            task_feedback(session.public, session.sitting)
        while session.sitting.stage == "asking":
            before = session.sitting
            await person.press("ctrl+s")
            await person.until(lambda before=before: session.sitting != before)  # type: ignore[misc]
        await person.see("Hand in this task?")
        await person.press("1")
        await person.see("What was in the tasks")
        await person.press("enter")
        await person.see("Your answers")
    assert len(session.sitting.handed_in) == 3


async def test_a_run_that_ended_at_the_offer_or_in_an_added_task_comes_back_there(tmp_path: Path) -> None:
    """What was offered is in the draft, so that a second run does not draw anew."""
    session = at_offer(tmp_path)
    async with taking(session) as person:
        await person.see(OFFER)
        seen = person.text
    again = studies.session_in(tmp_path / "study", code=session.code)
    async with taking(again) as person:
        await person.see(OFFER)
        assert person.text == seen
        await person.press("3")
        await at_work(person)
        await person.press("ctrl+s")
    last = studies.session_in(tmp_path / "study", code=session.code)
    async with taking(last) as person:
        await to_task(person)
        assert last.sitting == again.sitting
    assert len(last.sitting.drawn) == 4


@pytest.mark.parametrize("way", ["page before", "middle", "handing in"])
async def test_an_added_task_can_be_left_out_and_the_next_one_follows(tmp_path: Path, way: str) -> None:
    """On its first page, by ctrl+o in the middle (asked again) and when it is handed in."""
    session = at_offer(tmp_path)
    async with taking(session) as person:
        await person.see(OFFER)
        await person.press("3")
        await person.see("You added this task.")
        first, second = session.sitting.added
        if way == "page before":
            await person.press("2")
        else:
            await at_work(person)
        if way == "middle":
            await person.see("ctrl+o leaves it out")
            await person.press("ctrl+s", "ctrl+o")
            await person.see("Leave this task out?")
            await person.press("1")
        elif way == "handing in":
            while session.sitting.stage == "asking":
                await person.press("ctrl+s")
            await person.see("Hand in this task?")
            await person.press("3")
        await person.until(lambda: session.sitting.task == second)
        await person.see("You added this task.")
        assert session.sitting.added == (second,)
        assert not [key for key in session.sitting.answers if key.startswith(first.removesuffix("-1"))]
        await person.press("2")
        await person.see("What was in the tasks")
    assert len(session.sitting.drawn) == 2


async def test_a_drawn_task_cannot_be_left_out(tmp_path: Path) -> None:
    """The key does nothing there; who likes can skip."""
    studies.open_study(tmp_path / "study", studies.with_task("adapt"))
    session = studies.started(tmp_path / "study", Choice(code=1))
    async with taking(session) as person:
        await at_work(person)
        before = session.sitting
        await person.press("ctrl+o")
        assert "Leave this task out?" not in person.text
        assert session.sitting == before


def test_the_offer_counts_tasks_and_adds_up_minutes(tmp_path: Path) -> None:
    """No first; then one line a number of tasks, each with the sum of the guides."""
    session = at_offer(tmp_path)
    session.look()
    battery, sitting = session.battery, session.sitting
    none, one, two = offer_ways(battery, sitting)
    minutes = [battery.drawn(name).minutes for name in sitting.more]
    assert none.startswith("No")
    assert f"about {round(minutes[0])} minutes" in one
    assert f"about {round(sum(minutes))} minutes" in two
    words = " ".join(offer_words(sitting).sentences)
    assert "two tasks are handed in" in words
    assert "two more" in words


def test_added_tasks_feed_the_own_result_and_are_handed_in(tmp_path: Path) -> None:
    """Standard battery: all four tasks count in the capability need, and the own box names them."""
    root = tmp_path / "study"
    studies.open_study(root, studies.standard_with_tasks())
    session = studies.session_in(root, real=True)
    session.make_code()
    session.begin()
    while session.sitting.stage != "review":
        current = session.sitting.current
        if session.sitting.stage == "offering":
            session.take_more(2)
        elif current is None:
            session.hand_in()
        elif current.item.id == "text":
            session.answer(Text(value="Some words of mine."))
        elif current.item.format == "statement":
            session.answer(Marked(flagged=True, confidence=75))
        elif current.item.format == "vignette":
            session.answer(Choice(code=4))
        else:
            session.skip()
    sitting, told = session.sitting, session.show_result()
    assert len(told.drawn) == 4
    two = own_result(session.public, sitting.answers, sitting.drawn[:2])
    widths = [one.high - one.low for own in (two, told) for one in own.needs if one.need == "capability"]
    assert widths[1] < widths[0]
    session.seal()
    assert session._key is not None
    assert read_own(load_public(root), session._key).drawn == sitting.drawn
    assert Skipped() in sitting.answers.values()
