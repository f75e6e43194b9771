"""What `init` makes of what a facilitator types, before anything is made."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec
import pytest

from instruments.errors import BadInput
from instruments.setup import Thresholds
from tui.flows import wishes as w
from tui.wizards import _thresholds

USUAL = w.Wishes(study="spring", organisation="Acme", headcount=100)


def test_an_attribute_is_read_with_its_headcounts() -> None:
    attribute = w.parse_attribute("Work place: North=40, South end = 60")
    assert attribute.id == "work-place"
    assert [(c.code, c.label, c.headcount) for c in attribute.categories] == [
        (1, "North", 40),
        (2, "South end", 60),
    ]


@pytest.mark.parametrize(
    "text", ["department", "department: Sales=40", "d: A=4, a=5", "d: A=x, B=3", "d: =1, B=3"]
)
def test_an_attribute_that_is_not_clear_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        w.parse_attribute(text)


def test_supporters_are_read_with_relief() -> None:
    found = w.parse_supporter("champion=6x2.5-1")
    assert (found.role, found.people, found.hours_per_week, found.relief_hours) == ("champion", 6, 2.5, 1.0)


@pytest.mark.parametrize("text", ["boss=1x2", "champion=6", "champion=-6x2", "champion=6x2-"])
def test_supporters_that_are_not_clear_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="expected ROLE=PEOPLExHOURS"):
        w.parse_supporter(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"headcount": -5}, "found -5"),
        ({"headcount": 0}, "found 0"),
        ({"headcount": 99, "attributes": (w.parse_attribute("d: A=40, B=60"),)}, "add up to 100"),
        ({"retention_months": 0}, "found 0 months"),
        ({"retention_months": -3}, "found -3 months"),
        ({"thresholds": Thresholds(k=4)}, "expected 5 or more"),
        ({"holders": ("facilitator", "facilitator")}, "the same role stands twice"),
        ({"study": "../x"}, "small letters"),
    ],
)
def test_wishes_that_cannot_be_are_refused_before_anything_is_made(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        w.check(w.Wishes(**{**_fields(USUAL), **change}))


def test_two_key_holders_unless_one_was_chosen_explicitly() -> None:
    assert len(w.roles_from((), one_key=False)) == 2
    assert w.roles_from((), one_key=True) == ("facilitator",)
    with pytest.raises(BadInput, match="found 1; expected 2"):
        w.roles_from(("facilitator",), one_key=False)


@pytest.mark.parametrize(("k", "detail"), [(5, 10), (8, 10), (12, 12)])
def test_details_never_show_fewer_people_than_k(k: int, detail: int) -> None:
    assert w.thresholds_from(k) == msgspec.structs.replace(Thresholds(), k=k, k_detail=detail)


def test_the_wizard_keeps_a_k_that_was_given_as_a_flag() -> None:
    """It asked again, and an empty answer put the k back to 5."""
    assert _thresholds(argparse.Namespace(k=9)).k == 9


def _fields(wishes: w.Wishes) -> dict[str, Any]:
    return {name: getattr(wishes, name) for name in wishes.__slots__}
