"""What the desk can do with a study besides showing its release: write files, open requests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from instruments.reading import read_record
from scoring.plan.comparing import ScenarioRow, compare
from scoring.plan.options import PlanOptions
from scoring.records import Release
from store.requests import open_queue
from store.study import Study
from tui.desk_work import Asked, DeskWork, Released
from tui.flows.planning import plan_for
from tui.flows.scenarios import keep, kept


def desk_work(study: Study, release: Release, program: str) -> DeskWork:
    """Return everything that the desk of `study` can do besides showing `release`."""
    policy = study.public().policy
    return DeskWork(
        export=partial(_export, study, program),
        requests=partial(_requests, study),
        tried=partial(_tried, study, release),
        scenarios=lambda: tuple(kept(study).values()),
        keep=partial(keep, study),
        releases=_releases(study),
        study=study.root.name,
        key_roles=tuple(holder.role for holder in policy.key_holders),
        has_pledges=bool(policy.pledges),
    )


def _export(study: Study, program: str, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    from tui.flows.exporting import export_release

    return export_release(study, folder, formats, program)


def _tried(study: Study, release: Release, options: PlanOptions) -> ScenarioRow:
    return compare([plan_for(study, release, options, is_quick=True, with_ways=False)])[0]


def _requests(study: Study, keys: Sequence[Path], passphrases: Sequence[str]) -> tuple[Asked, ...]:
    from tui.keys import unlocked

    found = open_queue(study, unlocked(keys, passphrases))
    return tuple(Asked(one.name, one.contact, tuple(one.kinds)) for one in found)


def _releases(study: Study) -> tuple[Released, ...]:
    from store.releases import earlier_releases

    told = []
    for data in earlier_releases(study):
        header = read_record(data, Release, "a release").header
        told.append(Released(header.wave, header.closed_on, header.counted, sha256(data).hexdigest()))
    return tuple(told)
