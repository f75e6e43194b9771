"""The sitting survives any sequence of steps, and resumes equal."""

from __future__ import annotations

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text, score_of, why_not
from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.pacing import PaceCounts
from instruments.reading import read_record
from instruments.records import canonical
from instruments.sitting import Sitting, SittingError, SittingRecord
from tests.instruments.made import CHOICE, five_kinds

BATTERY = five_kinds()
FIT: dict[str, Answer] = {
    "choice": Choice(code=3),
    "rating": Rating(value=40),
    "text": Text(value="hello"),
    "rows": Rows(rows=((1.0, 2.0),)),
    "mark": Marked(flagged=True, confidence=75),
}


def record_of(sitting: Sitting) -> SittingRecord:
    """Return `sitting` as the draft would keep it."""
    return SittingRecord(
        study="s",
        wave="baseline",
        policy_sha256="p",
        battery_sha256="b",
        answers=sitting.answers,
        position=sitting.position_id,
        stage=sitting.stage,
        from_review=sitting.from_review,
    )


def read_back(sitting: Sitting) -> Sitting:
    """Write and read the draft's record, then go on from it."""
    data = canonical(record_of(sitting))
    return Sitting.resume(BATTERY, read_record(data, SittingRecord, "draft"))


def fitting(sitting: Sitting) -> Answer:
    assert sitting.current is not None
    return FIT[sitting.current.item.id]


def answered_all() -> Sitting:
    sitting = Sitting.begin(BATTERY)
    for _ in BATTERY.questions():
        sitting = sitting.answer(fitting(sitting))
    return sitting


class AnySteps(RuleBasedStateMachine):
    """Keys pressed in any order: refused or not, the sitting stays valid."""

    def __init__(self) -> None:
        super().__init__()
        self.sitting = Sitting.begin(BATTERY)

    def step(self, name: str, *values: object) -> None:
        with contextlib.suppress(SittingError):
            self.sitting = getattr(self.sitting, name)(*values)

    @rule(answer=st.sampled_from(list(FIT.values())))
    def answer_with_any_kind(self, answer: Answer) -> None:
        self.step("answer", answer)

    @precondition(lambda self: self.sitting.current is not None)
    @rule()
    def answer_as_asked(self) -> None:
        asked = self.sitting.current
        assert asked is not None
        self.sitting = self.sitting.answer(fitting(self.sitting))
        assert self.sitting.answers[asked.id] == FIT[asked.item.id]

    @rule(name=st.sampled_from(["skip", "skip", "back", "to_review", "show_result", "seal", "discard"]))
    def press(self, name: str) -> None:
        self.step(name)

    @rule(name=st.sampled_from([*FIT, "nowhere"]))
    def jump(self, name: str) -> None:
        self.step("jump", f"kinds/{name}")

    @rule()
    def be_killed_and_come_back(self) -> None:
        """Nothing is lost, not even that a question was jumped to from the review page."""
        resumed = read_back(self.sitting)
        assert resumed == self.sitting
        self.sitting = resumed

    @invariant()
    def every_answer_fits_its_question(self) -> None:
        formats = {question.id: question.format for question in self.sitting.questions}
        assert all(why_not(answer, formats[name]) == "" for name, answer in self.sitting.answers.items())

    @invariant()
    def the_stage_and_the_place_belong_together(self) -> None:
        sitting = self.sitting
        assert 0 <= sitting.position <= len(sitting.questions)
        assert (sitting.current is not None) == (sitting.stage == "asking")
        if sitting.stage != "asking":
            assert not sitting.missing
        assert sitting.answered + len(sitting.missing) <= len(sitting.questions)


TestAnySteps = AnySteps.TestCase


def test_answering_everything_leads_to_review_result_and_sealing() -> None:
    sitting = answered_all()
    assert (sitting.stage, sitting.answered, sitting.missing) == ("review", 5, ())
    assert sitting.show_result().seal().stage == "sealed"
    assert sitting.show_result().discard().stage == "discarded"


def test_back_keeps_the_answer_and_stops_at_the_first_question() -> None:
    first = Sitting.begin(BATTERY)
    second = first.answer(Choice(code=2))
    assert second.back().position == 0
    assert second.back().answers == {"kinds/choice": Choice(code=2)}
    assert first.back() == first


def test_skipping_is_kept_apart_from_an_answer_and_takes_it_back() -> None:
    sitting = Sitting.begin(BATTERY).answer(Choice(code=2)).back().skip()
    assert sitting.answers == {"kinds/choice": Skipped()}
    assert (sitting.answered, len(sitting.missing)) == (0, 4)


def test_a_jump_from_the_review_page_returns_to_it() -> None:
    jumped = answered_all().jump("kinds/rating")
    assert jumped.current is not None
    assert jumped.current.id == "kinds/rating"
    changed = jumped.answer(Rating(value=90))
    assert changed.stage == "review"
    assert changed.answers["kinds/rating"] == Rating(value=90)


def test_going_back_after_a_jump_returns_to_the_review_page() -> None:
    assert answered_all().jump("kinds/rating").back().stage == "review"


def test_jumping_needs_the_review_page_and_review_needs_every_question_seen() -> None:
    sitting = Sitting.begin(BATTERY).skip()
    with pytest.raises(SittingError, match="review page"):
        sitting.jump("kinds/choice")
    with pytest.raises(SittingError, match="not seen"):
        sitting.to_review()


@pytest.mark.parametrize("step", ["back", "to_review", "skip"])
def test_nothing_changes_once_the_own_result_was_shown(step: str) -> None:
    with pytest.raises(SittingError):
        getattr(answered_all().show_result(), step)()


def test_sealing_needs_the_own_result_first() -> None:
    with pytest.raises(SittingError, match="after the own result"):
        answered_all().seal()


def test_an_answer_that_does_not_fit_is_refused_without_repeating_it() -> None:
    """Errors may reach a log: they never hold an answer."""
    sitting = Sitting.begin(BATTERY).answer(Choice(code=1)).answer(Rating(value=5))
    with pytest.raises(SittingError) as caught:
        sitting.answer(Text(value="canary-canary-canary-canary"))
    assert "canary" not in caught.value.message


@pytest.mark.parametrize(
    "answers",
    [{"kinds/gone": Choice(code=1)}, {"kinds/choice": Choice(code=9)}, {"kinds/rating": Choice(code=1)}],
)
def test_kept_answers_of_other_questions_are_refused(answers: dict[str, Answer]) -> None:
    record = msgspec.structs.replace(record_of(Sitting.begin(BATTERY)), answers=answers)
    with pytest.raises(SittingError, match="another set of questions"):
        Sitting.resume(BATTERY, record)


@given(st.integers(0, 30))
def test_the_standard_battery_resumes_on_the_same_item(steps: int) -> None:
    battery = build_battery("standard", "en", (), STANDARD, shipped)
    sitting = Sitting.begin(battery)
    for _ in range(steps):
        sitting = sitting.skip()
    assert Sitting.resume(battery, record_of(sitting)) == sitting


@given(st.lists(st.floats(0, 60, allow_nan=False), max_size=30))
def test_pace_is_the_bin_of_the_median_item(seconds: list[float]) -> None:
    """The lower median, worked on the sorted times that the counts no longer hold."""
    counts = PaceCounts()
    for one in seconds:
        counts = counts.with_seconds(one)
    if not seconds:
        assert counts.median_bin == ""
        return
    median = sorted(seconds)[(len(seconds) + 1) // 2 - 1]
    assert counts.median_bin == ("fast" if median < 3 else "middle" if median <= 12 else "slow")


@pytest.mark.parametrize("name", ["edmondson-1999", "hse-demands-control", "copsoq-iii-demands"])
def test_reversing_turns_declared_scores_into_declared_scores(name: str) -> None:
    """Points are even, so minimum + maximum - score is again one of the declared scores."""
    for item in shipped(name).items:
        fmt = shipped(name).format_of(item)
        assert isinstance(fmt, type(CHOICE))
        scores = {option.score for option in fmt.options}
        turned = {fmt.minimum + fmt.maximum - score for score in scores}
        assert turned == scores
        assert all(score_of(Choice(code=option.code), fmt) in scores for option in fmt.options)
