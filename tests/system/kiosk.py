"""A kiosk on a pseudo-terminal: what is typed, shown and left behind."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path

from tests.security.test_bytes_on_a_terminal import Recorder
from tests.system.gone import children
from tests.system.program import Person, take_code

ENTER_OTHER, LEAVE_OTHER = b"\x1b[?1049h", b"\x1b[?1049l"
WELCOME = "I take part"


@dataclass
class Kiosk:
    """One kiosk under test."""

    person: Person
    drafts: Path
    given: Path
    recorder: Recorder = field(default_factory=Recorder)

    @classmethod
    def start(cls, study: Path, folder: Path, *more: str, extra: dict[str, str] | None = None) -> Kiosk:
        """Start a kiosk in `study`; `folder` is new."""
        drafts, given = folder / "drafts", folder / "set"
        given.mkdir(parents=True, exist_ok=True)
        (given / "clock").write_text("0")
        person = Person.start(
            *(str(study), str(drafts), str(given), *more),
            cwd=Path.cwd(),
            extra={"SSH_CONNECTION": "", **(extra or {})},
            module="tests.system.kiosk_host",
        )
        kiosk = cls(person, drafts, given)
        person.program.logfile_read = kiosk.recorder
        return kiosk

    def set_clock(self, seconds: float) -> None:
        """Set the kiosk's clock."""
        fresh = self.given / "new"
        fresh.write_text(str(seconds))
        fresh.replace(self.given / "clock")

    def begin(self) -> str:
        """Take part up to the first question of five; returns the personal code."""
        self.person.until(WELCOME)
        self.person.press("1")
        code = take_code(self.person, "Go on")
        self.person.press("1")
        self.person.until("How is it?")
        return code

    def come_back(self, code: str) -> None:
        """Go on with a personal code."""
        self.person.until(WELCOME)
        self.person.press("2")
        self.person.until("The six words of your code")
        self.person.press(code + "\r")

    def heard(self, wanted: str) -> str:
        """Wait for plain lines up to `wanted`, a pattern; returns all since the one before."""
        self.person.program.expect(wanted.encode())
        before: bytes = self.person.program.before
        return (before + self.person.program.after).decode().replace("\r", "")

    def is_at_welcome(self) -> None:
        """Wait until the next person is welcomed."""
        self.person.until(WELCOME)

    @property
    def visit(self) -> int:
        """The process of the visit."""
        (child,) = children(self.person.program.pid)
        return child

    def signal_visit(self, number: signal.Signals) -> None:
        """Send a signal to the visit."""
        os.kill(self.visit, number)

    def main_screen(self) -> bytes:
        """Return all that was written on the screen with the scroll bar."""
        pieces = self.recorder.data.split(ENTER_OTHER)
        return pieces[0] + b"".join(piece.partition(LEAVE_OTHER)[2] for piece in pieces[1:])

    def since(self, mark: int) -> bytes:
        """Return what was written after the first `mark` bytes."""
        return self.recorder.data[mark:]

    def end(self) -> int:
        """Ask the kiosk to end; returns its exit code."""
        self.person.program.kill(signal.SIGTERM)
        return self.person.leave()


def tells_code(shown: bytes, code: str) -> bool:
    """Whether `shown` has the code: the words in a row, or one a line with its number."""
    words = code.split()
    numbered = [re.search(rf"\b{n}  {word}\b".encode(), shown) for n, word in enumerate(words, 1)]
    return code.encode() in shown or any(numbered)
