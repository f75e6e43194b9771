"""The plan of a closed wave: from its release, the frozen study, the staff list and the supporters alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from instruments.errors import WrongUsage
from instruments.model import RowsFormat, text_in
from instruments.people import CohortSeats, Supporter, supporters_of
from instruments.questions import Battery
from instruments.reading import read_record
from instruments.tasks.lots import mean_task_minutes
from scoring.plan.options import PlanOptions
from scoring.plan.records import Plan
from scoring.records import Release
from store.calendars import start_in
from store.ledger import entries_in
from store.people import save_seats, seats_in, staff_in, supporters_in
from store.study import Study
from tui.flows.pace import AROUND_MINUTES, usual_minutes
from tui.flows.rater_doubt import rater_doubt

if TYPE_CHECKING:
    from scoring.plan.inputs import Helper, PlanInputs

GIVEN, RECEIVED = "help/given", "help/received"
GIVERS: dict[str, dict[int, Helper]] = {
    GIVEN: {1: "colleague", 2: "colleague", 3: "manager", 4: "other", 5: "hr"},
    RECEIVED: {1: "colleague", 2: "manager", 3: "other", 4: "hr", 5: "other"},
}
"""Who gives help, by question and code of help.toml."""


def release_in(study: Study) -> Release:
    """Return the frozen release of `study`; BadInput when the wave has not been closed."""
    return read_record(study.read_release(), Release, "release.json")


def plan_for(
    study: Study,
    release: Release,
    options: PlanOptions | None = None,
    *,
    is_quick: bool = False,
    with_ways: bool = True,
    best_seats: bool = False,
) -> Plan:
    """Return the care-load plan of one scenario, by the first attribute of the study.

    Help that was logged draws its hours, once a calendar has said when week 1 is. With `best_seats` everybody
    on the staff list is seated anew.
    """
    from scoring.plan.careload import build_plan

    inputs = inputs_of(study)
    drawn = _drawn(study, release, inputs)
    inputs = replace(inputs, best_seats=best_seats)
    plan = build_plan(drawn, inputs, options or PlanOptions(), is_quick=is_quick, with_ways=with_ways)
    if drawn is release or drawn.basis is None:
        return plan
    return msgspec.structs.replace(plan, statements=(*plan.statements, drawn.basis.sentences[-1]))


def check_staff(study: Study) -> None:
    """Raise WrongUsage where nobody can be seated anew: no staff list was read in."""
    if not staff_in(study):
        raise WrongUsage(
            "Seats are for the people of a staff list, and this study has none.",
            "Read one in first: careload staff STUDY staff.csv",
        )


def plan_before(study: Study, release: Release) -> Plan:
    """Return the plan as it stands without the care ledger: what logged help is held against."""
    from scoring.plan.careload import build_plan

    return build_plan(release, inputs_of(study), PlanOptions(), with_ways=False)


def _drawn(study: Study, release: Release, inputs: PlanInputs) -> Release:
    """Return `release` with its hours drawn towards the care ledger."""
    start = start_in(study)
    entries = entries_in(study.public())[0] if start else ()
    if not entries:
        return release
    from scoring.plan.careload import build_plan
    from scoring.plan.ledger_level import level_seen, needed_per_received, with_level

    before = build_plan(release, inputs, PlanOptions(), is_quick=True, with_ways=False)
    return with_level(release, level_seen(entries, before, start, needed_per_received(release)))


def inputs_of(study: Study) -> PlanInputs:
    """Return all that a plan of `study` is made from beside its release."""
    from scoring.hours import DEFAULT_HOURS
    from scoring.pinned import decode
    from scoring.plan.inputs import SAFETY_WITH_HEADROOM, PlanInputs
    from scoring.reference import decode as decode_reference

    public = study.public()
    attributes = public.policy.attributes
    correlations = decode_reference(public.reference).correlations if public.reference else ()
    return PlanInputs(
        supporters=_supporters(study),
        attribute=attributes[0].id if attributes else "",
        assessment_minutes=_minutes(public.battery),
        hours=decode(public.scoring).hours if public.scoring else DEFAULT_HOURS,
        correlation=correlations[0][2] if correlations else SAFETY_WITH_HEADROOM,
        helpers=helpers_in(public.battery),
        attributes=attributes,
        staff=staff_in(study),
        seats=seats_in(study),
        rater_log_sd=rater_doubt(study),
    )


def keep_seats(study: Study, plan: Plan) -> None:
    """Remember who sits in which cohort, so that the next plan moves few people; ids are never used again.

    A plan of some groups only says nothing of the others, so it changes nothing.
    """
    now = {one.id: one.members for one in plan.cohorts if one.members}
    if now and not plan.options.groups:
        gone = {seats.id: () for seats in seats_in(study) if seats.id not in now}
        save_seats(study, tuple(CohortSeats(id=name, members=who) for name, who in {**now, **gone}.items()))


def _supporters(study: Study) -> tuple[Supporter, ...]:
    """Return the supporters by name where a list was read in, else as many as the study counts."""
    named = supporters_in(study)
    return supporters_of(study.setup().supporters) if named is None else named


def _minutes(battery: Battery) -> float:
    """Return the minutes that one sitting usually takes, as the consent page tells them."""
    return float(usual_minutes(battery.questions(), mean_task_minutes(battery) + AROUND_MINUTES))


def helpers_in(battery: Battery) -> dict[str, Helper]:
    """Return who gives help by the label that the released table of help has for them."""
    found: dict[str, Helper] = {}
    for question in battery.questions():
        if question.id in GIVERS and isinstance(question.format, RowsFormat):
            for option in question.format.columns[0].options:
                label = text_in(option.label, battery.language) or str(option.code)
                found[label] = GIVERS[question.id].get(option.code, "other")
    return found
