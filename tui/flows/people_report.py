"""What a list of people has for a study, as a record and as lines: numbers, and what has to be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from instruments.errors import Fault
from instruments.model import Record
from instruments.people import StaffMember, Supporter
from instruments.setup import Attribute, SupporterRole
from tui.flows.import_report import listed
from tui.text.words import number, plural

ListKind = Literal["staff", "supporters"]


class FaultLine(Record, frozen=True):
    """One place of the file that has to be mended."""

    line: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"line {self.line}{column}: found {self.found}; expected {self.expected}"


class ListedCount(Record, frozen=True):
    """People on the list with one label of one column, against the headcount where the study knows one."""

    column: str
    label: str
    people: int
    headcount: int | None = None

    def __str__(self) -> str:
        of = "" if self.headcount is None else f" of {self.headcount}"
        return f"{self.label or '(none named)'}: {self.people}{of}"


class RoleSum(Record, frozen=True):
    """Supporters of one role who agreed to help, their hours a week, and those without relief."""

    role: SupporterRole
    people: int
    hours: float
    unfunded: float
    without_consent: int

    def __str__(self) -> str:
        refused = f"; {self.without_consent} more did not agree and are not planned with"
        return (
            f"{self.role}: {plural(self.people, 'person') if self.people == 1 else f'{self.people} people'}, "
            f"{number(self.hours)} hours a week, {number(self.unfunded)} of them unfunded"
            f"{refused if self.without_consent else ''}"
        )


class PeopleReport(Record, frozen=True):
    """What a list holds; `kept` tells whether the study has it now."""

    kind: ListKind
    file: str
    rows: int
    kept: bool
    faults: tuple[FaultLine, ...] = ()
    not_read: tuple[str, ...] = ()
    counts: tuple[ListedCount, ...] = ()
    roles: tuple[RoleSum, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return the report as lines for a person."""
        columns = dict.fromkeys(one.column for one in self.counts)
        return (
            f"{self.file}: {plural(self.rows, 'row')}.",
            *listed("To be mended", self.faults),
            *listed("Columns that are not read", self.not_read),
            *(
                line
                for column in columns
                for line in listed(f"By {column}", [one for one in self.counts if one.column == column])
            ),
            *listed("By role", self.roles),
            *self.notes,
        )


def fault_lines(faults: Iterable[Fault]) -> tuple[FaultLine, ...]:
    """Return `faults` of a file as the report tells them."""
    return tuple(FaultLine(line=f.line, column=f.key, found=f.found, expected=f.expected) for f in faults)


def staff_counts(
    people: Sequence[StaffMember], groups: Attribute | None, sites: Attribute | None
) -> tuple[ListedCount, ...]:
    """Return the people by group and by site, against headcounts where the study has them."""
    by_group = _counts("group", Counter(one.group for one in people), groups)
    by_site = _counts("site", Counter(one.site for one in people), sites)
    return (*by_group, *(by_site if any(one.site for one in people) else ()))


def _counts(column: str, found: Counter[str], attribute: Attribute | None) -> tuple[ListedCount, ...]:
    heads = {one.label: one.headcount for one in attribute.categories} if attribute else {}
    labels = [*heads, *sorted(label for label in found if label not in heads)]
    return tuple(
        ListedCount(column=column, label=label, people=found[label], headcount=heads.get(label))
        for label in labels
    )


def role_sums(people: Sequence[Supporter]) -> tuple[RoleSum, ...]:
    """Return supporters, hours and unfunded hours a week by role, of those who agreed."""
    roles: tuple[SupporterRole, ...] = get_args(SupporterRole)
    return tuple(_role_sum(role, [one for one in people if one.role == role]) for role in roles)


def _role_sum(role: SupporterRole, people: Sequence[Supporter]) -> RoleSum:
    agreed = [one for one in people if one.consents]
    return RoleSum(
        role=role,
        people=len(agreed),
        hours=round(sum(one.hours_per_week for one in agreed), 2),
        unfunded=round(sum(max(0.0, one.hours_per_week - one.relief_hours) for one in agreed), 2),
        without_consent=len(people) - len(agreed),
    )


def staff_notes(people: Sequence[StaffMember], counts: Iterable[ListedCount], headcount: int) -> list[str]:
    """Return what is worth knowing about a staff list that is to be kept."""
    notes = []
    off = [one for one in counts if one.headcount is not None and one.headcount != one.people]
    if off or len(people) != headcount:
        notes.append(
            f"The list has {len(people)} people, the study was set up for {headcount}: cohorts follow the "
            "list, hours follow the headcounts."
        )
    missing = [name for name in ("site", "team", "manager") if not any(getattr(one, name) for one in people)]
    notes += [f"Nobody has a {column} in this list: cohorts are formed without." for column in missing]
    return [*notes, "Cohorts are formed from this list alone. It is never joined with answers."]


def supporter_notes(people: Sequence[Supporter]) -> list[str]:
    """Return what is worth knowing about a list of supporters that is to be kept."""
    notes = ["These people replace the numbers of supporters that `careload init` was told."]
    if not any(one.consents for one in people):
        notes.append("Nobody agreed to help: the plan has no supporters.")
    idle = sum(one.consents and one.hours_per_week <= 0 for one in people)
    return [*notes, f"With no hours a week: {idle}."] if idle else notes
