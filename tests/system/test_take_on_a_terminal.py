"""An employee at the real program: interrupted, killed, resumed, sealed, withdrawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.system.answering import answer_until
from tests.system.program import Person, begin, careload, open_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def ticket(study: Path) -> str:
    return careload("invite", study.name, "--count", "1", cwd=study.parent).stdout.strip()


def test_a_killed_sitting_goes_on_at_the_same_question_until_it_is_sealed(
    study: Path, ticket: str, tmp_path: Path
) -> None:
    """Killed with SIGKILL, also inside a task: the same question is shown again, and all is sealed."""
    extra = {"XDG_STATE_HOME": str(tmp_path / "state")}
    person = Person.start("take", study.name, cwd=study.parent, extra=extra)
    code = begin(person, ticket)
    (tmp_path / "code").write_text(code)
    again = ("take", study.name, "--code", f"@{tmp_path / 'code'}")
    for stop in (6, 14, 34):
        answer_until(person, f"Question {stop} of")
        person.kill()
        person = Person.start(*again, cwd=study.parent, extra=extra)
        person.until(f"Question {stop} of")
    answer_until(person, "g own result")
    assert re.search(r"\d+ of \d+ answered", person.look())
    person.press("g")
    person.until("Hand in: seal my answers", 60)
    assert not list((study / "inbox").iterdir())
    person.press("1")
    person.until("sealed and handed in")
    person.press("1")
    assert person.leave() == 0
    assert len(list((study / "inbox").iterdir())) == 1
    assert not [path for path in (tmp_path / "state").rglob("*.json") if path.stat().st_size]

    shown = careload("result", study.name, "--code", "-", cwd=study.parent, given=code)
    assert shown.returncode == 0, shown.stderr
    assert "hours assumed" not in shown.stdout
    tiers = careload("result", study.name, "--tiers", "--code", "-", cwd=study.parent, given=code)
    assert "hours assumed" in tiers.stdout
    gone = careload("withdraw", study.name, "--code", "-", cwd=study.parent, given=code)
    assert gone.returncode == 0, gone.stderr
    assert not list((study / "inbox").iterdir())
    assert careload("withdraw", study.name, "--code", "-", cwd=study.parent, given=code).returncode == 4


def test_leaving_and_ctrl_c_keep_everything(study: Path, ticket: str, tmp_path: Path) -> None:
    """`q` and Ctrl-C ask and leave with exit 0; the personal code goes on at the same question."""
    extra = {"XDG_STATE_HOME": str(tmp_path / "state")}
    person = Person.start("take", study.name, cwd=study.parent, extra=extra)
    (tmp_path / "code").write_text(begin(person, ticket))
    answer_until(person, "Question 4 of")
    person.press("\x03")
    person.until("leave")
    person.press("1")
    assert person.leave() == 0
    person = Person.start(
        "take", study.name, "--code", f"@{tmp_path / 'code'}", cwd=study.parent, extra=extra
    )
    person.until("Question 4 of")
    person.kill()


def test_a_small_terminal_is_told_in_a_sentence(study: Path) -> None:
    """Smaller than 80x24: exit 2 with what to do, plain lines among it; no screen codes, no traceback."""
    person = Person.start("take", study.name, cwd=study.parent, size=(20, 60))
    shown = person.until("60 x 20")
    assert "80 x 24" in shown
    assert "--plain" in shown
    assert person.leave() == 2


@pytest.mark.parametrize("sent", [b"\xe9", b"\xff\xfe", b"\xc3("], ids=["latin-1", "none", "half a letter"])
def test_bytes_that_are_no_letters_end_nothing(study: Path, sent: bytes) -> None:
    """A terminal with another encoding sends them for accented letters; the next key counts again."""
    person = Person.start("take", study.name, cwd=study.parent)
    person.until("I take part")
    person.program.send(sent)

    def helps(shown: str) -> bool:
        if "Go on" not in shown:
            person.press("?")
        return "Go on" in shown

    assert "Traceback" not in person.until(helps)
    person.kill()
