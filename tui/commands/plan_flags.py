"""Options of `careload plan` that make a scenario."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from instruments.errors import WrongUsage

if TYPE_CHECKING:
    from scoring.plan.options import PlanOptions
    from scoring.records import Release
    from store.study import Study


def add_scenario(parser: argparse.ArgumentParser) -> None:
    """Declare what a scenario can change."""
    group = parser.add_argument_group(
        "what if", "each changes this plan only; with --scenario it is kept under a name"
    )
    add = group.add_argument
    add("--scenario", metavar="NAME", help="use the scenario of this name; with changes, make or change it")
    add("--compare", action="store_true", help="show all kept scenarios side by side")
    add("--weeks", type=int, metavar="N", help="length of the rollout in weeks (12)")
    add("--protected-hours", type=float, metavar="H", help="hours a week that every learner is given (0)")
    add("--safety-up", action=argparse.BooleanOptionalAction, help="safety one band higher everywhere (off)")
    add("--hours-factor", type=float, metavar="X", help="every supporter's hours times this (1)")
    add("--pace", type=float, metavar="X", help="speed of the programme; 0.5 takes twice the weeks (1)")
    add(
        "--more",
        action="append",
        metavar="ROLE=NxH[-R]",
        help="N more supporters with H hours a week each, R of them taken off other work",
    )
    add("--groups", action="append", metavar="GROUP", help="only this group starts in these weeks; repeat it")
    add(
        "--fits-only",
        action=argparse.BooleanOptionalAction,
        help="only cohorts start whose hours somebody has; the others wait (off)",
    )
    add("--earliest", action="append", metavar="GROUP=WEEK", help="first week in which a group may start")
    add("--cohort-size", metavar="MIN-MAX", help="people who learn together (6-10)")
    add("--cost", action="append", metavar="ROLE=AMOUNT", help="cost of an hour, by role or of a learner")
    add("--streams", type=Path, metavar="FILE", help="a TOML file with streams of your own (docs/plan.md)")


def options_of(given: argparse.Namespace, study: Study, release: Release) -> PlanOptions:
    """Return the scenario that was asked for, and keep it where it has a name and was changed."""
    import msgspec

    from scoring.plan.options import PlanOptions, check_options
    from tui.flows.scenarios import check_groups, keep, named

    changes = _changes(given)
    check_groups(study, release, (*changes.get("groups", ()), *changes.get("earliest", {})))
    name = given.scenario
    base = PlanOptions() if name is None else named(study, name, is_new=bool(changes))
    options = msgspec.structs.replace(base, **changes)
    check_options(options)
    if name is not None and changes:
        keep(study, options)
    return options


def _changes(given: argparse.Namespace) -> dict[str, Any]:
    """Return what the flags change; what was not given is not in it."""
    from tui.flows.scenarios import parse_cost, parse_earliest, read_streams
    from tui.flows.wishes import parse_supporter

    plain = ("weeks", "protected_hours", "safety_up", "hours_factor", "pace", "fits_only")
    found: dict[str, Any] = {name: getattr(given, name) for name in plain}
    found["more_supporters"] = given.more and tuple(parse_supporter(text) for text in given.more)
    found["groups"] = given.groups and tuple(given.groups)
    found["earliest"] = given.earliest and dict(parse_earliest(text) for text in given.earliest)
    found["costs"] = given.cost and dict(parse_cost(text) for text in given.cost)
    found["cohort_sizes"] = given.cohort_size and _sizes(given.cohort_size)
    found["streams"] = given.streams and read_streams(given.streams)
    return {name: value for name, value in found.items() if value is not None}


def _sizes(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    if not (low.isdecimal() and high.isdecimal() and len(text) <= 7):
        raise WrongUsage(
            f"--cohort-size: found {text[:40]!r}; expected MIN-MAX.", "For example: --cohort-size 6-10"
        )
    return int(low), int(high)
