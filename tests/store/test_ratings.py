"""Marks: each on disk at once, none lost between two raters, an order of one's own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from instruments.errors import BadInput
from instruments.rating import first_marks
from instruments.setup import Thresholds
from store.closing import collect
from store.errors import KeyRefused, Refused
from store.ratings import Ratings, rater_name
from store.texts import keep_texts
from tests.store.examples import Opened, flipped

TEXTS = 24


@pytest.fixture
def ratings(opened: Opened) -> Ratings:
    """The texts of two forms, open, before anybody looked."""
    collect(opened.study, opened.privates)
    given = [(form, f"{form} {n}") for form in ("adapt-a", "summarise-b") for n in range(TEXTS // 2)]
    keep_texts(opened.study, given, 30, Thresholds())
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    return again(opened)


def again(opened: Opened) -> Ratings:
    return Ratings.open(opened.study, opened.privates)


def mark_all(ratings: Ratings, rater: str, mark: int = 2) -> list[str]:
    """Let one rater mark everything that is open; returns the texts' ids in the order shown."""
    seen = []
    while (text := ratings.take_next(rater)) is not None:
        seen.append(text.id)
        ratings.give(rater, text.id, mark)
    return seen


def test_two_raters_see_every_text_once_each_in_an_order_of_their_own(ratings: Ratings) -> None:
    one, two = mark_all(ratings, "one"), mark_all(ratings, "two")
    assert set(one) == set(two) == {text.id for text in ratings.kept.texts}
    assert len(one) == len(two) == TEXTS
    assert one != two
    assert mark_all(ratings, "three") == []


def test_texts_of_one_form_come_together(ratings: Ratings) -> None:
    forms = {text.id: text.form for text in ratings.kept.texts}
    shown = [forms[text] for text in mark_all(ratings, "one")]
    assert sum(before != now for before, now in pairwise(shown)) == 1


def test_leaving_keeps_marks_order_and_the_text_in_front(opened: Opened, ratings: Ratings) -> None:
    for _ in range(3):
        text = ratings.take_next("one")
        assert text is not None
        ratings.give("one", text.id, 4)
    front = ratings.take_next("one")
    later = again(opened)
    assert later.take_next("one") == front
    assert [mark for looks in later.looks().values() for _, mark in first_marks(looks)] == [4, 4, 4]


def test_raters_at_the_same_time_lose_nothing(opened: Opened, ratings: Ratings) -> None:
    """Three at once: every text gets two marks, and none three."""
    del ratings
    with ThreadPoolExecutor(3) as pool:
        done = [pool.submit(mark_all, again(opened), name, 1) for name in ("one", "two", "three")]
        given = sum(len(one.result()) for one in done)
    looks = again(opened).looks()
    assert given == 2 * TEXTS
    assert all(len(first_marks(own)) == 2 for own in looks.values())
    assert len(looks) == TEXTS


def test_a_third_look_settles_a_gap_once(ratings: Ratings) -> None:
    mark_all(ratings, "one", 0)
    mark_all(ratings, "two", 2)
    text = ratings.take_next("three")
    assert text is not None
    assert len(mark_all(ratings, "one+two", 1)) == TEXTS
    assert ratings.take_next("three") is None
    for late in ("three", "one"):
        with pytest.raises(Refused, match="settled by others"):
            ratings.give(late, text.id, 2)


def test_a_mark_can_be_changed_until_then_and_only_by_who_saw_the_text(ratings: Ratings) -> None:
    text = ratings.take_next("one")
    assert text is not None
    ratings.give("one", text.id, 0)
    ratings.give("one", text.id, 3)
    assert first_marks(ratings.looks()[text.id]) == (("one", 3),)
    with pytest.raises(Refused):
        ratings.give("two", text.id, 3)
    with pytest.raises(BadInput, match="found 5"):
        ratings.give("one", text.id, 5)


def test_damaged_marks_are_told_and_not_read(opened: Opened, ratings: Ratings) -> None:
    mark_all(ratings, "one")
    path = opened.root / "private" / "ratings-baseline"
    path.write_bytes(flipped(path.read_bytes(), 700))
    with pytest.raises(KeyRefused):
        ratings.looks()


@pytest.mark.parametrize("names", [[], ["A"], ["a", "b", "c"], ["../x"], ["a+b"]])
def test_names_of_raters_are_plain(names: list[str]) -> None:
    with pytest.raises(BadInput):
        rater_name(names)
