"""A program on a pseudo-terminal: start it, press keys, time what it paints."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

QUIET = 0.03
"""Seconds without output after which a repaint counts as finished."""


class Terminal:
    """One program on an 80x24 pseudo-terminal."""

    def __init__(self, command: Sequence[str], extra: Mapping[str, str] | None = None) -> None:
        self.started = time.perf_counter()
        self.output = b""
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(extra or {})}
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), environment)  # noqa: S606
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, text: str, timeout: float = 30.0) -> float:
        """Return seconds from start to the moment `text` stands in the output."""
        wanted = text.encode()
        while wanted not in self.output:
            if not self._read(timeout):
                raise TimeoutError(f"{text!r} did not appear; the end was {self.output[-400:]!r}")
        return time.perf_counter() - self.started

    def press(self, keys: str, wanted: str = "", timeout: float = 5.0) -> float:
        """Send `keys`; return seconds to the last output of the repaint that follows and shows `wanted`."""
        self.drain(0.01)
        self.output = b""
        began = last = time.perf_counter()
        os.write(self.handle, keys.encode())
        while self._read(QUIET if self.output and wanted.encode() in self.output else timeout):
            last = time.perf_counter()
        if not self.output or wanted.encode() not in self.output:
            raise TimeoutError(f"{wanted or 'a repaint'!r} did not follow; painted was {self.output!r}")
        return last - began

    def drain(self, quiet: float = 0.1) -> None:
        """Read until nothing more comes."""
        while self._read(quiet):
            pass

    def processor_seconds(self) -> float:
        """Return the processor time of all threads so far, by the kernel's clock of that process (Linux)."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def peak_megabytes(self) -> float:
        """Return the program's peak resident memory so far."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

    def loaded(self, packages: Sequence[str]) -> tuple[str, ...]:
        """Return which of these compiled packages the program has mapped."""
        mapped = Path(f"/proc/{self.pid}/maps").read_text()
        return tuple(name for name in packages if f"-packages/{name}/" in mapped)

    def kill(self) -> None:
        """End the program at once."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    def _read(self, timeout: float) -> bool:
        ready, _, _ = select.select([self.handle], [], [], timeout)
        if not ready:
            return False
        try:
            piece = os.read(self.handle, 65536)
        except OSError:
            return False
        self.output += piece
        return bool(piece)


def python(module: str, *arguments: str) -> list[str]:
    """Return the command that runs `module` with this interpreter."""
    return [sys.executable, "-m", module, *arguments]
