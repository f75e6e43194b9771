"""The real program: run as a command, or on a pseudo-terminal whose screen can be read."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pyte

PASSPHRASES = ("correct horse battery", "purple monkey dishes")
DEPARTMENTS = "department: Sales=40, Operations=60"


def careload(
    *arguments: str, cwd: Path, given: str = "", extra: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **(extra or {})},
        check=False,
    )


def set_up(folder: Path, *flags: str, name: str = "spring") -> Path:
    """Set a live study up, by flags alone; it is not open yet."""
    secrets = folder / "secrets"
    secrets.mkdir(exist_ok=True)
    for number, passphrase in enumerate(PASSPHRASES):
        (secrets / f"p{number}").write_text(passphrase + "\n")
    made = careload(
        *("init", name, "--organisation", "Example Ltd", "--headcount", "100", "--attribute", DEPARTMENTS),
        *("--supporter", "champion=6x2", "--passphrase", "@secrets/p0", "--passphrase", "@secrets/p1"),
        *flags,
        cwd=folder,
    )
    assert made.returncode == 0, made.stderr
    return folder / name


def open_set_up(folder: Path, name: str = "spring") -> None:
    """Open a study that was set up."""
    sheets = [f"@{name}-keys/{name}-{role}-recovery.txt" for role in ("facilitator", "works-council")]
    opened = careload("open", name, "--sheet", sheets[0], "--sheet", sheets[1], cwd=folder)
    assert opened.returncode == 0, opened.stderr


def open_study(folder: Path, *flags: str, name: str = "spring") -> Path:
    """Set a live study up and open it."""
    study = set_up(folder, *flags, name=name)
    open_set_up(folder, name)
    return study


def close(folder: Path, name: str = "spring") -> subprocess.CompletedProcess[str]:
    """Close the wave with both key holders' keys."""
    keys = [f"{name}-keys/{name}-{role}.key" for role in ("facilitator", "works-council")]
    return careload(
        *("close", name, "--key", keys[0], "--key", keys[1]),
        *("--passphrase", "@secrets/p0", "--passphrase", "@secrets/p1"),
        cwd=folder,
    )


@dataclass
class Person:
    """A person at a terminal, of 80x24 where nothing else is said."""

    program: pexpect.spawn[bytes]
    screen: pyte.Screen
    stream: pyte.ByteStream

    @classmethod
    def start(
        cls,
        *arguments: str,
        cwd: Path,
        extra: dict[str, str] | None = None,
        size: tuple[int, int] = (24, 80),
        module: str = "tui",
    ) -> Person:
        """Start the real program, or another `module`, on a pseudo-terminal."""
        surroundings = {**os.environ, "TERM": "xterm-256color", **(extra or {})}
        program = pexpect.spawn(
            sys.executable,
            ["-m", module, *arguments],
            cwd=str(cwd),
            env=surroundings,
            dimensions=size,
            timeout=30,
        )
        screen = pyte.Screen(size[1], size[0])
        return cls(program, screen, pyte.ByteStream(screen))

    def look(self) -> str:
        """Return what the screen shows now."""
        while True:
            try:
                self.stream.feed(self.program.read_nonblocking(65536, timeout=0.02))
            except (pexpect.TIMEOUT, pexpect.EOF):
                return "\n".join(self.screen.display)

    def until(self, seen: str | Callable[[str], bool], seconds: float = 20.0) -> str:
        """Wait until the screen shows `seen`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            shown = self.look()
            if seen(shown) if callable(seen) else seen in shown:
                return shown
        raise AssertionError(f"{seen!r} did not appear; the screen shows:\n{self.look()}")

    def press(self, keys: str) -> None:
        """Press keys."""
        self.program.send(keys)

    def paste(self, text: str) -> None:
        """Paste a text, as terminals with bracketed paste do."""
        self.press(f"\x1b[200~{text}\x1b[201~")

    def resize(self, lines: int, columns: int) -> None:
        """Give the window another size."""
        self.look()
        self.screen.resize(lines, columns)
        self.program.setwinsize(lines, columns)

    def kill(self) -> None:
        """Kill the program at once, as a power cut would."""
        self.program.kill(signal.SIGKILL)
        self.program.wait()

    def leave(self) -> int:
        """Wait for the end; returns the exit code."""
        self.program.expect(pexpect.EOF, timeout=30)
        self.program.close()
        return int(self.program.exitstatus if self.program.exitstatus is not None else -1)


def words_on(screen: str) -> list[str]:
    """Return the personal code that the screen shows."""
    return re.findall(r"^ +[1-6]  ([a-z]+) *$", screen, flags=re.MULTILINE)


def begin(person: Person, ticket: str) -> str:
    """Go from the first screen to the first question; returns the personal code."""
    person.until("I take part")
    person.press("1")
    person.until("Your ticket")
    person.press(ticket + "\r")
    return take_code(person, "Question 1 of")


def take_code(person: Person, wanted: str) -> str:
    """Write the personal code down, type two words back, and go on to `wanted`; returns the code."""
    words = words_on(person.until("I have written it down"))
    assert len(words) == 6
    person.press("1")
    numbers = re.findall(r"Word (\d)", person.until("type two of the words back"))
    for number in numbers:
        person.press(words[int(number) - 1] + "\r")
    person.until(wanted)
    return " ".join(words)
