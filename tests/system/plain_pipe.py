"""Somebody who takes part over pipes, with the real program: reads up to a prompt, types a line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

PROMPT = re.compile(
    r"Type (a number|your text|the |what )|Kept. Next line|Your answer[,:]|Your text:|Word [1-6]:|Ticket:"
    r"|Your name:|The six words of your code:|How can you be reached\?:|.*\(\d of \d\): a number "
)
"""How every line begins after which the program waits for one."""


class PipedPerson:
    """Talks with `careload take --plain`; `raw` holds every byte that was read."""

    def __init__(self, study: Path, state: Path, *arguments: str, code: str = "") -> None:
        given = ("--code", "-") if code else ()
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tui", "take", study.name, "--plain", *arguments, *given],
            cwd=study.parent,
            env={**os.environ, "XDG_STATE_HOME": str(state)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.raw = b""
        self.lines: list[str] = []
        self.code = code
        if code:
            self._write(code)

    def __enter__(self) -> PipedPerson:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.communicate()

    def prompt(self) -> str:
        """Read up to the next prompt; the empty string when the program has ended."""
        assert self.program.stdout is not None
        for line in self.program.stdout:
            self.raw += line
            self.lines.append(line.decode().rstrip("\n"))
            if PROMPT.match(self.lines[-1]):
                return self.lines[-1]
        return ""

    def type(self, *lines: str) -> str:
        """Type lines, each at a prompt; returns the prompt that follows the last."""
        prompt = ""
        for line in lines:
            self._write(line)
            prompt = self.prompt()
        return prompt

    def begin(self) -> str:
        """Go from the first page to the first question, where no ticket is needed."""
        self.prompt()
        prompt = self.type("1", "1")
        numbered = [line.split() for line in self.lines if re.fullmatch(r"[1-6] [a-z]+", line)]
        words = dict(numbered[-6:])
        self.code = " ".join(words[str(number)] for number in range(1, 7))
        for _ in range(2):
            prompt = self.type(words[prompt[5]])
        return prompt

    def since(self, start: Callable[[str], bool]) -> str:
        """Return the last line of which `start` is true."""
        return next(line for line in reversed(self.lines) if start(line))

    def kill(self) -> None:
        """End the program at once, as a power cut would."""
        os.killpg(self.program.pid, signal.SIGKILL)
        self.program.communicate()

    def leave(self) -> tuple[int, str]:
        """End the input, read to the end; returns exit code and standard error."""
        out, err = self.program.communicate(timeout=60)
        self.raw += out
        self.lines += out.decode().splitlines()
        return self.program.returncode, err.decode()

    def _write(self, line: str) -> None:
        assert self.program.stdin is not None
        self.program.stdin.write(f"{line}\n".encode("utf-8", "surrogatepass"))
        self.program.stdin.flush()


def odd_bytes(raw: bytes) -> set[int]:
    """Return the bytes in `raw` that a terminal would obey, newlines apart."""
    return {byte for byte in raw if (byte < 0x20 and byte != 0x0A) or byte == 0x7F}
