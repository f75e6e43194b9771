"""What an attack with the folder, the keys and the source at hand has found, and what is done about it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store.public import load_public
from tests.fuzz.harness import careload, close_arguments, live_study

CANARY = "Zanzibarkanarienvogel"
BROKEN = f"""
import sys
from tui import __main__, cli

def run(arguments):
    answer = {CANARY!r}
    raise RuntimeError(answer)

cli.run = run
sys.argv = ["careload", "status"]
__main__.main()
"""


def test_a_fault_outside_of_the_screens_tells_its_place_and_no_word_of_anybody() -> None:
    """Python would print the message of the fault, which may quote what it could not handle."""
    line = [sys.executable, "-c", BROKEN]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Please report: RuntimeError" in done.stderr
    assert CANARY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an open study with nobody's answers; the keys of both holders lie beside it."""
    live_study(tmp_path, people=1)
    (tmp_path / "keys").rename(tmp_path / "spring-keys")
    return tmp_path


def test_keys_that_still_lie_together_are_told(folder: Path) -> None:
    """Both passphrases aside, one recovery sheet a holder is all that it takes."""
    found = careload("doctor", str(folder / "spring"))
    assert found.code == 0
    assert "notice: spring-keys: Keys or recovery sheets of several holders" in found.out
    for path in (folder / "spring-keys").iterdir():
        if path.name != "spring-facilitator.key":
            path.unlink()
    assert "spring-keys" not in careload("doctor", str(folder / "spring")).out


def test_more_tickets_than_people_are_told(folder: Path) -> None:
    """Whoever issues them could answer for people that are not there, and so come closer to one who is."""
    assert "have been issued" not in careload("invite", str(folder / "spring"), "--count", "99").err
    told = careload("invite", str(folder / "spring"), "--count", "1").err
    assert "101 tickets have been issued for 100 people" in told


def test_a_holder_can_tell_that_another_key_was_put_in_the_place_of_theirs(folder: Path) -> None:
    """Before opening, the facilitator's account can write its own key into the setup."""
    mine = json.loads((folder / "spring-keys" / "spring-works-council.key").read_text())["public_key"]

    def told(root: Path) -> str:
        checks = json.loads(careload("verify", str(root), "--json").out)["checks"]
        return next(str(one["sentence"]) for one in checks if one["name"] == "keys")

    assert f"works council {mine[:16]}" in told(folder / "spring")
    live_study(folder / "swapped", people=1)
    assert mine[:16] not in told(folder / "swapped" / "spring")


def test_a_released_wave_stays_closed_when_its_mark_is_taken_away(folder: Path) -> None:
    """Else people would hand in what nobody ever counts, and tickets would go on."""
    live_study(folder / "closed")
    study = folder / "closed" / "spring"
    careload(*close_arguments(folder / "closed")).refused(0)
    (study / "public" / "closed").unlink()
    assert load_public(study).closed_now()
    (study / "public" / "proof-baseline.json").rename(folder / "proof")
    careload("invite", str(study), "--count", "1").refused(3)
    assert "the mark that it is closed is gone" in careload("doctor", str(study)).out
    (folder / "proof").rename(study / "public" / "proof-baseline.json")
    careload(*close_arguments(folder / "closed")).refused(3)
    assert careload("doctor", str(study)).code == 0
