"""Scenarios of a study's plan: made from changes, kept by name, loaded again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from instruments.catalogue import MAX_BYTES, read_checked
from instruments.checking import Misfits, check_shape
from instruments.errors import BadInput, WrongUsage
from instruments.model import Record
from instruments.setup import SUPPORTER_ROLES
from instruments.texts import shorten, why_not_text
from scoring.plan.options import PlanOptions, check_options
from scoring.plan.records import Plan
from scoring.plan.streams import DEFAULT_STREAMS, Stream
from scoring.records import Release
from store.errors import guarded
from store.files import BadFile, read_bounded
from store.names import shown
from store.scenarios import save_scenario, scenarios_in
from store.study import Study
from tui.flows.planning import plan_for

AS_PLANNED = PlanOptions().name
MOST_NAME = 40


class StreamFile(Record, frozen=True):
    """A file of streams: it takes the place of all that careload assumes."""

    streams: tuple[Stream, ...]
    schema: int = 1


def keep(study: Study, options: PlanOptions) -> None:
    """Keep a scenario under its name; streams that are careload's own are not copied."""
    check_name(options.name)
    raw: dict[str, Any] = msgspec.to_builtins(options, str_keys=True)
    if options.streams == DEFAULT_STREAMS:
        del raw["streams"]
    save_scenario(study, options.name, raw)


def kept(study: Study) -> dict[str, PlanOptions]:
    """Return every scenario of `study` by name; BadInput when one is not as careload wrote it."""
    return {name: _options(name, raw) for name, raw in scenarios_in(study).items()}


def _options(name: str, raw: dict[str, Any]) -> PlanOptions:
    try:
        options = msgspec.convert(raw, PlanOptions, strict=True, str_keys=True)
        check_options(options)
    except (msgspec.ValidationError, WrongUsage):
        raise BadInput(
            f"The scenario {shorten(name)} is not as careload wrote it.", "Set it anew with its options."
        ) from None
    return options


def named(study: Study, name: str, *, is_new: bool) -> PlanOptions:
    """Return the scenario `name`, the default under that name where it `is_new`; BadInput where neither.

    One that is damaged begins from the default again when it is changed.
    """
    check_name(name)
    found = scenarios_in(study)
    try:
        if name in found:
            return _options(name, found[name])
    except BadInput:
        if not is_new:
            raise
    if is_new:
        return PlanOptions(name=name)
    known = ", ".join(shorten(one) for one in found) or "none yet"
    raise BadInput(
        f"Scenario: found {shorten(name)}; this study has: {known}.",
        "Add what it should change, such as --weeks 16, to make it.",
    )


def check_name(name: str) -> None:
    """Raise WrongUsage when a scenario cannot have this name."""
    if (
        not name.strip()
        or len(name) > MOST_NAME
        or not name.isprintable()
        or why_not_text(name)
        or name == AS_PLANNED
    ):
        raise WrongUsage(
            f"Scenario: found {shorten(name)}; expected a name of 1 to {MOST_NAME} plain letters other "
            f"than {AS_PLANNED!r}.",
            "For example: --scenario slower",
        )


def side_by_side(study: Study, release: Release) -> tuple[Plan, ...]:
    """Return the plan as it stands, then one a scenario."""
    return tuple(
        plan_for(study, release, one, with_ways=False) for one in (PlanOptions(), *kept(study).values())
    )


def others(study: Study, plan: Plan, release: Release) -> tuple[Plan, ...]:
    """Return the kept scenarios beside `plan`, and the plan as it stands where `plan` is a scenario."""
    beside = [one for one in (PlanOptions(), *kept(study).values()) if one.name != plan.options.name]
    return tuple(plan_for(study, release, one, with_ways=False) for one in beside) if kept(study) else ()


def read_streams(path: Path) -> tuple[Stream, ...]:
    """Return the streams of a TOML file; BadInput with file, line, found and expected else."""
    name = shown(path.name)
    try:
        with guarded(f"The file {name}"):
            data = read_bounded(path, MAX_BYTES)
    except BadFile as error:
        raise BadInput(
            f"{name}: found {error.reason}; expected a TOML file.", "Give the name of the file itself."
        ) from None
    return msgspec.convert(read_checked(data, name, _check_file), StreamFile, strict=True).streams


def _check_file(raw: dict[str, Any], misfits: Misfits) -> None:
    check_shape(raw, StreamFile, (), misfits)


def check_groups(study: Study, release: Release, names: Iterable[str]) -> None:
    """Raise BadInput when one of `names` is no group of the study's first attribute."""
    attributes = study.public().policy.attributes
    known = {category.label for attribute in attributes[:1] for category in attribute.categories}
    ids = {attribute.id for attribute in attributes[:1]}
    known |= {row.group for table in release.hours if table.attribute in ids for row in table.rows}
    for name in names:
        if name not in known:
            raise BadInput(
                f"Groups: found {shorten(name)}; expected one of {', '.join(sorted(known)) or 'none'}.",
                "Write the group as the study has it.",
            )


def parse_cost(text: str) -> tuple[str, float]:
    """Read ``manager=60``: what an hour costs, by role or of a ``learner``."""
    match = re.fullmatch(r"([a-z-]+)=(\d{1,7}(?:\.\d{1,2})?)", text.strip())
    if not match or match[1] not in (*SUPPORTER_ROLES, "learner"):
        raise WrongUsage(
            f"--cost: found {shorten(text)}; expected ROLE=AMOUNT, role one of "
            f"{', '.join((*SUPPORTER_ROLES, 'learner'))}.",
            "For example: --cost manager=60",
        )
    return match[1], float(match[2])


def parse_earliest(text: str) -> tuple[str, int]:
    """Read ``Sales=5``: the first week in which a group may start."""
    group, sign, week = text.rpartition("=")
    if not sign or not group.strip() or not re.fullmatch(r"\d{1,2}", week.strip()):
        raise WrongUsage(
            f"--earliest: found {shorten(text)}; expected GROUP=WEEK.", "For example: --earliest Sales=5"
        )
    return group.strip(), int(week)
