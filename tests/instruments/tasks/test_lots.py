"""The lot, and a sitting with tasks: any steps keep handed-in answers as they were."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.answers import Answer, Choice, Marked, Skipped, Text
from instruments.battery import FULL, STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.errors import BadInput
from instruments.model import ChoiceFormat, MarkFormat, TextFormat
from instruments.questions import Battery, Question
from instruments.sitting import Sitting, SittingError, SittingRecord
from instruments.tasks.asking import asked_in
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.lots import answers_of, draw, draw_others, mean_task_minutes, why_not_drawn
from instruments.tasks.marking import marks_of
from instruments.tasks.model import AiUsePolicy

STANDARD_BATTERY = build_battery("standard", "en", (), STANDARD, shipped, tasks=shipped_tasks())
FULL_BATTERY = build_battery("full", "en", (), FULL, shipped, tasks=shipped_tasks())
SMALL = msgspec.structs.replace(STANDARD_BATTERY, parts=STANDARD_BATTERY.parts[3:4])
"""Three questions and two tasks, so that random steps get through."""
DRAWN = ("withhold-b", "summarise-a")


def any_answer(question: Question, choice: int) -> Answer:
    """Return an answer that fits."""
    match question.format:
        case ChoiceFormat(options=options):
            return Choice(code=options[choice % len(options)].code)
        case MarkFormat(confidences=chances):
            return Marked(flagged=choice % 2 == 0, confidence=chances[choice % len(chances)])
        case TextFormat():
            return Text(value=f"some words {choice}")
        case _:
            return Skipped()


def record_of(sitting: Sitting) -> SittingRecord:
    return SittingRecord(
        study="s",
        wave="baseline",
        policy_sha256="",
        battery_sha256="",
        answers=sitting.answers,
        position=sitting.position_id,
        stage=sitting.stage,
        from_review=sitting.from_review,
        drawn=sitting.drawn,
        handed_in=sitting.handed_in,
        more=sitting.more,
        added=sitting.added,
    )


@given(st.integers(0, 10_000))
def test_a_draw_is_two_different_tasks_or_all_four_and_passes_the_check(seed: int) -> None:
    """Standard: two, half a `review`; full: all of them, and the whole `review`."""
    two, four = draw(STANDARD_BATTERY, random.Random(seed)), draw(FULL_BATTERY, random.Random(seed))
    assert (len(two), len(four)) == (2, 4)
    assert why_not_drawn(STANDARD_BATTERY, two) == why_not_drawn(FULL_BATTERY, four) == ""
    halves = [len(STANDARD_BATTERY.drawn(name).halves) for name in two if name.startswith("review")]
    assert halves in ([], [1])
    assert any(len(FULL_BATTERY.drawn(name).halves) == 2 for name in four)


def test_every_task_form_and_half_is_drawn_about_equally_often() -> None:
    """Of 4,000 draws each task is in half, each form in a quarter; binomial within five sigma."""
    chance = random.Random(11)
    draws = [draw(STANDARD_BATTERY, chance) for _ in range(4000)]
    for form in ("review-a", "review-b", "adapt-a", "adapt-b", "withhold-a", "summarise-b"):
        count = sum(any(name.startswith(form) for name in one) for one in draws)
        assert abs(count - 1000) < 5 * (4000 * 0.25 * 0.75) ** 0.5
    assert {name for one in draws for name in one if "review" in name} == {
        "review-a-1",
        "review-a-2",
        "review-b-1",
        "review-b-2",
    }


def form_of(name: str) -> str:
    return "-".join(name.split("-")[:2])


@given(st.integers(0, 10_000))
def test_a_later_wave_gives_the_form_that_was_not_had(seed: int) -> None:
    """Baseline by lot, then the other form; after both, the one further back; the order counts."""
    chance, earlier = random.Random(seed), draw(FULL_BATTERY, random.Random(seed))
    for wave in range(1, 4):
        now = draw(FULL_BATTERY, chance, earlier)
        had = [form_of(name) for name in earlier]
        assert all(had.count(form_of(name)) == wave // 2 for name in now)
        assert not {form_of(name) for name in now} & set(had[-4:])
        earlier = (*earlier, *now)


@given(st.integers(0, 10_000))
def test_either_half_of_a_review_counts_as_its_form(seed: int) -> None:
    """Half of form a was had: form b comes, whole or half; names of no known task change nothing."""
    for battery in (STANDARD_BATTERY, FULL_BATTERY):
        names = draw(battery, random.Random(seed), ("review-a-2", "essay-b", "", "adapt-b"))
        forms = {form_of(name) for name in names}
        assert not forms & {"review-a", "adapt-b"}
    without = draw(STANDARD_BATTERY, random.Random(seed))
    assert draw(STANDARD_BATTERY, random.Random(seed), ("essay-b", "review-z-1")) == without


def test_where_there_is_one_form_only_it_comes_again() -> None:
    one = msgspec.structs.replace(
        STANDARD_BATTERY, tasks=tuple(task for task in shipped_tasks() if task.form == "a")
    )
    names = draw(one, random.Random(2), ("review-a-1", "adapt-a", "summarise-a", "withhold-a"))
    assert {name.split("-")[1] for name in names} == {"a"}


@given(st.integers(0, 10_000))
def test_the_others_are_all_that_was_not_drawn_by_the_same_rules(seed: int) -> None:
    """Together they are one valid draw of all four tasks; of `review` a half; none where all were drawn."""
    chance = random.Random(seed)
    two = draw(STANDARD_BATTERY, chance, ("withhold-a",))
    others = draw_others(STANDARD_BATTERY, two, chance, ("withhold-a",))
    assert len(others) == 2
    assert why_not_drawn(STANDARD_BATTERY, two + others) == ""
    assert "withhold-b" in two + others
    assert sum(name[-2:] in {"-1", "-2"} for name in two + others) == 1
    assert draw_others(FULL_BATTERY, draw(FULL_BATTERY, chance), chance) == ()


@pytest.mark.parametrize("name", ["review-c-1", "review-a-3", "withhold-a-1", "../adapt-a", ""])
def test_a_name_that_is_no_task_of_the_battery_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        STANDARD_BATTERY.questions((name,))
    assert why_not_drawn(STANDARD_BATTERY, (name,)) == "a task that does not belong to the study"


def test_the_same_task_in_two_forms_is_no_draw() -> None:
    assert why_not_drawn(STANDARD_BATTERY, ("adapt-a", "adapt-b")) == "the same task twice"


def test_tasks_come_after_the_questionnaire_and_what_asks_about_them_last() -> None:
    """Each task question knows its task; the load rating of the full battery follows the tasks."""
    questions = FULL_BATTERY.questions(("review-a", "adapt-b"))
    kinds = [bool(one.task) for one in questions]
    assert kinds.index(True) == len(FULL_BATTERY.questions()) - 6
    assert [one.id.split("/")[0] for one in questions[-6:]] == ["nasa-rtlx"] * 6
    assert sum(one.task == "review-a" for one in questions) == 24
    assert len({one.id for one in questions}) == len(questions)


def test_the_seconds_of_a_task_add_up_to_its_guide() -> None:
    """Half a review takes six tenths of the whole."""
    half, whole = STANDARD_BATTERY.drawn("review-a-1"), STANDARD_BATTERY.drawn("review-a")
    assert sum(one.seconds for one in asked_in(whole)) == pytest.approx(whole.minutes * 60)
    assert half.minutes == pytest.approx(0.6 * whole.minutes)
    assert mean_task_minutes(STANDARD_BATTERY) < mean_task_minutes(FULL_BATTERY)


@given(st.lists(st.tuples(st.sampled_from("aaaasbhj"), st.integers(0, 9)), max_size=60))
def test_any_steps_keep_what_is_handed_in_and_resume_to_the_same_place(steps: list[tuple[str, int]]) -> None:
    """Answer, skip, back, hand in, jump in any order: a locked task's answers never change."""
    sitting, locked = Sitting.begin(SMALL, DRAWN), {}
    for step, choice in steps:
        sitting = stepped(sitting, step, choice)
        assert Sitting.resume(SMALL, record_of(sitting)) == sitting
        assert (sitting.current is not None) == (sitting.stage == "asking")
        assert all(sitting.answers[name] == kept for name, kept in locked.items())
        locked = {
            one.id: sitting.answers[one.id] for one in sitting.questions if one.task in sitting.handed_in
        }
        assert sitting.task not in (sitting.handed_in or ("none",))
        assert sitting.stage != "review" or sitting.has_handed_in_all


def stepped(sitting: Sitting, step: str, choice: int) -> Sitting:
    """Return the sitting after a step, or as it was where the step is refused."""
    try:
        match step:
            case "a" if sitting.current is not None:
                return sitting.answer(any_answer(sitting.current, choice))
            case "s":
                return sitting.skip()
            case "b":
                return sitting.back()
            case "h":
                return sitting.hand_in()
            case "j":
                return sitting.jump(sitting.questions[choice % len(sitting.questions)].id)
    except SittingError:
        return sitting
    return sitting


def test_handing_in_locks_the_task_and_back_stops_before_it() -> None:
    """Before the yes one can look again; afterwards neither back nor a jump reaches it."""
    sitting = Sitting.begin(SMALL, DRAWN)
    while sitting.stage == "asking":
        sitting = sitting.skip()
    assert (sitting.stage, sitting.task) == ("handing", "withhold-b")
    assert sitting.back().task == "withhold-b"
    after = sitting.hand_in()
    assert after.task == "summarise-a"
    assert after.back() == after
    with pytest.raises(SittingError, match="no finished task"):
        after.hand_in()
    done = after.skip().skip().hand_in()
    assert done.stage == "review"
    with pytest.raises(SittingError, match="handed in"):
        done.jump("withhold-b/v1")
    assert done.back() == done
    assert done.jump(SMALL.questions()[0].id).stage == "asking"


def test_marks_are_made_for_the_drawn_tasks_only_and_by_the_policy() -> None:
    """One mark a task, from the answers under its own ids; nothing answered earns no points."""
    policy = AiUsePolicy(
        tools="approved", personal_data="never", customer_data="never", code="never", records="never"
    )
    questions = STANDARD_BATTERY.questions(("withhold-a", "review-b-2"))
    answers: dict[str, Answer] = {
        one.id: any_answer(one, 3 if one.task == "withhold-a" else 0) for one in questions if one.task
    }
    marks = marks_of(STANDARD_BATTERY, ("withhold-a", "review-b-2"), answers, policy)
    assert [(one.task, one.form) for one in marks] == [("withhold", "a"), ("review", "b")]
    assert marks[0].points is not None
    assert marks[0].points > 4
    assert marks[1].points == pytest.approx(0, abs=1e-9)
    empty = marks_of(STANDARD_BATTERY, ("adapt-a", "summarise-b", "withhold-a"), {}, policy)
    assert [one.points for one in empty] == [None, None, None]
    assert set(answers_of(STANDARD_BATTERY, "withhold-a", answers)) == {f"v{n}" for n in range(1, 7)}


def test_a_battery_with_tasks_survives_being_frozen() -> None:
    """Written and read again, it asks the same."""
    again = msgspec.json.decode(msgspec.json.encode(STANDARD_BATTERY), type=Battery)
    assert again.questions(DRAWN) == STANDARD_BATTERY.questions(DRAWN)
