"""Person after person at one kiosk, whichever front end they use."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tui import output
from tui.exits import Exit
from tui.flows.outcomes import CRASH_CODE, TakeOutcome
from tui.kiosk.guard import hold_keys
from tui.kiosk.process import Visits
from tui.kiosk.wiping import SIMPLE, wipe

Prepare = Callable[[str], Callable[[], TakeOutcome]]
"""Makes the next visit; takes what its first page tells, or nothing."""
STOPPED = (
    "The visit before had to stop because of a fault of careload's own. Every answer up to there is kept: "
    "go on with your personal code."
)
MOST_CRASHES = 3
"""So many in a row end a connection; a seat waits longer and longer between them."""
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Seat:
    """Where people sit.

    `is_shared`: the next person comes to this very terminal; otherwise it is the far end of a connection,
    and one person's own. `leaves_lines`: the front end writes on the screen where the shell's lines stand.
    What a connection wrote to a terminal that cannot be cleared stays there: empty lines would hide nothing.
    """

    is_shared: bool
    terminal: str = ""
    leaves_lines: bool = False

    def wipe(self) -> bool:
        """Clear the terminal behind a person; False where there is none any more."""
        is_there = hold_keys()
        if self.is_shared or self.terminal not in SIMPLE:
            wipe(self.terminal, own_screen=not self.is_shared and not self.leaves_lines)
        return is_there


def stopped(ended: TakeOutcome | None) -> str:
    """Return what the next person, or whoever looks after the kiosk, reads about a fault."""
    return f"{STOPPED} Please report: {ended.fault}." if ended and ended.fault else STOPPED


def serve(seat: Seat, prepare: Prepare, pause: Callable[[float], None] = time.sleep) -> int:
    """Let person after person in; returns the exit code: at once behind a connection, at the end of all else.

    The rule: behind an ssh connection one person, then the end; on a shared terminal the next welcome.
    A crash is followed by a sentence and the next welcome on both, `MOST_CRASHES` times on a connection.
    """
    visits, notice, crashes = Visits(), "", 0
    while not visits.are_over():
        ended = visits.run(prepare(notice))
        if not seat.wipe() or visits.are_over():
            break
        if ended is None or ended.exit_code == CRASH_CODE:
            crashes, notice = crashes + 1, stopped(ended)
            if crashes < MOST_CRASHES:
                continue
            if not seat.is_shared:
                output.say(notice)
                return CRASH_CODE
            pause(min(2.0 ** (crashes - MOST_CRASHES), LONGEST_WAIT))
        elif seat.is_shared:
            crashes, notice = 0, ended.sentence if ended.kind == "idle" else ""
        else:
            output.say(ended.sentence)
            return ended.exit_code
    return Exit.DONE
