"""The pictures in docs/: drawn from the screens, safe to open anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = (
    *("take-consent", "take-question", "take-task", "take-review", "take-result"),
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
def test_a_picture_of_the_desk_shows_the_page_of_work_among_the_others(name: str) -> None:
    """Pictures drawn before that page was there would show another program."""
    words = re.findall(r">([^<]+)<", (DOCS / f"{name}.svg").read_text(encoding="utf-8"))
    assert "Work and help" in " ".join(words).replace("&#160;", " ")


def test_pictures_of_the_readme_are_there() -> None:
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (DOCS.parent / "README.md").read_text(encoding="utf-8"))
    assert all((DOCS.parent / path).is_file() for path in shown)
