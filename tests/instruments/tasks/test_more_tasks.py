"""More tasks for who has more time: offered once, taken or not, left out again until handed in."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.sitting import Sitting, SittingError
from tests.instruments.tasks.test_lots import DRAWN, FULL_BATTERY, SMALL, any_answer, record_of

MORE = ("adapt-b", "review-a-1")


def offered(battery_more: tuple[str, ...] = MORE) -> Sitting:
    """Return a sitting at the offer, everything answered before it."""
    sitting = Sitting.begin(SMALL, DRAWN, battery_more)
    while sitting.stage != "offering":
        current = sitting.current
        sitting = sitting.answer(any_answer(current, 0)) if current else sitting.hand_in()
    return sitting


def resumed(sitting: Sitting) -> Sitting:
    return Sitting.resume(SMALL, record_of(sitting))


def test_the_offer_comes_after_the_last_drawn_task_and_is_kept() -> None:
    """It is no question; there is no way back into a task and none past it to the review page."""
    sitting = offered()
    assert sitting.handed_in == DRAWN
    assert (sitting.current, sitting.task, sitting.missing) == (None, "", ())
    assert sitting.has_handed_in_all
    assert not sitting.has_finished_tasks
    assert sitting.back() == sitting == resumed(sitting)
    with pytest.raises(SittingError, match="say first"):
        sitting.to_review()
    with pytest.raises(SittingError):
        sitting.hand_in()


def test_no_leads_on_and_is_not_asked_again() -> None:
    done = offered().decline_more()
    assert (done.stage, done.drawn, done.more, done.added) == ("review", DRAWN, (), ())
    assert done.has_finished_tasks
    with pytest.raises(SittingError, match="after the last"):
        done.take_more(SMALL, 1)
    with pytest.raises(SittingError, match="after the last"):
        done.decline_more()


@pytest.mark.parametrize("count", [1, 2])
def test_added_tasks_come_next_and_count_as_drawn(count: int) -> None:
    """The first ones of the lot, so that nobody picks by taste; finished only when they are handed in."""
    sitting = offered().take_more(SMALL, count)
    assert (sitting.task, sitting.drawn, sitting.more) == (MORE[0], DRAWN + MORE[:count], ())
    assert sitting.questions == SMALL.questions(DRAWN + MORE[:count])
    assert sitting.back() == sitting == resumed(sitting)
    while sitting.stage != "review":
        assert not sitting.has_finished_tasks
        sitting = sitting.skip() if sitting.current else sitting.hand_in()
    assert sitting.handed_in == DRAWN + MORE[:count]
    assert sitting.has_finished_tasks


@pytest.mark.parametrize("count", [0, -1, 3])
def test_more_than_is_offered_cannot_be_taken(count: int) -> None:
    with pytest.raises(SittingError, match="So many"):
        offered().take_more(SMALL, count)


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_an_added_task_that_is_left_out_leaves_nothing_behind(answers: int) -> None:
    """Before its first question, in the middle and at handing in; what else was answered stays."""
    before = offered()
    sitting = before.take_more(SMALL, 2)
    for number in range(answers):
        assert sitting.current is not None
        sitting = sitting.answer(any_answer(sitting.current, number))
    assert sitting.stage == ("handing" if answers == 2 else "asking")
    left = sitting.leave_out()
    assert (left.task, left.drawn, left.added) == (MORE[1], (*DRAWN, MORE[1]), (MORE[1],))
    assert left.answers == before.answers
    done = left.leave_out()
    assert done == before.decline_more() == resumed(done)


def test_only_an_added_task_can_be_left_out_and_only_before_it_is_handed_in() -> None:
    sitting = Sitting.begin(SMALL, DRAWN, MORE)
    while not sitting.task:
        sitting = sitting.skip()
    with pytest.raises(SittingError, match="that you added"):
        sitting.leave_out()
    added = offered().take_more(SMALL, 1).skip().skip().hand_in()
    assert added.stage == "review"
    with pytest.raises(SittingError, match="that you added"):
        added.leave_out()


def test_where_no_task_was_drawn_or_all_were_nothing_is_offered() -> None:
    assert Sitting.begin(SMALL, (), MORE).more == ()
    sitting = Sitting.begin(SMALL, DRAWN)
    while sitting.stage != "review":
        assert sitting.stage != "offering"
        sitting = sitting.skip() if sitting.current else sitting.hand_in()


def test_what_asks_about_the_tasks_comes_after_the_added_ones() -> None:
    """The load rating is asked once, at the end, also when the last added task is left out."""
    battery = msgspec.structs.replace(
        FULL_BATTERY, name="custom", task_count=2, parts=FULL_BATTERY.parts[-1:]
    )
    sitting = Sitting.begin(battery, DRAWN, MORE)
    while sitting.stage != "offering":
        sitting = sitting.skip() if sitting.current else sitting.hand_in()
    for after in (sitting.decline_more(), sitting.take_more(battery, 1).leave_out()):
        assert after.current is not None
        assert after.current.id.startswith("nasa-rtlx/")
        assert len(after.missing) == 6


@given(st.lists(st.tuples(st.sampled_from("aaaaashbmmdoj"), st.integers(0, 9)), max_size=120))
def test_any_steps_resume_to_the_same_place_and_keep_what_is_handed_in(
    steps: list[tuple[str, int]],
) -> None:
    """Also with adding, declining and leaving out: answers belong to questions, locked ones never change."""
    sitting, locked = offered(), offered().answers
    for step, choice in steps:
        sitting = stepped(sitting, step, choice)
        assert resumed(sitting) == sitting
        assert sitting.questions == SMALL.questions(sitting.drawn)
        known = {one.id for one in sitting.questions}
        assert set(sitting.answers) <= known
        tasks = {key: kept for key, kept in locked.items() if "/" in key and not key.startswith("slack")}
        assert all(sitting.answers[key] == kept for key, kept in tasks.items())
        locked = {
            one.id: sitting.answers[one.id] for one in sitting.questions if one.task in sitting.handed_in
        }
        assert set(DRAWN) <= set(sitting.handed_in) <= set(sitting.drawn) <= {*DRAWN, *MORE}
        assert sitting.stage != "review" or (sitting.has_finished_tasks and not sitting.missing)
        assert (sitting.stage == "offering") == bool(sitting.more)


def stepped(sitting: Sitting, step: str, choice: int) -> Sitting:
    """Return the sitting after a step, or as it was where the step is refused."""
    try:
        match step:
            case "a" if sitting.current is not None:
                return sitting.answer(any_answer(sitting.current, choice))
            case "m":
                return sitting.take_more(SMALL, choice % 3)
            case "j":
                return sitting.jump(sitting.questions[choice % len(sitting.questions)].id)
        plain = {"s": "skip", "b": "back", "h": "hand_in", "d": "decline_more", "o": "leave_out"}
        after = getattr(sitting, plain[step])() if step in plain else sitting
    except SittingError:
        return sitting
    assert isinstance(after, Sitting)
    return after
