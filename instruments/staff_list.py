"""Reading the staff list: who works in which group, site and team, with which manager."""

from __future__ import annotations

from instruments.importing_values import folded
from instruments.people import StaffMember
from instruments.people_table import (
    Cells,
    Known,
    Labels,
    PeopleReading,
    PeopleTable,
    faults_of_doubles,
    people_table,
    reading_of,
)

MAX_STAFF = 20_000
"""Longest staff list (assumed; plans are tried with 4,200)."""
_TITLES = {
    "name": ("person", "employee"),
    "group": (),
    "site": ("location",),
    "team": (),
    "manager": ("line manager", "reports to"),
    "workflow": ("main work", "work"),
}


def read_staff(data: bytes, source: str, known: Known) -> PeopleReading[StaffMember]:
    """Return the staff list in the csv file `data`; `source` names it in messages.

    Raises BadInput when the file as a whole cannot be read (see `people_table`).
    """
    titles = {**_TITLES, "group": ("groups", *known.group_titles)}
    needed = ("name", "group") if known.groups else ("name",)
    table = people_table(data, source, titles, needed, MAX_STAFF)
    groups = Labels(known.groups, "a group of the study") if known.groups else None
    sites = Labels(known.sites, "a site of the study") if known.sites else None
    people, faults = [], faults_of_doubles(table, "name")
    managers = Labels(_names(table), "the name of a person in this list")
    for line in table.lines:
        cells = Cells(table, line)
        one = StaffMember(
            name=cells.text("name", needed=True),
            group=cells.label("group", groups, needed=bool(known.groups)),
            site=cells.label("site", sites),
            team=cells.text("team"),
            manager=_manager(cells, managers),
            workflow=cells.text("workflow"),
        )
        people.append(one)
        faults += cells.faults
    return reading_of(table, people, faults)


def _manager(cells: Cells, managers: Labels) -> str:
    found = cells.label("manager", managers)
    if found and folded(found) == folded(cells.raw("name")):
        cells.refuse("manager", "the person's own name", "somebody else, or an empty cell")
    return found


def _names(table: PeopleTable) -> list[str]:
    place = table.places["name"]
    return [" ".join(line.cells[place].split()) for line in table.lines if place < len(line.cells)]
