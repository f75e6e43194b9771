"""Words, sentences, syllables and reading ease follow the stated rules."""

from __future__ import annotations

import pytest

from instruments.tasks.readability import Reading, reading_of, syllables_in, words_of


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("make", 1),
        ("table", 2),
        ("whole", 1),
        ("loved", 1),
        ("wanted", 2),
        ("makes", 1),
        ("boxes", 2),
        ("customer", 3),
        ("don't", 1),
        ("1,200", 4),
        ("hmm", 1),
    ],
)
def test_syllables_by_rule(word: str, count: int) -> None:
    assert syllables_in(word) == count


def test_words_are_letters_with_inner_apostrophes_or_numbers() -> None:
    assert words_of("The team's call-back took 3.5 hours (12 %) - fine!") == (
        "The", "team's", "call", "back", "took", "3.5", "hours", "12", "fine",
    )  # fmt: skip


def test_a_number_with_a_point_ends_no_sentence_and_a_paragraph_does() -> None:
    assert reading_of(["It took 3.5 hours. Why?", "No full stop here"]).sentences == 3


def test_reading_ease_is_the_formula_of_flesch() -> None:
    """206.835 - 1.015 x 10 - 84.6 x 1.4, by hand."""
    assert Reading(words=100, sentences=10, syllables=140).ease == pytest.approx(78.245)


def test_longer_words_and_sentences_are_harder() -> None:
    easy = reading_of(["The cat sat on the mat. It was fat."])
    hard = reading_of(["Organisational responsibilities necessitate comprehensive documentation."])
    assert easy.ease > 100
    assert hard.ease < 0


def test_no_words_are_no_reading() -> None:
    assert reading_of(["", "!?"]) == Reading(0, 0, 0)
    assert Reading(0, 0, 0).ease == 0.0
