"""From a key to its repaint: the employee's program against a bare RadioSet, key by key in turn."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path
from statistics import quantiles
from tempfile import mkdtemp

from benchmarks.figures import Figure, against
from benchmarks.studies import Live, live_study
from benchmarks.terminal import Terminal, python
from store.cost import Cost
from store.public import load_public
from tui.flows.taking import TakingSession

FILES = 2000
"""Sealed files in the fuller of the two inboxes."""
UP, DOWN = "\x1b[A", "\x1b[B"
ARROWS = 20
ANSWERS = 20
"""Choices in a row in the standard battery, from the questions about the team to the place for a break."""
PLAIN = "bare RadioSet"


class Player:
    """One program under test, and what its keys took."""

    def __init__(self, command: list[str], number_of: Callable[[int], str], before: str = "") -> None:
        self.program = Terminal(command)
        self.number_of, self.before = number_of, before
        self.arrows: list[float] = []
        self.answers: list[float] = []
        self.processor: dict[str, float] = {}

    def settle(self) -> None:
        """Go past a page that comes before the first question, and point at one of its lines."""
        self.program.until(self.before or self.number_of(0))
        self.program.drain(0.3)
        if self.before:
            self.program.press("1", self.number_of(0))
            self.program.drain(0.3)
        for key in (DOWN, DOWN, UP):
            self.program.press(key)

    def press(self, kind: str, key: str, wanted: str = "") -> None:
        """Press `key` and keep what it took."""
        before = self.program.processor_seconds()
        took = self.program.press(key, wanted)
        (self.answers if wanted else self.arrows).append(took)
        used = self.program.processor_seconds() - before
        self.processor[kind] = self.processor.get(kind, 0.0) + used


class Series:
    """What all sittings of one kind took."""

    def __init__(self) -> None:
        self.arrows: list[float] = []
        self.answers: list[float] = []
        self.processor: dict[str, list[float]] = {"arrow": [], "answer": []}

    def add(self, player: Player) -> None:
        """Take one finished sitting over, times in milliseconds."""
        self.arrows += [1000 * seconds for seconds in player.arrows]
        self.answers += [1000 * seconds for seconds in player.answers]
        self.processor["arrow"].append(1000 * player.processor["arrow"] / ARROWS)
        self.processor["answer"].append(1000 * player.processor["answer"] / ANSWERS)


def run(rounds: int = 4) -> dict[str, Figure]:
    """Answer `rounds` sittings in an empty study, in a full one, and on the bare RadioSet."""
    empty, full, bare = Series(), Series(), Series()
    with live_study() as few, live_study(FILES) as many:
        for _ in range(rounds):
            for series, player in zip((empty, full, bare), played(few, many), strict=True):
                series.add(player)
    return figures(empty, full, bare)


def played(few: Live, many: Live) -> list[Player]:
    """Play one sitting on each of the three programs, key by key in turn."""
    folder = Path(mkdtemp(prefix="careload-keys-", dir=few.root.parent))
    codes = [folder / name for name in ("few", "many")]
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        players = [taking(study, code) for study, code in zip((few, many), codes, strict=True)]
        players.append(Player(python("benchmarks.bare_radio", str(folder / "kept")), "question-{}".format))
        for player in players:
            stack.callback(player.program.kill)
        press_all(players)
        for study, code in zip((few, many), codes, strict=True):
            check_kept(study, code)
    return players


def taking(study: Live, code: Path) -> Player:
    """Start the employee's program on a fresh sitting."""
    command = python("benchmarks.take_host", str(study.root), str(study.state), str(code))
    return Player(command, lambda number: f"Question {number + 3} of", before="Go on")


def press_all(players: list[Player]) -> None:
    """Press the same keys on every program, one key on each before the next."""
    for player in players:
        player.settle()
    for number in range(ARROWS):
        for player in turned(players, number):
            player.press("arrow", (DOWN, UP)[number % 2])
    for number in range(ANSWERS):
        for player in turned(players, number):
            player.press("answer", str(number % 5 + 1), player.number_of(number + 1))


def turned(players: list[Player], number: int) -> list[Player]:
    """Return `players` in another order each time: which one went before decides what caches hold."""
    orders = list(permutations(players))
    return list(orders[number % len(orders)])


def check_kept(study: Live, code: Path) -> None:
    """Make sure that every answer painted was on disk; RuntimeError says that the figures mean nothing."""
    session = TakingSession(load_public(study.root), study.state, code=code.read_text(), cost=Cost.CHEAP)
    session.look()
    if session.sitting.answered != ANSWERS + 2:
        msg = f"{session.sitting.answered} answers kept, {ANSWERS + 2} given"
        raise RuntimeError(msg)


def figures(empty: Series, full: Series, bare: Series) -> dict[str, Figure]:
    """Return the figures of the three series."""
    durable, flat = f"{PLAIN} and one fsync", f"answer key: in a study with {FILES:,} submissions"

    def used(kind: str, compared_with: str, budget: float | None) -> Figure:
        ours, theirs = empty.processor[kind], bare.processor[kind]
        what = f"{kind} key: processor time"
        return against(what, "ms", ours, theirs, compared_with=compared_with, budget=budget)

    return {
        "arrow_ms": against(
            "arrow key: repainted", "ms", empty.arrows, bare.arrows, compared_with=PLAIN, budget=1.25
        ),
        "arrow_processor_ms": used("arrow", PLAIN, 1.25),
        "answer_ms": against(
            "answer key: kept, next item painted",
            "ms",
            empty.answers,
            bare.answers,
            compared_with=durable,
            budget=1.25,
        ),
        "answer_slow_ms": Figure(
            "answer key: nine of ten are faster than",
            "ms",
            quantiles(empty.answers, n=10)[-1],
            quantiles(bare.answers, n=10)[-1],
            durable,
        ),
        "answer_processor_ms": used("answer", durable, None),
        "answer_full_ms": against(
            flat, "ms", full.answers, empty.answers, compared_with="in an empty study", budget=1.25
        ),
    }
