"""Entry point of the command `careload`; PYTHON_ARGCOMPLETE_OK."""

from __future__ import annotations

import os
import sys
from types import TracebackType


def tell_fault(_kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell a fault of the program by its kind and place only: its words may hold answers."""
    from tui.crash import Crash
    from tui.output import say

    sentence = "careload had to stop because of a fault in the program."
    say(Crash(error.with_traceback(trace), sentence).__rich__().plain)


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.excepthook = tell_fault
    try:
        if "_ARGCOMPLETE" in os.environ:
            from tui.completing import complete

            complete()
        from tui.cli import run
        from tui.memory import keep_off_disk
        from tui.streams import ready_streams

        keep_off_disk()
        ready_streams()
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
