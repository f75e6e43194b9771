"""A rehearsal whose people do the tasks: what comes out of them, and what never does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from instruments.records import canonical
from instruments.tasks.catalogue import shipped_task
from instruments.tasks.model import FORMS, WithholdTask
from instruments.tasks.policy import key_of
from scoring.reference import decode
from scoring.work_tables import WORK_KINDS
from store.public import load_public
from tests.system.canaries import typed_with
from tui.flows import rehearsing
from tui.flows.exporting import FORMATS, export_release
from tui.flows.rehearsing import Rehearsal, rehearse

CANARY = "zanzibar-canary"


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """Close a rehearsal of 60 people; every text they type carries the canary."""
    with typed_with(CANARY) as typed:
        made = rehearse(tmp_path_factory.mktemp("rehearsal") / "x", 60, 5, "careload test")
    assert len(typed) > 20  # else there was nothing to find
    return made


def test_tables_about_work_and_capability_are_released(rehearsal: Rehearsal) -> None:
    release = rehearsal.closing.release
    planned = {table.kind for table in load_public(rehearsal.study.root).policy.release_plan}
    assert set(WORK_KINDS) - {"task-load"} <= planned
    assert {table.need for table in release.counts if table.kind == "need-bands"} == {
        "safety",
        "agility",
        "headroom",
        "capability",
    }
    assert release.shares
    assert release.sums
    assert release.workflows
    assert release.reviewing
    assert {line.instrument for line in release.header.wordings if line.instrument.startswith("tasks/")} == {
        "tasks/review",
        "tasks/summarise",
        "tasks/adapt",
        "tasks/withhold",
    }


@pytest.mark.slow
def test_the_full_battery_releases_the_load_of_the_tasks_and_no_tier_knows_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody did all four tasks and rated them; the ratings stand in quartiles and feed no need."""
    standard = rehearsing.wishes_for
    monkeypatch.setattr(rehearsing, "wishes_for", lambda people: replace(standard(people), battery="full"))
    full = rehearse(tmp_path / "full", 60, 5, "careload test")
    release, public = full.closing.release, load_public(full.study.root)
    assert public.battery.task_count == 4
    assert [table.id for table in release.loads] == ["task-load-department"]
    assert len(release.loads[0].parts) == 6
    assert release.loads[0].total.median is not None
    assert release.faults[0].people == 60
    assert decode(public.reference).row("nasa-rtlx/overall").need is None


def test_the_made_up_organisation_has_settled_its_rules(rehearsal: Rehearsal) -> None:
    """A silent policy would leave `withhold` without a mark for everybody."""
    policy = load_public(rehearsal.study.root).policy
    for form in FORMS[:2]:
        task = shipped_task("withhold", form)
        assert isinstance(task, WithholdTask)
        keys = [key_of(vignette, policy.ai_use) for vignette in task.vignettes]
        assert None not in keys
        assert len(set(keys)) > 2


def test_typed_text_is_nowhere_outside_the_sealed_files(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """Not in the release, not in a csv file, and in no file of study and keys in clear."""
    release = rehearsal.closing.release
    assert CANARY.encode() not in canonical(release)
    export_release(rehearsal.study, tmp_path / "out", FORMATS, "careload test")
    folders = (rehearsal.study.root.parent, tmp_path)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 60
    assert not [path.name for path in files if CANARY.encode() in path.read_bytes()]
