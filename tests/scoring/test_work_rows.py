"""What the codebook says of the tasks comes from the battery and the frozen reference."""

from __future__ import annotations

import msgspec

from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.tasks.catalogue import shipped_tasks
from scoring.reference import default_reference
from scoring.work_rows import task_rows


def test_the_codebook_takes_the_figures_of_a_task_from_the_reference_that_was_frozen() -> None:
    battery = build_battery("standard", "en", (), STANDARD, shipped, tasks=shipped_tasks())
    assumed = default_reference(battery)
    other = tuple(
        msgspec.structs.replace(row, alpha=0.61) if row.scale == "tasks/adapt" else row
        for row in assumed.rows
    )
    frozen = msgspec.structs.replace(assumed, rows=other)
    facts = [row[3] for row in task_rows(battery, frozen) if str(row[2]).startswith("reliability")]
    assert facts.count(0.61) == 1
    assert len(facts) == 4


def test_others_by_choice_are_named_only_where_there_are_others() -> None:
    battery = build_battery("standard", "en", (), STANDARD, shipped, tasks=shipped_tasks())
    every = msgspec.structs.replace(battery, task_count=4)
    assert [row[3] for row in task_rows(every, default_reference(every)) if row[2] == "drawn"] == [
        "4 of 4 tasks, by lot on the respondent's side"
    ]
