"""Task files are read strictly: what ships is sound, and every fault is refused with its line."""

from __future__ import annotations

from importlib import resources

import msgspec
import pytest

from instruments.battery import choose_tasks
from instruments.errors import BadInput, Fault
from instruments.tasks.catalogue import load_task, shipped_task, shipped_tasks
from instruments.tasks.model import FAULT_KINDS, Form, ReviewTask, WithholdTask


def text_of(name: str) -> str:
    return resources.files("instruments").joinpath("data", "tasks", name).read_text(encoding="utf-8")


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(BadInput) as caught:
        load_task(text.encode(), "own.toml")
    return caught.value.faults


def changed(name: str, old: str, new: str) -> tuple[str, int]:
    """Return the file with the first `old` made `new`, and the line where that stands."""
    text = text_of(name)
    assert old in text
    return text.replace(old, new, 1), text.count("\n", 0, text.index(old)) + 1


@pytest.mark.parametrize("form", ["a", "b"])
def test_a_shipped_review_has_two_balanced_halves_with_every_kind(form: Form) -> None:
    task = shipped_task("review", form)
    assert isinstance(task, ReviewTask)
    assert (task.id, task.form, len(task.statements)) == ("review", form, 24)
    for half in (1, 2):
        kinds = [one.fault for one in task.half(half) if one.fault]
        assert sorted(kinds) == sorted(FAULT_KINDS)
        assert sum(one.fault is None for one in task.half(half)) == 6


@pytest.mark.parametrize("form", ["a", "b"])
def test_a_shipped_review_says_where_each_statement_can_be_checked(form: Form) -> None:
    """Sound: the sentence of the source; flawed: its place, and a reason that reads on from 'because'."""
    task = shipped_task("review", form)
    assert isinstance(task, ReviewTask)
    source = " ".join(paragraph["en"] for paragraph in task.source)
    for one in task.statements:
        if one.fault is None:
            assert one.source["en"] in source
        else:
            assert one.place["en"] in one.text["en"]
            assert one.text["en"] not in source
            assert one.reason["en"][0].islower()
            assert not one.reason["en"].endswith(".")


@pytest.mark.parametrize("form", ["a", "b"])
def test_no_sound_statement_is_copied_from_the_source(form: Form) -> None:
    """Copies would be found by looking for the same words, without reading."""
    task = shipped_task("review", form)
    assert isinstance(task, ReviewTask)
    source = " ".join(paragraph["en"] for paragraph in task.source)
    assert not [one.id for one in task.statements if one.text["en"] in source]


@pytest.mark.parametrize("form", ["a", "b"])
def test_a_shipped_withhold_has_six_vignettes_and_every_question_of_the_policy(form: Form) -> None:
    task = shipped_task("withhold", form)
    assert isinstance(task, WithholdTask)
    assert sorted(one.concerns for one in task.vignettes) == [
        (),
        (),
        ("code",),
        ("customer_data",),
        ("personal_data",),
        ("records",),
    ]
    assert sum(one.tool == "unapproved" for one in task.vignettes) == 1


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        ('task = "review"', 'task = "revue"', "task", "'revue'"),
        ('form = "a"', 'form = "d"', "form", "'d'"),
        ('id = "review"', 'id = "../review"', "id", "'../review'"),
        ("schema = 1", "schema = 2", "schema", "2, written for a later careload"),
        ("time_guide_minutes = 10", "time_guide_minutes = 0", "time_guide_minutes", "0"),
        ('work = "customer service"', 'work = ""', "work", "nothing"),
        ("half = 1", "half = 3", "statements[0].half", "3"),
        ("half = 1", "half = 1\ncolour = 2", "statements[0].colour", "an unknown key"),
        ('id = "s2"', 'id = "s1"', "statements[1].id", "'s1' a second time"),
        ('fault = "dropped-caveat"', 'fault = "typo"', "statements[2].fault", "'typo'"),
        (
            'source = { en = "The trial ran',
            'source = { en = "The test ran',
            "statements[0].source.en",
            "a sentence that the source lacks",
        ),
        (
            'place = { en = "Because of the call-backs" }',
            'place = { en = "Thanks to" }',
            "statements[2].place.en",
            "words that the statement lacks",
        ),
        ('text = { en = "The trial', 'text = { en = "<b>The trial', "statements[0].text.en", "markup"),
        ('en = "The service centre', 'en = "\u202eThe service centre', "", "the control character U+202E"),
    ],
)
def test_each_fault_of_a_review_file_is_refused_with_its_line(
    old: str, new: str, key: str, found: str
) -> None:
    text, line = changed("review-a.toml", old, new)
    hits = [one for one in faults_of(text) if one.key == key and one.found.startswith(found)]
    assert [one.line - new.count("\n") for one in hits if one.line] == [line]
    assert hits[0].file == "own.toml"
    assert hits[0].expected


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('source = { en = "The trial ran for twelve weeks at the north site only." }\n', "", "no source"),
        ('place = { en = "Because of the call-backs" }\n', "", "no place"),
        ('fault = "invented-figure"\n', "", "half 1 with 7 sound statements"),
        ('fault = "contradiction"', 'fault = "invented-figure"', "half 1 with 2 statements of kind"),
        ('fault = "contradiction"', 'fault = "invented-figure"', "half 1 with 0 statements of kind"),
        ('title = { en = "C', 'title = { de = "R", en = "C', "no text in 'de'"),
    ],
)
def test_what_is_missing_in_a_review_file_is_named(old: str, new: str, found: str) -> None:
    text, _ = changed("review-a.toml", old, new)
    hits = [one for one in faults_of(text) if one.found.startswith(found)]
    assert hits
    assert all(one.line is not None and one.line >= 1 for one in hits)


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        ('tool = "approved"', 'tool = "mine"', "vignettes[0].tool", "'mine'"),
        ('concerns = ["code"]', 'concerns = ["weather"]', "vignettes[2].concerns[0]", "'weather'"),
        (
            'concerns = ["code"]',
            'concerns = ["code", "code"]',
            "vignettes[2].concerns[1]",
            "'code' a second time",
        ),
        (
            'concerns = ["records"]',
            'least = "review"\nconcerns = ["records"]',
            "vignettes[4].least",
            "'review'",
        ),
        ('tool = "unapproved"', 'tool = "approved"', "vignettes", "none with an unapproved tool"),
        ('concerns = ["records"]', "concerns = []", "vignettes", "none that concerns 'records'"),
    ],
)
def test_each_fault_of_a_withhold_file_is_refused_with_its_line(
    old: str, new: str, key: str, found: str
) -> None:
    text, line = changed("withhold-a.toml", old, new)
    hits = [one for one in faults_of(text) if one.key == key and one.found.startswith(found)]
    expected = text[: text.index("[[vignettes]]")].count("\n") + 1 if key == "vignettes" else line
    assert [one.line for one in hits] == [expected]


def test_a_withhold_file_has_six_vignettes() -> None:
    text = text_of("withhold-a.toml")
    fewer = text[: text.rindex("[[vignettes]]")]
    assert [one.found for one in faults_of(fewer)] == ["5 vignettes"]


def test_all_faults_are_listed_and_not_the_first_only() -> None:
    text = text_of("review-a.toml").replace("half = 1", "half = 9").replace('form = "a"', 'form = "z"')
    keys = {one.key for one in faults_of(text)}
    assert {"form", *(f"statements[{index}].half" for index in range(12))} <= keys


@pytest.mark.parametrize("name", ["review-a.toml", "summarise-a.toml", "adapt-a.toml"])
@pytest.mark.parametrize("text", ["1", "1.5", "true", "[]", "{}", "1979-05-27"])
def test_a_paragraph_that_is_no_text_is_a_fault_of_its_own(name: str, text: str) -> None:
    """Looking for quotations in such a paragraph ended the program."""
    first = text_of(name).split("[[source]]\n", 1)[1].split("\n", 1)[0]
    faults = faults_of(text_of(name).replace(first, f"en = {text}", 1))
    assert ("source[0].en", "text") in {(one.key, one.expected) for one in faults}


def test_a_number_of_four_hundred_digits_is_a_fault() -> None:
    text, line = changed("review-a.toml", "time_guide_minutes = 10", "time_guide_minutes = " + "9" * 400)
    told = {(one.key, one.line, one.found) for one in faults_of(text)}
    assert ("time_guide_minutes", line, "a very large number") in told


def test_forms_of_one_task_are_of_one_kind() -> None:
    """Otherwise the marks of one form would be read with the figures of the other kind."""
    own = tuple(
        msgspec.structs.replace(shipped_task(kind, form), id="loan")
        for kind, form in (("review", "a"), ("summarise", "b"))
    )
    with pytest.raises(BadInput, match="'loan' is a summarise, another form of it a review"):
        choose_tasks(("loan",), shipped_tasks(), own)
    assert choose_tasks(("loan",), shipped_tasks(), own[:1]) == own[:1]


def test_a_file_without_a_task_is_told_which_there_are() -> None:
    text = text_of("review-a.toml").replace('task = "review"\n', "")
    (fault,) = faults_of(text)
    assert (fault.key, fault.found) == ("task", "nothing")
    assert "'withhold'" in fault.expected


def test_a_form_that_does_not_ship_is_refused_with_those_that_do() -> None:
    with pytest.raises(BadInput, match="review a, review b"):
        shipped_task("review", "c")
    with pytest.raises(BadInput, match="expected one of"):
        shipped_task("../review", "a")
