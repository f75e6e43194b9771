"""From exec to the first page of the desk: a release of 4,200 people against one that tells nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.figures import Figure, against
from benchmarks.startup import started
from benchmarks.terminal import Terminal, python
from tui.flows.rehearsing import rehearse

PEOPLE = 4200
FEW = 14
"""Fewer than any number is told of."""
LAST_LINE = "palette"
"""Stands at the right end of the lowest line."""
PLAN_IS_THERE = "What to decide"


def run(rounds: int = 5) -> dict[str, Figure]:
    """Make both studies, then open the desk on each turn by turn; the first turn does not count."""
    with tempfile.TemporaryDirectory() as folder:
        large, empty = (_study(Path(folder) / str(people), people) for people in (PEOPLE, FEW))
        pairs = [
            [started(python("tui", "review", str(study)), LAST_LINE).seconds for study in (large, empty)]
            for _ in range(rounds + 1)
        ]
        plans = [_plan_seconds(large) for _ in range(rounds)]
    ours, theirs = zip(*pairs[1:], strict=True)
    opened = against(
        "desk: opened on 4,200 people", "s", ours, theirs, compared_with="empty release", budget=2
    )
    return {
        "desk_opened": opened,
        "desk_plan": Figure(
            "desk: plan of 4,200 people there, after its key", "s", sorted(plans)[len(plans) // 2]
        ),
    }


def _study(folder: Path, people: int) -> Path:
    return rehearse(folder, people, 11, "benchmark").study.root


def _plan_seconds(study: Path) -> float:
    program = Terminal(python("tui", "review", str(study)))
    try:
        program.until(LAST_LINE)
        program.drain()
        return program.press("6", PLAN_IS_THERE, timeout=60)
    finally:
        program.kill()
