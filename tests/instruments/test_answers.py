"""Each of the five kinds of answers against its response format."""

from __future__ import annotations

import pytest

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text, score_of, why_not
from instruments.model import ChoiceFormat, Format, Option
from tests.instruments.made import CHOICE, FORMATS, MARK, RATING, ROWS, TEXT

FITTING: list[tuple[Answer, Format]] = [
    (Choice(code=1), CHOICE),
    (Choice(code=5), CHOICE),
    (Rating(value=0), RATING),
    (Rating(value=100), RATING),
    (Rating(value=35), RATING),
    (Text(value=""), TEXT),
    (Text(value="x" * 20), TEXT),
    (Rows(), ROWS),
    (Rows(rows=((1.0, 0.5), (2.0, 10.0))), ROWS),
    (Marked(flagged=True, confidence=55), MARK),
    (Marked(flagged=False, confidence=95), MARK),
]

MISFITTING: list[tuple[Answer, Format, str]] = [
    (Choice(code=0), CHOICE, "not one of the choices"),
    (Choice(code=6), CHOICE, "not one of the choices"),
    (Rating(value=-5), RATING, "from 0 to 100"),
    (Rating(value=105), RATING, "from 0 to 100"),
    (Rating(value=33), RATING, "steps of 5"),
    (Text(value="x" * 21), TEXT, "longer than 20"),
    (Rows(rows=((1.0, 1.0),) * 3), ROWS, "At most 2 rows"),
    (Rows(rows=((1.0,),)), ROWS, "not complete"),
    (Rows(rows=((3.0, 1.0),)), ROWS, "not one of the choices"),
    (Rows(rows=((1.0, 0.0),)), ROWS, "from 0.5 to 10"),
    (Rows(rows=((1.0, 10.5),)), ROWS, "from 0.5 to 10"),
    (Rows(rows=((1.0, float("nan")),)), ROWS, "from 0.5 to 10"),
    (Rows(rows=((1.0, 0.7),)), ROWS, "steps of 0.5"),
    (Marked(flagged=True, confidence=60), MARK, "not one of the chances"),
]


@pytest.mark.parametrize(("answer", "fmt"), FITTING)
def test_an_answer_of_the_format_fits(answer: Answer, fmt: Format) -> None:
    assert why_not(answer, fmt) == ""


@pytest.mark.parametrize(("answer", "fmt", "told"), MISFITTING)
def test_what_does_not_fit_is_told_in_words(answer: Answer, fmt: Format, told: str) -> None:
    assert told in why_not(answer, fmt)


@pytest.mark.parametrize("fmt", FORMATS, ids=lambda fmt: fmt.id)
def test_every_question_can_be_passed_over(fmt: Format) -> None:
    assert why_not(Skipped(), fmt) == ""


@pytest.mark.parametrize("fmt", FORMATS, ids=lambda fmt: fmt.id)
def test_an_answer_of_another_kind_never_fits(fmt: Format) -> None:
    others = [answer for answer, own in FITTING if own is not fmt]
    assert all("does not belong" in why_not(answer, fmt) for answer in others)


def test_scores_are_values_where_given_and_codes_otherwise() -> None:
    hundred = ChoiceFormat(id="c", options=(Option(code=1, value=100.0), Option(code=2, amount=7.0)))
    assert [score_of(Choice(code=code), hundred) for code in (1, 2, 3)] == [100.0, 2.0, None]
    assert score_of(Rating(value=35), RATING) == 35.0


@pytest.mark.parametrize(
    ("answer", "fmt"), [(None, CHOICE), (Skipped(), CHOICE), (Text(value="7"), TEXT), (Rows(), ROWS)]
)
def test_gaps_text_and_rows_have_no_score(answer: Answer | None, fmt: Format) -> None:
    assert score_of(answer, fmt) is None
