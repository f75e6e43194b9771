"""How a run of the assessment ends, and what stops one of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from instruments.errors import CareloadError

OutcomeKind = Literal["sealed", "discarded", "left", "idle", "refused"]
CRASH_CODE = 1
"""How a run ends that a fault of the program stopped."""


class TakingError(CareloadError):
    """The step is not possible at this point of the conversation."""


@dataclass(frozen=True, slots=True)
class TakeOutcome:
    """How a run of the assessment ended; `exit_code` and `sentence` are for the terminal."""

    kind: OutcomeKind
    sentence: str
    exit_code: int = 0
    fault: str = ""
    """Kind and place of a fault of the program; never a word of an answer."""
