"""Thirty kiosks at once, each on its terminal: from a key to its repaint, and the memory of all of them."""

from __future__ import annotations

import os
import random
import select
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks.figures import Figure
from benchmarks.studies import Live, live_study
from benchmarks.terminal import QUIET, Terminal, python
from instruments.answers import Choice
from instruments.battery import ATTRIBUTES
from store.drafts import default_state_dir
from store.public import load_public
from tui.flows.taking import TakingSession

SEATS = 30
SECONDS_A_KEY = 3.0
"""*Assumed*: how long people look at a question in the middle; half to one and a half of it are waited."""
FIRST = 3
"""Number of the first question after those about the team."""
PATIENCE = 20.0


@dataclass
class Seat:
    """One kiosk, the question it stands at, and what its keys took so far."""

    program: Terminal
    number: int = FIRST
    due: float = 0.0
    pressed: float = 0.0
    last: float = 0.0
    painted: bytes = b""
    took: list[float] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether a key was pressed whose repaint has not come to rest."""
        return self.pressed > 0

    def press(self, now: float) -> None:
        """Answer the question."""
        self.painted, self.pressed, self.last = b"", now, now
        os.write(self.program.handle, str(self.number % 5 + 1).encode())

    def take(self, now: float) -> None:
        """Take in what was painted."""
        self.painted += os.read(self.program.handle, 65536)
        self.last = now

    def rest(self, now: float, pause: float) -> None:
        """Count the key when its repaint has come to rest."""
        if f"Question {self.number + 1} of".encode() in self.painted and now - self.last >= QUIET:
            self.took.append(1000 * (self.last - self.pressed))
            self.number, self.pressed, self.due = self.number + 1, 0.0, now + pause
        elif now - self.pressed > PATIENCE:
            msg = f"no question after {self.number} for {PATIENCE:g} seconds"
            raise TimeoutError(msg)


def run(rounds: int = 20) -> dict[str, Figure]:
    """Answer `rounds` questions at one kiosk alone, then at thirty."""
    with live_study() as study:
        alone, _, _ = at_once(study, 1, rounds)
        keys, memory, started = at_once(study, SEATS, rounds)
    what, other = f"{SEATS} kiosks at once", "one kiosk alone"
    return {
        "kiosk_answer_ms": Figure(
            f"{what}: answer kept and painted", "ms", median(keys), median(alone), other
        ),
        "kiosk_slow_ms": Figure(f"{what}: 95 of 100 are faster than", "ms", _most(keys), _most(alone), other),
        "kiosk_start_seconds": Figure(f"{what}: from starting all to the last question shown", "s", started),
        "kiosk_megabytes": Figure(f"{what}: memory of each (PSS, both processes)", "MB", median(memory)),
        "kiosk_all_megabytes": Figure(f"{what}: memory of all (PSS)", "MB", sum(memory)),
    }


def _most(keys: list[float]) -> float:
    return quantiles(keys, n=20)[-1]


def at_once(study: Live, count: int, rounds: int) -> tuple[list[float], list[float], float]:
    """Return milliseconds of each key, megabytes of each kiosk, and seconds until all could be used."""
    codes = [begun(study) for _ in range(count)]
    with ExitStack() as stack:
        began = time.perf_counter()
        seats = [Seat(opened(study)) for _ in codes]
        for seat in seats:
            stack.callback(seat.program.kill)
        for seat, code in zip(seats, codes, strict=True):
            come_back(seat.program, code)
        started = time.perf_counter() - began
        for seat in seats:
            seat.program.drain()
        answer(seats, rounds)
        memory = [megabytes(seat.program.pid) for seat in seats]
        return [one for seat in seats for one in seat.took], memory, started


def begun(study: Live) -> str:
    """Begin a sitting as at a kiosk, answer which team is meant, and return its personal code."""
    session = TakingSession(load_public(study.root), default_state_dir(study.state))
    code = session.make_code()
    session.begin()
    while (question := session.sitting.current) and question.id.startswith(f"{ATTRIBUTES}/"):
        session.answer(Choice(code=1), 5.0)
    return code


def opened(study: Live) -> Terminal:
    """Start a kiosk as sshd does."""
    command = python("tui", "take", str(study.root), "--kiosk", "--drafts", str(study.state))
    return Terminal(command, {"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"})


def come_back(program: Terminal, code: str) -> None:
    """Go on with the sitting of `code`, up to its question."""
    for wanted, keys in (("I take part", "2"), ("The six words", f"{code}\r"), ("Go on", "1")):
        program.until(wanted, PATIENCE)
        program.drain(QUIET)
        program.output = b""
        os.write(program.handle, keys.encode())
    program.until(f"Question {FIRST} of", PATIENCE)


def answer(seats: list[Seat], rounds: int) -> None:
    """Press a key at each seat every few seconds, whatever the others do, until all have answered enough."""
    chance = random.Random(7)  # noqa: S311 - waits, no secrets

    def pause() -> float:
        return SECONDS_A_KEY * chance.uniform(0.5, 1.5)

    by_handle = {seat.program.handle: seat for seat in seats}
    for seat in seats:
        seat.due = time.perf_counter() + pause()
    while any(len(seat.took) < rounds for seat in seats):
        ready, _, _ = select.select(list(by_handle), [], [], 0.005)
        now = time.perf_counter()
        for handle in ready:
            by_handle[handle].take(now)
        for seat in seats:
            if seat.waits:
                seat.rest(now, pause())
            elif now >= seat.due and len(seat.took) < rounds:
                seat.press(now)


def megabytes(process: int) -> float:
    """Return the proportional set size of a process and all below it."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(megabytes(int(one)) for one in below)
