"""Marks of `summarise`: what is held, what is kept, how long; stable under how it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.tasks.model import Form
from instruments.tasks.readability import reading_of
from instruments.tasks.summarise import AUTOMATIC_ERROR, excess, mark_summary
from tests.instruments.tasks.writing_examples import example, mark, summarise, values

BOTH: tuple[Form, ...] = ("a", "b")
EXCELLENT = (1, 3, 13, 17, 23)
"""Answers of the development half whose every key point is right and that keep no claim (17 is long)."""
FORMATS = {
    "a": [("4,200 euros", "EUR 4200"), ("4,200", "4.2k"), ("three", "3"), ("Four of nine", "4 of 9")],
    "b": [
        ("3,600 euros", "EUR 3600"),
        ("3,600", "3.6k"),
        ("four more", "4 more"),
        ("Five of the twelve", "5/12"),
    ],
}
DENIALS = {
    "a": [
        ("wait", "the average wait at the gate fell", "the average wait at the gate did not fall"),
        ("overtime", "Overtime did not fall: it stayed at", "Overtime fell: it is at"),
        ("carriers", "never used", "used"),
        (
            "day-only",
            "the day shift only; we do not know if it works at night",
            "the day and the night shift",
        ),
    ],
    "b": [
        ("alone", "alone fell", "alone did not fall"),
        ("leavers", "did not fall: it was again", "fell: it was"),
        ("partners", "were given no hours for it and helped in their breaks", "were given hours for it"),
        ("phone-only", "in the phone team only, not in chat", "in the phone team and in chat"),
    ],
}


def shown(paragraphs: tuple[dict[str, str], ...]) -> str:
    return "\n\n".join(one["en"] for one in paragraphs)


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("number", [1, 3, 13, 23])
def test_an_excellent_summary_gets_the_top_mark(form: Form, number: int) -> None:
    """Light edit, terse notes, non-native English, claims named as missing from the note."""
    found = mark("summarise", form, example("summarise", form, number))
    assert found.points == found.most == 4.0
    assert found.error == AUTOMATIC_ERROR


@pytest.mark.parametrize("form", BOTH)
def test_the_draft_unchanged_earns_next_to_nothing(form: Form) -> None:
    """It holds four key points and both claims, as the definition says."""
    task = summarise(form)
    found = mark_summary(task, shown(task.draft))
    assert found.points == pytest.approx(0.4)
    held = {one.id: float(one.in_draft) for one in task.key_points}
    assert values(found) == {**held, **{one.id: 1.0 for one in task.claims}}


@pytest.mark.parametrize("form", BOTH)
def test_the_source_holds_every_key_point_and_no_claim(form: Form) -> None:
    """Copied as a whole it costs a point for its length."""
    task = summarise(form)
    found = mark_summary(task, shown(task.source))
    assert values(found) == {
        **{one.id: 1.0 for one in task.key_points},
        **{one.id: 0.0 for one in task.claims},
    }
    assert found.points == 3.0


@pytest.mark.parametrize("form", BOTH)
def test_every_key_point_and_claim_is_found_in_its_own_words(form: Form) -> None:
    """The words shown in feedback are themselves found, each for its own key point only."""
    task = summarise(form)
    for texts, name in [(one.text, one.id) for one in task.key_points] + [
        (one.place, one.id) for one in task.claims
    ]:
        found = values(mark_summary(task, texts["en"]))
        assert [key for key, value in found.items() if value] == [name]


@pytest.mark.parametrize(
    ("form", "point", "right", "wrong"), [(form, *row) for form in BOTH for row in DENIALS[form]]
)
def test_turning_a_key_point_round_loses_it(form: Form, point: str, right: str, wrong: str) -> None:
    text = example("summarise", form, 1)
    assert right in text
    before = values(mark("summarise", form, text))
    assert values(mark("summarise", form, text.replace(right, wrong))) == {**before, point: 0.0}


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("number", EXCELLENT)
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.lower,
        str.title,
        lambda text: text.replace(". ", "! "),
        lambda text: text.replace(". ", ";\n"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace("'", "\u2019").replace("-", "\u2011"),
        lambda text: re.sub(r"(\w{6,})", r'"\1"', text),
        lambda text: "\r\n".join(text.splitlines()),
        lambda text: f"\ufeff{text}\u200b",
    ],
)
def test_case_and_punctuation_do_not_change_the_mark(form: Form, number: int, change: object) -> None:
    text = example("summarise", form, number)
    assert callable(change)
    assert values(mark("summarise", form, change(text))) == values(mark("summarise", form, text))


@given(data=st.data(), form=st.sampled_from(BOTH), number=st.sampled_from((1, 5, 7, 9, 13, 15, 17, 23, 25)))
def test_the_order_of_sentences_does_not_change_the_mark(
    data: st.DataObject, form: Form, number: int
) -> None:
    text = example("summarise", form, number)
    sentences = re.split(r"(?<=[.!?])\s+", text)
    shuffled = data.draw(st.permutations(sentences))
    assert mark("summarise", form, "\n".join(shuffled)) == mark("summarise", form, "\n".join(sentences))


@pytest.mark.parametrize(("form", "old", "new"), [(form, *row) for form in BOTH for row in FORMATS[form]])
def test_number_formats_do_not_change_the_mark(form: Form, old: str, new: str) -> None:
    text = example("summarise", form, 1)
    assert old in text
    assert mark("summarise", form, text.replace(old, new)).points == 4.0


def test_length_costs_gently() -> None:
    """Nothing up to 132 words of 120, half a point half-way to 240, one point from there on."""
    assert [excess(words, 120) for words in (0, 120, 132, 186, 240, 10_000)] == [0, 0, 0, 0.5, 1, 1]


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\u200b", "?!...", "%"])
def test_nothing_written_is_no_mark(form: Form, text: str) -> None:
    found = mark("summarise", form, text)
    assert (found.points, found.error, found.parts) == (None, 0.0, ())
    assert found.notes


@pytest.mark.parametrize("form", BOTH)
def test_ten_thousand_words_are_marked_soundly(form: Form) -> None:
    """The good summary at the start counts, the rest costs one point; the work: see test_marking_work."""
    text = example("summarise", form, 1) + "\n" + "and so on and on " * 2_000
    assert mark("summarise", form, text).points == 3.0


@given(st.text(max_size=200))
def test_no_text_breaks_the_mark(text: str) -> None:
    found = mark("summarise", "a", text)
    assert found.points is None or 0.0 <= found.points <= found.most


@pytest.mark.parametrize("form", BOTH)
def test_every_part_says_why_in_words(form: Form) -> None:
    found = mark("summarise", form, example("summarise", form, 15))
    assert len(found.parts) == 9
    assert all(part.why.endswith(".") and len(part.why) > 20 for part in found.parts)
    assert any("did not find" in part.why for part in found.parts)


@pytest.mark.parametrize("form", BOTH)
def test_source_and_draft_have_the_lengths_asked_for(form: Form) -> None:
    task = summarise(form)
    assert 350 <= reading_of(one["en"] for one in task.source).words <= 450
    assert reading_of(one["en"] for one in task.draft).words <= task.max_words
