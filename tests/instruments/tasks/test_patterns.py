"""Patterns find a thing however it is put, and not where it is denied."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.tasks.notation import parse_way
from instruments.tasks.patterns import Reader
from instruments.tasks.stems import is_slip, stem
from instruments.tasks.tokens import MAX_WORDS, sentences_of

ROSE = (("refund*|return", "+rise|increase|grow|up", "#12%"),)
STAYED = (("overtime", "-fall|drop|decrease|down"), ("overtime", "+same|unchanged|stay"))
NO_NAMES = (("-name*|identity",),)
DRAFT = (("driver", "+prefer", "!draft"),)


def says(ways: tuple[tuple[str, ...], ...], text: str, shown: str = "") -> bool:
    return Reader((ways,), shown).read(text).says(ways)


@pytest.mark.parametrize(
    "text",
    [
        "Refunds rose by 12 %.",
        "REFUNDS ROSE BY 12%!",
        "refunds have risen 12 percent",
        "By twelve per cent, returns grew.",
        "Refund rate: up 12 pct",
        "Refunds increassed by 12,0 %",
        "refunds incraesed twelve percent",
        "Not only did refunds rise by 12 %, ...",
        "It rose (12 %), the refunds did.",
        "Refunds did not fall, they rose by 12 %",
        "Ｒｅｆｕｎｄｓ rose by 12\u00a0%",
    ],
)
def test_one_thing_said_in_many_ways_is_found(text: str) -> None:
    assert says(ROSE, text)


@pytest.mark.parametrize(
    "text",
    [
        "Refunds did not rise by 12 %.",
        "Refunds didn't grow by 12 percent",
        "Refunds didnt increase 12%",
        "Refunds never rose 12 %",
        "Neither refunds nor returns rose by 12 %.",
        "Refunds rose by 21 %.",
        "Refunds rose by 12.",
        "Refunds rose by 1.2 %",
        "Refunds rose. Nobody knows why. It was 12 %.",
        "Complaints rose by 12 %.",
        "",
        "%",
    ],
)
def test_what_is_denied_or_has_another_number_is_not_found(text: str) -> None:
    assert not says(ROSE, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overtime did not fall.", True),
        ("overtime has not gone down", True),
        ("Overtime stayed where it was.", True),
        ("Overtime: no decrease", True),
        ("Overtime fell.", False),
        ("Overtime did not stay as it was, it fell.", False),
        ("Waits did not fall; overtime did.", False),
        ("It is not only overtime that fell.", False),
    ],
)
def test_negation_decides(text: str, expected: bool) -> None:
    assert says(STAYED, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leave out the names.", True),
        ("Write it without any names", True),
        ("Do not leave out the names.", False),
        ("Avoid naming people", True),
        ("Don't forget the names", True),
        ("Name everybody.", False),
    ],
)
def test_two_negations_cancel(text: str, expected: bool) -> None:
    """One case is a known limit: "don't forget" denies forgetting, and is read as denying the names."""
    assert says(NO_NAMES, text) is expected


def test_a_barred_word_takes_a_sentence_out() -> None:
    assert says(DRAFT, "Drivers prefer it.")
    assert not says(DRAFT, "The draft said that drivers prefer it.")


def test_words_elsewhere_and_far_apart() -> None:
    asked = (("#3", "month", "@friday"),)
    assert says(asked, "They want three months. Please answer. The answer is due on Friday.")
    near = (("one", "two words", "<4"),)
    assert says(near, "one of two words")
    assert not says(near, "one of the many two words")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4,200", 4200),
        ("4 200", 4200),
        ("4.200", 4200),
        ("4200", 4200),
        ("4.2k", 4200),
        ("4.2 thousand", 4200),
        ("four thousand two hundred", 4200),
        ("four thousand and two hundred", 4200),
        ("forty-two hundred", 4200),
        ("twenty-two", 22),
        ("fifteenth", 15),
        ("15th", 15),
        ("thirtyeen thirty five", 35),
        ("a dozen", 12),
        ("twelfe", 12),
        ("1,500,000", 1_500_000),
    ],
)
def test_numbers_are_read_in_every_format(text: str, value: float) -> None:
    tokens = [token for sentence in sentences_of(text) for token in sentence]
    assert any(value in token.values for token in tokens)


def test_common_words_are_no_misspelt_numbers() -> None:
    tokens = [token for one in sentences_of("there was a tent over their server") for token in one]
    assert not any(token.values for token in tokens)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("shfit", "shift"),
        ("waitng", "waiting"),
        ("carrirs", "carriers"),
        ("monhts", "months"),
        ("olny", "only"),
    ],
)
def test_slips_are_forgiven(slip: str, word: str) -> None:
    assert is_slip(slip, word)


@pytest.mark.parametrize(
    ("other", "word"),
    [("increase", "decrease"), ("include", "exclude"), ("day", "say"), ("night", "right"), ("four", "hour")],
)
def test_other_words_are_no_slips(other: str, word: str) -> None:
    assert not is_slip(other, word)


def test_a_word_of_the_task_is_never_a_slip() -> None:
    ways = (("house",),)
    assert says(ways, "the houes")
    assert not says(ways, "the houes", shown="houes")


@pytest.mark.parametrize(
    "forms",
    ["fall falls fell fallen falling", "wait waits waited waiting", "use uses used using", "try tries tried"],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("part", ["", "+", "!", "|", "a||b", "#", "#x", "a+b", "<0", "<b>", "(a)*", "a.*"])
def test_what_is_not_in_the_notation_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(part)}$"):
        parse_way(["word", part])


@pytest.mark.parametrize("parts", [[], ["!draft"], ["@draft"], ["<8"]])
def test_a_way_needs_a_word_that_has_to_stand(parts: list[str]) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        parse_way(parts)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No character breaks the reading, and reading twice gives the same."""
    assert sentences_of(text) == sentences_of(text)
    assert isinstance(says(ROSE, text), bool)


HOSTILE = {
    "one letter": "a" * 20_000,
    "digits and points": "1.1," * 5_000,
    "spaces in digits": "1 234 " * 3_300,
    "apostrophes": "a'" * 10_000,
    "breaks": "\n \n" * 6_000,
    "stops": ".!?" * 6_600,
    "slips of one word": " ".join(f"incr{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}ase" for i in range(2_000)),
    "the pattern again and again": "refund rose 12 % " * 1_200,
    "one sentence of negators": "not no never without " * 900,
    "numbers in words": "twenty thousand " * 1_250,
    "control and direction": "\x00\x1b[31m\u202e\ufeff\u0301" * 2_000,
    "combining marks": "e" + "\u0301" * 19_999,
    "half pairs": "\ud800" * 20_000,
    "long words": ("x" * 19 + " ") * 1_000,
}


def _seconds(text: str) -> float:
    """Return this process's own seconds for reading `text`, the fastest of five turns."""
    ways = (ROSE, STAYED, NO_NAMES, DRAFT)
    turns = []
    for _ in range(5):
        started = time.process_time()
        reading = Reader(ways, "").read(text)
        for one in ways:
            reading.says(one)
        turns.append(time.process_time() - started)
    return min(turns)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_in_a_moment(name: str) -> None:
    """A text of 20,000 characters takes at most three times what half of it takes: nothing is squared."""
    text = HOSTILE[name]
    assert _seconds(text) < 3 * _seconds(text[: len(text) // 2]) + 0.02


def test_a_very_long_text_is_read_to_its_limit() -> None:
    words = sum(len(sentence) for sentence in sentences_of("word " * 10_000))
    assert words == MAX_WORDS
