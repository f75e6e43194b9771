"""`careload staff` and `careload supporters`: nothing or everything of a file, and names go no further."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from store.people import staff_in, supporters_in
from store.study import Study
from tests.fuzz.harness import careload, close_arguments, live_study, on_disk
from tests.system.test_exports import ALL

CANARY = "Zanzibarkanarie"
STAFF = f"name,department,team,manager\n{CANARY} A,Sales,T,{CANARY} B\n{CANARY} B,Operations,,\n"
HELPERS = (
    "name;role;hours;relief;consent\n"
    f"{CANARY} A;champion;3;1;yes\n{CANARY} C;champion;2;0;no\n{CANARY} B;HR partner;1,5;;yes\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an open study, a staff list and a list of supporters."""
    live_study(tmp_path)
    (tmp_path / "staff.csv").write_text(STAFF)
    (tmp_path / "helpers.csv").write_text(HELPERS)
    return tmp_path


def call(folder: Path, kind: str, *arguments: str) -> tuple[int, str, str]:
    done = careload(kind, str(folder / "spring"), *arguments)
    return done.code, done.out, done.err


def test_check_looks_without_it_the_list_is_kept_and_remove_takes_it_out(folder: Path) -> None:
    study, file = Study.load(folder / "spring"), str(folder / "staff.csv")
    code, out, err = call(folder, "staff", file, "--check")
    assert (code, staff_in(study)) == (0, None)
    assert "Sales: 1 of 40" in out
    assert "this was a look" in err
    code, _, err = call(folder, "staff", file)
    assert (code, len(staff_in(study) or ())) == (0, 2)
    assert "--remove" in err
    code, out, _ = call(folder, "staff", "--json")
    report = json.loads(out)
    assert (code, report["rows"], report["kept"]) == (0, 2, True)
    assert CANARY not in out
    assert call(folder, "staff", "--remove")[0] == 0
    assert staff_in(study) is None
    assert call(folder, "staff")[0] == 2
    assert call(folder, "staff", "--remove", "--json")[1] == '{\n  "removed": null\n}\n'


def test_supporters_are_told_by_role_with_unfunded_hours_and_consent(folder: Path) -> None:
    code, out, _ = call(folder, "supporters", str(folder / "helpers.csv"))
    assert code == 0
    assert "champion: 1 person, 3 hours a week, 2 of them unfunded; 1 more did not agree" in out
    assert "hr-partner: 1 person, 1.5 hours a week, 1.5 of them unfunded" in out
    kept = supporters_in(Study.load(folder / "spring")) or ()
    assert [one.id for one in kept] == ["champion-1", "champion-2", "hr-partner-1"]


def test_one_bad_row_and_nothing_is_taken(folder: Path) -> None:
    """The list before stays; every wrong place is told, in JSON too."""
    assert call(folder, "staff", str(folder / "staff.csv"))[0] == 0
    (folder / "bad.csv").write_text("name,group\nEd,Sails\n=x,Sales\n")
    before = on_disk(folder)
    code, out, err = call(folder, "staff", str(folder / "bad.csv"))
    assert code == 3
    assert "line 2, column group: found 'Sails'; expected a group of the study; the nearest is “Sales”" in out
    assert "line 3, column name" in out
    assert "Nothing was taken" in err
    code, out, _ = call(folder, "staff", str(folder / "bad.csv"), "--json")
    assert (code, [fault["line"] for fault in json.loads(out)["faults"]]) == (3, [2, 3])
    assert on_disk(folder) == before


def test_links_folders_pipes_large_and_missing_files_are_refused(folder: Path) -> None:
    (folder / "link.csv").symlink_to(folder / "staff.csv")
    os.mkfifo(folder / "pipe.csv")
    with (folder / "large.csv").open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    for name, code in {"link.csv": 3, "pipe.csv": 3, "large.csv": 3, "spring": 3, "none.csv": 6}.items():
        for kind in ("staff", "supporters"):
            done = careload(kind, str(folder / "spring"), str(folder / name))
            done.refused(code)


def test_names_never_reach_the_public_folder_the_release_or_an_export(folder: Path) -> None:
    """Kept before closing and after it; the plan's tables come from numbers."""
    for kind, name in {"staff": "staff.csv", "supporters": "helpers.csv"}.items():
        assert call(folder, kind, str(folder / name))[0] == 0
        (folder / name).unlink()
    careload(*close_arguments(folder)).refused(0)
    careload("export", str(folder / "spring"), "--format", ALL, "--out", str(folder / "out")).refused(0)
    holding = [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes()
    ]
    assert (folder / "out").exists()
    assert holding == ["spring/private/study.json"]


def test_shred_removes_the_lists_unless_told_to_leave_them(folder: Path) -> None:
    assert call(folder, "staff", str(folder / "staff.csv"))[0] == 0
    careload(*close_arguments(folder)).refused(0)
    done = careload("shred", str(folder / "spring"), "--key-dir", str(folder / "keys"), given="spring\n")
    done.refused(0)
    assert "Removed from the study: the staff list." in done.out
    assert staff_in(Study.load(folder / "spring")) is None


def test_doctor_tells_of_a_list_that_names_what_is_no_group(folder: Path) -> None:
    from instruments.people import StaffMember
    from store.people import save_staff

    save_staff(Study.load(folder / "spring"), (StaffMember(name="Ada", group="Law"),))
    found = careload("doctor", str(folder / "spring"))
    assert "names what is no group or site of the study: Law" in found.out + found.err
