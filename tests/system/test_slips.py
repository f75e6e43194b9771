"""Slips at the keyboard cost one line, not the whole conversation."""

from __future__ import annotations

from pathlib import Path

from tests.system.program import Person, careload, open_study, set_up


def test_a_slip_in_a_recovery_sheet_is_asked_again_before_the_next_sheet(tmp_path: Path) -> None:
    study = set_up(tmp_path)
    sheets = [
        (tmp_path / f"spring-keys/spring-{role}-recovery.txt").read_text().splitlines()[-1]
        for role in ("facilitator", "works-council")
    ]
    person = Person.start("open", study.name, cwd=tmp_path)
    person.until("sheet (facilitator):")
    person.press(sheets[0].rsplit(" ", 1)[0] + "\r")
    person.until("has 24 words; here are 23")
    person.press(sheets[0] + "\r")
    person.until("sheet (works-council):")
    person.press(sheets[1] + "\r")
    person.until("is open. Its policy is frozen.")
    assert person.leave() == 0


def test_help_is_asked_for_by_numbers_and_a_slip_is_asked_again(tmp_path: Path) -> None:
    study = open_study(tmp_path)
    person = Person.start("ask", study.name, cwd=tmp_path)
    person.until("Your name:")
    person.press("Ada\r")
    person.until("How can you be reached?")
    person.press("ada@example.org\r")
    person.until("Which help?")
    person.press("5\r")
    person.until("one or more of 1 to 4")
    assert not list((study / "inbox").iterdir())
    person.press("1, a pair\r")
    person.until("sealed and handed in")
    assert person.leave() == 0
    assert len(list((study / "inbox").iterdir())) == 1


def test_whoever_has_a_wrong_path_to_the_study_learns_whom_to_ask(tmp_path: Path) -> None:
    refused = careload("take", "nowhere", "--plain", cwd=tmp_path)
    assert refused.returncode == 6
    assert "whoever invited you knows it" in refused.stderr
