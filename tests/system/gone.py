"""A terminal that goes away without a word, as behind `su` or `sudo`, and the processes that sat at it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pexpect

_DEAF = (
    "import signal, subprocess, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    "subprocess.run(sys.argv[1:], start_new_session=False)"
)


def deaf_leader(line: Sequence[str], extra: Mapping[str, str]) -> pexpect.spawn[bytes]:
    """Run `line` at a terminal whose session is led by a process that passes no hang-up on."""
    return pexpect.spawn(
        sys.executable, ["-c", _DEAF, *line], env={**os.environ, **extra}, dimensions=(24, 80), timeout=30
    )


def children(process: int) -> list[int]:
    """Return the processes that `process` started."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in listed.read_text().split()]


def descendants(process: int) -> Iterator[int]:
    """Yield all processes below `process`."""
    for child in children(process):
        yield child
        yield from descendants(child)


def wait_for_end(process: int) -> None:
    """Wait until a process is gone."""
    for _ in range(400):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    raise AssertionError(f"process {process} is still there")


def take_away(program: pexpect.spawn[bytes], processes: int = 1) -> None:
    """Close the terminal, and wait until none of the `processes` behind the leader is left."""
    running = list(descendants(program.pid))
    assert len(running) == processes
    program.ptyproc.fileobj.close()
    program.closed = program.ptyproc.closed = True  # its number may be another file's soon
    for process in running:
        wait_for_end(process)
