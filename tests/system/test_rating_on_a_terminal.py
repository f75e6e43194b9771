"""The real program with two raters at a terminal, and what is left behind on disk and in pipes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scoring import rehearsed_tasks
from store.texts import open_texts
from store.vault import unlock
from tests.store.examples import everything_under
from tests.system.canaries import typed_with
from tests.system.program import Person, careload
from tui.flows.rehearsing import PASSPHRASES, Rehearsal, rehearse

CANARY = "zanzibar-canary"
ROLES = ("facilitator", "works-council")


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """Close a rehearsal of 60 people, nine in ten of whom let raters read; every text carries the canary."""
    folder = tmp_path_factory.mktemp("rating")
    with pytest.MonkeyPatch.context() as patch, typed_with(CANARY):
        patch.setattr(rehearsed_tasks, "CONSENTING", 0.9)
        made = rehearse(folder / "x", 60, 5, "careload test")
    for role, passphrase in zip(ROLES, PASSPHRASES, strict=True):
        (folder / "x" / role).write_text(passphrase)
    return made


@pytest.fixture
def folder(rehearsal: Rehearsal) -> Path:
    """The folder in which study, keys and passphrases lie."""
    return rehearsal.study.root.parent


def options(*roles: str) -> list[str]:
    keys = [word for role in roles for word in ("--key", f"keys/rehearsal-{role}.key")]
    return ["rate", "study", *keys, *(word for role in roles for word in ("--passphrase", f"@{role}"))]


def test_only_allowed_texts_are_in_the_queue(rehearsal: Rehearsal) -> None:
    """Of each form ten or more, each with a yes; the release and everything else on disk hold none."""
    keys = [
        unlock(path.read_bytes(), passphrase, path.name)
        for path, passphrase in zip(rehearsal.founded.keys, PASSPHRASES, strict=True)
    ]
    kept = open_texts(rehearsal.study, keys).texts
    assert len(kept) == rehearsal.closing.texts >= 10
    assert all(CANARY in text.text for text in kept)
    assert CANARY.encode() not in everything_under(rehearsal.study.root.parent)


def test_two_raters_mark_and_leave_and_nothing_stays_behind(folder: Path) -> None:
    """Texts on the screen only: none on disk, none in what is printed afterwards."""
    for rater, key in (("one", "2"), ("two", "4")):
        person = Person.start(*options(*ROLES), "--rater", rater, cwd=folder)
        person.until("An even hand")
        person.press("\r")
        person.until("0 marked by you")
        for given in range(1, 4):
            person.press(key)
            person.until(f"{given} marked by you")
        person.press("q")
        person.until(f"Kept: 3 marks of {rater}.")
        assert person.leave() == 0
    told = careload(*options(*ROLES), "--summary", "--json", cwd=folder)
    assert told.returncode == 0, told.stderr
    summary = json.loads(told.stdout)["summary"]
    assert (summary["kinds"], summary["severity_sd"]) == ([], None)
    assert CANARY not in told.stdout + told.stderr
    assert CANARY.encode() not in everything_under(folder)
    assert careload("doctor", "study", cwd=folder).returncode == 0


def test_a_killed_rater_loses_no_mark(folder: Path) -> None:
    person = Person.start(*options(*ROLES), "--rater", "three", cwd=folder)
    person.until("An even hand")
    person.press("\r")
    person.until("0 marked by you")
    person.press("3")
    person.until("1 marked by you")
    person.kill()
    person = Person.start(*options(*ROLES), "--rater", "three", cwd=folder)
    person.until("An even hand")
    person.press("\r")
    person.until("1 marked by you")
    person.press("q")
    assert person.leave() == 0


def test_in_plain_lines_too(folder: Path) -> None:
    """With ACCESSIBLE: each text as lines, no escape bytes, the same marks kept."""
    person = Person.start(*options(*ROLES), "--rater", "five", cwd=folder, extra={"ACCESSIBLE": "1"})
    person.until("Your mark, 0 to 4, or help.")
    for typed, answer in (("7", "Please type a number"), ("back", "no text before"), ("3", "Kept: 3.")):
        person.press(f"{typed}\r")
        person.until(answer)
    person.press("quit\r")
    person.until("Kept: 1 marks of five.")
    assert person.leave() == 0


def test_texts_go_into_no_pipe_and_open_with_no_key_alone(folder: Path) -> None:
    """A redirected output would leave them on disk in clear: exit 2. One key alone: exit 4."""
    piped = careload(*options(*ROLES), "--rater", "four", cwd=folder, given="\n3\n")
    assert piped.returncode == 2
    assert "on a terminal only" in piped.stderr
    alone = careload(*options(ROLES[0]), "--summary", cwd=folder)
    assert alone.returncode == 4
    neither = careload(*options(*ROLES), cwd=folder)
    assert neither.returncode == 2
    wrong = careload(*options(*ROLES), "--rater", "../x", cwd=folder)
    assert wrong.returncode == 3
    for done in (piped, alone, neither, wrong):
        assert CANARY not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_after_the_keys_are_destroyed_neither_texts_nor_marks_open(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    shred = careload("shred", "study", "--key-dir", "keys", cwd=tmp_path / "copy", given="rehearsal\n")
    assert shred.returncode == 0, shred.stderr
    gone = careload(*options(*ROLES), "--summary", cwd=tmp_path / "copy")
    assert gone.returncode == 3
    assert CANARY.encode() not in everything_under(tmp_path / "copy")
