"""Person after person at a kiosk, on a real terminal: nothing of the one is left for the other."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import pytest

from tests.system.gone import deaf_leader, take_away, wait_for_end
from tests.system.kiosk import LEAVE_OTHER, Kiosk, tells_code
from tests.system.kiosk_host import SECRET
from tests.system.program import Person
from tests.tui import take_studies as studies

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types(), pinned=True)
    return root


@pytest.fixture
def kiosk(study: Path, tmp_path: Path) -> Kiosk:
    return Kiosk.start(study, tmp_path / "kiosk")


def type_secret(kiosk: Kiosk) -> None:
    """Answer two questions and type the canary into the third."""
    kiosk.person.press("2")
    kiosk.person.until("Question 2 of")
    kiosk.person.press("70\r")
    kiosk.person.until("Question 3 of")
    kiosk.person.press(SECRET)
    kiosk.person.until(SECRET)


def files_with(folder: Path, *secrets: str) -> list[Path]:
    """Return every file below `folder` that holds one of `secrets` in clear."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files for one in secrets if one.encode() in path.read_bytes()]


def assert_wiped(kiosk: Kiosk, code: str, mark: int) -> None:
    """Nothing of a person on the screen, since `mark`, ever where the scroll bar reaches, or on disk."""
    kiosk.is_at_welcome()
    shown = kiosk.person.look()
    assert SECRET not in shown
    assert not tells_code(shown.encode(), code)
    for written in (kiosk.since(mark), kiosk.main_screen()):
        assert written
        assert SECRET.encode() not in written
        assert not tells_code(written, code)
    assert tells_code(kiosk.recorder.data, code)  # it was there, so it could have been found
    assert files_with(kiosk.drafts.parent.parent, SECRET, code) == []


def test_who_leaves_finds_everything_again_and_nobody_else_finds_anything(kiosk: Kiosk) -> None:
    """Screen, scroll bar and disk are clean at the next welcome; the code goes on at the same question."""
    code = kiosk.begin()
    type_secret(kiosk)
    first = kiosk.visit
    kiosk.person.press("\x03")
    kiosk.person.until("Leave now?")
    mark = len(kiosk.recorder.data)
    kiosk.person.press("1")
    assert_wiped(kiosk, code, mark)
    assert kiosk.visit != first
    kiosk.come_back(code)
    kiosk.person.until(SECRET)
    assert kiosk.end() == 0


def test_a_finished_sitting_leaves_one_sealed_file_and_no_draft(kiosk: Kiosk, study: Path) -> None:
    code = kiosk.begin()
    type_secret(kiosk)
    kiosk.person.press("\x0e")
    kiosk.person.until("Question 4 of")
    kiosk.person.press("s")
    kiosk.person.until("Question 5 of")
    kiosk.person.press("r1")
    kiosk.person.until("Your answers")
    kiosk.person.press("g")
    kiosk.person.until("Hand in: seal my answers", 60)
    kiosk.person.press("1")
    kiosk.person.until("Your personal code once more")
    mark = len(kiosk.recorder.data)
    kiosk.person.press("1")
    assert_wiped(kiosk, code, mark)
    assert len(list((study / "inbox").iterdir())) == 1
    assert [
        path.name for path in kiosk.drafts.rglob("*") if path.is_file() and ".lock" not in path.name
    ] == []
    assert kiosk.end() == 0


def test_nobody_there_is_asked_and_then_wiped(kiosk: Kiosk) -> None:
    """The clock is the test's: a minute's question, then the next welcome, which says why."""
    code = kiosk.begin()
    type_secret(kiosk)
    kiosk.set_clock(241)
    kiosk.person.until("Are you still there?")
    mark = len(kiosk.recorder.data)
    kiosk.set_clock(301)
    kiosk.person.until("Nobody pressed a key for 5 minutes")
    assert_wiped(kiosk, code, mark)
    kiosk.come_back(code)
    kiosk.person.until(SECRET)
    assert kiosk.end() == 0


@pytest.mark.parametrize("how", ["fault", "killed"])
def test_a_crash_shows_a_sentence_and_the_next_welcome(kiosk: Kiosk, how: str) -> None:
    """A fault of the program, or a killed process that could put nothing in order."""
    code = kiosk.begin()
    type_secret(kiosk)
    kiosk.person.until("21 of 200 characters")
    mark = len(kiosk.recorder.data)
    if how == "killed":
        kiosk.signal_visit(signal.SIGKILL)
    else:
        (kiosk.given / "broken").write_text("question")
        kiosk.person.press("\x0e")
    kiosk.person.until("had to stop because of a fault")
    assert_wiped(kiosk, code, mark)
    assert b"Traceback" not in kiosk.recorder.data
    if how == "fault":
        assert "Please report: RuntimeError, kiosk_host.py line" in " ".join(kiosk.person.look().split())
    kiosk.person.press("\x1a1")  # the terminal was put in order: keys count
    kiosk.person.until("I have written it down")
    assert kiosk.end() == 0


def test_a_fault_that_stays_ends_a_connection_and_does_not_run_in_circles(
    study: Path, tmp_path: Path
) -> None:
    (tmp_path / "kiosk" / "set").mkdir(parents=True)
    (tmp_path / "kiosk" / "set" / "broken").write_text("welcome")
    kiosk = Kiosk.start(study, tmp_path / "kiosk", "ssh")
    assert kiosk.person.leave() == 1
    assert kiosk.recorder.data.count(LEAVE_OTHER) == 2 * 3
    assert b"Please report: RuntimeError" in kiosk.recorder.data
    assert SECRET.encode() not in kiosk.recorder.data


def test_behind_a_connection_one_person_and_then_the_end(study: Path, tmp_path: Path) -> None:
    """Their own scroll bar stays theirs: it is not erased, and nothing was written into it but a sentence."""
    kiosk = Kiosk.start(study, tmp_path / "kiosk", "ssh")
    code = kiosk.begin()
    type_secret(kiosk)
    kiosk.person.press("\x11")
    kiosk.person.until("Leave now?")
    kiosk.person.press("1")
    assert kiosk.person.leave() == 0
    main = kiosk.main_screen()
    assert b"kept at this kiosk" in main
    assert SECRET.encode() not in main
    assert not tells_code(main, code)
    assert b"\x1b[3J" not in main
    kiosk = Kiosk.start(study, tmp_path / "kiosk", "ssh")
    kiosk.come_back(code)
    kiosk.person.until(SECRET)
    assert kiosk.end() == 0


@pytest.mark.parametrize("how", ["hang-up", "cut"])
def test_a_lost_connection_keeps_everything_and_leaves_no_process(
    study: Path, tmp_path: Path, how: str
) -> None:
    """SIGHUP, and a terminal that is gone: also what was typed just now is kept."""
    kiosk = Kiosk.start(study, tmp_path / "kiosk", "ssh")
    code = kiosk.begin()
    type_secret(kiosk)
    both = [kiosk.person.program.pid, kiosk.visit]
    if how == "cut":
        kiosk.person.program.close(force=False)
    else:
        kiosk.person.program.kill(signal.SIGHUP)
        assert kiosk.person.leave() == 0
    for process in both:
        wait_for_end(process)
    kiosk = Kiosk.start(study, tmp_path / "kiosk", "ssh")
    kiosk.come_back(code)
    kiosk.person.until(SECRET)
    assert kiosk.end() == 0


def begin_in_lines(kiosk: Kiosk) -> str:
    """Take part up to the first question, in plain lines; returns the personal code."""
    said = kiosk.heard("Type a number, 1 to 4.")
    assert "I take part" in said
    kiosk.person.press("1\n")
    words = re.findall(r"^([1-6]) ([a-z]+)$", kiosk.heard("Type a number, 1 or 2."), flags=re.MULTILINE)
    code = " ".join(word for _, word in words)
    assert len(words) == 6
    kiosk.person.press("1\n")
    for _ in range(2):
        number = int(re.findall(r"Word ([1-6]):", kiosk.heard(r"Word [1-6]:"))[-1])
        kiosk.person.press(f"{code.split()[number - 1]}\n")
    kiosk.heard("Your answer")
    return code


@pytest.mark.parametrize("more", [(), ("ssh",)])
def test_plain_lines_leave_nothing_either(study: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    """Lines stand in the scroll bar, so that it is erased behind every person, on a connection too."""
    kiosk = Kiosk.start(study, tmp_path / "kiosk", "plain", *more)
    code = begin_in_lines(kiosk)
    kiosk.person.press("2\n")
    kiosk.heard("Question 2 of")
    kiosk.person.press("70\n")
    kiosk.heard("Type your text")
    kiosk.person.press(f"{SECRET}\n")
    kiosk.heard("Kept")
    kiosk.set_clock(241)
    kiosk.heard("Are you still there?")
    kiosk.set_clock(301)
    kiosk.heard("Nobody pressed a key for 5 minutes")
    after = kiosk.recorder.data.rpartition(b"\x1b[3J")[2]
    assert SECRET.encode() not in after
    assert not tells_code(after, code)
    assert b"Nobody pressed a key" in after
    assert SECRET.encode() in kiosk.recorder.data
    assert files_with(tmp_path, SECRET, code) == []
    assert (kiosk.person.leave() if more else kiosk.end()) == 0


def test_a_line_typed_in_time_keeps_the_visit_going(study: Path, tmp_path: Path) -> None:
    kiosk = Kiosk.start(study, tmp_path / "kiosk", "plain")
    begin_in_lines(kiosk)
    kiosk.set_clock(241)
    kiosk.heard("Are you still there?")
    kiosk.person.press("again\x03\x1a\n")
    kiosk.heard("Your answer")
    kiosk.set_clock(299)
    kiosk.person.press("2\n")
    kiosk.heard("Question 2 of")
    kiosk.person.press("quit\n")
    kiosk.heard("I take part")
    assert kiosk.end() == 0


def test_a_terminal_that_is_gone_ends_it_without_a_signal(study: Path, tmp_path: Path) -> None:
    """As behind `su` or `sudo`, which lead the session and need not pass the hang-up on."""
    given, drafts = tmp_path / "set", tmp_path / "drafts"
    given.mkdir()
    (given / "clock").write_text("0")
    line = [sys.executable, "-m", "tests.system.kiosk_host", str(study), str(drafts), str(given)]
    leader = deaf_leader(line, {"TERM": "xterm", "SSH_CONNECTION": ""})
    leader.expect("I take part", timeout=30)
    take_away(leader, 2)


def test_the_visit_ends_when_the_kiosk_is_killed(kiosk: Kiosk) -> None:
    """Nobody would wipe after it."""
    kiosk.begin()
    visit = kiosk.visit
    kiosk.person.kill()
    wait_for_end(visit)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--ticket", "-"], "belong to one person"),
        (["--code", "-"], "belong to one person"),
        (["--idle", "1"], "2 to 60 minutes"),
        (["other-study"], "unrecognized arguments"),
        (["--json"], "unrecognized arguments"),
        (["-c", "sh"], "unrecognized arguments"),
    ],
)
def test_what_a_kiosk_does_not_take_is_refused(study: Path, more: list[str], told: str) -> None:
    person = Person.start("take", str(study), "--kiosk", *more, cwd=study.parent)
    recorded = person.program.read().decode()
    assert told in " ".join(recorded.split())
    assert person.leave() == 2


@pytest.mark.parametrize("option", [["--drafts", "x"], ["--idle", "9"]])
def test_options_of_a_kiosk_belong_to_a_kiosk(study: Path, option: list[str]) -> None:
    person = Person.start("take", str(study), *option, cwd=study.parent)
    assert "belong to a kiosk" in person.program.read().decode()
    assert person.leave() == 2
