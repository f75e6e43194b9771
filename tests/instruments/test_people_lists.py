"""Lists of people are read as they are meant, or every wrong place is named and nobody is taken."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from instruments.errors import BadInput
from instruments.people import StaffMember, Supporter
from instruments.people_table import Known, PeopleReading
from instruments.staff_list import MAX_STAFF, read_staff
from instruments.supporter_list import MAX_SUPPORTERS, read_supporters, with_ids

KNOWN = Known(("Customer service", "Finance"), ("North", "South"), ("department", "Department"))
HEADER = "name,role,hours,relief,site,groups,weeks away,other hours,skill,consent\n"


def staff(text: str, known: Known = KNOWN) -> PeopleReading[StaffMember]:
    return read_staff(text.encode(), "staff.csv", known)


def supporters(*rows: str) -> PeopleReading[Supporter]:
    return read_supporters((HEADER + "\n".join(rows) + "\n").encode(), "helpers.csv", KNOWN)


@pytest.mark.parametrize(
    "data",
    [
        b"name,group,site,team,manager\nAda,Finance,North,Bills,Bo\nBo,Finance,North,Bills,\n",
        b"\xef\xbb\xbfName;Department;Site;Team;Line manager\nAda;finance;NORTH;Bills;bo\n"
        b"Bo;Finance;North;Bills;\n",
        b'"Team","SITE","manager","GROUP","name"\n"Bills","North","Bo","Finance","Ada"\nBills,North,,Finance,Bo\n',
    ],
)
def test_columns_are_found_by_title_whatever_order_case_and_separator(data: bytes) -> None:
    """With and without a mark of order, quoted or not; labels come back as the study spells them."""
    reading = read_staff(data, "staff.csv", KNOWN)
    assert reading.faults == ()
    assert reading.people == (
        StaffMember(name="Ada", group="Finance", site="North", team="Bills", manager="Bo"),
        StaffMember(name="Bo", group="Finance", site="North", team="Bills"),
    )


def test_every_fault_is_told_with_line_column_found_and_expected() -> None:
    reading = staff(
        "name,group,site,team,manager,pay\n"
        "Ada,Finanse,North,,,1\n"
        "Bo,Finance,Nord,,Adda,1\n"
        "ada ,Finance,,,Ada,1\n"
        "=1+1,Finance,,,,1\n"
        "Ed,Finance,,a\x1bb,Ed,1\n"
        ",,,,,1\n"
        "Fay,Finance\n"
    )
    told = [(fault.line, fault.key, fault.found) for fault in reading.faults]
    assert told == [
        (2, "group", "'Finanse'"),
        (3, "site", "'Nord'"),
        (3, "manager", "'Adda'"),
        (4, "name", "the name of line 2"),
        (4, "manager", "the person's own name"),
        (5, "name", "'=1+1', which a spreadsheet would run as a formula"),
        (6, "team", "the control character U+001B"),
        (6, "manager", "the person's own name"),
        (7, "name", "an empty cell"),
        (7, "group", "an empty cell"),
        (8, "", "2 cells"),
    ]
    assert "nearest is “Finance”" in reading.faults[0].expected
    assert "nearest is “North”" in reading.faults[1].expected
    assert "nearest is “Ada”" in reading.faults[2].expected
    assert reading.not_read == ("'pay'",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name\nAda\n", "no such column"),
        ("name,group,grups\nAda,Finance,x\n", ""),
        ("name,group,department\nAda,Finance,Finance\n", "two such columns"),
        ("name,group,manger\nAda,Finance,Bo\n", "a column 'manger'"),
        ("name,group\n" + "Ada,Finance\n" * (MAX_STAFF + 1), f"{MAX_STAFF + 1:,} rows"),
    ],
)
def test_a_first_row_that_may_mean_something_else_is_refused(text: str, found: str) -> None:
    """A misspelt column would otherwise be left out unseen; one that is like none is only not read."""
    if not found:
        assert staff(text).not_read == ("'grups'",)
        return
    with pytest.raises(BadInput) as error:
        staff(text)
    assert error.value.faults[0].found == found
    assert error.value.todo


def test_a_list_without_a_row_and_bytes_of_another_code_are_refused() -> None:
    assert staff("name,group\n").faults[0].found == "no row"
    with pytest.raises(BadInput) as error:
        read_staff("name,group\nJosé,Finance\n".encode("cp1252"), "staff.csv", KNOWN)
    assert (error.value.faults[0].line, "UTF-8" in error.value.todo) == (2, True)


def test_a_study_without_groups_takes_any_label() -> None:
    reading = staff("name,site\nAda,Anywhere\n", Known())
    assert reading.people == (StaffMember(name="Ada", group="", site="Anywhere"),)


def test_a_supporter_is_read_whole() -> None:
    reading = supporters('Ada,HR Partner,"2,5",1,south,finance|Customer service,3-5|9,1:4|12:0,has led,Yes')
    assert reading.faults == ()
    assert reading.people == (
        Supporter(
            id="",
            name="Ada",
            role="hr-partner",
            hours_per_week=2.5,
            relief_hours=1.0,
            site="South",
            groups=("Finance", "Customer service"),
            weeks_away=(3, 4, 5, 9),
            other_hours={1: 4.0, 12: 0.0},
            skill="has-led",
            consents=True,
        ),
    )
    assert [reading.people[0].hours_in(week) for week in (1, 2, 3, 12)] == [4.0, 2.5, 0.0, 0.0]


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("Ada,boss,2,,,,,,,yes", "role", "'boss'"),
        ("Ada,champion,-2,,,,,,,yes", "hours", "'-2'"),
        ("Ada,champion,nan,,,,,,,yes", "hours", "'nan'"),
        ("Ada,champion,1e9,,,,,,,yes", "hours", "'1e9'"),
        ("Ada,champion,61,,,,,,,yes", "hours", "'61'"),
        ("Ada,champion,,,,,,,,yes", "hours", "an empty cell"),
        ("Ada,champion,2,-1,,,,,,yes", "relief", "'-1'"),
        ("Ada,champion,2,,West,,,,,yes", "site", "'West'"),
        ("Ada,champion,2,,,Finance|Law,,,,yes", "groups", "'Law'"),
        ("Ada,champion,2,,,,5-3,,,yes", "weeks away", "'5-3'"),
        ("Ada,champion,2,,,,03.May,,,yes", "weeks away", "'03.May'"),
        ("Ada,champion,2,,,,0,,,yes", "weeks away", "'0'"),
        ("Ada,champion,2,,,,,4:1|4:2,,yes", "other hours", "'4:2'"),
        ("Ada,champion,2,,,,,99:1,,yes", "other hours", "'99:1'"),
        ("Ada,champion,2,,,,4,4:1,,yes", "other hours", "week 4, which is a week away"),
        ("Ada,champion,2,,,,,,guru,yes", "skill", "'guru'"),
        ("Ada,champion,2,,,,,,,", "consent", "an empty cell"),
        ("Ada,champion,2,,,,,,,maybe", "consent", "'maybe'"),
        ("<b>Ada</b>,champion,2,,,,,,,yes", "name", "markup such as <b> or [b]"),
        ("@Ada,champion,2,,,,,,,yes", "name", "'@Ada', which a spreadsheet would run as a formula"),
    ],
)
def test_a_wrong_cell_of_a_supporter_is_named(row: str, column: str, found: str) -> None:
    (fault,) = supporters(row).faults
    assert (fault.line, fault.key, fault.found) == (2, column, found)
    assert fault.expected


def test_too_many_supporters_and_doubles_are_told_with_their_line() -> None:
    with pytest.raises(BadInput) as error:
        supporters(*(f"P{number},champion,2,,,,,,,yes" for number in range(10_000)))
    assert error.value.faults[0].line == MAX_SUPPORTERS + 2
    double = supporters(*["Ada,champion,2,,,,,,,yes"] * 2).faults
    assert [(fault.line, fault.found) for fault in double] == [(3, "the name of line 2")]


def test_supporters_keep_their_ids_when_the_list_is_read_again_in_another_order() -> None:
    """Calendars are named after them; a number that somebody had is not given to another person."""
    first = with_ids(supporters(*(f"{name},champion,2,,,,,,,yes" for name in "ABC")).people)
    assert [one.id for one in first] == ["champion-1", "champion-2", "champion-3"]
    rows = [f"{name},champion,3,,,,,,,yes" for name in ("D", "C", "A")] + ["B,manager,1,,,,,,,yes"]
    again = with_ids(supporters(*rows).people, first)
    assert {one.name: one.id for one in again} == {
        "D": "champion-4",
        "C": "champion-3",
        "A": "champion-1",
        "B": "manager-1",
    }


def test_damaged_files_end_in_a_reading_or_in_bad_input() -> None:
    """A damaged byte may still make sense; whatever is taken then could be written as it stands."""
    whole = (HEADER + "Ada,champion,2,1,North,Finance,3-5,4:1,none,yes\n" * 3).encode()
    ended = {"read": 0, "refused": 0}
    for seed in range(300):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(BadInput):
            ended["refused"] += 1
            reading = read_supporters(bytes(data), "x.csv", KNOWN)
            ended["refused"] -= 1
            ended["read"] += 1
            assert reading.faults  # the name stands three times
    assert min(ended.values()) > 5
