"""`careload shred`: the keys are gone, everything else is there, and what it cannot do is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from instruments.records import sha256_of
from store.errors import KeyRefused
from store.openings import read_openings
from store.study import Study
from store.vault import unlock_sheet
from tests.fuzz.harness import careload, close_arguments, live_study, on_disk


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a closed study of 20 people, its keys and passphrases."""
    folder = tmp_path_factory.mktemp("made")
    live_study(folder)
    shutil.copytree(folder / "spring", folder / "open")
    careload(*close_arguments(folder)).refused(0)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def shred(folder: Path, *flags: str, study: str = "spring", name: str = "spring") -> tuple[int, str]:
    """Run `shred` with `name` typed; returns the exit code and all that was told."""
    keys = ("--key-dir", str(folder / "keys"))
    done = careload("shred", str(folder / study), *keys, *flags, given=f"{name}\n")
    return done.code, done.out + done.err


def test_keys_and_sheets_go_and_all_else_stays(folder: Path) -> None:
    """Only key files, sheets and the log change; what holders still have to do is said plainly."""
    before = on_disk(folder)
    code, told = shred(folder)
    after = on_disk(folder)
    assert code == 0, told
    gone = {name for name in before if name not in after}
    assert gone == {
        f"keys/spring-{role}{end}"
        for role in ("facilitator", "works-council")
        for end in (".key", "-recovery.txt")
    }
    assert {name for name in after if before.get(name) != after[name]} == {"spring/private/openings.json"}
    for words in ("every copy", "backups", "nobody can ever open", "own results", "cannot be undone"):
        assert words in told
    assert "may be kept until" in told


def test_the_chain_tells_of_it_and_verify_and_doctor_stay_content(folder: Path) -> None:
    shred(folder)
    *_, opening, last = read_openings(folder / "spring")
    assert last.destroyed == ("facilitator", "works-council")
    assert opening.counted == 20
    assert careload("doctor", str(folder / "spring")).code == 0
    checks = json.loads(careload("verify", str(folder / "spring"), "--json").out)["checks"]
    (log,) = [one for one in checks if one["name"] == "openings"]
    assert log["outcome"] == "holds"
    assert "once" in log["sentence"]
    assert "keys were destroyed" in log["sentence"]


def test_a_content_is_overwritten_before_it_is_removed(folder: Path) -> None:
    """A second name of the same file shows what stands in its place: chance, of the same length."""
    key = folder / "keys" / "spring-facilitator.key"
    before = key.read_bytes()
    (folder / "second").hardlink_to(key)
    assert shred(folder)[0] == 0
    after = (folder / "second").read_bytes()
    assert len(after) == len(before)
    assert b"careload" not in after
    assert after != before


@pytest.mark.parametrize("name", ["", "Spring", "spring x", "yes"])
def test_nothing_happens_without_the_studys_name(folder: Path, name: str) -> None:
    before = on_disk(folder)
    code, told = shred(folder, name=name)
    assert (code, on_disk(folder)) == (2, before)
    assert "Nothing was destroyed" in told


def test_an_open_study_is_refused_unless_asked_for_and_then_takes_no_answers(folder: Path) -> None:
    """Answers handed in afterwards could never be opened: nobody can hand in any more."""
    before = on_disk(folder)
    code, told = shred(folder, study="open")
    assert (code, on_disk(folder)) == (3, before)
    assert "--before-closing" in told
    code, told = shred(folder, "--before-closing", study="open")
    assert code == 0
    assert "will be lost" in told
    assert Study(folder / "open").public().closed_now()
    doctor = careload("doctor", str(folder / "open"))
    assert "destroyed before closing" in doctor.out


def test_one_holder_alone_can_end_it_and_the_other_is_named(folder: Path) -> None:
    for end in (".key", "-recovery.txt"):
        (folder / "keys" / f"spring-works-council{end}").rename(folder / f"away{end}")
    code, told = shred(folder)
    assert code == 0
    assert "No key file was here of: works-council" in told
    assert shred(folder)[0] == 3  # the log tells that it was done


def test_a_key_of_another_study_and_a_damaged_one_stop_it_before_anything_is_destroyed(folder: Path) -> None:
    live_study(folder / "other", people=1)
    foreign = folder / "other" / "keys" / "spring-facilitator.key"
    damaged = folder / "damaged.key"
    damaged.write_bytes(foreign.read_bytes()[:-9])
    link = folder / "link.key"
    link.symlink_to(foreign)
    before = on_disk(folder)
    for path, code, words in (
        (foreign, 3, "another study"),
        (damaged, 4, "damaged"),
        (link, 3, "not a regular"),
    ):
        done, told = shred(folder, "--key", str(path))
        assert (done, on_disk(folder)) == (code, before)
        assert words in told


def test_a_folder_without_keys_is_named(folder: Path) -> None:
    shutil.rmtree(folder / "keys")
    code, told = shred(folder)
    assert code == 3
    assert "--key-dir" in told


def test_without_a_key_nothing_opens(folder: Path) -> None:
    """Closing an identical open study with what is left is refused."""
    shred(folder)
    done = careload(*close_arguments(folder))
    assert done.code == 3  # closed; and of the open copy:
    arguments = [
        word.replace("spring", "open") if word.endswith("/spring") else word
        for word in close_arguments(folder)
    ]
    assert careload(*arguments).code == 3
    assert "key file cannot be read" in careload(*arguments).err


def test_a_sheet_says_whose_it_is_and_still_opens(made: Path) -> None:
    """The head of the printed file is for people; the parser skips it, and no other line."""
    text = (made / "keys" / "spring-facilitator-recovery.txt").read_text()
    head, words, *_ = text.splitlines()
    assert ("study spring" in head, "facilitator" in head) == (True, True)
    assert unlock_sheet(text) == unlock_sheet(words)
    with pytest.raises(KeyRefused, match="24 words"):
        unlock_sheet(f"another head\n{words}")


def test_the_release_prints_the_hash_of_the_log(folder: Path) -> None:
    """Whoever kept the printed release can tell that the log was written anew."""
    told = careload("review", str(folder / "spring"), "--plain").out
    (log,) = read_openings(folder / "spring")
    assert f"Log of openings {sha256_of(log)[:16]}" in told


def test_a_log_of_openings_that_was_removed_is_noticed(folder: Path) -> None:
    (folder / "spring" / "private" / "openings.json").unlink()
    done = careload("doctor", str(folder / "spring"))
    assert done.code == 3
    assert "private/openings.json: The log of openings does not tell of the closing" in done.out
