"""Leads one respondent through a sitting in plain lines."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.plain import words
from tui.plain.front import PlainFront
from tui.plain.talk import Left, Talk
from tui.take_front import Front
from tui.take_guide import Guide

T = TypeVar("T")


def take_plainly(
    session: TakingSession,
    talk: Talk,
    now: Callable[[], float] = time.monotonic,
    *,
    guide: Callable[[Front], Guide] | None = None,
) -> TakeOutcome:
    """Lead through the sitting; leaving, also by the end of the input or Ctrl-C, keeps everything.

    `guide` makes another one than the usual guide of a sitting.
    """
    front = PlainFront(session, talk, now)
    leader = Guide(front, session) if guide is None else guide(front)
    talk.tell(words.HELLO)
    with _leaving_when_told(leader):
        try:
            return _finished(leader.lead())
        except Left:
            return leader.left()


def _finished(steps: Coroutine[None, None, T]) -> T:
    """Run `steps` to their end; plain lines wait inside them, so that no loop of events is needed."""
    try:
        steps.send(None)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    raise RuntimeError("plain lines wait for nothing outside")


@contextmanager
def _leaving_when_told(guide: Guide) -> Iterator[None]:
    """Leave on Ctrl-C and when the system asks the program to end, but not while answers are handed in."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        if not guide.is_handing_in:
            raise Left

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
