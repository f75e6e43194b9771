"""The development check of the composite: its order of merit, and that the page quotes what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.capability import run, table

PAGE = Path(__file__).parents[2] / "docs" / "capability.md"


def test_more_tasks_tell_more_and_never_everything() -> None:
    two, four = run(people=150)
    assert two.reliability < four.reliability < 0.9
    assert 0.5 < two.with_truth < four.with_truth < 0.95
    assert two.length < 0.06


@pytest.mark.slow
def test_the_page_quotes_the_figures_that_come_out() -> None:
    assert table(run()) in PAGE.read_text("utf-8")
