"""`careload log` as people use it: two keys after the first time, flags, and no place for a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.system.program import Person, careload, open_study

CANARY = "zanzibar-canary"
FLAGS = ("--minutes", "30", "--kind", "pair", "--role", "champion", "--group", "sales", "--load", "right")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_study(tmp_path_factory.mktemp("log"))


@pytest.fixture
def study(opened: Path) -> Path:
    """The study with an empty ledger."""
    for path in (opened / "ledger").iterdir():
        path.unlink()
    return opened


@pytest.fixture
def state(tmp_path: Path) -> dict[str, str]:
    """What this account's environment says, with words that must stand nowhere."""
    return {"XDG_STATE_HOME": str(tmp_path / "state"), "USER": CANARY, "HOSTNAME": CANARY, "LOGNAME": CANARY}


def entries(study: Path) -> list[dict[str, object]]:
    return sorted((json.loads(path.read_bytes()) for path in (study / "ledger").iterdir()), key=str)


def test_the_second_entry_takes_two_keys(study: Path, state: dict[str, str]) -> None:
    assert careload("log", "spring", *FLAGS, cwd=study.parent, extra=state).returncode == 0
    person = Person.start("log", "spring", cwd=study.parent, extra=state)
    person.until("Log which help?")
    person.press("1")
    person.press("\r")
    assert person.leave() == 0
    first, second = entries(study)
    told = [first[name] for name in ("minutes", "kind", "role", "group")]
    assert told == [30, "pair", "champion", "Sales"]
    assert {first["load"], second["load"]} == {"", "right"}  # how it was is never copied from last time
    assert {**first, "load": ""} == {**second, "load": ""}


def test_the_first_entry_is_asked_part_by_part(study: Path, state: dict[str, str]) -> None:
    person = Person.start("log", "spring", cwd=study.parent, extra=state)
    for question, key in (("How long?", "4"), ("What was it?", "3"), ("which role?", "2")):
        person.until(question)
        person.press(key + "\r")
    person.until("which group?")
    person.press("3\r")
    person.until("How was it")
    person.press("4\r")
    assert person.leave() == 0
    (entry,) = entries(study)
    assert {name: entry[name] for name in ("minutes", "kind", "role", "group", "load")} == {
        "minutes": 60,
        "kind": "coaching",
        "role": "manager",
        "group": "",
        "load": "heavy",
    }


def test_flags_take_the_rest_from_last_time_and_an_entry_can_be_taken_back(
    study: Path, state: dict[str, str]
) -> None:
    nothing = careload("log", "spring", "--minutes", "15", cwd=study.parent, extra=state)
    assert nothing.returncode == 2
    assert "missing: --kind, --role, --group" in nothing.stderr
    careload("log", "spring", *FLAGS, cwd=study.parent, extra=state)
    again = careload("log", "spring", "--minutes", "15", "--json", cwd=study.parent, extra=state)
    assert json.loads(again.stdout)["logged"]["group"] == "Sales"
    assert [one["minutes"] for one in entries(study)] == [15, 30]
    undone = careload("log", "spring", "--undo", cwd=study.parent, extra=state)
    assert undone.stderr.startswith("Taken back: 15 minutes")
    assert [one["minutes"] for one in entries(study)] == [30]
    assert careload("log", "spring", "--undo", cwd=study.parent, extra=state).returncode == 3


@pytest.mark.parametrize("flag", ["--kind", "--role", "--group", "--load", "--minutes", "--week"])
def test_a_name_has_nowhere_to_go_and_is_not_repeated(study: Path, state: dict[str, str], flag: str) -> None:
    careload("log", "spring", *FLAGS, cwd=study.parent, extra=state)
    done = careload("log", "spring", flag, "Ada Example", cwd=study.parent, extra=state)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert len(entries(study)) == 1
    if flag in {"--kind", "--role", "--group", "--load"}:
        assert "Ada" not in done.stderr


def test_no_account_and_no_machine_stands_in_the_ledger(study: Path, state: dict[str, str]) -> None:
    done = careload("log", "spring", *FLAGS, cwd=study.parent, extra=state)
    places = (study, Path(state["XDG_STATE_HOME"]))
    kept = b"".join(path.read_bytes() for place in places for path in place.rglob("*") if path.is_file())
    assert b"champion" in kept  # else there was nothing to find
    assert CANARY.encode() not in kept + done.stderr.encode() + done.stdout.encode()


def test_without_a_terminal_the_command_says_what_to_give(study: Path, state: dict[str, str]) -> None:
    done = careload("log", "spring", cwd=study.parent, extra=state)
    assert done.returncode == 2
    assert "careload log STUDY --minutes 30 --kind pair" in done.stderr
