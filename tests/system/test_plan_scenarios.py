"""What if: scenarios of a closed rehearsal, kept by name and compared; wrong ones refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from instruments.people import Supporter
from store.calendars import start_in
from store.people import remove_lists, save_supporters, staff_in
from store.scenarios import remove_scenario, save_scenario, scenarios_in
from store.study import STUDY_FILE, Study
from tui.cli import run
from tui.flows.rehearsing import rehearse

Tell = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Close a rehearsal of 60 people, without lists of people: cohorts and supporters are numbers."""
    study = rehearse(tmp_path_factory.mktemp("plans") / "x", 60, 5, "careload test").study
    remove_lists(study)
    return study.root


def planned(closed: Path, tell: Tell, *flags: str) -> dict[str, Any]:
    """Return what `careload plan --json` prints."""
    assert run(["plan", str(closed), "--json", *flags]) == 0
    found: dict[str, Any] = json.loads(tell.readouterr().out)
    return found


def everything(plan: dict[str, Any]) -> float:
    """Return all hours of supporters, also after the plan's last week: start weeks move them there."""
    return float(plan["supporter_hours"] + plan["hours_after"])


def refused(closed: Path, tell: Tell, *flags: str) -> tuple[int, str]:
    """Return exit code and message of a plan that cannot be made; nothing goes to standard output."""
    code = run(["plan", str(closed), *flags])
    out, err = tell.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return code, err


def test_a_scenario_is_kept_changed_and_compared(closed: Path, capsys: Tell) -> None:
    plain = planned(closed, capsys)
    made = planned(closed, capsys, "--scenario", "slower", "--pace", "0.8", "--weeks", "14")
    assert (made["weeks"], made["options"]["pace"], made["options"]["name"]) == (14, 0.8, "slower")
    again = planned(closed, capsys, "--scenario", "slower")
    assert again == made
    changed = planned(closed, capsys, "--scenario", "slower", "--weeks", "15")
    assert (changed["weeks"], changed["options"]["pace"]) == (15, 0.8)
    assert planned(closed, capsys) == plain
    rows = planned(closed, capsys, "--compare")["scenarios"]
    assert [(row["name"], row["weeks"]) for row in rows] == [("as planned", 12), ("slower", 15)]
    assert rows[0]["supporter_hours"] == plain["supporter_hours"]
    assert run(["plan", str(closed), "--compare"]) == 0
    assert "slower" in capsys.readouterr().out


def test_every_flag_changes_the_plan(closed: Path, capsys: Tell) -> None:
    plain = planned(closed, capsys)
    one_off = planned(closed, capsys, "--more", "facilitator=3x10-10", "--cost", "learner=10")
    supply = {load["role"]: load["supply"] for load in one_off["loads"]}
    before = {load["role"]: load["supply"] for load in plain["loads"]}
    assert supply["facilitator"] == before["facilitator"] + 30
    assert one_off["cost"] == pytest.approx(10 * (one_off["learner_hours"] + one_off["assessment_hours"]))
    assert one_off["unfunded"] == plain["unfunded"]
    double = planned(closed, capsys, "--hours-factor", "2")
    assert double["loads"][0]["supply"] == 2 * plain["loads"][0]["supply"]
    part = planned(closed, capsys, "--groups", "Operations")
    (name,) = {row["group"] for row in part["demand"]}
    safer = planned(closed, capsys, "--safety-up", "--protected-hours", "2")
    assert everything(safer) < everything(plain)
    late = planned(closed, capsys, "--earliest", "Operations=5", "--cohort-size", "4-6")
    first = min(row["week"] for row in late["demand"] if row["group"] == name)
    assert first >= 5


def test_streams_of_an_own_file_take_the_place_of_the_assumed_ones(
    closed: Path, tmp_path: Path, capsys: Tell
) -> None:
    file = tmp_path / "streams.toml"
    file.write_text(
        '[[streams]]\nid = "pairs"\ntitle = "pairs"\nrole = "champion"\nshare = 1.0\nsource = "our ledger"\n'
        '[[streams]]\nid = "foundation"\ntitle = "start"\nrole = "facilitator"\nkind = "programme"\n'
        "weeks = [1]\nhours = 2.0\nlearner_minutes = 120.0\n"
    )
    plan = planned(closed, capsys, "--streams", str(file), "--scenario", "own")
    assert {row["stream"] for row in plan["demand"]} == {"pairs", "foundation"}
    assert any("(our ledger)" in said for said in plan["assumptions"])
    assert planned(closed, capsys, "--scenario", "own") == plan


def test_wrong_streams_are_told_with_file_and_line(closed: Path, tmp_path: Path, capsys: Tell) -> None:
    file = tmp_path / "streams.toml"
    file.write_text('[[streams]]\nid = "pairs"\ntitle = "pairs"\nrole = "boss"\nshare = "all"\n')
    code, err = refused(closed, capsys, "--streams", str(file))
    assert code == 3
    assert "streams.toml:4: " in err
    assert "streams.toml:5: " in err
    file.write_text('[[streams]]\nid = "pairs"\ntitle = "pairs"\nrole = "champion"\nshare = 0.5\n')
    assert refused(closed, capsys, "--streams", str(file))[0] == 2
    assert refused(closed, capsys, "--streams", str(tmp_path / "none.toml"))[0] in {3, 6}


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--weeks", "0"), 2),
        (("--weeks", "53"), 2),
        (("--pace", "nan"), 2),
        (("--hours-factor", "-1"), 2),
        (("--protected-hours", "inf"), 2),
        (("--more", "boss=2x2"), 3),
        (("--groups", "No such group"), 3),
        (("--groups", "\x1b[31m"), 3),
        (("--earliest", "Operations=soon"), 2),
        (("--earliest", "Operations=0"), 2),
        (("--cost", "manager=a lot"), 2),
        (("--cohort-size", "10-6"), 2),
        (("--cohort-size", "six"), 2),
        (("--scenario", "unheard of"), 3),
        (("--scenario", "as planned", "--weeks", "8"), 2),
        (("--scenario", "x" * 41, "--weeks", "8"), 2),
        (("--scenario", "\x1b[2J", "--weeks", "8"), 2),
    ],
)
def test_senseless_flags_are_refused_and_nothing_is_kept(
    closed: Path, capsys: Tell, flags: tuple[str, ...], code: int
) -> None:
    from store.study import Study

    before = scenarios_in(Study.load(closed))
    found, err = refused(closed, capsys, *flags)
    assert found == code, err
    assert "expected" in err or "this study has" in err
    assert "\x1b" not in err
    assert scenarios_in(Study.load(closed)) == before


def test_a_scenario_that_careload_did_not_write_is_refused(closed: Path, capsys: Tell) -> None:
    from store.scenarios import save_scenario
    from store.study import Study

    study = Study.load(closed)
    save_scenario(study, "broken", {"weeks": "many"})
    code, err = refused(closed, capsys, "--scenario", "broken")
    assert code == 3
    assert "broken" in err
    assert remove_scenario(study, "broken")
    assert not remove_scenario(study, "broken")
    with study.private.transaction() as db:
        db.table("scenarios").insert({"schema": 9, "name": "later", "options": {}})
    code, err = refused(closed, capsys, "--compare")
    assert code == 3
    assert STUDY_FILE in err
    assert "Traceback" not in err
    with study.private.transaction() as db:
        db.table("scenarios").remove(
            doc_ids=[row.doc_id for row in db.table("scenarios") if row["schema"] == 9]
        )


def test_supporters_by_name_take_the_place_of_their_numbers(closed: Path, capsys: Tell) -> None:
    from store.people import remove_supporters
    from store.study import Study

    study = Study.load(closed)
    save_supporters(
        study, (Supporter(id="ada", role="champion", hours_per_week=3, weeks_away=(2,), name="Ada"),)
    )
    supply = {(load["week"], load["role"]): load["supply"] for load in planned(closed, capsys)["loads"]}
    assert (supply[1, "champion"], supply[2, "champion"], supply[1, "manager"]) == (3, 0, 0)
    remove_supporters(study)


@pytest.mark.parametrize("flags", [("--groups", "North"), ("--earliest", "North=3")])
def test_a_group_of_another_attribute_is_none_of_the_plan(
    closed: Path, capsys: Tell, flags: tuple[str, str]
) -> None:
    """A plan by department has no sites: taken silently, nobody at all would start."""
    code, err = refused(closed, capsys, *flags)
    assert code == 3
    assert "found 'North'" in err


@pytest.mark.parametrize("name", ["", "two\nlines", "a\tb"])
def test_a_name_that_is_none_keeps_no_scenario(closed: Path, capsys: Tell, name: str) -> None:
    code, _ = refused(closed, capsys, "--scenario", name, "--weeks", "8")
    assert code == 2
    assert name not in scenarios_in(Study.load(closed))


def test_a_desk_of_no_weeks_is_refused_before_it_opens(closed: Path, capsys: Tell) -> None:
    assert run(["review", str(closed), "--weeks", "0"]) == 2
    assert "expected 1 to 52" in capsys.readouterr().err


def test_a_damaged_scenario_is_found_and_can_be_set_anew(closed: Path, capsys: Tell) -> None:
    """It stops neither other scenarios nor its own repair; doctor names it."""
    study = Study.load(closed)
    save_scenario(study, "torn", {"weeks": "a"})
    try:
        assert run(["doctor", str(closed)]) == 3
        assert "The scenario 'torn' is not as careload wrote it" in capsys.readouterr().out
        assert refused(closed, capsys, "--scenario", "torn")[0] == 3
        assert planned(closed, capsys, "--scenario", "whole", "--weeks", "9")["weeks"] == 9
        assert planned(closed, capsys, "--scenario", "torn", "--weeks", "8")["weeks"] == 8
        assert run(["doctor", str(closed)]) == 0
    finally:
        remove_scenario(study, "torn")
        remove_scenario(study, "whole")


def test_a_plan_that_cannot_be_written_changes_nothing_in_the_study(
    closed: Path, capsys: Tell, tmp_path: Path
) -> None:
    """A start that was remembered all the same would draw later plans towards the ledger."""
    (tmp_path / "taken").write_text("x")
    for place in ("taken", "taken/in-it"):
        flags = ("--start", "2027-01-11", "--scenario", "unwritten", "--weeks", "7")
        assert refused(closed, capsys, "--out", str(tmp_path / place), *flags)[0] in {3, 6}
    study = Study.load(closed)
    assert not start_in(study)
    assert "unwritten" not in scenarios_in(study)


def test_best_seats_need_a_staff_list_and_change_nothing_without(
    closed: Path, tmp_path: Path, capsys: Tell
) -> None:
    kept, out = scenarios_in(Study.load(closed)), tmp_path / "plan"
    more = ("--scenario", "seated", "--weeks", "9", "--out", str(out))
    code, err = refused(closed, capsys, "--best-seats", *more)
    assert code == 2
    assert "careload staff STUDY staff.csv" in err
    assert scenarios_in(Study.load(closed)) == kept
    assert not out.exists()


def test_best_seats_belong_to_no_scenario(closed: Path, capsys: Tell) -> None:
    code, err = refused(closed, capsys, "--best-seats", "--compare")
    assert code == 2
    assert "--compare" in err


def test_best_seats_are_kept_and_told(tmp_path: Path, capsys: Tell) -> None:
    """Everybody is seated anew, it is said how good that is, and the next plan keeps these seats."""
    study = rehearse(tmp_path / "x", 60, 5, "careload test").study
    out = ("--out", str(tmp_path / "plan"))
    first = planned(study.root, capsys, *out)
    assert run(["plan", str(study.root), "--best-seats"]) == 0
    assert "will not be kept" in capsys.readouterr().err
    best = planned(study.root, capsys, "--best-seats", *out)
    after = planned(study.root, capsys)
    assert any("no other seats are better" in one for one in best["statements"])
    assert not any("no other seats are better" in one for one in (*first["statements"], *after["statements"]))
    seats = [{one["id"]: one["members"] for one in plan["cohorts"]} for plan in (first, best, after)]
    assert not seats[0].keys() & seats[1].keys()
    assert seats[1] == seats[2]
    assert sorted(name for members in seats[1].values() for name in members) == sorted(
        one.name for one in staff_in(study) or ()
    )
