"""Staff list, supporters, and who sits in which cohort: in the private study file, apart from answers.

Nothing here can be joined with answers: those carry no name and are sealed under names drawn from a code.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from instruments.errors import BadInput
from instruments.model import Record
from instruments.people import CohortSeats, StaffMember, Supporter
from store.study import STUDY_FILE, Study

SCHEMA = 1
STAFF, SUPPORTERS, SEATS = "staff-list", "supporter-list", "cohort-seats"
"""Tables of the private study file, each with one row that holds a whole list."""
T = TypeVar("T", bound=Record)


def staff_in(study: Study) -> tuple[StaffMember, ...] | None:
    """Return the staff list, None where there is none; BadInput when it is not as careload wrote it."""
    return _kept(study, STAFF, StaffMember)


def supporters_in(study: Study) -> tuple[Supporter, ...] | None:
    """Return the supporters by name, None where the study knows their numbers only; BadInput as above."""
    return _kept(study, SUPPORTERS, Supporter)


def seats_in(study: Study) -> tuple[CohortSeats, ...]:
    """Return who sat in which cohort by the plan before, nobody where there is none; BadInput as above."""
    return _kept(study, SEATS, CohortSeats) or ()


def save_staff(study: Study, people: tuple[StaffMember, ...]) -> None:
    """Replace the staff list, also in a study that is open or closed."""
    _keep(study, STAFF, people)


def save_supporters(study: Study, people: tuple[Supporter, ...]) -> None:
    """Replace the supporters by name, also in a study that is open or closed."""
    _keep(study, SUPPORTERS, people)


def save_seats(study: Study, seats: tuple[CohortSeats, ...]) -> None:
    """Remember who sits in which cohort, so that a later plan moves few people."""
    _keep(study, SEATS, seats)


def remove_staff(study: Study) -> int | None:
    """Remove the staff list, and the seats made from it; returns how many people, None without a list."""
    return _remove(study, STAFF, SEATS)


def remove_supporters(study: Study) -> int | None:
    """Remove the supporters by name; returns how many people, None without a list."""
    return _remove(study, SUPPORTERS)


def remove_lists(study: Study) -> tuple[str, ...]:
    """Remove every list of people and say in words which there were."""
    words = {"the staff list": remove_staff(study), "the supporters by name": remove_supporters(study)}
    return tuple(what for what, people in words.items() if people is not None)


def _keep(study: Study, table: str, people: tuple[Record, ...]) -> None:
    study.about()
    with study.private.transaction() as db:
        db.table(table).truncate()
        db.table(table).insert({"schema": SCHEMA, "people": msgspec.to_builtins(people, str_keys=True)})


def _kept(study: Study, table: str, kind: type[T]) -> tuple[T, ...] | None:
    rows = study.private.snapshot().table(table).all()
    if not rows:
        return None
    if rows[0].get("schema") != SCHEMA:
        raise BadInput(
            f"{STUDY_FILE}: the {table} is of a later careload (schema {rows[0].get('schema')}).",
            "Use the newer careload.",
        )
    try:
        return msgspec.convert(rows[0].get("people"), tuple[kind, ...], strict=True, str_keys=True)  # type: ignore[valid-type]
    except msgspec.ValidationError:
        raise BadInput(
            f"{STUDY_FILE}: the {table} is not as careload wrote it.",
            "`careload staff STUDY --remove` takes it out; then read the staff list again."
            if table == SEATS
            else "Read its csv file again.",
        ) from None


def _remove(study: Study, table: str, *more: str) -> int | None:
    study.about()
    with study.private.transaction() as db:
        rows = db.table(table).all()
        people = rows[0].get("people") if rows else None
        for name in (table, *more):
            db.drop_table(name)
    return len(people) if isinstance(people, list) else (0 if rows else None)
