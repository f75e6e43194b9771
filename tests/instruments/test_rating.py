"""Who may look at a text, and the mark it ends with."""

from __future__ import annotations

import pytest

from instruments.rating import Look, LookKind, first_marks, may_look, needs_third, read_mark, together


def look(rater: str, mark: int | None = None, kind: LookKind = "first") -> Look:
    return Look("x", rater, kind, mark)


A1, B3, B2 = look("a", 1), look("b", 3), look("b", 2)


def test_the_first_two_who_come_take_a_text_and_nobody_else_reads_it() -> None:
    """From showing on, before there is a mark; each goes on with what was shown and is done once marked."""
    assert may_look("a", []) == "first"
    assert may_look("b", [look("a")]) == "first"
    assert may_look("c", [look("a"), look("b")]) is None
    assert may_look("a", [look("a"), look("b")]) == "first"
    assert may_look("a", [A1]) is None
    assert may_look("c", [A1, B2]) is None


def test_a_gap_of_two_opens_a_third_look_for_one_other_or_for_both_together() -> None:
    assert not needs_third([A1, B2])
    assert needs_third([A1, B3])
    assert may_look("c", [A1, B3]) == "third"
    assert may_look("a", [A1, B3]) is None
    assert may_look("a+b", [A1, B3]) == "third"
    assert may_look("a+c", [A1, B3]) is None
    assert may_look("a+b", [A1, B2]) is None


def test_no_fourth_person_reads_a_text() -> None:
    """Also where the third took it and never came back: then the two settle it together."""
    taken = [A1, B3, look("c", kind="third")]
    assert may_look("d", taken) is None
    assert may_look("c", taken) == "third"
    assert may_look("a+b", taken) == "third"
    settled = [*taken, look("a+b", 2, "third")]
    assert [may_look(rater, settled) for rater in ("a", "b", "c", "d", "a+b")] == [None] * 5


@pytest.mark.parametrize(
    ("looks", "mark"),
    [
        ([A1], None),
        ([A1, look("b")], None),
        ([A1, B2], 1.5),
        ([A1, B3], None),
        ([A1, B3, look("c", kind="third")], None),
        ([A1, B3, look("c", 4, "third")], 3.0),
        ([A1, B3, look("c", 2, "third")], 2.0),
        ([A1, B3, look("c", 0, "third")], 1.0),
        ([A1, B3, look("a+b", 3, "third")], 3.0),
    ],
)
def test_the_mark_a_text_ends_with(looks: list[Look], mark: float | None) -> None:
    """Mean of two; the middle of three; what both agreed on together."""
    assert read_mark(looks) == mark


def test_two_together_have_one_name_whoever_is_named_first() -> None:
    assert together(["b", "a"]) == together(["a", "b"]) == "a+b"
    assert together(["a", "a"]) == "a"
    assert first_marks([B3, A1, look("c", 2, "third")]) == (("a", 1), ("b", 3))
