"""Only a yes lets a text be read."""

from __future__ import annotations

import msgspec
import pytest

from instruments.answers import Answer, Choice, Skipped, Text
from instruments.battery import FULL, build_battery
from instruments.catalogue import shipped
from instruments.records import Submission
from instruments.tasks.allowed import allowed_texts
from instruments.tasks.asking import NO, YES
from instruments.tasks.catalogue import shipped_tasks

BATTERY = build_battery("full", "en", (), FULL, shipped, tasks=shipped_tasks())
SUBMISSION = Submission(
    study="s",
    wave="baseline",
    policy_sha256="",
    battery_sha256="",
    answers={},
    drawn=("review-a-1", "summarise-b", "adapt-a"),
)


def handed_in(**answers: Answer) -> Submission:
    """A submission in which `text` and `consent` answer the summary; the prompt is allowed and written."""
    given: dict[str, Answer] = {f"summarise-b/{name}": answer for name, answer in answers.items()}
    return msgspec.structs.replace(SUBMISSION, answers=given)


def test_a_yes_lets_text_and_form_leave_and_nothing_else() -> None:
    text = "My own words.\n\nIn two paragraphs."
    one = handed_in(text=Text(value=text), consent=Choice(code=YES), other=Choice(code=1))
    assert list(allowed_texts(BATTERY, one)) == [("summarise-b", text)]


@pytest.mark.parametrize("consent", [Choice(code=NO), Skipped(), None])
def test_no_and_passing_over_and_no_answer_are_no_consent(consent: Answer | None) -> None:
    answers: dict[str, Answer] = {"text": Text(value="My own words.")}
    if consent is not None:
        answers["consent"] = consent
    assert list(allowed_texts(BATTERY, handed_in(**answers))) == []


@pytest.mark.parametrize("text", [Text(value=" \n "), Skipped()])
def test_nothing_written_is_nothing_to_read(text: Answer) -> None:
    assert list(allowed_texts(BATTERY, handed_in(text=text, consent=Choice(code=YES)))) == []


def test_imported_answers_give_no_text() -> None:
    one = handed_in(text=Text(value="words"), consent=Choice(code=YES))
    assert list(allowed_texts(BATTERY, msgspec.structs.replace(one, origin="import"))) == []


def test_consent_to_one_text_is_none_to_another() -> None:
    one = handed_in(text=Text(value="words"), consent=Choice(code=YES))
    answers = {**one.answers, "adapt-a/text": Text(value="a prompt"), "adapt-a/consent": Choice(code=NO)}
    assert [form for form, _ in allowed_texts(BATTERY, msgspec.structs.replace(one, answers=answers))] == [
        "summarise-b"
    ]
