"""The employee's program at the first questionnaire item: only the personal code is cheap to derive.

Run as ``python -m benchmarks.take_host STUDY STATE CODE_FILE``; the code is left in CODE_FILE.
"""

from __future__ import annotations

import sys
from pathlib import Path

from instruments.answers import Choice
from instruments.battery import ATTRIBUTES
from store.cost import Cost
from store.public import PublicStudy, load_public
from tui.flows.taking import TakingSession
from tui.take_app import make_take_app


def begun(public: PublicStudy, state: Path) -> str:
    """Begin a sitting, answer which team is meant, and return the personal code that goes on with it."""
    session = TakingSession(public, state, cost=Cost.CHEAP)
    code = session.make_code()
    session.begin()
    while (question := session.sitting.current) and question.id.startswith(f"{ATTRIBUTES}/"):
        session.answer(Choice(code=1), 5.0)
    return code


def main() -> None:
    """Begin a sitting and run the employee's program on it."""
    root, state, kept = map(Path, sys.argv[1:])
    public = load_public(root)
    code = begun(public, state)
    kept.write_text(code)
    make_take_app(TakingSession(public, state, cost=Cost.CHEAP, code=code)).run()


if __name__ == "__main__":
    main()
