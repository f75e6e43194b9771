"""Keys: made, opened by passphrase or sheet, refused when a single bit differs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.errors import BadInput, WrongUsage
from store.cost import Cost
from store.errors import KeyRefused
from store.vault import (
    LAYER,
    PrivateKey,
    canary,
    make_key,
    open_sealed,
    seal,
    unlock,
    unlock_sheet,
)
from tests.store.examples import PASSPHRASES, flipped, make_keys

KEYS = make_keys()
ONE, TWO = (
    unlock(key.key_file, passphrase, "key") for key, passphrase in zip(KEYS, PASSPHRASES, strict=True)
)
PUBLICS = (ONE.public_hex, TWO.public_hex)


def test_the_passphrase_opens_the_key() -> None:
    assert ONE.public_hex == KEYS[0].public_hex


def test_the_sheet_opens_the_same_key() -> None:
    assert unlock_sheet(KEYS[0].recovery) == ONE
    assert len(KEYS[0].recovery.split()) == 24


def test_composed_and_decomposed_letters_are_the_same_passphrase() -> None:
    key = make_key("caf\u00e9 am Fluss", cost=Cost.CHEAP)
    assert unlock(key.key_file, "cafe\u0301 am Fluss", "key").public_hex == key.public_hex


def test_a_wrong_passphrase_is_refused_in_words() -> None:
    with pytest.raises(KeyRefused, match=r"The passphrase does not open my\.key") as caught:
        unlock(KEYS[0].key_file, "another passphrase", "my.key")
    assert "another passphrase" not in str(caught.value)
    assert "recovery sheet" in caught.value.todo


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(WrongUsage, match="at least 12"):
        make_key("short", cost=Cost.CHEAP)


def test_any_flipped_bit_of_the_key_file_is_refused() -> None:
    """Every single bit, also those that only change a letter's case in a hexadecimal number."""
    data = KEYS[0].key_file
    for bit in range(len(data) * 8):
        with pytest.raises(KeyRefused):
            unlock(flipped(data, bit), PASSPHRASES[0], "key")


def test_any_truncation_of_the_key_file_is_refused() -> None:
    for size in range(len(KEYS[0].key_file)):
        with pytest.raises(KeyRefused):
            unlock(KEYS[0].key_file[:size], PASSPHRASES[0], "key")


def test_a_key_file_asking_for_other_costs_is_refused_before_they_are_spent() -> None:
    """A file could ask for all memory of the machine."""
    record = json.loads(KEYS[0].key_file)
    record["memory"] = 2**40
    data = json.dumps(record, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    with pytest.raises(KeyRefused, match="not a key file"):
        unlock(data, PASSPHRASES[0], "key")


def test_a_later_key_file_is_refused_by_name() -> None:
    record = json.loads(KEYS[0].key_file) | {"schema": 2}
    with pytest.raises(KeyRefused, match="later careload"):
        unlock(json.dumps(record).encode(), PASSPHRASES[0], "key")


def test_the_key_file_holds_no_secret_in_clear() -> None:
    assert ONE.secret.hex().encode() not in KEYS[0].key_file
    assert ONE.secret not in KEYS[0].key_file


def test_by_default_a_key_costs_moderate_work() -> None:
    assert make_key.__kwdefaults__ == {"cost": Cost.MODERATE}


def test_representations_hide_what_is_secret() -> None:
    text = repr(KEYS[0]) + repr(ONE)
    assert KEYS[0].recovery not in text
    assert repr(ONE.secret) not in text


@pytest.mark.parametrize("place", range(24))
def test_one_wrong_word_on_the_sheet_is_found(place: int) -> None:
    """The checksum has 8 bits; this sheet's single replacements by `zoo` or `abandon` do not collide both."""
    words = KEYS[0].recovery.split()
    refused = 0
    for other in ("zoo", "abandon", "middle"):
        try:
            same = unlock_sheet(" ".join([*words[:place], other, *words[place + 1 :]])) == ONE
        except KeyRefused:
            refused += 1
        else:
            assert same == (words[place] == other)
    assert refused >= 1


@given(st.binary(max_size=9000))
def test_what_is_sealed_opens_and_is_padded(data: bytes) -> None:
    sealed = seal(data, PUBLICS)
    assert open_sealed(sealed, (ONE, TWO)) == data
    assert (len(sealed) - 2 * LAYER) % 4096 == 0


def test_one_key_alone_opens_nothing() -> None:
    sealed = seal(b"answers", PUBLICS)
    for privates in [(ONE,), (TWO,), (TWO, ONE)]:
        with pytest.raises(KeyRefused):
            open_sealed(sealed, privates)


def test_any_flipped_bit_of_the_sealed_content_is_refused() -> None:
    sealed = seal(b"answers", PUBLICS)
    for bit in range(0, len(sealed) * 8, 13):
        with pytest.raises(KeyRefused):
            open_sealed(flipped(sealed, bit), (ONE, TWO))


def test_the_canary_needs_exactly_the_studys_keys() -> None:
    canary(PUBLICS, (TWO, ONE))
    for privates in [(ONE,), (ONE, ONE), ()]:
        with pytest.raises(KeyRefused, match="not the keys of this study"):
            canary(PUBLICS, privates)
    with pytest.raises(KeyRefused):
        canary(PUBLICS, (ONE, PrivateKey(TWO.public_hex, ONE.secret)))


def test_nothing_is_sealed_for_no_key_or_nonsense() -> None:
    with pytest.raises(WrongUsage):
        seal(b"x", ())
    for public in ("", "xyz", "00" * 31):
        with pytest.raises(BadInput, match="not a public key"):
            seal(b"x", (public,))
