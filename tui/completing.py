"""What a shell offers when Tab is pressed: commands, options, and values from closed lists."""

from __future__ import annotations

import os
import shlex


def complete() -> None:
    """Answer the shell and end; loaded only when it asks, so that no command waits for it."""
    import argcomplete

    from tui.cli import build_parser

    argcomplete.autocomplete(
        build_parser(_command(os.environ.get("COMP_LINE", ""))),
        always_complete_options="long",
        print_suppressed=True,  # the list of commands stands in the overview, so argparse's own is hidden
    )


def _command(line: str) -> str | None:
    """Return the command of a line that is not finished yet; None where there is none."""
    try:
        words = shlex.split(line)
    except ValueError:  # an open quotation mark
        words = line.split()
    return next((word for word in words[1:] if not word.startswith("-")), None)
