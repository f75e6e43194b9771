"""The five ways in which training fails, and whether a plan meets them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from scoring.plan.groups import PlanGroup, Population
from scoring.plan.options import PlanOptions
from scoring.plan.records import DemandRow, FailureMode
from scoring.plan.streams import PROGRAMME_WEEKS, sessions
from scoring.records import Release

Verdict = Literal["met", "partly", "not met", "not known"]
LONGEST_GAP = 5
"""Weeks without any session after which a programme counts as over (ours)."""
NAMES = (
    "feature-first design",
    "one-and-done delivery",
    "decontextualised practice",
    "individual-only learning",
    "no psychological safety",
)


def failure_modes(
    release: Release,
    population: Population,
    options: PlanOptions,
    rows: Sequence[DemandRow],
    risks: Sequence[str],
) -> tuple[FailureMode, ...]:
    """Return the verdict on each of the five, in the order of NAMES."""
    return (
        _feature_first(rows, options),
        _one_and_done(options),
        _out_of_context(release, options),
        _alone(options),
        _unsafe(population, options, risks, _disagreeing(release, population)),
    )


def _feature_first(rows: Sequence[DemandRow], options: PlanOptions) -> FailureMode:
    """Judge whether most of the supporters' time follows people's needs rather than sessions about a tool."""
    need = {stream.id for stream in options.streams if stream.kind == "need"}
    whole = sum(row.hours for row in rows)
    if not whole:
        return FailureMode(name=NAMES[0], verdict="not known", why="No hours were released.")
    share = sum(row.hours for row in rows if row.stream in need) / whole
    why = f"{100 * share:.0f} % of the supporters' hours follow what people need, the rest are sessions."
    verdict: Verdict = "met" if share >= 0.5 else "partly" if share >= 0.25 else "not met"
    return FailureMode(name=NAMES[0], verdict=verdict, why=why)


def _one_and_done(options: PlanOptions) -> FailureMode:
    programme = [stream for stream in options.streams if stream.kind == "programme"]
    length = round(PROGRAMME_WEEKS / options.pace)
    weeks = sorted({week for s in programme for week in sessions(s, options.pace) if 1 <= week <= length})
    inside = [week for week in weeks if week <= options.weeks]
    if len(inside) < 2:
        return FailureMode(name=NAMES[1], verdict="not met", why="There is one session and nothing after it.")
    gap = max(b - a for a, b in pairwise(inside))
    tail = min(length, options.weeks) - inside[-1]
    if max(gap, tail) <= LONGEST_GAP:
        why = (
            f"Every cohort meets something in {len(inside)} of its first {min(length, options.weeks)} weeks."
        )
        return FailureMode(name=NAMES[1], verdict="met", why=why)
    why = f"There are {max(gap, tail)} weeks without any session."
    return FailureMode(name=NAMES[1], verdict="partly", why=why)


def _out_of_context(release: Release, options: PlanOptions) -> FailureMode:
    is_held = any(stream.id == "own-work" for stream in options.streams)
    is_known = any(table.rows for table in release.workflows)
    if is_held and is_known:
        why = "There is a session on people's own work, and the release tells which tasks cost them time."
        return FailureMode(name=NAMES[2], verdict="met", why=why)
    if is_held or is_known:
        why = (
            "There is a session on people's own work; the release does not tell which tasks cost time."
            if is_held
            else "The tasks that cost time are known, but no session works on them."
        )
        return FailureMode(name=NAMES[2], verdict="partly", why=why)
    return FailureMode(name=NAMES[2], verdict="not met", why="No session works on people's own work.")


def _alone(options: PlanOptions) -> FailureMode:
    has_pairs = any(stream.id == "pairs" and stream.share > 0 for stream in options.streams)
    has_peers = any(stream.id == "peer" and stream.weeks for stream in options.streams)
    parts = [words for is_so, words in ((has_pairs, "pairs"), (has_peers, "peer sessions")) if is_so]
    verdict: Verdict = "met" if len(parts) == 2 else "partly" if parts else "not met"
    why = f"People learn in cohorts, with {' and '.join(parts)}." if parts else "Nobody learns with others."
    return FailureMode(name=NAMES[3], verdict=verdict, why=why)


def _disagreeing(release: Release, population: Population) -> tuple[str, ...]:
    """Return the plan's groups whose people do not agree how safe it is: single teams may be far below."""
    names = {group.name for group in population.groups}
    rows = [row for table in release.quality for row in table.climate]
    return tuple(dict.fromkeys(row.group for row in rows if row.group in names and row.agrees is False))


def _unsafe(
    population: Population, options: PlanOptions, risks: Sequence[str], disagreeing: Sequence[str]
) -> FailureMode:
    if risks:
        return FailureMode(name=NAMES[4], verdict="not met", why=" ".join(risks))
    low = [group.name for group in population.groups if group.safety == "low"]
    unknown = [group for group in population.groups if group.safety == "not known"]
    if len(unknown) == len(population.groups):
        return FailureMode(name=NAMES[4], verdict="not known", why="No group's safety is shown.")
    if low and not any(stream.for_low_safety for stream in options.streams):
        why = f"Safety is low in {', '.join(low)}, and manager and team do not meet before the start."
        return FailureMode(name=NAMES[4], verdict="not met", why=why)
    has_failure = any(stream.id == "failure" for stream in options.streams)
    verdict: Verdict = "met" if has_failure and not unknown and not disagreeing else "partly"
    why = _why_safe(low, unknown, has_failure=has_failure)
    if disagreeing:
        why += f" People do not agree how safe it is in {', '.join(disagreeing)}: ask team by team."
    return FailureMode(name=NAMES[4], verdict=verdict, why=why)


def _why_safe(low: Sequence[str], unknown: Sequence[PlanGroup], *, has_failure: bool) -> str:
    said = (
        [f"Manager and team meet first in {', '.join(low)}, where safety is low."]
        if low
        else ["No group that is shown has low safety."]
    )
    said.append(
        "There is a session on what went wrong." if has_failure else "No session speaks of what went wrong."
    )
    if unknown:
        said.append(
            f"Not known of {sum(group.headcount for group in unknown)} people whose safety is hidden."
        )
    return " ".join(said)
