"""From exec to the first screen painted: `careload take` against the smallest Textual app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.figures import Figure, against
from benchmarks.studies import live_study
from benchmarks.terminal import Terminal, python

HEAVY = ("numpy", "scipy", "sklearn", "pandas", "polars")
LAST_LINE = "Number keys choose"
"""Stands on the lowest line of the first screen, so the whole screen is there when it is."""
BARE = "bare Textual app"


@dataclass(frozen=True, slots=True)
class Start:
    """One start, up to the moment the first screen stood there."""

    seconds: float
    processor: float
    megabytes: float
    heavy: tuple[str, ...]


def started(command: Sequence[str], wanted: str) -> Start:
    """Start `command` and measure up to `wanted` on the screen."""
    program = Terminal(command)
    try:
        seconds = program.until(wanted)
        processor, megabytes = program.processor_seconds(), program.peak_megabytes()
        return Start(seconds, processor, megabytes, program.loaded(HEAVY))
    finally:
        program.kill()


def run(rounds: int = 15) -> dict[str, Figure]:
    """Start both programs turn by turn, `rounds` times each after one warm-up."""
    ours: list[Start] = []
    theirs: list[Start] = []
    with live_study() as study:
        for _ in range(rounds + 1):
            ours.append(started(python("tui", "take", str(study.root)), LAST_LINE))
            theirs.append(started(python("benchmarks.bare_static"), "first-paint-is-here"))
    return figures(ours[1:], theirs[1:])


def figures(ours: Sequence[Start], theirs: Sequence[Start]) -> dict[str, Figure]:
    """Return the figures of both series."""

    def compared(what: str, unit: str, name: str, budget: float | None) -> Figure:
        mine, other = ([getattr(start, name) for start in series] for series in (ours, theirs))
        return against(f"start-up: {what}", unit, mine, other, compared_with=BARE, budget=budget)

    heavy = sorted({name for start in ours for name in start.heavy})
    return {
        "startup_seconds": compared("first screen painted", "s", "seconds", 1.5),
        "startup_processor": compared("processor time until then", "s", "processor", None),
        "startup_megabytes": compared("peak memory until then", "MB", "megabytes", 1.25),
        "startup_heavy": Figure(f"start-up: of {', '.join(HEAVY)} loaded", "", len(heavy), budget=0),
    }
