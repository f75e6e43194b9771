"""What the desk can do besides showing: functions from the command line, so that no screen knows a store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.plan.comparing import ScenarioRow
from scoring.plan.options import PlanOptions


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for help by name, as the queue passes it on."""

    name: str
    contact: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """One release of the study that the desk can tell of."""

    wave: str
    closed_on: str
    counted: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class DeskWork:
    """Everything that needs the study: each function may take a while and runs beside the screens."""

    export: Callable[[Path, Sequence[str]], Sequence[Path]]
    requests: Callable[[Sequence[Path], Sequence[str]], tuple[Asked, ...]]
    tried: Callable[[PlanOptions], ScenarioRow]
    """What one scenario of the plan takes."""
    scenarios: Callable[[], tuple[PlanOptions, ...]]
    keep: Callable[[PlanOptions], None]
    releases: tuple[Released, ...] = ()
    study: str = ""
    key_roles: tuple[str, ...] = ()
    has_pledges: bool = False
    """Whether the organisation promised anything before it opened the study."""
