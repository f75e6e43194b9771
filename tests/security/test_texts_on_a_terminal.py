"""Whatever a name, a file or an argument holds: no control character but the program's own is written."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from instruments.texts import CONTROL
from tests.fuzz.harness import careload
from tests.store.examples import Opened, open_study
from tui import output, secrets

HOSTILE = "a\x1b]0;owned\x07b\x9b2Jc\u202ed\x7fe\u2028f"


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Return a study of two made-up questions."""
    return open_study(tmp_path / "study")


def test_json_holds_every_character_and_no_control_character(capsys: pytest.CaptureFixture[str]) -> None:
    """Escaped as JSON may do: a terminal shows letters, a program reads the very text."""
    output.put_json({"name": HOSTILE})
    printed = capsys.readouterr().out
    assert not CONTROL.search(printed)
    assert json.loads(printed) == {"name": HOSTILE}


def test_sentences_lose_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    output.put(HOSTILE)
    output.say(HOSTILE)
    printed = capsys.readouterr()
    assert printed.out.strip() == printed.err.strip() == "a]0;ownedb2Jcdef"


@pytest.mark.parametrize(
    "words",
    [
        (f"--{HOSTILE}",),
        (HOSTILE,),
        ("status", "x", HOSTILE),
        ("plan", "x", "--weeks", HOSTILE),
        ("status", HOSTILE),
    ],
)
def test_wrong_arguments_are_told_without_control_characters(words: tuple[str, ...]) -> None:
    done = careload(*words)
    assert done.code in {2, 6}
    assert not CONTROL.search(done.out + done.err)


def test_names_of_files_in_the_study_are_told_as_letters(opened: Opened) -> None:
    """Inbox, definitions and the folder itself: `doctor` names the file, in words and as JSON."""
    for folder in ("inbox", "definitions", "."):
        (opened.root / folder / f"{HOSTILE}.toml").write_bytes(b"x")
    for flags in ((), ("--json",)):
        done = careload("doctor", str(opened.root), *flags)
        assert done.code == 3
        assert "owned" in done.out
        assert not CONTROL.search(done.out + done.err)


def test_the_name_of_a_key_file_is_asked_for_as_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question for a passphrase repeats the file's name."""
    asked: list[str] = []

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def getpass(prompt: str, _stream: object) -> str:
        asked.append(prompt)
        return "words"

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", getpass)
    assert secrets.read_secret("--passphrase", None, f"Passphrase of {HOSTILE}: ") == "words"
    assert not CONTROL.search(asked[0])


def test_a_pipe_in_place_of_a_secret_is_not_waited_for(opened: Opened, tmp_path: Path) -> None:
    """Nobody writes to it: exit 3 at once, and the way that works is named."""
    os.mkfifo(tmp_path / "pipe")
    done = careload("result", str(opened.root), "--code", f"@{tmp_path / 'pipe'}")
    done.refused(3)
    assert "standard input" in done.err
