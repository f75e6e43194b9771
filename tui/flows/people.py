"""Lists of people: one look at a csv file that changes nothing, then keeping it whole, or taking it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from instruments.people import StaffMember, Supporter
from instruments.people_table import MAX_LIST_BYTES, Known, PeopleReading
from instruments.setup import Attribute, Setup
from instruments.staff_list import read_staff
from instruments.supporter_list import read_supporters, with_ids
from store.names import shown
from store.people import (
    remove_staff,
    remove_supporters,
    save_staff,
    save_supporters,
    staff_in,
    supporters_in,
)
from store.study import Study
from tui.flows.csv_files import csv_bytes
from tui.flows.people_report import (
    ListKind,
    PeopleReport,
    fault_lines,
    role_sums,
    staff_counts,
    staff_notes,
    supporter_notes,
)

SITE = "site"
"""The attribute of a study whose labels are its sites, unless people are planned for by it."""
KEPT = "the list that is kept"


def known_to(setup: Setup) -> Known:
    """Return the labels that a list for this study may name: groups are its first attribute."""
    groups = groups_of(setup)
    titles = (groups.id, *groups.title.values()) if groups and groups.id != SITE else ()
    return Known(groups=_labels(groups), sites=_labels(sites_of(setup)), group_titles=titles)


def groups_of(setup: Setup) -> Attribute | None:
    """Return the attribute by which people are planned for, None in a study without groups."""
    return next(iter(setup.attributes), None)


def sites_of(setup: Setup) -> Attribute | None:
    """Return the attribute that tells sites apart, None in a study without one."""
    return next((one for one in setup.attributes[1:] if one.id == SITE), None)


def read_list(study: Study, kind: ListKind, path: Path, *, keep: bool) -> PeopleReport:
    """Read the csv file `path`, keep it with `study` where nothing is wrong and `keep` says so, and report.

    Raises BadInput when the file as a whole cannot be used.
    """
    setup, name = study.setup(), shown(path.name)
    data = csv_bytes(path, MAX_LIST_BYTES)
    if kind == "staff":
        staff = read_staff(data, name, known_to(setup))
        report = _of_staff(name, setup, staff.people)
        return _done(report, staff, lambda: save_staff(study, staff.people), keep=keep)
    supporters = read_supporters(data, name, known_to(setup))
    report = _of_supporters(name, supporters.people)
    return _done(report, supporters, lambda: _replace_supporters(study, supporters.people), keep=keep)


def kept_list(study: Study, kind: ListKind) -> PeopleReport | None:
    """Return what the kept list of `kind` holds, None where there is none."""
    if kind == "staff":
        staff = staff_in(study)
        report = _of_staff(KEPT, study.setup(), staff) if staff is not None else None
    else:
        supporters = supporters_in(study)
        report = _of_supporters(KEPT, supporters) if supporters is not None else None
    return msgspec.structs.replace(report, kept=True) if report else None


def remove_list(study: Study, kind: ListKind) -> int | None:
    """Remove the list of `kind` and return how many people it had, None where there was none."""
    return remove_staff(study) if kind == "staff" else remove_supporters(study)


def _done(
    report: PeopleReport,
    reading: PeopleReading[StaffMember] | PeopleReading[Supporter],
    save: Callable[[], None],
    *,
    keep: bool,
) -> PeopleReport:
    if reading.faults:
        return msgspec.structs.replace(
            report,
            faults=fault_lines(reading.faults),
            not_read=reading.not_read,
            counts=(),
            roles=(),
            notes=(),
        )
    if keep:
        save()
    return msgspec.structs.replace(report, not_read=reading.not_read, kept=keep)


def _replace_supporters(study: Study, people: tuple[Supporter, ...]) -> None:
    save_supporters(study, with_ids(people, supporters_in(study) or ()))


def _of_staff(name: str, setup: Setup, people: Sequence[StaffMember]) -> PeopleReport:
    counts = staff_counts(people, groups_of(setup), sites_of(setup))
    notes = tuple(staff_notes(people, counts, setup.headcount))
    return PeopleReport(kind="staff", file=name, rows=len(people), kept=False, counts=counts, notes=notes)


def _of_supporters(name: str, people: Sequence[Supporter]) -> PeopleReport:
    return PeopleReport(
        kind="supporters",
        file=name,
        rows=len(people),
        kept=False,
        roles=role_sums(people),
        notes=tuple(supporter_notes(people)),
    )


def _labels(attribute: Attribute | None) -> tuple[str, ...]:
    return tuple(one.label for one in attribute.categories) if attribute else ()
