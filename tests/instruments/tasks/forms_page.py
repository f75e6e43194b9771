"""Writes the table of docs/forms.md from the task files that ship."""

from __future__ import annotations

from pathlib import Path

from instruments.tasks.catalogue import shipped_forms, shipped_task
from instruments.tasks.forms import forms_table, profile_of

PAGE = Path(__file__).parents[3] / "docs" / "forms.md"
START, END = "<!-- table: start -->\n", "<!-- table: end -->"


def with_table(page: str) -> str:
    """Return `page` with the table of today's forms between its two marks."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    table = forms_table([profile_of(shipped_task(task, form)) for task, form in shipped_forms()])
    return before + START + table + END + after


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
