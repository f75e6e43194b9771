"""The plan of a closed wave: from its release and the supporters alone."""

from __future__ import annotations

from instruments.errors import BadInput
from instruments.reading import read_record
from scoring.plan_records import Plan
from scoring.records import Release
from store.study import Study


def release_in(study: Study) -> Release:
    """Return the frozen release of `study`; BadInput when the wave has not been closed."""
    return read_record(study.read_release(), Release, "release.json")


def plan_for(study: Study, release: Release, weeks: int = 12) -> Plan:
    """Return the care-load plan over `weeks`, by the first attribute of the study."""
    from scoring.careload import build_plan

    if not 1 <= weeks <= 52:
        raise BadInput(f"Weeks: found {weeks}; expected 1 to 52.", "Use --weeks 12.")
    setup = study.setup()
    attribute = setup.attributes[0].id if setup.attributes else ""
    return build_plan(release, setup.supporters, attribute, weeks)
