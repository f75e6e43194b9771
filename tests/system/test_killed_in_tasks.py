"""Killed inside each of the four tasks, at both sizes of terminal: nothing that was kept is lost."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.system.answering import OFFER, is_settled, step
from tests.system.program import Person, begin, careload, open_study
from tui.flows.tasks import KIND_TITLES
from tui.screens.question import HOLD_SECONDS

KEPT = "Words that were kept. "
BOTH_MORE = "3"
"""The way at the offer that adds both other tasks."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_study(tmp_path_factory.mktemp("study"))


@dataclass
class Seat:
    """A person at a terminal that loses its power now and then."""

    study: Path
    state: Path
    size: tuple[int, int]
    code: str = ""
    killed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        ticket = careload("invite", self.study.name, "--count", "1", cwd=self.study.parent).stdout.strip()
        self.person = self._start()
        self.code = begin(self.person, ticket)
        (self.state / "code").write_text(self.code)

    def _start(self) -> Person:
        again = ("--code", f"@{self.state / 'code'}") if self.code else ()
        extra = {"XDG_STATE_HOME": str(self.state)}
        return Person.start(
            "take", self.study.name, *again, cwd=self.study.parent, extra=extra, size=self.size
        )

    def kept(self) -> str:
        """Return a print of what is on disk."""
        files = sorted(path for path in (self.state / "careload").rglob("*") if path.is_file())
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    def press_and_keep(self, keys: str, seen: str) -> None:
        """Press keys; wait until they are seen and on disk."""
        before = self.kept()
        self.person.press(keys)
        self.person.until(lambda shown: seen in shown and self.kept() != before)

    def until_nothing_more_is_kept(self) -> None:
        """Wait until the last key is on disk, too."""
        last, since = self.kept(), time.monotonic()
        while time.monotonic() - since < 2 * HOLD_SECONDS:
            self.person.look()
            if self.kept() != last:
                last, since = self.kept(), time.monotonic()

    def cut(self, lost: str) -> None:
        """Press one thing more, cut the power at once, and go on with the personal code."""
        self.person.press(lost)
        self.person.kill()
        self.person = self._start()

    def interrupt(self, kind: str) -> None:
        """Cut the power in the middle of the task that is on the screen, and look what is there again."""
        self.killed.append(kind)
        if kind in {"summarise", "adapt"}:
            self.press_and_keep(KEPT, KEPT.strip())
            self.until_nothing_more_is_kept()
            self.cut("unkept")
            self.person.until(KEPT.strip())
        elif kind == "review":
            self.press_and_keep("r2", "Statement 2 of")
            self.cut("r")
            self.person.until("Statement 2 of")
            self.person.press("1")
            self.person.until("Press r or f first")
            self.person.press("b")
            self.person.until(lambda shown: bool(re.search(r"● *r2  needs review", shown)))
        else:
            self.press_and_keep("2", "Situation 2 of")
            self.cut("")
            self.person.until("Situation 2 of")
            self.person.press("b")
            self.person.until(lambda shown: bool(re.search(r"● *2  Use it, and check", shown)))


@pytest.mark.parametrize("size", [(24, 80), (40, 120)], ids=["80x24", "120x40"])
def test_a_power_cut_inside_each_task_loses_nothing_that_was_kept(
    study: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Half-typed text, a half-done mark, the offer (not drawn anew); then all is handed in."""
    seat = Seat(study, tmp_path, size)
    before = len(list((study / "inbox").iterdir()))
    shown = seat.person.until(is_settled)
    while "g own result" not in shown:
        kinds = [kind for kind, title in KIND_TITLES.items() if title in shown.splitlines()[0]]
        if kinds and "Your work" in shown and kinds[0] not in seat.killed:
            seat.interrupt(kinds[0])
        elif OFFER in shown:
            seat.cut("")
            assert seat.person.until(OFFER) == shown
        shown = step(seat.person, BOTH_MORE)
    assert sorted(seat.killed) == sorted(KIND_TITLES)
    seat.person.press("g")
    seat.person.until("Hand in: seal my answers", 60)
    seat.person.press("1")
    seat.person.until("sealed and handed in")
    seat.person.press("1")
    assert seat.person.leave() == 0
    assert len(list((study / "inbox").iterdir())) == before + 1


def test_a_pasted_flood_a_changing_window_and_odd_keys_change_nothing_that_counts(
    study: Path, tmp_path: Path
) -> None:
    """5,000 characters pasted, the window made too small and large again, keys that mean nothing."""
    seat = Seat(study, tmp_path, (24, 80))
    shown = seat.person.until(is_settled)
    while not ("ctrl+n go on" in shown and "Your work" in shown):
        shown = step(seat.person, BOTH_MORE)
    person = seat.person
    words = "flood " * 833
    before = seat.kept()
    person.paste(words)
    person.until(lambda text: bool(re.search(r"\b9\d\d words", text)) and seat.kept() != before)
    person.resize(20, 60)
    person.until("60 x 20")
    person.press("xyz\x0e\x13\r")
    person.resize(40, 120)
    person.until(lambda text: bool(re.search(r"\b9\d\d words", text)))
    person.press("\x1b[99~\x1f\x1b[<0;2;2M\x1b[<0;2;2m")
    person.resize(24, 80)
    shown = person.until(lambda text: bool(re.search(r"\b9\d\d words", text)))
    assert "xyz" not in shown
    count = re.search(r"\b9\d\d words", shown)
    person.paste("more " * 400)
    person.until("longer than 6000 characters")
    seat.cut("")
    assert count is not None
    seat.person.until(count[0])
    seat.person.kill()
