"""What a crash may leave behind: no picture of the program's memory, in which code and answers stand."""

from __future__ import annotations

import resource
from contextlib import suppress


def keep_off_disk() -> None:
    """Let the system write no memory to disk when this program dies: not now, and not later by its own."""
    with suppress(ValueError, OSError):  # a lower limit that is there already
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
