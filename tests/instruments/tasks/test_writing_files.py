"""Files of `summarise` and `adapt`: what ships is sound, and every fault is refused with its line."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from instruments.errors import BadInput, Fault
from instruments.tasks.catalogue import load_task
from instruments.tasks.model import Form
from instruments.tasks.writing import POINT_KINDS
from tests.instruments.tasks.writing_examples import adapt, summarise

BOTH: tuple[Form, ...] = ("a", "b")


def text_of(name: str) -> str:
    return resources.files("instruments").joinpath("data", "tasks", name).read_text(encoding="utf-8")


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(BadInput) as caught:
        load_task(text.encode(), "own.toml")
    return caught.value.faults


@pytest.mark.parametrize("form", BOTH)
def test_a_shipped_summarise_has_six_kinds_of_points_and_two_claims(form: Form) -> None:
    task = summarise(form)
    assert tuple(one.kind for one in task.key_points) == POINT_KINDS
    assert [one.kind for one in task.key_points if not one.in_draft] == ["limit", "share"]
    assert [one.kind for one in task.claims] == ["wrong-attribution", "invented-figure"]


@pytest.mark.parametrize("form", BOTH)
def test_a_shipped_adapt_changes_the_same_four_conditions(form: Form) -> None:
    assert [one.kind for one in adapt(form).conditions] == [
        "reader",
        "confidentiality",
        "format",
        "how-to-check",
    ]


@pytest.mark.parametrize("form", BOTH)
def test_no_claim_stands_in_the_source(form: Form) -> None:
    """Neither its sentence nor its number."""
    task = summarise(form)
    source = " ".join(one["en"] for one in task.source)
    for claim in task.claims:
        assert claim.place["en"] not in source
    assert {"a": "6,000", "b": "5,000"}[form] not in source


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "found", "expected"),
    [
        ("summarise-a", "max_words = 120", "max_words = 12", "max_words", "12", "50 to 300 words"),
        ("summarise-a", 'kind = "limit"', 'kind = "share"', "key_points", "share, share", "one of each kind"),
        (
            "summarise-a",
            "in_draft = false",
            "in_draft = true",
            "key_points",
            "1 that the draft misses",
            "2 with in_draft",
        ),
        (
            "summarise-a",
            'source = { en = "We tried it on the day shift only." }',
            'source = { en = "We tried it by day." }',
            "key_points[1].source.en",
            "that the source lacks",
            "own words",
        ),
        (
            "summarise-b",
            'place = { en = "New staff said',
            'place = { en = "Some staff said',
            "claims[0].place.en",
            "that the draft lacks",
            "own words",
        ),
        (
            "summarise-b",
            'id = "welcome"',
            'id = "wel come"',
            "claims[0].id",
            "'wel come'",
            "letters, digits",
        ),
        (
            "summarise-b",
            'kind = "invented-figure"',
            'kind = "typo"',
            "claims[1].kind",
            "'typo'",
            "one of 'contradiction'",
        ),
        (
            "adapt-a",
            'kind = "format"',
            'kind = "reader"',
            "conditions",
            "2 conditions of kind",
            "at most one",
        ),
        (
            "adapt-a",
            'place = { en = "Use the machine codes',
            'place = { en = "Use any codes',
            "conditions[0].place.en",
            "that the prompt lacks",
            "own words",
        ),
        (
            "adapt-b",
            '["+heading*"]',
            '["+head ing*", "(a+)+"]',
            "conditions[2].leftovers[0][1]",
            "'(a+)+'",
            "groups",
        ),
        (
            "adapt-b",
            '["+heading*"]',
            '["!heading*"]',
            "conditions[2].leftovers[0]",
            "without a word",
            "groups",
        ),
        (
            "adapt-b",
            "leftovers = [",
            "left_overs = [",
            "conditions[0].left_overs",
            "an unknown key",
            "leftovers",
        ),
    ],
)
def test_every_fault_is_refused_with_its_line(
    name: str, old: str, new: str, key: str, found: str, expected: str
) -> None:
    text = text_of(f"{name}.toml")
    assert old in text
    line = text.count("\n", 0, text.index(old)) + 1
    faults = faults_of(text.replace(old, new, 1))
    fault = next(one for one in faults if one.key == key)
    assert found in fault.found
    assert expected in fault.expected
    assert fault.line is not None
    if "[" in key:
        assert fault.line == line


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [("summarise-a", "claims", "2 claims"), ("adapt-a", "conditions", "4 conditions")],
)
def test_a_missing_element_is_counted(name: str, key: str, expected: str) -> None:
    text = text_of(f"{name}.toml")
    faults = faults_of(text[: text.rindex(f"[[{key}]]")])
    assert [(one.key, one.expected) for one in faults] == [(key, expected)]


def test_an_empty_draft_is_refused() -> None:
    text = re.sub(r"\[\[draft\]\]\nen = .*\n", "", text_of("summarise-a.toml"))
    faults = faults_of(text.replace("max_words = 120", "max_words = 120\ndraft = []"))
    assert ("draft", "nothing") in {(one.key, one.found) for one in faults}
