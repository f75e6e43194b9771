"""Batteries: the parts in use, cut to their scales, with their wording; attributes come first."""

from __future__ import annotations

import pytest

from instruments.answers import Answer, Choice, Rating, Skipped
from instruments.battery import FULL, STANDARD, attributes_part, build_battery, cut, minutes_of
from instruments.catalogue import shipped
from instruments.errors import BadInput
from instruments.model import ChoiceFormat
from instruments.questions import Battery
from instruments.reading import read_record
from instruments.records import canonical, sha256_of
from instruments.setup import Attribute, Category, PartChoice
from instruments.wording import apply_wording
from tests.instruments.made import PUBLISHED, published_instrument

DEPARTMENT = Attribute(
    id="department",
    title={"en": "Where do you work?"},
    categories=(Category(code=1, label="Sales", headcount=20), Category(code=2, label="Care", headcount=30)),
)


def standard() -> Battery:
    return build_battery("standard", "en", (DEPARTMENT,), STANDARD, shipped)


def test_standard_asks_the_parts_of_the_design_in_order() -> None:
    """7 + 6 + 8 + 3 + 2 + 4 + 1 items after the attributes."""
    battery = standard()
    assert [(part.instrument.id, len(part.instrument.items)) for part in battery.parts] == [
        ("attributes", 1),
        ("edmondson-1999", 7),
        ("llas-2022", 6),
        ("hse-demands-control", 8),
        ("slack", 3),
        ("tool-use", 2),
        ("help", 4),
        ("workflow", 1),
    ]
    names = [question.id for question in battery.questions()]
    assert names[:2] == ["attributes/department", "edmondson-1999/1"]
    assert len(names) == len(set(names)) == 32


def test_full_asks_all_scales_and_no_task_rating() -> None:
    """`nasa-rtlx` asks about a task: without tasks it has no place."""
    battery = build_battery("full", "en", (), FULL, shipped)
    sizes = {part.instrument.id: len(part.instrument.items) for part in battery.parts}
    assert (sizes["llas-2022"], sizes["hse-demands-control"]) == (18, 14)
    assert "nasa-rtlx" not in sizes
    assert "attributes" not in sizes


def test_each_part_says_how_it_is_worded() -> None:
    status = {part.instrument.id: part.wording.status for part in standard().parts}
    assert status["edmondson-1999"] == status["llas-2022"] == "adapted"
    assert status["attributes"] == status["slack"] == "own"


def test_wording_put_in_reaches_the_part() -> None:
    worded = apply_wording(published_instrument(), PUBLISHED, "en")
    battery = build_battery("custom", "en", (), (PartChoice(instrument=worded.id),), lambda _: worded)
    assert battery.parts[0].wording.status == "published"


def test_a_cut_part_keeps_the_items_and_formats_of_its_scales_only() -> None:
    demands = cut(shipped("hse-demands-control"), ("demands",))
    assert [fmt.id for fmt in demands.formats] == ["frequency"]
    assert [scale.id for scale in demands.scales] == ["demands"]
    assert all(item.reverse for item in demands.items)
    assert len(demands.items) == 8


def test_attributes_become_closed_lists_with_the_codes_of_the_policy() -> None:
    part = attributes_part((DEPARTMENT,))
    fmt = part.format_of(part.item("department"))
    assert isinstance(fmt, ChoiceFormat)
    assert [(option.code, option.label["en"]) for option in fmt.options] == [(1, "Sales"), (2, "Care")]
    assert part.scales == ()


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ((PartChoice(instrument="slack"), PartChoice(instrument="slack")), "more than once"),
        ((PartChoice(instrument="attributes"),), "more than once"),
        ((PartChoice(instrument="llas-2022", scales=("courage",)),), "courage"),
        ((PartChoice(instrument="copsoq-iii-demands"),), "no text"),
        ((PartChoice(instrument="no-such-thing"),), "no-such-thing"),
    ],
)
def test_what_cannot_be_asked_is_refused(choices: tuple[PartChoice, ...], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        build_battery("custom", "en", (), choices, shipped)


def test_the_same_choices_give_the_same_bytes_and_they_read_back() -> None:
    battery = standard()
    assert sha256_of(battery) == sha256_of(standard())
    assert read_record(canonical(battery), Battery, "battery.json") == battery


@pytest.mark.parametrize(("code", "minutes"), [(1, 0.0), (2, 10.0), (3, 20.0), (4, 40.0), (5, 60.0)])
def test_minutes_are_the_amount_of_the_option_chosen(code: int, minutes: float) -> None:
    assert minutes_of(standard(), {"slack/minutes": Choice(code=code)}) == minutes


@pytest.mark.parametrize("answer", [None, Skipped(), Rating(value=3), Choice(code=99)])
def test_no_answer_is_no_minutes(answer: Answer | None) -> None:
    """A gap is not zero minutes."""
    assert minutes_of(standard(), {} if answer is None else {"slack/minutes": answer}) is None


def test_a_battery_without_the_question_has_no_minutes() -> None:
    battery = build_battery("custom", "en", (), (PartChoice(instrument="help"),), shipped)
    assert minutes_of(battery, {"slack/minutes": Choice(code=3)}) is None
