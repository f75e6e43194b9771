"""How far a wave is: one number below the seal, numbers by group once it is released."""

from __future__ import annotations

from typing import Literal

from instruments.model import Record
from store.imports import imported_names
from store.inbox import count
from store.study import Study


class GroupCount(Record, frozen=True):
    """Respondents of one released group."""

    attribute: str
    group: str
    respondents: int
    headcount: int | None


class Status(Record, frozen=True):
    """What may be said about a study now; `answered` is None below the threshold."""

    study: str
    state: Literal["being set up", "open", "closed"]
    headcount: int
    answered: int | None = None
    fewer_than: int = 0
    groups: tuple[GroupCount, ...] = ()
    imported: int = 0
    """Answers collected elsewhere and imported into the open wave; not among `answered`."""
    pledges: tuple[str, ...] = ()
    """What became of each pledge, in sentences, once the wave is closed."""

    def lines(self) -> tuple[str, ...]:
        """Return the status as sentences."""
        start = f"{self.study}: {self.state}."
        if self.state == "being set up":
            return (start, "Nobody can answer before `careload open`.")
        answered = f"fewer than {self.fewer_than}" if self.answered is None else str(self.answered)
        rows = tuple(
            f"  {row.group}: {row.respondents}" + (f" of {row.headcount}" if row.headcount else "")
            for row in self.groups
        )
        imported = (f"Imported: {self.imported} people's answers.",) if self.imported else ()
        seal = "Groups are inside the seal until the wave is closed. Requests for help look just alike."
        last = (seal,) if self.state == "open" else (*rows, *self.pledges)
        return (start, f"Answered: {answered} of {self.headcount}.", *imported, *last)


def status_of(study: Study) -> Status:
    """Return the counts of `study` that are safe to tell at its present stage."""
    setup = study.setup()
    if not study.is_open():
        return Status(study=setup.study, state="being set up", headcount=setup.headcount)
    if study.is_closed("baseline"):
        return _closed(study, setup.study, setup.headcount)
    imported, least = len(imported_names(study.root)), study.public().policy.thresholds.minimum_people
    answered = max(0, count(study) - imported)
    return Status(
        study=setup.study,
        state="open",
        headcount=setup.headcount,
        answered=answered if answered >= least else None,
        fewer_than=least,
        imported=imported,
    )


def _closed(study: Study, name: str, headcount: int) -> Status:
    from tui.flows.planning import release_in
    from tui.flows.pledges import pledge_lines, sayings_of

    release, public = release_in(study), study.public()
    least = release.header.thresholds.minimum_people
    groups = tuple(
        GroupCount(
            attribute=table.attribute, group=row.group, respondents=row.respondents, headcount=row.headcount
        )
        for table in release.hours
        for row in table.rows
    )
    return Status(
        study=name,
        state="closed",
        headcount=headcount,
        answered=release.header.counted,
        fewer_than=least,
        groups=groups,
        pledges=pledge_lines(public, sayings_of(public, release)),
    )
