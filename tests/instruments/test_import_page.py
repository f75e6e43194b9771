"""The worked examples of docs/import.md come out as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from instruments.answers import Choice, Rows
from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.importing import Reading, read_answers
from instruments.setup import Attribute, Category

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
DEPARTMENT = Attribute(
    id="department",
    title={"en": "Department"},
    categories=(
        Category(code=1, label="Finance", headcount=30),
        Category(code=2, label="Sales", headcount=30),
    ),
)


def example(layout: str) -> Reading:
    """Read the example under the heading `layout`."""
    found = re.search(rf"### {layout}\n.*?```\n(.*?)```", PAGE, re.DOTALL)
    assert found
    battery = build_battery("standard", "en", (DEPARTMENT,), STANDARD, shipped)
    return read_answers(found.group(1).encode(), "answers.csv", battery)


@pytest.mark.parametrize(
    ("layout", "department", "refused"), [("Plain", 1, []), ("LimeSurvey", 1, [3]), ("REDCap", 2, [4])]
)
def test_an_example_is_read_as_its_layout(layout: str, department: int, refused: list[int]) -> None:
    """All columns are known; the first person's answers are those that stand there."""
    reading = example(layout)
    assert reading.columns.layout == layout.lower()
    assert reading.columns.unknown == ()
    assert [trouble.line for trouble in reading.refused] == refused
    first = reading.respondents[0].answers
    assert first["attributes/department"] == Choice(code=department)
    assert [first[f"edmondson-1999/{item}"] for item in (1, 2)] == [Choice(code=6), Choice(code=7)]
    assert first["slack/minutes"] == Choice(code=3)
    assert first.get("help/received", Rows(rows=((1.0, 1.5),))) == Rows(rows=((1.0, 1.5),))
    assert "edmondson-1999/2" not in reading.respondents[1].answers
