"""Where `careload take --kiosk` begins: doors closed, then person after person."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.flows.idle import IDLE_MINUTES, IdleWatch, seconds_since_start
from tui.flows.outcomes import TakeOutcome
from tui.flows.places import KIOSK

if TYPE_CHECKING:
    from tui.flows.taking import TakingSession


@dataclass(frozen=True, slots=True)
class Kiosk:
    """What whoever sets a kiosk up decides: the study, where drafts are kept, when a visit ends by itself."""

    study: Path
    drafts: Path | None = None
    minutes: float = IDLE_MINUTES
    is_plain: bool = False
    now: Callable[[], float] = seconds_since_start


def open_kiosk(kiosk: Kiosk) -> int:
    """Let people in until the end; returns the exit code.

    Raises what `load_public` raises, WrongUsage without a terminal; StoreError where no draft can be kept.
    """
    from store.drafts import default_state_dir
    from store.public import load_public
    from tui.kiosk.guard import check_keyboard, close_doors, has_connection, held_keyboard
    from tui.kiosk.serving import Seat, serve
    from tui.kiosk.wiping import SIMPLE
    from tui.terminal import check_terminal, is_accessible

    is_shared = not has_connection(os.environ)
    close_doors(os.environ)
    check_keyboard()
    terminal = os.environ.get("TERM", "")
    is_plain = kiosk.is_plain or is_accessible() or terminal in SIMPLE
    if not is_plain:
        check_terminal()
    state = default_state_dir(kiosk.drafts)
    load_public(kiosk.study)
    seat = Seat(is_shared, terminal, leaves_lines=is_plain)
    if is_shared and not is_plain:
        import tui.kiosk.app  # noqa: F401 - once for all visits, so that each begins at once

    def prepare(notice: str) -> Callable[[], TakeOutcome]:
        from tui.flows.taking import TakingSession

        public = load_public(kiosk.study)
        idle = IdleWatch(kiosk.minutes, from_start=not is_shared, now=kiosk.now)
        session = TakingSession(public, state, place=KIOSK)
        return lambda: _visit(session, idle, notice, is_plain=is_plain)

    with held_keyboard():
        return serve(seat, prepare)


def _visit(session: TakingSession, idle: IdleWatch, notice: str, *, is_plain: bool) -> TakeOutcome:
    """Let one person take part, in plain lines or on screens."""
    if is_plain:
        from tui.kiosk.lines import visit_in_lines

        return visit_in_lines(session, idle, notice)
    from tui.kiosk.app import make_kiosk_app
    from tui.take_guide import NOTHING_KEPT

    return make_kiosk_app(session, idle, notice).run() or NOTHING_KEPT
