"""Texts for raters: none below ten of a form, nothing beside the text, sealed for all key holders."""

from __future__ import annotations

import msgspec
import pytest

from instruments.setup import Thresholds
from store.checkup import check_study
from store.closing import collect
from store.errors import KeyRefused, Refused
from store.ratings import Ratings
from store.texts import KeptText, keep_texts, open_texts
from tests.store.examples import Opened, everything_under, flipped

CANARY = "zanzibar-canary"
LIMITS = Thresholds()


def texts(count: int, form: str = "summarise-a") -> list[tuple[str, str]]:
    return [(form, f"{CANARY} {form} {number}") for number in range(count)]


def close(opened: Opened, given: list[tuple[str, str]], people: int = 20) -> int:
    collect(opened.study, opened.privates)
    kept = keep_texts(opened.study, given, people, LIMITS)
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    return kept


def test_a_form_with_fewer_than_ten_texts_keeps_none(opened: Opened) -> None:
    assert close(opened, texts(10) + texts(9, "adapt-b")) == 10
    kept = open_texts(opened.study, opened.privates)
    assert {one.form for one in kept.texts} == {"summarise-a"}


def test_where_the_release_shows_nothing_no_text_is_kept(opened: Opened) -> None:
    assert close(opened, texts(14), people=14) == 0
    assert open_texts(opened.study, opened.privates).texts == ()


def test_a_raised_limit_holds_for_texts_too(opened: Opened) -> None:
    limits = msgspec.structs.replace(LIMITS, k_detail=12)
    assert keep_texts(opened.study, texts(11) + texts(12, "adapt-a"), 20, limits) == 12


def test_a_text_leaves_shuffled_and_with_nothing_but_its_form(opened: Opened) -> None:
    """Of 40 texts in order, the kept ones are in another (by chance the same in one of 10^47 closings)."""
    given = texts(40)
    close(opened, given)
    kept = open_texts(opened.study, opened.privates).texts
    assert set(KeptText.__struct_fields__) == {"id", "form", "text"}
    assert sorted((one.form, one.text) for one in kept) == sorted(given)
    assert [one.text for one in kept] != [text for _, text in given]
    assert [one.id for one in kept] != sorted(one.id for one in kept)


def test_nothing_of_a_text_is_readable_on_disk(opened: Opened) -> None:
    close(opened, texts(20))
    ratings = Ratings.open(opened.study, opened.privates)
    shown = ratings.take_next("reader-one")
    assert shown is not None
    assert CANARY in shown.text
    ratings.give("reader-one", shown.id, 3)
    written = everything_under(opened.root)
    assert CANARY.encode() not in written
    assert b"reader-one" not in written
    assert shown.id.encode() not in written


def test_texts_and_marks_open_after_closing_and_with_every_key(opened: Opened) -> None:
    with pytest.raises(Refused, match="once the wave is closed"):
        open_texts(opened.study, opened.privates)
    close(opened, texts(20))
    with pytest.raises(KeyRefused, match="missing of: works council"):
        Ratings.open(opened.study, opened.privates[:1])


def test_a_wave_closed_before_there_was_rating_says_so(opened: Opened) -> None:
    collect(opened.study, opened.privates)
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    with pytest.raises(Refused, match="No texts were kept"):
        open_texts(opened.study, opened.privates)
    assert check_study(opened.root) == ()


def test_the_checkup_finds_changed_and_missing_texts_and_wrong_modes(opened: Opened) -> None:
    close(opened, texts(20))
    ratings = Ratings.open(opened.study, opened.privates)
    ratings.take_next("r1")
    assert check_study(opened.root) == ()
    path = opened.root / "private" / "texts-baseline"
    marks = opened.root / "private" / "ratings-baseline"
    assert path.stat().st_mode & 0o777 == marks.stat().st_mode & 0o777 == 0o600
    whole = path.read_bytes()
    path.write_bytes(flipped(whole, 900))
    (found,) = check_study(opened.root)
    assert (found.severity, found.path) == ("wrong", "private/texts-baseline")
    with pytest.raises(KeyRefused):
        open_texts(opened.study, opened.privates)
    path.unlink()
    (found,) = check_study(opened.root)
    assert found.path == "private/texts-baseline"
    path.write_bytes(whole)
    path.chmod(0o644)
    (found,) = check_study(opened.root)
    assert "0644" in found.found


def test_a_refused_closing_that_is_repeated_keeps_the_texts_of_the_second(opened: Opened) -> None:
    collect(opened.study, opened.privates)
    keep_texts(opened.study, texts(20), 20, LIMITS)
    opened.study.cancel_closing()
    assert close(opened, texts(12, "adapt-a")) == 12
    assert {one.form for one in open_texts(opened.study, opened.privates).texts} == {"adapt-a"}
    assert check_study(opened.root) == ()
