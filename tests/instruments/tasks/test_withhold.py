"""`withhold`: the key follows from the policy, silence is not marked, partial credit has a reason."""

from __future__ import annotations

from itertools import product
from typing import get_args, get_type_hints

import msgspec
import pytest

from instruments.answers import Answer, Choice, Marked, Skipped, why_not
from instruments.tasks.asking import VIGNETTE_FORMAT
from instruments.tasks.catalogue import shipped_task
from instruments.tasks.model import HANDLINGS, AiUsePolicy, Form, Handling, Vignette, WithholdTask
from instruments.tasks.policy import key_of, policy_sentences
from instruments.tasks.withhold import MOST, judge, mark_withhold

FORMS: tuple[Form, ...] = ("a", "b")
QUESTIONS = ("tools", "personal_data", "customer_data", "code", "records")
SETTLED = {
    "tools": ("any", "approved", "none"),
    "personal_data": ("allowed", "de-identified", "never"),
    "customer_data": ("allowed", "de-identified", "never"),
    "code": ("allowed", "reviewed", "never"),
    "records": ("allowed", "reviewed", "never"),
}
"""Answers to each question from the freest to the strictest."""
USUAL = AiUsePolicy(
    tools="approved",
    personal_data="de-identified",
    customer_data="never",
    code="reviewed",
    records="reviewed",
)
Combination = tuple[str, ...]


def withhold(form: Form) -> WithholdTask:
    task = shipped_task("withhold", form)
    assert isinstance(task, WithholdTask)
    return task


def policy_of(combination: Combination) -> AiUsePolicy:
    return msgspec.convert(dict(zip(QUESTIONS, combination, strict=True)), AiUsePolicy)


def settled() -> list[Combination]:
    return list(product(*SETTLED.values()))


def by_key(task: WithholdTask, policy: AiUsePolicy) -> dict[str, Answer]:
    keys = {one.id: key_of(one, policy) for one in task.vignettes}
    return {name: Choice(code=HANDLINGS.index(key) + 1) for name, key in keys.items() if key}


def vignettes() -> list[Vignette]:
    return [one for form in FORMS for one in withhold(form).vignettes]


def test_the_combinations_tried_here_are_all_that_a_policy_can_hold() -> None:
    hints = get_type_hints(AiUsePolicy)
    assert {name: set(get_args(hints[name])) for name in QUESTIONS} == {
        name: {*values, "silent"} for name, values in SETTLED.items()
    }


def test_every_settled_policy_gives_one_key_to_each_vignette() -> None:
    for combination in settled():
        policy = policy_of(combination)
        assert all(key_of(one, policy) in HANDLINGS for one in vignettes())


def test_a_key_is_open_just_where_settling_the_silent_questions_could_change_it() -> None:
    """All 1,024 policies: silence leaves no key unless every way of settling it gives the same one."""
    for vignette in vignettes():
        keys = {combination: key_of(vignette, policy_of(combination)) for combination in settled()}
        for combination in product(*((*values, "silent") for values in SETTLED.values())):
            ways = [
                SETTLED[name] if answer == "silent" else (answer,)
                for name, answer in zip(QUESTIONS, combination, strict=True)
            ]
            possible = {keys[way] for way in product(*ways)}
            expected = possible.pop() if len(possible) == 1 else None
            assert key_of(vignette, policy_of(combination)) == expected


def test_a_stricter_policy_never_gives_a_freer_key() -> None:
    for vignette in vignettes():
        for combination in settled():
            key = key_of(vignette, policy_of(combination))
            assert key is not None
            for place, name in enumerate(QUESTIONS):
                for stricter in SETTLED[name][SETTLED[name].index(combination[place]) + 1 :]:
                    other = (*combination[:place], stricter, *combination[place + 1 :])
                    then = key_of(vignette, policy_of(other))
                    assert then is not None
                    assert HANDLINGS.index(then) >= HANDLINGS.index(key)


def test_the_keys_of_a_usual_policy_are_those_worked_out_by_hand() -> None:
    keys: dict[Form, list[Handling | None]] = {
        form: [key_of(one, USUAL) for one in withhold(form).vignettes] for form in FORMS
    }
    assert keys == {
        "a": ["as-is", "de-identified", "review", "not", "review", "not"],
        "b": ["review", "not", "not", "review", "as-is", "de-identified"],
    }


def test_data_that_may_go_in_still_ask_for_a_check_of_the_result() -> None:
    free = AiUsePolicy(
        tools="any", personal_data="allowed", customer_data="allowed", code="allowed", records="allowed"
    )
    found = {one.concerns: key_of(one, free) for one in withhold("a").vignettes}
    assert found[("personal_data",)] == found[("customer_data",)] == "review"
    assert found[("code",)] == found[("records",)] == found[()] == "as-is"


@pytest.mark.parametrize("form", FORMS)
def test_answering_by_the_policy_earns_the_top_mark_whatever_the_policy(form: Form) -> None:
    task = withhold(form)
    for combination in settled():
        policy = policy_of(combination)
        mark = mark_withhold(task, by_key(task, policy), policy)
        assert mark.points == mark.most == MOST


@pytest.mark.parametrize("form", FORMS)
def test_no_other_answer_earns_as_much_and_each_says_why(form: Form) -> None:
    task = withhold(form)
    for combination in settled():
        policy = policy_of(combination)
        for code in (1, 2, 3, 4):
            for one in judge(task, dict.fromkeys((v.id for v in task.vignettes), Choice(code=code)), policy):
                assert one.credit is not None
                assert (one.credit == 1.0) == (one.answer == one.key)
                assert 0.0 <= one.credit <= 1.0
                assert one.why.endswith(".")


def test_being_freer_than_the_policy_earns_less_than_being_stricter() -> None:
    """Passing on unchecked code earns nothing; doing without it earns a part."""
    task = withhold("a")
    vignette = next(one for one in task.vignettes if one.concerns == ("code",))
    policy = msgspec.structs.replace(USUAL, code="reviewed")
    credit = {
        code: judge(task, {vignette.id: Choice(code=code)}, policy)[task.vignettes.index(vignette)].credit
        for code in (1, 2, 3, 4)
    }
    assert credit == {1: 0.0, 2: 1.0, 3: 0.25, 4: 0.25}


def test_a_vignette_on_which_the_policy_is_silent_is_shown_and_not_marked() -> None:
    task = withhold("a")
    policy = msgspec.structs.replace(USUAL, records="silent")
    for code in (1, 2, 3, 4):
        answers = by_key(task, policy) | {"v5": Choice(code=code)}
        mark = mark_withhold(task, answers, policy)
        found = next(one for one in mark.parts if one.name == "v5")
        assert found.value is None
        assert found.why.startswith("Your policy is silent here.")
        assert mark.points == MOST
        assert mark.notes == ("Your policy is silent on 1 of 6 situations; they are not marked.",)


def test_a_policy_that_settles_nothing_gives_no_mark() -> None:
    task = withhold("b")
    answers: dict[str, Answer] = {one.id: Choice(code=2) for one in task.vignettes}
    mark = mark_withhold(task, answers, AiUsePolicy())
    assert (mark.points, mark.error) == (None, 0.0)
    assert {one.value for one in mark.parts} == {None}


def test_a_policy_that_forbids_everything_says_that_the_mark_tells_little() -> None:
    task = withhold("a")
    policy = AiUsePolicy(tools="none")
    mark = mark_withhold(task, by_key(task, policy), policy)
    assert mark.points == MOST
    assert any("tells little" in note for note in mark.notes)


def test_skipped_situations_count_neither_way_and_widen_the_error() -> None:
    task = withhold("a")
    answers = by_key(task, USUAL)
    full = mark_withhold(task, answers, USUAL)
    fewer = mark_withhold(task, answers | {"v1": Skipped(), "v2": Marked(flagged=True, confidence=95)}, USUAL)
    assert fewer.points == full.points == MOST
    assert fewer.error > full.error > 0
    assert fewer.notes == ("2 of 6 marked situations were not answered; they count neither way.",)
    none = mark_withhold(task, {"v1": Choice(code=1)}, USUAL)
    assert none.points is None


def test_the_four_choices_stand_in_the_order_of_strictness() -> None:
    assert [option.code for option in VIGNETTE_FORMAT.options] == [1, 2, 3, 4]
    assert len(VIGNETTE_FORMAT.options) == len(HANDLINGS)
    assert why_not(Choice(code=5), VIGNETTE_FORMAT) != ""


def test_the_policy_is_told_in_five_sentences_also_where_it_is_silent() -> None:
    assert len(set(policy_sentences(USUAL))) == 5
    assert all("not settled" in one for one in policy_sentences(AiUsePolicy()))
    assert not any("not settled" in one for one in policy_sentences(USUAL))
