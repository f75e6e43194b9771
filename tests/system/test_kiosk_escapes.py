"""Ways out of a kiosk that were tried: keys, pasted sequences, signals, surroundings, options."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.gone import descendants
from tests.system.kiosk import Kiosk
from tests.system.program import Person
from tests.tui import take_studies as studies
from tui.kiosk.guard import KEPT, close_doors, has_connection
from tui.kiosk.wiping import wiping

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

CONTROL = [chr(number) for number in range(32) if chr(number) not in "\x03\x11"]
"""Every Ctrl key but the two that ask whether to leave."""
FUNCTION = ["\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", *(f"\x1b[{n}~" for n in (15, 17, 18, 19, 20, 21, 23, 24))]
EDITORS = [
    ":!sh\r",
    "!sh\r",
    "|sh\r",
    "\x1b:sh\r",
    "~.",
    "\r~C",
    "\x18\x05",
    "\x1bx",
    "\x10quit\r",
    "v",
    "/",
    "\x07",
]
REPORTS = [
    "\x1b]52;c;?\x07",  # what a terminal answers: clipboard, title, device, size, keyboard
    "\x1b]0;title\x07",
    "\x1bP+q\x1b\\",
    "\x1b[?62;4c",
    "\x1b[48;10;10;100;100t",
    "\x1b[48;24;80;480;800t",
    "\x1b[?2048;1$y",
    "\x1b[200~;sh\n\x1b[201~",
    "\x1b[200~\x1b]0;x\x07\x1b[201~",
    "\x00\xff\xfe",
    "a" * 5000,
]


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    kiosk = Kiosk.start(root, tmp_path / "kiosk")
    yield kiosk
    kiosk.person.program.close(force=True)


def state_of(process: int) -> str:
    """Return the letter of a process's state; T is stopped."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def assert_inside(kiosk: Kiosk) -> None:
    """The kiosk and one visit run, nothing else, and neither is stopped."""
    kiosk.person.look()
    running = [kiosk.person.program.pid, *descendants(kiosk.person.program.pid)]
    assert len(running) == 2, running
    assert "T" not in {state_of(process) for process in running}


def asks(kiosk: Kiosk) -> str:
    """Return what is in front; the question whether to leave is answered with staying."""
    kiosk.person.press("\x03")
    kiosk.person.until("Leave now?")
    kiosk.person.press("3")
    return kiosk.person.until(lambda shown: "Leave now?" not in shown)


@pytest.mark.parametrize("where", ["choice", pytest.param("text", marks=pytest.mark.slow)])
def test_no_key_leads_out(kiosk: Kiosk, where: str) -> None:
    """At a question with choices, and where text is typed; afterwards the program answers as before."""
    kiosk.begin()
    if where == "text":
        kiosk.person.press("2")
        kiosk.person.until("Question 2 of")
        kiosk.person.press("70\r")
        kiosk.person.until("Question 3 of")
    visit = kiosk.visit
    for keys in (*CONTROL, *FUNCTION, *EDITORS, *REPORTS):
        kiosk.person.program.send(keys.encode("latin-1"))
        assert_inside(kiosk)
    asks(kiosk)
    assert kiosk.visit == visit
    assert kiosk.end() == 0


def test_no_signal_stops_it(kiosk: Kiosk) -> None:
    """Neither the kiosk nor the visit: what stands behind a stopped program is a shell."""
    kiosk.begin()
    visit = kiosk.visit
    keyboard = (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGINT)
    for number in keyboard:
        os.kill(visit, number)
        os.kill(kiosk.person.program.pid, number)
        assert_inside(kiosk)
    os.kill(visit, signal.SIGCONT)
    os.kill(kiosk.person.program.pid, signal.SIGQUIT)
    asks(kiosk)
    assert kiosk.visit == visit
    assert_inside(kiosk)


@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGUSR1])
def test_a_signal_that_ends_a_visit_leads_to_the_next_welcome(kiosk: Kiosk, number: signal.Signals) -> None:
    kiosk.begin()
    before = set(Path.cwd().iterdir())
    kiosk.signal_visit(number)
    kiosk.person.until("had to stop because of a fault")
    assert_inside(kiosk)
    assert set(Path.cwd().iterdir()) == before  # no core file


HOSTILE = {
    "XDG_STATE_HOME": "{}/state",
    "HOME": "{}/home",
    "TMPDIR": "{}/tmp",
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_DRIVER": "evil:Driver",
    "TEXTUAL_LOG": "{}/log",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SCREENSHOT_LOCATION": "{}",
    "TEXTUAL_PRESS": "1",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "EDITOR": "sh",
    "VISUAL": "sh",
    "PAGER": "sh",
    "SHELL": "sh",
    "SSH_ORIGINAL_COMMAND": "sh",
    "COLUMNS": "3",
    "LINES": "3",
    "PYTHONBREAKPOINT": "os.system",
    "LD_PRELOAD": "",
    "PATH": "{}",
}


def test_surroundings_change_nothing(tmp_path: Path) -> None:
    """All at once: the welcome waits for a key, ctrl+z stays a key, and no file appears where they point."""
    evil = tmp_path / "evil"
    evil.mkdir()
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    extra = {name: value.format(evil) for name, value in HOSTILE.items()}
    drafts = tmp_path / "drafts"
    line = (
        "take",
        str(root),
        "--kiosk",
        "--drafts",
        str(drafts),
    )  # the host of the other tests loads Textual first
    kiosk = Kiosk(
        Person.start(*line, cwd=Path.cwd(), extra={"SSH_CONNECTION": "", **extra}), drafts, tmp_path
    )
    kiosk.is_at_welcome()
    kiosk.person.press("\x1a")
    assert_inside(kiosk)
    kiosk.begin()
    kiosk.person.press("2")
    kiosk.person.until("Question 2 of")
    assert list(evil.iterdir()) == []
    assert (kiosk.drafts / "careload" / "drafts").is_dir()
    assert kiosk.end() == 0


def test_only_looks_and_language_stay_and_only_as_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "umask", lambda _: 0)
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    kept = {"TERM": "xterm-256color", "LANG": "de_DE.UTF-8", "NO_COLOR": "1"}
    bad = {"LC_ALL": "../../x", "COLORTERM": "\x1b]0;x\x07", "TERM_PROGRAM": "a b"}
    surroundings = {**kept, **bad, **HOSTILE}
    close_doors(surroundings)
    assert {name: surroundings[name] for name in surroundings if name in KEPT} == kept
    assert surroundings.keys() - set(KEPT) == {"PATH", "HOME"}
    assert surroundings["PATH"] == "/usr/bin:/bin"
    assert surroundings["HOME"] != HOSTILE["HOME"]


def test_memory_is_not_written_and_files_are_closed_to_others(tmp_path: Path) -> None:
    """In a process of its own: limits do not go up again."""
    program = (
        "import os, resource\nfrom tui.kiosk.guard import close_doors\nclose_doors(os.environ)\n"
        f"open({str(tmp_path / 'made')!r}, 'w').close()\nprint(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600


def test_sshd_says_whether_there_is_a_connection() -> None:
    assert has_connection({"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"})
    assert not has_connection({"SSH_ORIGINAL_COMMAND": "sh"})


def test_without_a_terminal_nothing_is_run(tmp_path: Path) -> None:
    """As for `ssh ask@host sh`, sftp and scp: exit 2, one sentence, nothing read or written."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    line = [sys.executable, "-m", "tui", "take", str(root), "--kiosk", "--drafts", str(tmp_path / "drafts")]
    surroundings = {**os.environ, "SSH_ORIGINAL_COMMAND": "sh"}
    done = subprocess.run(
        line, input="id\n", capture_output=True, text=True, check=False, timeout=60, env=surroundings
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "it needs a terminal and runs nothing else" in done.stderr
    assert not (tmp_path / "drafts").exists()


@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_a_terminal_without_sequences_gets_none(terminal: str) -> None:
    assert "\x1b" not in wiping(terminal, own_screen=False)
    assert wiping(terminal, own_screen=False).count("\n") == 100
