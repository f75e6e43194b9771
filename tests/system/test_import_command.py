"""`careload import` as people run it: looking is the default, sealing is agreed to, a kill doubles nobody."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scoring.rehearsal import simulate
from store.imports import imported_names
from store.inbox import count
from store.public import load_public
from store.study import Study
from tests import exported
from tests.system.program import Person, careload, close, open_study

PEOPLE = 40


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an open study; the answers of 40 people, and of 2,000, lie beside it."""
    study = open_study(tmp_path_factory.mktemp("import"))
    public = load_public(study)
    people = simulate(public.battery, public.policy.attributes, PEOPLE, 4)
    (study.parent / "answers.csv").write_bytes(exported.limesurvey(public.battery, people))
    many = exported.plain(public.battery, people * 50)
    (study.parent / "many.csv").write_bytes(many)
    return study


def sealed_in(study: Path) -> int:
    """Return how many sealed files lie in the inbox."""
    return count(Study.load(study))


def test_looking_is_what_happens_where_nobody_can_be_asked(spring: Path) -> None:
    done = careload("import", "spring", "answers.csv", cwd=spring.parent, given="yes\n")
    assert (done.returncode, sealed_in(spring)) == (0, 0)
    assert "read as limesurvey, 40 rows" in done.stdout
    assert "add --yes" in done.stderr
    dry = careload("import", "spring", "answers.csv", "--yes", "--dry-run", "--json", cwd=spring.parent)
    report = json.loads(dry.stdout)
    assert (report["taken"], report["sealed"], sealed_in(spring)) == (PEOPLE, None, 0)


def test_bad_files_end_with_three_and_a_place(spring: Path) -> None:
    """File, line, found, expected and what to do; no traceback, no answer."""
    for name, data, words in (
        ("latin.csv", "department\nk\xe4\n".encode("latin-1"), ("latin.csv:2:", "UTF-8")),
        ("none.csv", b"", ("none.csv:1:", "empty")),
        ("other.csv", b"name\ncanary-1\n", ("no column of this file", "--map")),
        ("off.csv", b"department\ncanary-1\n", ("no row can be taken",)),
    ):
        (spring.parent / name).write_bytes(data)
        done = careload("import", "spring", name, "--yes", cwd=spring.parent)
        assert done.returncode == 3
        assert "Traceback" not in done.stderr
        assert "canary" not in done.stderr + done.stdout
        assert all(word in done.stderr for word in words), done.stderr
    assert sealed_in(spring) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "spring"), 2),
        (("import", "spring", "answers.csv", "--layout", "excel"), 2),
        (("import", "spring", "answers.csv", "--take-back"), 2),
        (("import", "spring", "nothing.csv"), 6),
        (("import", "nowhere", "answers.csv"), 6),
    ],
)
def test_wrong_calls_end_with_the_documented_code(
    spring: Path, arguments: tuple[str, ...], code: int
) -> None:
    done = careload(*arguments, cwd=spring.parent)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr


def test_the_question_on_a_terminal_is_answered_with_yes_alone(spring: Path) -> None:
    for answer, sealed in (("n", 0), ("y", 0), ("yes", PEOPLE)):
        person = Person.start("import", "spring", "answers.csv", cwd=spring.parent)
        person.until("Seal the answers of 40 people? Type yes:")
        person.press(f"{answer}\r")
        assert person.leave() == 0
        assert sealed_in(spring) == sealed
    removed = careload("import", "spring", "--take-back", "--yes", cwd=spring.parent)
    assert "Removed: 40 people's" in removed.stderr
    assert sealed_in(spring) == 0


@pytest.mark.slow
def test_a_kill_in_the_middle_counts_nobody_and_the_next_run_everybody_once(spring: Path) -> None:
    chance = random.Random(2)
    command = [sys.executable, "-m", "tui", "import", "spring", "many.csv", "--yes"]
    for _ in range(3):
        running = subprocess.Popen(
            command, cwd=spring.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        goal = sealed_in(spring) + chance.randint(1, 200)
        while running.poll() is None and sealed_in(spring) < goal:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert 0 < sealed_in(spring) < PEOPLE * 50
        assert imported_names(spring) == frozenset()
    done = careload("import", "spring", "many.csv", "--yes", "--json", cwd=spring.parent)
    assert (done.returncode, json.loads(done.stdout)["sealed"]) == (0, PEOPLE * 50)
    assert sealed_in(spring) == len(imported_names(spring)) == PEOPLE * 50
    again = json.loads(careload("import", "spring", "many.csv", "--yes", "--json", cwd=spring.parent).stdout)
    assert (again["sealed"], again["already"]) == (0, PEOPLE * 50)
    assert careload("import", "spring", "--take-back", "--yes", cwd=spring.parent).returncode == 0


@pytest.mark.slow
def test_a_wave_that_was_imported_is_closed_and_shown_like_any_other(spring: Path) -> None:
    """The last test of this study."""
    imported = careload("import", "spring", "answers.csv", "--yes", cwd=spring.parent)
    assert imported.returncode == 0, imported.stderr
    ended = close(spring.parent)
    assert "Counted: 40 of 100" in ended.stderr, ended.stderr
    shown = careload("review", "spring", cwd=spring.parent)
    assert "The whole wave was collected elsewhere and imported." in shown.stdout
    late = careload("import", "spring", "answers.csv", "--yes", cwd=spring.parent)
    assert (late.returncode, "closed" in late.stderr) == (3, True)
