"""Personal codes: random enough, checked word by word, and what is derived from them."""

from __future__ import annotations

import random

import pytest

from store.codes import CodeKey, check_code, new_code
from store.cost import Cost
from store.errors import KeyRefused
from store.vault import seal_for
from store.words import word_list

SALT = b"0123456789abcdef"


def test_a_code_is_six_words_of_the_list_and_checks() -> None:
    code = new_code()
    assert len(code.split()) == 6
    assert set(code.split()) <= set(word_list())
    assert check_code(code) == code


def test_five_words_are_free_and_the_sixth_follows() -> None:
    """55 random bits: over 400 codes each of the five words takes many values."""
    codes = [new_code(random.Random(seed)).split() for seed in range(400)]
    assert all(len({code[place] for code in codes}) > 300 for place in range(5))
    assert len({tuple(code[:5]) for code in codes}) == 400


def test_a_seeded_source_gives_the_same_code() -> None:
    assert new_code(random.Random(7)) == new_code(random.Random(7))


def test_capitals_commas_numbers_and_line_breaks_are_read_past() -> None:
    words = new_code().split()
    typed = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(words, 1))
    assert check_code(typed) == " ".join(words)


def test_an_unknown_word_is_named_with_the_nearest_one() -> None:
    words = new_code().split()
    words[2] = "absorbb"
    with pytest.raises(KeyRefused, match="“absorbb” is not among the words; the nearest one is “absorb”"):
        check_code(" ".join(words))


def test_the_nearest_word_begins_as_the_typed_one_does() -> None:
    """A slip is seldom in the first letter: “edit” for “diat” sent people to look for another word."""
    words = new_code().split()
    words[0] = "diat"
    with pytest.raises(KeyRefused, match="the nearest one is “d"):
        check_code(" ".join(words))


def test_too_few_words_are_counted() -> None:
    with pytest.raises(KeyRefused, match="has 6 words; here are 5"):
        check_code(" ".join(new_code().split()[:5]))


def test_swapped_words_are_found() -> None:
    """Any two different neighbours swapped: refused but for the checksum's 1 in 2,048."""
    refused = total = 0
    for seed in range(60):
        words = new_code(random.Random(seed)).split()
        for place in range(5):
            swapped = words.copy()
            swapped[place : place + 2] = reversed(swapped[place : place + 2])
            if swapped == words:
                continue
            total += 1
            try:
                check_code(" ".join(swapped))
            except KeyRefused as error:
                refused += error.message.startswith("One of the words is wrong")
    assert total > 290
    assert refused >= total - 2


def test_a_code_and_salt_give_one_key_and_others_another() -> None:
    code = new_code()
    key = CodeKey.derive(code, SALT, cost=Cost.CHEAP)
    assert CodeKey.derive(code.upper(), SALT, cost=Cost.CHEAP) == key
    assert CodeKey.derive(code, SALT[::-1], cost=Cost.CHEAP).public_hex != key.public_hex
    assert CodeKey.derive(new_code(), SALT, cost=Cost.CHEAP).public_hex != key.public_hex
    assert CodeKey.derive(code, SALT, cost=Cost.INTERACTIVE).public_hex != key.public_hex


def test_names_differ_by_wave_study_and_purpose() -> None:
    key = CodeKey.derive(new_code(), SALT, cost=Cost.CHEAP)
    names = [
        key.submission_name("baseline"),
        key.submission_name("day-30"),
        key.draft_name("one", "baseline"),
        key.draft_name("two", "baseline"),
        key.draft_name("one", "day-30"),
    ]
    assert len(set(names)) == len(names)
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)


def test_only_the_codes_own_key_opens_its_box() -> None:
    key = CodeKey.derive(new_code(), SALT, cost=Cost.CHEAP)
    other = CodeKey.derive(new_code(), SALT, cost=Cost.CHEAP)
    box = seal_for(b"mine", key.public_hex)
    assert key.open_own(box) == b"mine"
    with pytest.raises(KeyRefused):
        other.open_own(box)


def test_a_keys_representation_tells_nothing_secret() -> None:
    key = CodeKey.derive(new_code(), SALT, cost=Cost.CHEAP)
    assert "seed" not in repr(key)
    assert repr(key.seed) not in repr(key)


def test_the_default_cost_is_libsodiums_interactive() -> None:
    from nacl.pwhash import argon2id

    assert Cost.INTERACTIVE.value == (argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)
    assert Cost.MODERATE.value == (argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
    assert CodeKey.derive.__kwdefaults__ == {"cost": Cost.INTERACTIVE}
