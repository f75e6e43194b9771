"""How a kiosk looks: each docstring says what must be visible in its picture."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tests.tui.test_idle import Clock
from tests.tui.test_kiosk_app import at_kiosk
from tests.tui.test_take_looks import Compare
from tui.flows.idle import IdleWatch
from tui.flows.outcomes import TakeOutcome
from tui.kiosk.app import KioskApp


def test_still_there(tmp_path: Path, snap_compare: Compare) -> None:
    """A box in front of the question: how many seconds are left, that all is kept, that a key only stays."""
    studies.open_study(tmp_path / "study", studies.five_types())
    session, clock = at_kiosk(tmp_path / "study"), Clock()
    app = KioskApp(session, lambda: 0.0, IdleWatch(5, now=clock))

    async def leave_alone(pilot: Pilot[TakeOutcome]) -> None:
        await pilot.pause()
        person = Respondent(pilot, session)
        await person.agree()
        await person.question("five/q-agree")
        clock.seconds += 252
        app.tick()
        await person.see("In 48 seconds")

    assert snap_compare(app, terminal_size=(80, 24), run_before=leave_alone)
