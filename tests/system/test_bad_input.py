"""Everything wrong that can be given to the real program ends in a sentence and the documented exit code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.program import (
    DEPARTMENTS,
    PASSPHRASES,
    Person,
    begin,
    careload,
    close,
    open_study,
)
from tests.system.test_whole_way import seal_people

Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an open study that 20 people have handed in to; tests damage copies of it."""
    study = open_study(tmp_path_factory.mktemp("made"))
    seal_people(study, 20, 5)
    return study


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the study, its keys and its secrets."""
    folder = tmp_path / "copy"
    shutil.copytree(made.parent, folder)
    return folder / made.name


def refused(done: Done, code: int, *words: str) -> None:
    """Hold that `done` ended with `code` and a sentence with `words`, without a traceback."""
    assert done.returncode == code, (done.returncode, done.stdout[-300:], done.stderr)
    assert "Traceback" not in done.stderr + done.stdout
    for word in words:
        assert word in done.stderr, done.stderr


def init(folder: Path, *flags: str, name: str = "spring") -> Done:
    """Run `init` with both passphrases on standard input."""
    return careload(
        *("init", name, "--passphrase", "-", "--passphrase", "-", *flags),
        cwd=folder,
        given="\n".join(PASSPHRASES),
    )


def piped(shell: str, folder: Path, **extra: str) -> Done:
    """Run a line of shell in which `careload` is the program."""
    line = shell.replace("careload", f"{sys.executable} -m tui")
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **extra},
        check=False,
    )


@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ("careload status spring >&-", 6),
        ("careload review nowhere 2>&-", 6),
        ("careload take spring <&-", 0),
        ("careload result spring --code - <&-", 2),
        ("careload status spring >/dev/full", 6),
        ("careload review nowhere 2>/dev/full", 6),
        ("set -o pipefail; careload | true", 0),
    ],
)
def test_closed_and_full_streams_end_in_the_documented_code(made: Path, shell: str, code: int) -> None:
    """Whatever stream is closed, full or not read to its end: no traceback and the right code."""
    refused(piped(shell, made.parent), code)


def test_letters_that_a_terminal_cannot_show_become_question_marks(made: Path) -> None:
    done = piped("careload score spring --explain", made.parent, PYTHONIOENCODING="ascii")
    refused(done, 0)
    assert done.stdout


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        (("--headcount", "1000000000"), "Headcount"),
        (("--headcount", "100", "--k", "1000000"), "Threshold k"),
        (("--headcount", "100", "--retention-months", "9" * 24), "Retention"),
        (("--headcount", "100", "--attribute", DEPARTMENTS, "--attribute", DEPARTMENTS), "stands twice"),
        (("--headcount", "100", "--organisation", "L" * 5000), "at most 80"),
        (("--headcount", "100", "--organisation", "\x1b\u202e"), "Organisation"),
        (("--headcount", "100", "--contact", "\udcff\udcfe"), "UTF-8"),
        (("--headcount", "200", "--attribute", "d: " + ",".join(f"g{n}=1" for n in range(200))), "200"),
        (("--headcount", "9", "--attribute", "d: a=5, b=\u00b2"), "whole number"),
        (("--headcount", "9", "--key-dir", "file"), "expected a folder"),
    ],
)
def test_init_refuses_absurd_wishes_and_makes_nothing(
    tmp_path: Path, flags: tuple[str, ...], word: str
) -> None:
    """No study can be made that could not be opened, read or answered later."""
    (tmp_path / "file").write_text("mine")
    refused(init(tmp_path, "--organisation", "Example Ltd", *flags), 3, word)
    assert {path.name for path in tmp_path.iterdir()} <= {"file", "spring-keys"}
    assert not list((tmp_path / "spring-keys").glob("*"))


def test_hostile_names_are_cleaned_on_the_way_in(tmp_path: Path) -> None:
    """Control sequences, overrides and line breaks reach neither the study's files nor any JSON."""
    hostile = "\x1b]0;owned\x07Exa\u202emple\u2028 [/x]\nLtd"
    done = init(
        tmp_path,
        *("--organisation", hostile, "--headcount", "100", "--contact", hostile, "--purpose", hostile),
        *(
            "--attribute",
            f"department: {hostile.splitlines()[0]}=40, B=60",
            "--pledge",
            f"little-time: {hostile}",
        ),
    )
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "spring" / "private" / "study.json").read_text())["setup"]["1"]
    assert kept["organisation"] == "]0;ownedExample [/x] Ltd"
    text = json.dumps(kept, ensure_ascii=False)
    assert not [char for char in text if not char.isprintable()]


def test_a_study_that_cannot_be_made_leaves_no_keys(tmp_path: Path) -> None:
    """When the keys' names are taken, neither a study without keys nor a half set of keys is left."""
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "spring-works-council.key").write_text("another's")
    done = init(tmp_path, "--organisation", "E", "--headcount", "9", "--key-dir", "keys")
    refused(done, 3, "nothing was overwritten")
    assert [path.name for path in tmp_path.rglob("*")] == ["keys", "spring-works-council.key"]


def test_numbers_that_only_look_like_numbers_are_refused(made: Path) -> None:
    given = ("--instrument", "edmondson-1999", "--answers", "\u00b2,2,3,4,5,6,7")
    refused(careload("score", "spring", "--explain", *given, cwd=made.parent), 3, "whole number")
    refused(careload("demo", "--seed", "-1", "--no-tui", cwd=made.parent), 3, "--seed")


def test_tickets_are_never_written_over_a_file_nor_issued_for_nothing(study: Path) -> None:
    """`invite --out` takes a new file only, and says so before a ticket is issued."""
    before = (study / "public" / "tickets").read_bytes()
    for place in ("secrets/p0", "", "nowhere/tickets", "secrets"):
        done = careload("invite", study.name, "--count", "1", "--out", place, cwd=study.parent)
        refused(done, 3, "--out")
    assert (study / "public" / "tickets").read_bytes() == before
    assert (study.parent / "secrets" / "p0").read_text().strip() == PASSPHRASES[0]


@pytest.mark.parametrize("data", ["[]", "12", '{"about":[]}', '{"about":{"x":{}}}', '{"setup":{"1":3}}'])
def test_a_private_file_of_another_form_is_named(study: Path, data: str) -> None:
    """JSON that is no TinyDB file is refused by name, by every command and by the doctor."""
    (study / "private" / "study.json").write_text(data)
    refused(careload("status", study.name, cwd=study.parent), 3, "study.json")
    done = careload("doctor", study.name, cwd=study.parent)
    refused(done, 3)
    assert "private/study.json" in done.stdout


def flip_salt(study: Path) -> None:
    path = study / "public" / "salt"
    text = path.read_text()
    path.write_text(("1" if text[0] == "0" else "0") + text[1:])


def test_a_changed_salt_closes_nothing_and_loses_nothing(study: Path) -> None:
    """With another salt no ticket fits: the wave stays open, everything stays in place, doctor names it."""
    before = (study / "public" / "salt").read_text()
    flip_salt(study)
    refused(close(study.parent), 3, "salt")
    assert len(list((study / "inbox").iterdir())) == 20
    assert "salt" in careload("doctor", study.name, cwd=study.parent).stdout
    (study / "public" / "salt").write_text(before)
    assert "Counted: 20 of 100" in close(study.parent).stderr


def test_a_damaged_public_list_of_tickets_does_not_mislead_closing(study: Path) -> None:
    """Emptied, the public list would turn everybody down; the private one counts, and doctor says it."""
    (study / "public" / "tickets").write_text("")
    assert "public/tickets" in careload("doctor", study.name, cwd=study.parent).stdout
    assert "Counted: 20 of 100" in close(study.parent).stderr


def test_a_lost_policy_is_not_taken_for_a_study_that_was_never_opened(study: Path) -> None:
    (study / "public" / "policy.json").unlink()
    refused(careload("invite", study.name, "--count", "1", cwd=study.parent), 3, "missing")
    found = careload("doctor", study.name, cwd=study.parent)
    refused(found, 3)
    assert "policy.json: missing" in found.stdout


def test_a_closing_that_was_killed_can_be_done_again(study: Path) -> None:
    """A mark that a killed closing left does not lock the wave for ever."""
    (study / "public" / "closing").touch(0o644)
    assert "Counted: 20 of 100" in close(study.parent).stderr


def test_a_closing_that_fails_lets_people_hand_in_again(study: Path) -> None:
    """A fault found after the wave was locked unlocks it."""
    (study / "private" / "tickets").write_text("damaged")
    refused(close(study.parent), 3, "tickets")
    assert not (study / "public" / "closing").exists()


def test_only_one_closes_at_a_time(study: Path) -> None:
    """A second closing beside the first is told to wait; one opening is logged."""
    arguments = (
        "--key",
        "spring-keys/spring-facilitator.key",
        "--key",
        "spring-keys/spring-works-council.key",
    )
    secrets = ("--passphrase", "@secrets/p0", "--passphrase", "@secrets/p1")
    line = [sys.executable, "-m", "tui", "close", study.name, *arguments, *secrets]
    both = [subprocess.Popen(line, cwd=study.parent, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [one.communicate(timeout=60)[1] for one in both]
    assert sorted(one.returncode for one in both)[0] == 0
    assert sum("Counted: 20" in text for text in told) == 1
    assert "Traceback" not in "".join(told)
    assert len(json.loads((study / "private" / "openings.json").read_text())["openings"]) == 1


def test_a_key_file_that_is_not_there_is_named(made: Path) -> None:
    done = careload("close", "spring", "--key", "nokey", "--passphrase", "@secrets/p0", cwd=made.parent)
    refused(done, 3, "nokey")


def test_the_doctor_reads_every_definition(study: Path) -> None:
    """Saved wording and files put there by hand: damage and a wrong name are told, all in one go."""
    (study / "definitions" / "edmondson-1999.json").write_text("{}")
    (study / "definitions" / "other.toml").mkdir()
    found = careload("doctor", study.name, cwd=study.parent)
    refused(found, 3)
    assert "definitions/edmondson-1999.json: edmondson-1999.json:" in found.stdout
    assert "definitions/other.toml: other.toml: not a regular file" in found.stdout


def sit(study: Path, state: Path) -> tuple[Person, str]:
    """Begin a sitting and answer the first question; returns the person and the code."""
    ticket = careload("invite", study.name, "--count", "1", cwd=study.parent).stdout.strip()
    person = Person.start("take", study.name, cwd=study.parent, extra={"XDG_STATE_HOME": str(state)})
    code = begin(person, ticket)
    person.press("1")
    person.until("Before the next questions")
    return person, code


def test_a_second_window_cannot_overwrite_what_the_first_one_kept(study: Path, tmp_path: Path) -> None:
    """Two windows with one code: the one that lags behind is told so, and every answer stays."""
    first, code = sit(study, tmp_path)
    (tmp_path / "code").write_text(code)
    again = ("take", study.name, "--code", f"@{tmp_path / 'code'}")
    second = Person.start(*again, cwd=study.parent, extra={"XDG_STATE_HOME": str(tmp_path)})
    second.until("Before the next questions")
    for person in (first, second):
        person.press("1")
        person.until("Question 2 of")
    first.press("3")
    first.until("Question 3 of")
    second.press("4")
    second.until("changed in another window")
    second.kill()
    first.press("3")
    first.until("Question 4 of")
    first.kill()


def test_an_asked_for_end_gives_the_terminal_back(study: Path, tmp_path: Path) -> None:
    """SIGTERM ends a sitting as `q` does: the screen is left, the sentence is told, exit 0."""
    person, _ = sit(study, tmp_path)
    person.program.kill(signal.SIGTERM)
    assert person.leave() == 0
    assert b"\x1b[?1049l" in (person.program.before or b"")
    assert b"is kept" in (person.program.before or b"")


def test_an_account_without_a_home_is_told_where_drafts_could_go(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No home folder, or one that cannot be made: a sentence and not a fault of the program."""
    from store.drafts import default_state_dir
    from store.errors import Unavailable

    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for home in (made / "public" / "salt", Path("/proc/nobody")):
        monkeypatch.setenv("HOME", str(home))
        with pytest.raises(Unavailable, match="no folder on this machine"):
            default_state_dir()

    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    with pytest.raises(Unavailable, match="no folder on this machine"):
        default_state_dir()
