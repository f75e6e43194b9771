"""Completion as a shell asks for it: a line and a place in, words out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def offered(line: str, folder: Path) -> list[str]:
    """Return what is offered at the end of `line`."""
    answer = folder / "answer"
    surroundings = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line.encode())),
        "COMP_TYPE": "9",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "tui"],
        env=surroundings,
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    return [word.strip() for word in answer.read_text().split("\n")]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("careload re", {"result", "review", "reference", "requests"}),
        ("careload review study --ro", {"--role"}),
        ("careload review study --look contrast", {"contrast-dark", "contrast-light"}),
        ("careload import study --dry", {"--dry-run"}),
        ("careload plan 'open quotation --sc", set()),
        ("careload nonsense --sc", set()),
    ],
)
def test_commands_options_and_values_are_offered(line: str, wanted: set[str], tmp_path: Path) -> None:
    assert set(offered(line, tmp_path)) - {""} == wanted


def test_the_folder_of_a_study_is_offered(tmp_path: Path) -> None:
    (tmp_path / "spring").mkdir()
    assert "spring/" in offered("careload take spr", tmp_path)


def test_a_command_does_not_load_it() -> None:
    """An employee's first screen waits for nothing that is not shown."""
    look = (
        "import sys, tui.__main__, tui.cli; tui.cli.run(['--help']); sys.exit('argcomplete' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", look], capture_output=True, timeout=60, check=False)
    assert ended.returncode == 0
    assert b"Employees" in ended.stdout
