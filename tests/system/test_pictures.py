"""The pictures in docs/: drawn from the screens, safe to open anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.desk_examples import RELEASE
from tui.desk_pages import tabs_of

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = (
    *("take-consent", "take-code", "take-question", "take-break", "take-task", "take-feedback"),
    *("take-review", "take-result", "take-tiers", "take-receipt", "take-practice"),
    *("desk-segments", "desk-work", "desk-plan"),
)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_loads_nothing_and_names_no_machine(name: str) -> None:
    """Opening a picture may not ask a server for fonts, nor tell where it was made."""
    svg = (DOCS / f"{name}.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    rest = svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\((?!#)|@font-face|@import|<script|<image", rest)
    assert not re.search(r"/(home|root|tmp|work|Users|var)/", rest)


def test_the_readme_shows_pictures_that_are_there() -> None:
    """A broken picture is the first thing a newcomer would see."""
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (DOCS.parent / "README.md").read_text(encoding="utf-8"))
    assert {"docs/desk-segments.svg", "docs/desk-work.svg", "docs/take-question.svg"} <= set(shown)


@pytest.mark.parametrize("name", ["desk-segments", "desk-work", "desk-plan"])
def test_a_picture_of_the_desk_shows_the_pages_that_the_desk_has(name: str) -> None:
    """Pictures drawn before one of them was there would show another program."""
    words = " ".join(re.findall(r">([^<]+)<", (DOCS / f"{name}.svg").read_text(encoding="utf-8")))
    tabs = tabs_of("facilitator", RELEASE, None, "", None)
    assert len(tabs) > 5
    for number, tab in enumerate(tabs, 1):
        assert f"{number} {tab.name}" in re.sub(r"(&#160;|\s)+", " ", words)


@pytest.mark.parametrize("page", ["README.md", "docs/sitting.md", "docs/employee.md"])
def test_pictures_and_pages_that_are_shown_are_there(page: str) -> None:
    path = DOCS.parent / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert all((path.parent / link).is_file() for link in links)


def test_a_sitting_is_shown_whole() -> None:
    """Every picture of taking part has its step, and the page for employees leads there."""
    sitting = (DOCS / "sitting.md").read_text(encoding="utf-8")
    assert all(f"({name}.svg)" in sitting for name in PICTURES if name.startswith("take-"))
    assert "(sitting.md)" in (DOCS / "employee.md").read_text(encoding="utf-8")
    assert "(docs/employee.md)" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
