"""Freezing a study: definitions, wording, reference, scoring and policy become one public folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from instruments.battery import build_battery, choose_tasks
from instruments.catalogue import shipped
from instruments.errors import BadInput
from instruments.model import Instrument
from instruments.questions import Battery
from instruments.records import Policy, sha256_of
from instruments.setup import PartChoice, Setup
from instruments.tasks.asking import Task
from instruments.tasks.catalogue import shipped_tasks
from scoring.items import scale_specs
from scoring.pinned import pin
from scoring.reference import Reference, decode, encode, reference_for
from scoring.release import default_release_plan
from scoring.work import work_kinds
from store.local_reference import saved_reference
from store.own import own_instruments, own_tasks
from store.study import Study
from store.vault import canary, unlock_sheet


def definition_in(study: Study, instrument_id: str) -> Instrument:
    """Return the study's own definition of `instrument_id`, or the shipped one."""
    return study.definition(instrument_id) or shipped(instrument_id)


def own_parts(study: Study, setup: Setup) -> tuple[PartChoice, ...]:
    """Return the definitions that were put into the study's folder by hand; they are asked last."""
    chosen = {part.instrument for part in setup.parts}
    return tuple(PartChoice(instrument=name) for name in own_instruments(study.root) if name not in chosen)


def tasks_of(study: Study, setup: Setup) -> tuple[Task, ...]:
    """Return the tasks to draw from: those that ship and the study's own; a custom battery has its own."""
    ships = () if setup.battery == "custom" and not setup.tasks else shipped_tasks()
    return choose_tasks(setup.tasks, ships, own_tasks(study.root))


def battery_of(study: Study) -> Battery:
    """Return the battery as the study stands now."""
    setup = study.setup()
    return build_battery(
        setup.battery,
        setup.language,
        setup.attributes,
        (*setup.parts, *own_parts(study, setup)),
        lambda instrument_id: definition_in(study, instrument_id),
        tasks=tasks_of(study, setup),
    )


def reference_of(study: Study, battery: Battery) -> Reference:
    """Return the reference that `study` opens with: its local rows, assumed ones for everything else.

    Raises BadInput when the local reference was made for another wording than `battery` has now.
    """
    kept = saved_reference(study)
    return reference_for(battery, None if kept is None else decode(kept))


def open_study(study: Study, sheets: Sequence[str], program: str) -> Policy:
    """Test every recovery sheet on a canary, then freeze the study; returns the frozen policy.

    Raises KeyRefused when a sheet does not open what its key sealed.
    """
    setup = study.setup()
    publics = [holder.public_key for holder in setup.key_holders]
    if len(sheets) != len(publics):
        raise BadInput(
            f"Recovery sheets: found {len(sheets)}; expected {len(publics)}, one for each key.",
            "Give --sheet @FILE once for each key holder, in the order in which they were named.",
        )
    canary(publics, [unlock_sheet(sheet) for sheet in sheets])
    battery = battery_of(study)
    reference = reference_of(study, battery)
    scoring = pin(battery, reference, setup.cut_hours)
    policy = msgspec.structs.replace(
        _policy(setup, battery, reference, program), scoring_sha256=hashlib.sha256(scoring).hexdigest()
    )
    study.freeze(policy, battery, encode(reference), scoring)
    return policy


def _policy(setup: Setup, battery: Battery, reference: Reference, program: str) -> Policy:
    needs = tuple(dict.fromkeys(spec.need for spec in scale_specs(battery) if spec.need is not None))
    return Policy(
        study=setup.study,
        organisation=setup.organisation,
        wave="baseline",
        language=setup.language,
        attributes=setup.attributes,
        headcount=setup.headcount,
        key_holders=setup.key_holders,
        battery=battery.name,
        battery_sha256=sha256_of(battery),
        reference_sha256=reference.sha256,
        reference_status=reference.status,
        release_plan=default_release_plan(
            setup.attributes, needs, work_kinds(battery), records=setup.record_file
        ),
        thresholds=setup.thresholds,
        cut_hours=setup.cut_hours,
        tickets=setup.tickets,
        rehearsal=setup.rehearsal,
        retention_months=setup.retention_months,
        contact=setup.contact,
        purpose=setup.purpose,
        agreement_date=setup.agreement_date,
        pledges=setup.pledges,
        ai_use=setup.ai_use,
        record_file=setup.record_file,
        program=program,
    )


def published_count(battery: Battery) -> tuple[int, int]:
    """Return how many instruments carry their published wording, and how many there are."""
    verdicts = [part.wording.status for part in battery.parts if part.wording.status != "own"]
    return verdicts.count("published"), len(verdicts)
