"""A kiosk whose clock and faults a test sets.

`python -m tests.system.kiosk_host STUDY DRAFTS SET [ssh] [plain]`; the folder SET holds `clock` (seconds, as
text); a file `broken` there breaks the next question or, with the word "welcome" in it, every first page.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from tui.cli import run
from tui.kiosk import door
from tui.screens.page import PageScreen
from tui.screens.question import QuestionScreen

SECRET = "Zanzibarkanarienvogel"


def main() -> int:
    """Run the kiosk."""
    study, drafts, given = map(Path, sys.argv[1:4])
    if "ssh" in sys.argv[4:]:
        os.environ["SSH_CONNECTION"] = "192.0.2.1 5 192.0.2.2 22"
    shown, asked = PageScreen.page, QuestionScreen.asked
    broken = given / "broken"

    def page(self: PageScreen) -> object:
        if broken.exists() and broken.read_text() == "welcome":
            raise RuntimeError(SECRET)
        return shown(self)

    def question(self: QuestionScreen, *more: object) -> object:
        if broken.exists() and broken.read_text() != "welcome":
            broken.unlink()
            raise RuntimeError(SECRET)
        return asked(self, *more)  # type: ignore[arg-type]

    PageScreen.page, QuestionScreen.asked = page, question  # type: ignore[assignment]
    kiosk = door.open_kiosk

    def with_clock(wanted: door.Kiosk) -> int:
        return kiosk(replace(wanted, now=now))

    def now() -> float:
        return float((given / "clock").read_text() or 0)

    door.open_kiosk = with_clock
    return run(
        [
            "take",
            str(study),
            "--kiosk",
            "--drafts",
            str(drafts),
            *(["--plain"] if "plain" in sys.argv[4:] else []),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
