"""Wording verdicts, on made-up text: the published words are recognised, everything else is named."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.errors import BadInput
from instruments.wording import apply_wording, check_wording, fingerprint, normalise, wording_of
from tests.instruments.made import PUBLISHED, published_instrument

SYNTHETIC = published_instrument()
OTHER_TEXT = ("Every drawer holds a small harbour.", "The stairs prefer to be climbed twice.")
OTHER = published_instrument("other-2021", OTHER_TEXT)


def kinds(lines: list[str]) -> list[str]:
    return [verdict.kind for verdict in check_wording(SYNTHETIC, lines, (OTHER,)).verdicts]


def test_normalisation_is_the_documented_one() -> None:
    assert normalise("  It\u2019s  \u201cA\u2014B\u201d; na\u00efve\ufb01t 3! ") == "its a b na vefit 3"
    expected = hashlib.sha256(b"the green kettle doesnt whistle on mondays").hexdigest()
    assert fingerprint(PUBLISHED[0]) == expected


def test_all_lines_match() -> None:
    verdict = check_wording(SYNTHETIC, PUBLISHED, ())
    assert verdict.is_published
    assert verdict.is_usable
    assert verdict.lines == (
        "Synthetic (synthetic-2020): items 4 of 4 as published; anchors ours; instruction ours; "
        "referent: own team",
    )


def test_one_changed_word_is_named_and_makes_the_wording_adapted() -> None:
    lines = [*PUBLISHED[:2], PUBLISHED[2].replace("left", "right"), PUBLISHED[3]]
    verdict = check_wording(SYNTHETIC, lines, ())
    assert (verdict.is_published, verdict.is_usable, verdict.published) == (False, True, 3)
    assert "item 3 (line 3): not the published text" in verdict.lines
    assert "adapted" in verdict.lines[-1]
    assert wording_of(apply_wording(SYNTHETIC, lines, "en"), "en").status == "adapted"


def test_two_swapped_lines_are_named_and_cannot_be_used() -> None:
    """A swap is how keys go wrong, so the text is not taken."""
    lines = [PUBLISHED[0], PUBLISHED[3], PUBLISHED[2], PUBLISHED[1]]
    verdict = check_wording(SYNTHETIC, lines, ())
    assert not verdict.is_usable
    assert "item 2 (line 2): swapped with item 4" in verdict.lines
    assert "item 4 (line 4): swapped with item 2" in verdict.lines
    with pytest.raises(BadInput) as caught:
        apply_wording(SYNTHETIC, lines, "en")
    assert len(caught.value.faults) == 2


def test_a_line_turned_round_among_three_is_told_where_it_belongs() -> None:
    lines = [PUBLISHED[1], PUBLISHED[2], PUBLISHED[0], PUBLISHED[3]]
    assert kinds(lines) == ["belongs elsewhere"] * 3 + ["published"]
    assert "item 1 (line 1): belongs to item 2" in check_wording(SYNTHETIC, lines, ()).lines


def test_the_same_item_twice_is_told_where_it_belongs() -> None:
    assert kinds([PUBLISHED[0], PUBLISHED[0], *PUBLISHED[2:]]) == [
        "published",
        "belongs elsewhere",
        "published",
        "published",
    ]


def test_curly_quotes_case_and_blank_lines_change_nothing() -> None:
    lines = ["", PUBLISHED[0].replace("'", "\u2019").upper(), "  ", *PUBLISHED[1:], "", ""]
    assert check_wording(SYNTHETIC, lines, ()).is_published


@pytest.mark.parametrize(
    "numbering", ["{}. ", "({}) ", "{}) ", "Q{}: ", "Item {}. ", "{}\t", "{} ", "- ", "\u2022 "]
)
def test_numbering_bullets_and_key_marks_are_not_part_of_an_item(numbering: str) -> None:
    lines = [numbering.format(number) + text for number, text in enumerate(PUBLISHED, start=1)]
    lines[1] += " (R)"
    lines[2] += "*"
    assert check_wording(SYNTHETIC, lines, ()).is_published
    kept = apply_wording(SYNTHETIC, lines, "en")
    assert tuple(item.text["en"] for item in kept.items) == PUBLISHED


def test_a_number_that_belongs_to_the_text_stays() -> None:
    lines = ["5 kettles are enough.", *PUBLISHED[1:]]
    assert apply_wording(SYNTHETIC, lines, "en").items[0].text["en"] == "5 kettles are enough."


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            PUBLISHED[:3],
            "Found 3 lines with text; expected 4, one an item. No line is the published text of item 4.",
        ),
        ((*PUBLISHED, "One more."), "Found 5 lines with text; expected 4, one an item."),
        (("A heading", *PUBLISHED), "Found 5 lines with text; expected 4, one an item."),
        ((), "Found 0 lines with text; expected 4, one an item."),
    ],
)
def test_wrong_count_is_said_and_refused(lines: tuple[str, ...], told: str) -> None:
    verdict = check_wording(SYNTHETIC, lines, ())
    assert told in verdict.lines
    assert (verdict.is_usable, verdict.is_published) == (False, False)
    with pytest.raises(BadInput, match="cannot be used"):
        apply_wording(SYNTHETIC, lines, "en")


def test_with_a_wrong_count_only_the_stray_line_is_named() -> None:
    """Shifted lines are not called swapped: the one line that is no item is."""
    told = check_wording(SYNTHETIC, ("A heading", *PUBLISHED), ()).lines
    assert told[0].startswith("Synthetic (synthetic-2020): items 4 of 4")
    assert "line 1: not the published text" in told
    assert not any("swapped" in line or "belongs" in line for line in told)


def test_text_of_another_instrument_is_named() -> None:
    lines = [*OTHER_TEXT, *PUBLISHED[2:]]
    verdict = check_wording(SYNTHETIC, lines, (OTHER,))
    assert [one.kind for one in verdict.verdicts] == ["other instrument"] * 2 + ["published"] * 2
    assert not verdict.is_usable
    assert any("another instrument (Synthetic (other-2021), item 2)" in line for line in verdict.lines)


@pytest.mark.parametrize(
    "bad", ["A \x1b[31mkettle.", "A <b>kettle</b>.", "A [bold]kettle[/].", "A \u202ekettle."]
)
def test_control_characters_and_markup_are_refused(bad: str) -> None:
    lines = [bad, *PUBLISHED[1:]]
    assert kinds(lines)[0] == "refused"
    with pytest.raises(BadInput, match="cannot be used"):
        apply_wording(SYNTHETIC, lines, "en")


@given(st.lists(st.sampled_from([*PUBLISHED, *OTHER_TEXT, "Something else.", ""]), max_size=7))
def test_no_verdict_ever_shows_a_text(lines: list[str]) -> None:
    """Verdicts name lines and items; what was pasted is never repeated."""
    verdict = check_wording(SYNTHETIC, lines, (OTHER,))
    said = " ".join(verdict.lines)
    assert not any(text in said for text in (*PUBLISHED, *OTHER_TEXT, "Something else."))
    assert verdict.is_published == ([line for line in lines if line] == list(PUBLISHED))


def test_wording_put_in_is_published_and_its_hash_differs() -> None:
    published = apply_wording(SYNTHETIC, PUBLISHED, "en")
    before, after = wording_of(SYNTHETIC, "en"), wording_of(published, "en")
    assert (before.status, before.items_published) == ("adapted", 0)
    assert (after.status, after.items_published, after.items) == ("published", 4, 4)
    assert before.sha256 != after.sha256
    assert str(after).startswith("published wording: items 4 of 4")


def test_other_languages_are_kept_beside() -> None:
    two = apply_wording(SYNTHETIC, ["Eins.", "Zwei.", "Drei.", "Vier."], "de")
    assert two.items[0].text == {"en": "Adapted sentence 1.", "de": "Eins."}
    assert wording_of(two, "de").sha256 != wording_of(two, "en").sha256
