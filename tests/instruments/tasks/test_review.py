"""Marks of `review`: perfect answers, chance, skipping, calibration, and the published formulas."""

from __future__ import annotations

import random
from statistics import NormalDist, fmean, stdev

import pytest

from instruments.answers import Answer, Choice, Marked, Skipped
from instruments.tasks.calibration import calibrate
from instruments.tasks.catalogue import shipped_task
from instruments.tasks.detection import detect
from instruments.tasks.marks import Mark, MarkPart
from instruments.tasks.model import Form, ReviewTask
from instruments.tasks.review import TOP, mark_review

FORMS: tuple[Form, ...] = ("a", "b")
HALVES = ((1,), (2,), (1, 2))
PEOPLE = 10_000


def review(form: Form) -> ReviewTask:
    task = shipped_task("review", form)
    assert isinstance(task, ReviewTask)
    return task


def perfect(task: ReviewTask, confidence: int = 95) -> dict[str, Answer]:
    return {one.id: Marked(flagged=one.fault is not None, confidence=confidence) for one in task.statements}


def part(mark: Mark, name: str) -> MarkPart:
    return next(one for one in mark.parts if one.name == name)


@pytest.mark.parametrize("halves", HALVES)
@pytest.mark.parametrize("form", FORMS)
def test_perfect_answers_earn_the_top_mark(form: Form, halves: tuple[int, ...]) -> None:
    task = review(form)
    mark = mark_review(task, perfect(task), halves)
    assert mark.points == mark.most == TOP
    assert part(mark, "calibration").why.startswith("about right")


@pytest.mark.parametrize("halves", HALVES)
@pytest.mark.parametrize("form", FORMS)
def test_everything_the_wrong_way_round_earns_the_bottom_mark(form: Form, halves: tuple[int, ...]) -> None:
    task = review(form)
    wrong: dict[str, Answer] = {
        one.id: Marked(flagged=one.fault is None, confidence=55) for one in task.statements
    }
    assert mark_review(task, wrong, halves).points == pytest.approx(-TOP)


@pytest.mark.parametrize("is_flagging", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_marking_everything_or_nothing_has_a_d_prime_of_zero(form: Form, is_flagging: bool) -> None:
    task = review(form)
    answers: dict[str, Answer] = {
        one.id: Marked(flagged=is_flagging, confidence=75) for one in task.statements
    }
    mark = mark_review(task, answers)
    assert mark.points == 0.0
    assert (part(mark, "half-1-criterion").value or 0.0) * (-1 if is_flagging else 1) > 1


@pytest.mark.parametrize(
    ("halves", "share"), [((1,), 0.2), ((1,), 0.5), ((1,), 0.8), ((2,), 0.5), ((1, 2), 0.5)]
)
@pytest.mark.parametrize("form", FORMS)
def test_ten_thousand_who_mark_at_random_have_a_mean_d_prime_of_zero(
    form: Form, halves: tuple[int, ...], share: float
) -> None:
    """Within four standard errors, however often they flag; and the stated error is that of their spread."""
    task = review(form)
    rng = random.Random(20_26)
    marks = []
    for _ in range(PEOPLE):
        answers: dict[str, Answer] = {
            one.id: Marked(flagged=rng.random() < share, confidence=rng.choice((55, 75, 95)))
            for half in halves
            for one in task.half(half)
        }
        marks.append(mark_review(task, answers, halves))
    points = [mark.points for mark in marks if mark.points is not None]
    assert len(points) == PEOPLE
    assert abs(fmean(points)) < 4 * stdev(points) / PEOPLE**0.5
    assert 0.8 < fmean(mark.error for mark in marks) / stdev(points) < 1.6


def test_those_who_see_more_earn_more() -> None:
    """Mean points rise with the chance to see a fault, on both forms alike."""
    means = {}
    for form in FORMS:
        task = review(form)
        for skill in (0.5, 0.7, 0.9):
            rng = random.Random(7)
            points = []
            for _ in range(400):
                answers: dict[str, Answer] = {
                    one.id: Marked(flagged=(one.fault is not None) == (rng.random() < skill), confidence=75)
                    for one in task.statements
                }
                points.append(mark_review(task, answers).points or 0.0)
            means[form, skill] = fmean(points)
    for form in FORMS:
        assert means[form, 0.5] < means[form, 0.7] - 0.5 < means[form, 0.9] - 1.0


def test_two_halves_tell_more_than_one() -> None:
    task = review("a")
    one, both = mark_review(task, perfect(task), (1,)), mark_review(task, perfect(task))
    assert both.points == one.points
    assert both.error == pytest.approx(one.error / 2**0.5)


def test_always_95_with_half_right_is_overconfident() -> None:
    task = review("b")
    answers: dict[str, Answer] = {one.id: Marked(flagged=True, confidence=95) for one in task.statements}
    for halves in HALVES:
        found = part(mark_review(task, answers, halves), "calibration")
        assert found.value == pytest.approx(0.45)
        assert found.why.startswith("overconfident")


def test_always_55_and_always_right_is_underconfident() -> None:
    task = review("a")
    found = part(mark_review(task, perfect(task, confidence=55), (1,)), "calibration")
    assert found.value == pytest.approx(-0.45)
    assert found.why.startswith("underconfident")


def test_a_brier_score_by_hand() -> None:
    """(.95 - 1)^2, (.95 - 0)^2, (.55 - 1)^2 and (.75 - 1)^2, averaged."""
    found = calibrate([(95, True), (95, False), (55, True), (75, True)])
    assert found is not None
    assert found.brier == pytest.approx((0.0025 + 0.9025 + 0.2025 + 0.0625) / 4)
    assert found.gap == pytest.approx(0.80 - 0.75)
    assert found.band == "about right"
    assert calibrate([]) is None


def test_skipped_statements_count_neither_way() -> None:
    """Perfect but for two that were skipped: fewer trials, a larger error, no false alarm, and a note."""
    task = review("a")
    answers = perfect(task)
    first = task.half(1)
    skipped = [
        next(one.id for one in first if one.fault),
        next(one.id for one in first if one.fault is None),
    ]
    answers |= {skipped[0]: Skipped()}
    del answers[skipped[1]]
    mark, full = mark_review(task, answers, (1,)), mark_review(task, perfect(task), (1,))
    assert mark.points is not None
    assert full.points is not None
    assert 0 < mark.points < full.points
    assert mark.error / mark.points > full.error / full.points
    assert part(mark, "half-1-hits").value == part(mark, "half-1-hits").most == 5
    assert mark.notes == ("2 of 12 statements were not answered; they count neither way.",)


def test_too_few_answers_earn_no_mark_instead_of_a_bad_one() -> None:
    task = review("a")
    answers = {one.id: Marked(flagged=True, confidence=95) for one in task.half(1)[:5]}
    mark = mark_review(task, answers, (1,))
    assert (mark.points, mark.error) == (None, 0.0)
    assert any("Half 1 is left out" in note for note in mark.notes)
    nothing = mark_review(task, {})
    assert nothing.points is None
    assert all(one.value is None for one in nothing.parts if one.name in {"calibration", "brier"})


def test_a_half_left_out_takes_nothing_from_the_other() -> None:
    task = review("b")
    answers = {name: one for name, one in perfect(task).items() if name in {s.id for s in task.half(2)}}
    assert mark_review(task, answers).points == TOP


def test_an_answer_of_another_kind_is_not_answered() -> None:
    task = review("a")
    answers = {one.id: Choice(code=1) for one in task.statements}
    assert mark_review(task, answers).points is None


def test_detection_is_the_log_linear_rule_and_its_published_error() -> None:
    """Rates (4 + .5) / (6 + 1) and (1 + .5) / (6 + 1); variances H(1-H) / (N phi(z)^2), summed."""
    normal = NormalDist()
    hit, alarm = normal.inv_cdf(4.5 / 7), normal.inv_cdf(1.5 / 7)
    found = detect(4, 6, 1, 6)
    assert found.d_prime == pytest.approx(hit - alarm)
    assert found.criterion == pytest.approx(-(hit + alarm) / 2)
    variance = sum(
        rate * (1 - rate) / (6 * normal.pdf(normal.inv_cdf(rate)) ** 2) for rate in (4.5 / 7, 1.5 / 7)
    )
    assert found.d_error == pytest.approx(variance**0.5)
    assert found.c_error == pytest.approx(variance**0.5 / 2)


def test_chance_in_twelve_statements_has_an_error_of_about_seven_tenths() -> None:
    """The figure that forbids telling one person a number."""
    assert detect(3, 6, 3, 6).d_error == pytest.approx(0.72, abs=0.01)


@pytest.mark.parametrize("counts", [(7, 6, 0, 6), (0, 0, 0, 6), (1, 6, -1, 6)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        detect(*counts)


def test_every_part_says_why_in_words() -> None:
    task = review("a")
    mark = mark_review(task, perfect(task))
    assert len({one.name for one in mark.parts}) == len(mark.parts) == 10
    assert all(one.why.endswith(".") and len(one.why) > 20 for one in mark.parts)
    assert "more than chance would explain" in part(mark, "half-1-d-prime").why
