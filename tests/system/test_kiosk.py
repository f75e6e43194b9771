"""Person after person at a kiosk, on a real terminal: nothing of the one is left for the other."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

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
    raise AssertionError(f"process {process} is still there")


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
