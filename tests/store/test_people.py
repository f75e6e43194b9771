"""Lists of people are kept whole in the private study file, before and after opening, and go on demand."""

from __future__ import annotations

import json

import pytest

from instruments.errors import BadInput
from instruments.people import CohortSeats, StaffMember, Supporter
from store.checkup import check_study
from store.people import (
    remove_lists,
    remove_staff,
    save_seats,
    save_staff,
    save_supporters,
    seats_in,
    staff_in,
    supporters_in,
)
from tests.store.examples import Opened

STAFF = (StaffMember(name="Ada", group="Finance", manager="Bo"), StaffMember(name="Bo", group="Finance"))
HELPERS = (Supporter(id="champion-1", role="champion", hours_per_week=2, other_hours={4: 1.0}, name="Ada"),)


def test_what_was_kept_comes_back_also_in_an_open_study(opened: Opened) -> None:
    assert (staff_in(opened.study), supporters_in(opened.study)) == (None, None)
    for staff in (STAFF, STAFF[:1]):
        save_staff(opened.study, staff)
        save_supporters(opened.study, HELPERS)
        assert staff_in(opened.study) == staff
        assert supporters_in(opened.study) == HELPERS


def test_the_seats_go_with_the_staff_list(opened: Opened) -> None:
    save_staff(opened.study, STAFF)
    save_seats(opened.study, (CohortSeats(id="cohort-1", members=("Ada", "Bo")),))
    assert remove_staff(opened.study) == 2
    assert (staff_in(opened.study), seats_in(opened.study)) == (None, ())
    assert remove_staff(opened.study) is None


def test_names_stand_in_the_private_file_alone_and_are_gone_when_removed(opened: Opened) -> None:
    save_staff(opened.study, (StaffMember(name="Zanzibarkanarie", group="Finance"),))
    save_supporters(
        opened.study, (Supporter(id="c", role="champion", hours_per_week=1, name="Zanzibarkanarie"),)
    )
    assert holders(opened) == ["private/study.json"]
    assert remove_lists(opened.study) == ("the staff list", "the supporters by name")
    assert holders(opened) == []
    assert remove_lists(opened.study) == ()


def holders(opened: Opened) -> list[str]:
    """Return the files of the study that hold the name."""
    found = [path for path in opened.root.rglob("*") if path.is_file() and b"Zanzibar" in path.read_bytes()]
    return [str(path.relative_to(opened.root)) for path in found]


@pytest.mark.parametrize("damage", [{"people": 7}, {"people": [{"name": 1}]}, {"schema": 2}, {}])
def test_a_damaged_list_is_bad_input_and_doctor_tells_its_place(
    opened: Opened, damage: dict[str, object]
) -> None:
    save_staff(opened.study, STAFF)
    path = opened.root / "private" / "study.json"
    tables = json.loads(path.read_bytes())
    row = next(iter(tables["staff-list"].values()))
    row |= damage or {"people": None}
    path.write_text(json.dumps(tables))
    with pytest.raises(BadInput):
        staff_in(opened.study)
    assert any("staff-list" in finding.found for finding in check_study(opened.root))
