"""Marks of `adapt`: a point a condition, half where the old instruction stays beside the new one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.tasks.adapt import mark_prompt
from instruments.tasks.model import Form
from tests.instruments.tasks.writing_examples import adapt, example, mark, values

BOTH: tuple[Form, ...] = ("a", "b")
DENIALS = {
    "a": [
        (
            "names",
            "Do not name any technician, and leave out anything that shows",
            "Name the technician, and show",
        ),
        ("points", "Write five short points", "Do not write five short points"),
        ("dates", "give the date of the log entry it comes from", "do not give the date"),
    ],
    "b": [
        (
            "names",
            "Leave out the names of the customers and everything that shows",
            "Give the customer's name and",
        ),
        ("table", "Write a table with three columns", "Do not write a table with three columns"),
        ("numbers", "give the number of the complaint it comes from", "do not give its number"),
    ],
}


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("number", [1, 3, 11, 13, 17, 21])
def test_an_excellent_prompt_gets_the_top_mark(form: Form, number: int) -> None:
    """Light edit, terse, misspelt, non-native, verbose, reworded throughout."""
    found = mark("adapt", form, example("adapt", form, number))
    assert found.points == found.most == 4.0


@pytest.mark.parametrize("form", BOTH)
def test_the_old_prompt_unchanged_earns_nothing(form: Form) -> None:
    task = adapt(form)
    found = mark_prompt(task, "\n\n".join(one["en"] for one in task.prompt))
    assert found.points == 0.0
    assert all("did not find" in part.why for part in found.parts)


@pytest.mark.parametrize("form", BOTH)
def test_the_situation_pasted_below_the_old_prompt_earns_half_at_most(form: Form) -> None:
    """What is asked for now stands beside what was asked for before."""
    task = adapt(form)
    found = mark_prompt(task, "\n\n".join(one["en"] for one in (*task.prompt, *task.source)))
    assert found.points is not None
    assert found.points <= 2.5


@pytest.mark.parametrize("form", BOTH)
def test_a_new_instruction_beside_the_old_one_counts_half(form: Form) -> None:
    found = mark("adapt", form, example("adapt", form, 23))
    assert sorted(values(found).values()) == [0.5, 0.5, 0.5, 1.0]
    assert sum("right before" in part.why for part in found.parts) == 3


@pytest.mark.parametrize(
    ("form", "condition", "right", "wrong"), [(form, *row) for form in BOTH for row in DENIALS[form]]
)
def test_turning_an_instruction_round_loses_it(form: Form, condition: str, right: str, wrong: str) -> None:
    text = example("adapt", form, 1)
    assert right in text
    before = values(mark("adapt", form, text))
    assert values(mark("adapt", form, text.replace(right, wrong))) == {**before, condition: 0.0}


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("number", [1, 3, 5, 7, 13, 15, 25])
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        lambda text: text.replace(". ", "! "),
        lambda text: text.replace(". ", ";\n"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace("'", "\u2019"),
        lambda text: re.sub(r"(\w{6,})", r"'\1'", text),
    ],
)
def test_case_and_punctuation_do_not_change_the_mark(form: Form, number: int, change: object) -> None:
    text = example("adapt", form, number)
    assert callable(change)
    assert values(mark("adapt", form, change(text))) == values(mark("adapt", form, text))


@given(data=st.data(), form=st.sampled_from(BOTH), number=st.sampled_from((1, 5, 7, 15, 17, 23, 25)))
def test_the_order_of_sentences_does_not_change_the_mark(
    data: st.DataObject, form: Form, number: int
) -> None:
    sentences = re.split(r"(?<=[.!?])\s+", example("adapt", form, number))
    shuffled = data.draw(st.permutations(sentences))
    assert mark("adapt", form, "\n".join(shuffled)) == mark("adapt", form, "\n".join(sentences))


@pytest.mark.parametrize(("form", "old", "new"), [("a", "five", "5"), ("b", "three", "3")])
def test_figures_and_number_words_count_alike(form: Form, old: str, new: str) -> None:
    text = example("adapt", form, 1)
    assert old in text
    assert mark("adapt", form, text.replace(old, new)).points == 4.0


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("text", ["", "  \n", "---", "\x00\u202e"])
def test_nothing_written_is_no_mark(form: Form, text: str) -> None:
    found = mark("adapt", form, text)
    assert (found.points, found.most, found.error) == (None, 4.0, 0.0)


@given(st.text(max_size=200))
def test_no_text_breaks_the_mark(text: str) -> None:
    found = mark("adapt", "b", text)
    assert found.points is None or 0.0 <= found.points <= found.most


@pytest.mark.parametrize("form", BOTH)
def test_ten_thousand_words_are_marked(form: Form) -> None:
    """How long that takes: see test_marking_work."""
    text = example("adapt", form, 1) + "\n" + "name the column date of five customers " * 1_500
    assert mark("adapt", form, text).points is not None


@pytest.mark.parametrize("form", BOTH)
def test_every_condition_is_found_in_its_own_words(form: Form) -> None:
    """The sentence that feedback shows for a condition meets it when it is put into the prompt."""
    task = adapt(form)
    for condition in task.conditions:
        assert values(mark_prompt(task, condition.text["en"]))[condition.id] == 1.0
