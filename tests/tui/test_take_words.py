"""How questions and answers read: labels, numbers, answers read back, time left."""

from __future__ import annotations

from math import ceil
from statistics import median

import msgspec
import pytest

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.model import ChoiceFormat, Format, MarkFormat, Option, RowsFormat
from instruments.tasks.lots import mean_task_minutes
from tests.tui import take_studies as studies
from tests.tui import time_page
from tui.asking import answer_words, choice_lines, news, row_words, shown_numbers, unit_of
from tui.flows.consent import STANDARD_MINUTES
from tui.flows.pace import AROUND_MINUTES, LONGEST_SECONDS, Pace, usual_minutes

AGREE, LINE, WORDS, ROWS, MARK = studies.FIVE


def test_ends_only_scales_show_only_their_ends() -> None:
    """A label in the middle would be one that the instrument does not have."""
    question = next(q for q in studies.standard().questions() if q.id.startswith("edmondson"))
    assert isinstance(question.format, ChoiceFormat)
    labels = [line.label for line in choice_lines(question.format, "en")]
    assert len(labels) == 7
    assert labels[0]
    assert labels[-1]
    assert not any(labels[1:-1])


@pytest.mark.parametrize(
    ("codes", "numbers"),
    [((1, 2, 3), (1, 2, 3)), ((0, 1, 2), (0, 1, 2)), ((5, 4, 3), (1, 2, 3)), ((10, 20), (1, 2))],
)
def test_shown_numbers_are_codes_only_where_these_count_up(
    codes: tuple[int, ...], numbers: tuple[int, ...]
) -> None:
    """The number a person types is never a code that runs backwards."""
    assert shown_numbers(tuple(Option(code=code) for code in codes)) == numbers


def test_a_mark_offers_each_mark_with_each_chance_once() -> None:
    """A letter says which mark, and a number how sure: the same number for the same chance."""
    assert isinstance(MARK, MarkFormat)
    assert {f"{line.letter}{line.number}": line.answer for line in choice_lines(MARK, "en")} == {
        "r1": Marked(flagged=True, confidence=55),
        "r2": Marked(flagged=True, confidence=75),
        "r3": Marked(flagged=True, confidence=95),
        "f1": Marked(flagged=False, confidence=55),
        "f2": Marked(flagged=False, confidence=75),
        "f3": Marked(flagged=False, confidence=95),
    }


@pytest.mark.parametrize(
    ("flagged", "fine", "letters"),
    [
        ("needs review", "fine", "rf"),
        ("not sound", "sound", "ou"),
        ("best", "better", "er"),
        ("\u00e4", "12", "ac"),
    ],
)
def test_the_letters_of_marks_are_two_and_no_commands(flagged: str, fine: str, letters: str) -> None:
    """From the last word of each label where possible; b, s, q, n and t do something else there."""
    assert isinstance(MARK, MarkFormat)
    fmt = msgspec.structs.replace(MARK, flagged={"en": flagged}, fine={"en": fine})
    assert "".join(dict.fromkeys(line.letter for line in choice_lines(fmt, "en"))) == letters


@pytest.mark.parametrize(
    ("answer", "fmt", "words"),
    [
        (Choice(code=2), AGREE, "2 of 3 (3 = fully)"),
        (Rating(value=35), LINE, "35"),
        (Text(value="two\nlines\x1b[1m"), WORDS, "two lines[1m"),
        (Rows(rows=((1.0, 4.0), (2.0, 1.0))), ROWS, "Lists · 4; Letters · 1"),
        (Rows(), ROWS, "No such task"),
        (Marked(flagged=False, confidence=75), MARK, "fine, about 75 in 100 sure"),
        (Skipped(), AGREE, "skipped"),
        (None, AGREE, "not answered"),
    ],
)
def test_answers_are_read_back_in_words(answer: Answer | None, fmt: Format, words: str) -> None:
    """The review page shows what was meant, not codes."""
    assert answer_words(answer, fmt, "en") == words


def test_another_way_to_answer_is_announced_once_and_not_for_the_next_of_its_kind() -> None:
    """Choices count as another way when their labels differ; two tables or two lines do not."""
    other = msgspec.structs.replace(ROWS, max_rows=1)
    assert "number on a line" in news(AGREE, LINE)
    assert "different from here on" in news(AGREE, msgspec.structs.replace(AGREE, id="other"))
    assert news(AGREE, AGREE) == news(ROWS, other) == ""


def test_a_row_in_full_says_what_its_number_counts() -> None:
    """2.5 alone could be hours or people."""
    assert isinstance(ROWS, RowsFormat)
    assert row_words((1.0, 2.5), ROWS.columns, "en", is_full=True) == "Lists · Times a week: 2.5"


def test_one_of_a_unit_has_no_s() -> None:
    """1 day, 2 days, 1 percent."""
    assert [unit_of(1, "days"), unit_of(2, "days"), unit_of(1, "percent")] == ["day", "days", "percent"]


def test_the_standard_battery_is_estimated_below_25_minutes() -> None:
    """The promise on the consent page, with the mean of the tasks' guides."""
    battery = studies.standard_with_tasks()
    more = mean_task_minutes(battery) + AROUND_MINUTES
    assert 15 < usual_minutes(battery.questions(), more) <= 25


def test_the_table_of_times_is_up_to_date_and_fits_into_25_minutes() -> None:
    """Stated rates over the words of every screen: the middle of all draws of two tasks."""
    battery = time_page.battery()
    policy = time_page.policy()
    fixed, every = time_page.fixed_seconds(battery, policy), time_page.draws(battery, policy)
    assert (fixed + median(every)) / 60 <= time_page.LONGEST
    told = usual_minutes(battery.questions(), mean_task_minutes(battery) + AROUND_MINUTES)
    assert abs((fixed + median(every)) / 60 - told) <= 1
    assert ceil((fixed + median(every)) / 60) == STANDARD_MINUTES
    assert time_page.PAGE.read_text(encoding="utf-8") == time_page.page(policy)


def test_a_long_pause_is_not_taken_for_a_slow_pace() -> None:
    """An hour at one question counts like the longest stay."""
    questions = studies.standard().questions()
    paused, slow = Pace(), Pace()
    paused.count(questions[0], 3600.0)
    slow.count(questions[0], LONGEST_SECONDS)
    assert paused.minutes_left(questions) == slow.minutes_left(questions)
