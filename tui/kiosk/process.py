"""One person's visit in a process of its own: what it knew goes with it, however it ends."""

from __future__ import annotations

import gc
import json
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from types import FrameType
from typing import NoReturn

from tui.flows.outcomes import TakeOutcome

Visit = Callable[[], TakeOutcome]
PATIENCE_SECONDS = 10
"""*Assumed*: so long a visit may take to end when the system asks it to; every answer is kept before."""


class Visits:
    """Runs visits one after the other; a request to end goes on to the visit and is remembered."""

    def __init__(self) -> None:
        self._is_told = False
        self._running = 0
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, self._pass_on)
        signal.signal(signal.SIGALRM, self._lose_patience)

    def are_over(self) -> bool:
        """Return whether the system asked for the end, or the terminal has hung up."""
        return self._is_told

    def run(self, visit: Visit) -> TakeOutcome | None:
        """Return how the visit ended; None when it crashed or was killed."""
        told, tell = os.pipe()
        lives, life = os.pipe()
        gc.freeze()  # what both processes share is not copied for counting
        self._running = os.fork()
        if not self._running:
            os.close(told)
            os.close(life)
            _visited(visit, tell, lives)
        os.close(tell)
        os.close(lives)
        try:
            if self._is_told:
                self._pass_on(signal.SIGTERM, None)
            return _read_outcome(told)
        finally:
            os.waitpid(self._running, 0)
            self._running = 0
            signal.alarm(0)
            os.close(life)

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._is_told = True
        if self._running:
            signal.alarm(PATIENCE_SECONDS)
            with suppress(ProcessLookupError):
                os.kill(self._running, signal.SIGTERM)

    def _lose_patience(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._running:
            with suppress(ProcessLookupError):
                os.kill(self._running, signal.SIGKILL)


def _visited(visit: Visit, tell: int, lives: int) -> NoReturn:
    """Be the visit: nothing that goes wrong here is told but by silence, and nothing runs afterwards."""
    try:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=_end_with, args=(lives,), daemon=True).start()
        outcome = visit()
        os.write(tell, json.dumps(asdict(outcome)).encode())
    finally:
        os._exit(0)


def _end_with(lives: int) -> None:
    """Ask this process to end when the one that started it is gone: then nobody would wipe after it."""
    with suppress(OSError):
        os.read(lives, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _read_outcome(told: int) -> TakeOutcome | None:
    with open(told, "rb") as pipe:
        data = pipe.read()
    if not data:
        return None
    return TakeOutcome(**json.loads(data))
