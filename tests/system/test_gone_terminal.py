"""A terminal that is gone without a signal ends the program: it would run on, busy, with nobody there."""

from __future__ import annotations

import sys
from pathlib import Path

import pyte
import pytest

from scoring import rehearsed_tasks
from tests.system.gone import deaf_leader, take_away
from tests.system.program import Person, take_code
from tests.tui import take_studies as studies
from tui.flows.rehearsing import PASSPHRASES, rehearse

ROLES = ("facilitator", "works-council")


def seated(*arguments: str, state: Path) -> Person:
    """Return a person at the program, behind a leader that passes no hang-up on."""
    program = deaf_leader(
        [sys.executable, "-m", "tui", *arguments],
        {"TERM": "xterm-256color", "XDG_STATE_HOME": str(state)},
    )
    screen = pyte.Screen(80, 24)
    return Person(program, screen, pyte.ByteStream(screen))


def test_a_sitting_ends_with_what_was_typed_kept(tmp_path: Path) -> None:
    """Answers and the text of the moment are there again."""
    study = tmp_path / "study"
    studies.open_study(study, studies.five_types())
    person = seated("take", str(study), state=tmp_path)
    person.until("I take part")
    person.press("1")
    (tmp_path / "code").write_text(take_code(person, "Go on"))
    person.press("1")
    person.until("How is it?")
    person.press("2")
    person.until("Question 2 of")
    person.press("70\r")
    person.until("Question 3 of")
    person.press("half a tho")
    person.until("half a tho")
    take_away(person.program)
    person = seated("take", str(study), "--code", f"@{tmp_path / 'code'}", state=tmp_path)
    person.until("half a tho")
    take_away(person.program)


@pytest.mark.slow
def test_desk_and_rating_end_too(tmp_path: Path) -> None:
    """They keep nothing that is not kept already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rehearsed_tasks, "CONSENTING", 0.9)
        made = rehearse(tmp_path / "x", 60, 5, "careload test")
    root = made.study.root
    person = seated("review", str(root), state=tmp_path)
    person.until("Overview")
    take_away(person.program)
    keys = [word for path in made.founded.keys for word in ("--key", str(path))]
    for role, passphrase in zip(ROLES, PASSPHRASES, strict=True):
        (tmp_path / role).write_text(passphrase)
        keys += ["--passphrase", f"@{tmp_path / role}"]
    person = seated("rate", str(root), *keys, "--rater", "one", state=tmp_path)
    person.until("An even hand")
    take_away(person.program)
