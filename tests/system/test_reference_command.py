"""`careload reference` by the real program, up to the frozen policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scoring.items import item_columns
from store.study import Study
from tests.scoring.pilots import pilot
from tests.system.program import careload, open_set_up, set_up
from tui.flows.opening import battery_of


@pytest.mark.slow
def test_a_pilot_is_frozen_with_the_study_and_too_late_afterwards(tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    battery = battery_of(Study.load(folder))
    asked = [place for place, one in enumerate(item_columns(battery)) if not one.id.startswith("tasks/")]
    numbers = pilot(battery, 60, 1).items[:, asked].astype(int)
    header = ",".join(item_columns(battery)[place].id for place in asked)
    lines = [header, *(",".join(map(str, row)) for row in numbers)]
    (tmp_path / "pilot.csv").write_text("\n".join(lines) + "\n")
    both = careload("reference", "spring", "pilot.csv", "--drop", cwd=tmp_path)
    assert both.returncode == 2
    told = careload("reference", "spring", "pilot.csv", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "60 people are few" in told.stdout
    outcome = json.loads(careload("reference", "spring", "pilot.csv", "--json", cwd=tmp_path).stdout)
    assert outcome["status"] == "assumed"
    assert [one["status"] for one in outcome["scales"]] == ["local"] * 4 + ["assumed"] * 4
    open_set_up(tmp_path)
    frozen = json.loads((folder / "public" / "reference.json").read_text())
    assert [row["people"] for row in frozen["rows"]] == [60] * 4 + [0] * 4
    late = careload("reference", "spring", "--drop", cwd=tmp_path)
    assert late.returncode == 3
    assert "The study is open" in late.stderr
