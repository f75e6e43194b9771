"""Feedback says what was planted and found, and why it was easy to miss; it grades nobody."""

from __future__ import annotations

import re

import pytest

from instruments.answers import Answer, Choice, Marked
from instruments.tasks.asking import Drawn
from instruments.tasks.catalogue import shipped_task
from instruments.tasks.feedback import FEWER, KIND_WORDS, feedback_on, review_feedback, withhold_feedback
from instruments.tasks.model import FAULT_KINDS, AiUsePolicy, Form, ReviewTask, WithholdTask
from instruments.tasks.withhold import judge
from instruments.tasks.writing import AdaptTask, SummariseTask
from instruments.tasks.writing_feedback import NOTHING

FORMS: tuple[Form, ...] = ("a", "b")
GRADES = re.compile(
    r"\b(score|grade|points?|failed|passed|poor|bad|excellent|average|percentile|d'|%|wrong answer)", re.I
)
POLICY = AiUsePolicy(tools="approved", personal_data="de-identified", customer_data="never", code="reviewed")


def review(form: Form) -> ReviewTask:
    task = shipped_task("review", form)
    assert isinstance(task, ReviewTask)
    return task


def flagging(task: ReviewTask, flagged: set[str], confidence: int = 75) -> dict[str, Answer]:
    return {one.id: Marked(flagged=one.id in flagged, confidence=confidence) for one in task.statements}


def own_words(task: ReviewTask, lines: tuple[str, ...]) -> str:
    """Return what is ours in `lines`: quoted texts and reasons of the task are taken out."""
    text = "\n".join(lines)
    for one in task.statements:
        for part in (one.place.get("en"), one.source.get("en"), one.reason.get("en")):
            text = text.replace(part, "") if part else text
    return text


@pytest.mark.parametrize("form", FORMS)
def test_each_fault_is_told_with_kind_place_and_why_it_is_easy_to_miss(form: Form) -> None:
    task = review(form)
    text = "\n".join(review_feedback(task, flagging(task, set()), (1,)))
    for one in task.half(1):
        if one.fault:
            assert KIND_WORDS[one.fault] in text
            assert one.place["en"] in text
            assert f"Built to be easy to miss, because {one.reason['en']}." in text
    assert set(KIND_WORDS) == set(FAULT_KINDS)


@pytest.mark.parametrize("form", FORMS)
def test_found_missed_and_unanswered_faults_are_told_apart(form: Form) -> None:
    task = review(form)
    first, second, third = [one.id for one in task.half(2) if one.fault][:3]
    answers = flagging(task, {first})
    del answers[third]
    lines = review_feedback(task, answers, (2,))
    numbers = {one.id: number for number, one in enumerate(task.half(2), start=1)}
    told = {
        name: next(line for line in lines if line.startswith(f"Statement {numbers[name]},"))
        for name in (first, second, third)
    }
    assert told[first].endswith("You found it.")
    assert "You let it pass. Built to be easy to miss, because" in told[second]
    assert "You did not answer this one. Built to be easy to miss, because" in told[third]


def test_a_sound_statement_that_was_flagged_comes_with_the_sentence_that_supports_it() -> None:
    task = review("a")
    lines = review_feedback(task, flagging(task, {"s2"}), (1,))
    assert "Statement 2 is sound. The text says: '" + task.statements[1].source["en"] + "'" in lines


@pytest.mark.parametrize("form", FORMS)
def test_who_passed_all_faults_over_is_not_told_that_they_slipped_past(form: Form) -> None:
    """Neither where nothing was answered nor where only sound statements were."""
    task = review(form)
    sound = {name: one for name, one in flagging(task, set()).items() if name in _sound(task)}
    for answers in ({}, sound):
        first = review_feedback(task, answers, (1,))[0]
        assert first.endswith("you did not answer any of those.")
    assert "slipped past" in review_feedback(task, flagging(task, set()), (1,))[0]


def _sound(task: ReviewTask) -> set[str]:
    return {one.id for one in task.statements if one.fault is None}


@pytest.mark.parametrize("name", ["summarise", "adapt"])
@pytest.mark.parametrize("form", FORMS)
def test_who_wrote_nothing_is_told_what_was_planted_and_nothing_about_a_text_of_theirs(
    name: str, form: Form
) -> None:
    drawn = Drawn(f"{name}-{form}", shipped_task(name, form))
    lines = feedback_on(drawn, {}, POLICY)
    assert lines[0] == NOTHING
    assert not [line for line in lines if re.search(r"your (text|prompt)\b|You took it out", line)]
    task = drawn.task
    assert isinstance(task, SummariseTask | AdaptTask)
    if isinstance(task, SummariseTask):
        planted = [one.place["en"] for one in task.claims]
        planted += [one.text["en"] for one in task.key_points if not one.in_draft]
    else:
        planted = [one.text["en"] for one in task.conditions]
    assert all(any(one in line for line in lines) for one in planted)


@pytest.mark.parametrize("flags", ["none", "all", "faults"])
@pytest.mark.parametrize("form", FORMS)
def test_the_words_of_a_review_are_kind_and_give_no_grade(form: Form, flags: str) -> None:
    task = review(form)
    names = {
        "none": set[str](),
        "all": {one.id for one in task.statements},
        "faults": {one.id for one in task.statements if one.fault},
    }[flags]
    lines = review_feedback(task, flagging(task, names, confidence=95))
    assert not GRADES.search(own_words(task, lines))
    assert FEWER in lines
    assert lines[-1].startswith("One thing to try at work: ")


def test_the_one_thing_to_try_follows_what_was_missed() -> None:
    task = review("a")
    faults = {one.id for one in task.half(1) if one.fault}
    missed = next(one.id for one in task.half(1) if one.fault == "invented-source")
    sound = next(one.id for one in task.half(1) if one.fault is None)
    tips = [
        review_feedback(task, flagging(task, names, confidence), (1,))[-1]
        for names, confidence in (
            (faults - {missed}, 95),
            (faults | {sound}, 95),
            (faults, 55),
            (faults, 95),
        )
    ]
    assert "open each source" in tips[0]
    assert "look for the sentence that supports it" in tips[1]
    assert "how sure you are" in tips[2]
    assert "three statements" in tips[3]


def test_confidence_is_told_in_words_only() -> None:
    task = review("a")
    lines = review_feedback(task, flagging(task, {one.id for one in task.statements}, confidence=95))
    assert any(line.startswith("You were more sure than you were right") for line in lines)
    assert not any("95" in line or "Brier" in line for line in lines)


@pytest.mark.parametrize("form", FORMS)
def test_each_situation_is_told_with_what_it_turns_on_and_what_the_policy_says(form: Form) -> None:
    task = shipped_task("withhold", form)
    assert isinstance(task, WithholdTask)
    answers: dict[str, Answer] = {one.id: Choice(code=2) for one in task.vignettes}
    lines = withhold_feedback(task, answers, POLICY)
    assert len(lines) == len(task.vignettes) + 1
    for line, one in zip(lines, task.vignettes, strict=False):
        assert one.reason["en"] in line
        assert ("Your policy is silent here." in line) == (one.concerns == ("records",))
    assert not GRADES.search("\n".join(lines).replace("points to", ""))
    assert "still open" in lines[-1]


@pytest.mark.parametrize("form", FORMS)
def test_each_situation_says_what_was_chosen_and_whether_it_fits_the_rules(form: Form) -> None:
    task = shipped_task("withhold", form)
    assert isinstance(task, WithholdTask)
    *others, _ = task.vignettes
    answers: dict[str, Answer] = {one.id: Choice(code=2) for one in others}
    lines = withhold_feedback(task, answers, POLICY)
    assert lines[len(others)].endswith("You left this one open.")
    for line, one in zip(lines, judge(task, answers, POLICY)[:-1], strict=False):
        end = {None: ".", "review": ": that fits."}.get(one.key, f". {one.why}")
        assert line.endswith(f"You chose “Use it, and check the result first”{end}")
    assert any(": that fits." in line for line in lines)
    assert any("A check does not help here: the policy does not allow this." in line for line in lines)
