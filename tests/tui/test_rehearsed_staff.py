"""Made-up lists of people fit the study they are made for, and repeat."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from instruments.setup import Setup
from instruments.staff_list import read_staff
from store.people import staff_in, supporters_in
from store.study import Study
from tests.store.examples import open_study, setup_for
from tui.flows.people import known_to
from tui.flows.rehearsed_staff import staff_for, supporters_for
from tui.flows.rehearsing import name_people, wishes_for


def setup(people: int) -> Setup:
    """Return the setup of a rehearsal, but for its keys."""
    wishes = wishes_for(people)
    return Setup(
        study="rehearsal",
        organisation="Made up",
        language="en",
        attributes=wishes.attributes,
        headcount=wishes.headcount,
        battery="standard",
        parts=(),
        key_holders=(),
        supporters=wishes.supporters,
    )


def test_the_list_has_as_many_people_as_the_study_in_every_group_and_site() -> None:
    made = setup(240)
    staff = staff_for(made, 7)
    for attribute, found in zip(
        made.attributes,
        (Counter(one.group for one in staff), Counter(one.site for one in staff)),
        strict=True,
    ):
        assert found == {one.label: one.headcount for one in attribute.categories}
    assert len({one.name for one in staff}) == len(staff) == made.headcount
    names = {one.name: one for one in staff}
    assert all(names[one.manager].team == one.team for one in staff if one.manager)


def test_supporters_are_people_of_the_list_each_once_with_the_hours_that_were_set_up() -> None:
    made = setup(240)
    staff = staff_for(made, 7)
    helpers = supporters_for(made, staff, 7)
    assert Counter(one.role for one in helpers) == {some.role: some.people for some in made.supporters}
    assert len({one.name for one in helpers}) == len(helpers)
    leading = {one.manager for one in staff} - {""}
    by_name = {one.name: one for one in staff}
    for one in helpers:
        assert by_name[one.name]
        assert (one.name in leading) == (one.role == "manager")
    assert any(one.weeks_away for one in helpers)


def test_the_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    made = setup(60)
    assert staff_for(made, 1) == staff_for(made, 1) != staff_for(made, 2)
    staff = staff_for(made, 1)
    assert supporters_for(made, staff, 1) == supporters_for(made, staff, 1) != supporters_for(made, staff, 2)


def test_the_list_could_be_read_from_a_file_of_the_study() -> None:
    made = setup(30)
    staff = staff_for(made, 1)
    rows = [f"{one.name},{one.group},{one.site},{one.team},{one.manager},{one.workflow}" for one in staff]
    text = "\n".join(["name,department,site,team,manager,workflow", *rows])
    reading = read_staff(text.encode(), "staff.csv", known_to(made))
    assert (reading.faults, reading.people) == ((), staff)


def test_a_study_without_groups_gets_a_list_too(tmp_path: Path) -> None:
    assert len(staff_for(setup_for(()), 1)) == 40
    study = Study.load(open_study(tmp_path / "study").root)
    name_people(study, 1)
    assert len(staff_in(study) or ()) == 40
    assert supporters_in(study) == ()
