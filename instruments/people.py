"""Who helps and who works where, as the plan knows the staff; never joined to answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from instruments.model import Record
from instruments.setup import SupporterHours, SupporterRole

SupporterSkill = Literal["none", "has-coached", "has-led"]
"""What a supporter has done before: nothing yet, coached single people, led a group."""


class Supporter(Record, frozen=True):
    """One person who gives support, with the hours a week that can go to it."""

    id: str
    """Unique in the study; a name of careload's own, such as ``champion-3``, or one from a list."""
    role: SupporterRole
    hours_per_week: float
    relief_hours: float = 0.0
    """Hours a week taken off other work for it."""
    name: str = ""
    """As listed; for calendars and the facilitator."""
    site: str = ""
    """Label of the one site where this person can help; anywhere where empty."""
    groups: tuple[str, ...] = ()
    """Labels of the groups that this person can help; all where empty."""
    weeks_away: tuple[int, ...] = ()
    """Weeks of the rollout without any hours, 1 the first."""
    other_hours: dict[int, float] = {}
    """Hours in weeks of the rollout that differ from `hours_per_week`."""
    skill: SupporterSkill = "none"
    consents: bool = True
    """Whether this person agreed to help; who did not is not planned with."""

    def hours_in(self, week: int) -> float:
        """Return the hours that this person can give in `week` of the rollout."""
        if not self.consents or week in self.weeks_away:
            return 0.0
        return self.other_hours.get(week, self.hours_per_week)

    def can_help(self, group: str, site: str = "") -> bool:
        """Whether this person can help people of `group` at `site` (empty: wherever they are)."""
        is_near = not self.site or not site or self.site == site
        return self.consents and is_near and (not self.groups or group in self.groups)


class StaffMember(Record, frozen=True):
    """One line of the staff list, from which cohorts are formed."""

    name: str
    group: str
    """Label of a group of the study's first attribute."""
    site: str = ""
    team: str = ""
    manager: str = ""
    """Name of the person's manager, as it stands in the list."""
    workflow: str = ""
    """Main recurring work, where the list tells it, so that people with the same work can learn together."""


def supporters_of(counts: Iterable[SupporterHours]) -> tuple[Supporter, ...]:
    """Return one supporter for each that `counts` names by number, with made names."""
    made: list[Supporter] = []
    for some in counts:
        before = sum(one.role == some.role for one in made)
        made += [
            Supporter(
                id=f"{some.role}-{before + number}",
                role=some.role,
                hours_per_week=some.hours_per_week,
                relief_hours=some.relief_hours,
            )
            for number in range(1, some.people + 1)
        ]
    return tuple(made)


class CohortSeats(Record, frozen=True):
    """Who sits in one cohort, kept from plan to plan."""

    id: str
    members: tuple[str, ...]
    """Names as in the staff list."""
