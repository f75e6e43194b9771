"""Runs the command line inside this process, under a watchdog, and holds what it left on disk."""

from __future__ import annotations

import hashlib
import io
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest

from store.cost import Cost
from store.study import Study
from tui.cli import run
from tui.flows.founding import found_study
from tui.flows.opening import open_study
from tui.flows.rehearsing import fill
from tui.flows.wishes import Wishes, parse_attribute, parse_supporter

CPU_SECONDS = 2.0
"""Longest time that a command may work on a damaged file."""
WALL_SECONDS = 60.0
"""Longest time that it may wait, as on a pipe that nobody writes to; far above what a busy machine takes."""
HELD = ("the first passphrase", "the second passphrase")
ROLES = ("facilitator", "works-council")


class Hang(BaseException):
    """A command took too long; no `except Exception` of the program can swallow it."""


@dataclass(frozen=True)
class Done:
    """How a command ended and what it told."""

    code: int
    out: str
    err: str

    def refused(self, *codes: int) -> None:
        """Hold that it ended with one of `codes`, and where refused with a sentence, without a traceback."""
        assert self.code in codes, (self.code, codes, self.out[-400:], self.err[-400:])
        assert "Traceback" not in self.out + self.err
        assert self.code == 0 or (self.err + self.out).strip()


@contextmanager
def watched() -> Iterator[None]:
    """Raise Hang when the block works or waits too long."""

    def too_long(number: int, _frame: FrameType | None) -> None:
        raise Hang("worked too long" if number == signal.SIGPROF else "waited too long")

    timers = {
        signal.ITIMER_PROF: (signal.SIGPROF, CPU_SECONDS),
        signal.ITIMER_REAL: (signal.SIGALRM, WALL_SECONDS),
    }
    before = {number: signal.signal(number, too_long) for number, _ in timers.values()}
    for timer, (_, seconds) in timers.items():
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def careload(*arguments: str, given: str = "") -> Done:
    """Run one command as the program would, with captured streams."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(given))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        with watched():
            try:
                code = run(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
    return Done(int(code), out.getvalue(), err.getvalue())


def on_disk(folder: Path) -> dict[str, tuple[int, str]]:
    """Return mode and content's hash of everything under `folder`; lock files, always empty, apart."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        is_file = path.is_file() and not path.is_symlink()
        if not path.name.endswith(".lock"):
            content = hashlib.sha256(path.read_bytes()).hexdigest() if is_file else ""
            found[str(path.relative_to(folder))] = (status.st_mode, content)
    return found


def live_study(folder: Path, people: int = 20) -> Study:
    """Found, open and fill a live study in `folder`; its keys cost no work and lie beside it."""
    wishes = Wishes(
        study="spring",
        organisation="Example Ltd",
        headcount=100,
        attributes=(parse_attribute("department: Sales=40, Operations=60"),),
        supporters=(parse_supporter("champion=6x2"),),
    )
    founded = found_study(folder / "spring", wishes, folder / "keys", HELD, cost=Cost.CHEAP)
    open_study(founded.study, [sheet.read_text() for sheet in founded.sheets], "0")
    fill(founded.study, people, 7)
    for number, words in enumerate(HELD):
        (folder / f"p{number}").write_text(words)
    return founded.study


def close_arguments(folder: Path) -> tuple[str, ...]:
    """Return the command line that closes the study of `live_study`."""
    keys = [f"--key={folder / 'keys' / f'spring-{role}.key'}" for role in ROLES]
    words = [f"--passphrase=@{folder / f'p{number}'}" for number in range(2)]
    return ("close", str(folder / "spring"), *keys, *words)


def each(seed: int, count: int) -> Iterator[tuple[int, random.Random]]:
    """Return a number and its own chance for each of `count` trials: any of them can be run alone."""
    return ((number, random.Random(f"{seed}/{number}")) for number in range(count))


Change = Callable[[bytes, random.Random], bytes]
