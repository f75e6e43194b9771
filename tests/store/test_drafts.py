"""Drafts: kept whole and encrypted, findable by the code alone, gone when deleted."""

from __future__ import annotations

import os
import random
import select
import stat
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from instruments.errors import BadInput
from store.codes import CodeKey, new_code
from store.cost import Cost
from store.drafts import Draft, default_state_dir
from store.errors import KeyRefused, Refused, Unavailable
from tests.store.examples import everything_under, flipped, sitting_record
from tests.store.saver import SALT, code_key, number_of

KEY = CodeKey.derive(new_code(), SALT, cost=Cost.CHEAP)
OTHER = CodeKey.derive(new_code(), SALT, cost=Cost.CHEAP)
WHERE = ("lighthouse", "baseline")


def started(folder: Path) -> Draft:
    draft = Draft.start(folder, KEY, *WHERE)
    draft.save(sitting_record("first"))
    return draft


def test_the_code_finds_what_was_saved_last(tmp_path: Path) -> None:
    draft = started(tmp_path)
    draft.save(sitting_record("second"))
    found = Draft.find(tmp_path, KEY, *WHERE)
    assert found is not None
    assert found.load() == sitting_record("second")


def test_an_answer_taken_back_is_gone(tmp_path: Path) -> None:
    """A shorter record replaces the longer one: nothing of it is merged in."""
    draft = started(tmp_path)
    shorter = msgspec.structs.replace(sitting_record(answers=0), ticket="")
    draft.save(shorter)
    assert draft.load() == shorter


def test_another_code_study_or_wave_finds_nothing(tmp_path: Path) -> None:
    started(tmp_path)
    assert Draft.find(tmp_path, OTHER, *WHERE) is None
    assert Draft.find(tmp_path, KEY, "other", "baseline") is None
    assert Draft.find(tmp_path, KEY, "lighthouse", "day-30") is None


def test_a_second_start_under_the_same_code_is_refused(tmp_path: Path) -> None:
    started(tmp_path)
    with pytest.raises(Refused, match="unfinished sitting"):
        Draft.start(tmp_path, KEY, *WHERE)


def test_deleting_leaves_nothing_of_the_draft(tmp_path: Path) -> None:
    draft = started(tmp_path)
    draft.save(sitting_record("again"))
    leftover = draft.store.path.with_name(f".{draft.store.path.name}.new")
    leftover.write_bytes(b"of a killed process")
    draft.delete()
    assert Draft.find(tmp_path, KEY, *WHERE) is None
    assert not [path for path in (tmp_path / "drafts").iterdir() if not path.name.startswith(".lock-")]
    with pytest.raises(Unavailable, match="no draft any more"):
        draft.load()


def test_another_draft_in_its_place_is_refused(tmp_path: Path) -> None:
    mine, other = started(tmp_path), Draft.start(tmp_path, OTHER, *WHERE)
    other.save(sitting_record())
    other.store.path.replace(mine.store.path)
    with pytest.raises(KeyRefused):
        mine.load()


def test_the_same_persons_draft_of_another_study_in_its_place_is_refused(tmp_path: Path) -> None:
    mine, other = started(tmp_path), Draft.start(tmp_path, KEY, "other", "baseline")
    other.save(msgspec.structs.replace(sitting_record(), study="other"))
    other.store.path.replace(mine.store.path)
    with pytest.raises(BadInput, match="another study"):
        mine.load()


def test_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    draft = started(tmp_path)
    data = draft.store.path.read_bytes()
    for bit in range(0, len(data) * 8, 211):
        draft.store.path.write_bytes(flipped(data, bit))
        with pytest.raises(KeyRefused):
            draft.load()


def test_a_later_draft_is_refused_by_name(tmp_path: Path) -> None:
    draft = started(tmp_path)
    with draft.store.transaction() as db:
        db.table("sitting").update({"schema": 2})
    with pytest.raises(BadInput, match="later careload"):
        draft.load()


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_drafts_are_closed_to_other_accounts_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        draft = started(tmp_path / "state")
    finally:
        os.umask(before)
    folder = tmp_path / "state" / "drafts"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder)] == [0o700, 0o700]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert draft.store.path.exists()


def test_a_folder_left_open_by_others_is_closed(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts").chmod(0o777)
    started(tmp_path)
    assert stat.S_IMODE((tmp_path / "drafts").stat().st_mode) == 0o700


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "state").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unavailable, match="is a link"):
        started(tmp_path / "state")


def test_no_answer_and_no_name_stands_on_disk_in_clear(tmp_path: Path) -> None:
    canary = "canary-5f2f0d1c-7a66-4a10-8f39-6f0c9b7d"
    Draft.start(tmp_path, KEY, *WHERE).save(sitting_record(canary))
    content = everything_under(tmp_path)
    for word in (canary, "lighthouse", "baseline", "mini", KEY.public_hex):
        assert word.encode() not in content


def test_the_size_of_a_draft_tells_nothing_of_what_was_answered(tmp_path: Path) -> None:
    """Backups and a kiosk's account see the size after every answer: it told what was skipped or written."""
    draft, sizes = Draft.start(tmp_path, KEY, *WHERE), set()
    for record in (sitting_record(answers=0), sitting_record(answers=1), sitting_record("words " * 500)):
        draft.save(record)
        sizes |= {slot.stat().st_size for slot in draft.store.slots if slot.exists()}
        assert draft.load() == record
    assert len(sizes) == 1


def test_a_save_syncs_one_file_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first two make a file each, which takes the folder's sync too."""
    draft = started(tmp_path)
    draft.save(sitting_record("second"))
    kinds: list[bool] = []
    real = os.fsync

    def watched(handle: int) -> None:
        kinds.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    for word in ("third", "fourth", "fifth"):
        draft.save(sitting_record(word))
    assert kinds == [False] * 3


def test_the_state_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    assert default_state_dir() == tmp_path / "xdg" / "careload"
    assert stat.S_IMODE((tmp_path / "xdg" / "careload").stat().st_mode) == 0o700
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert default_state_dir() == tmp_path / "home" / ".local" / "state" / "careload"


def _killed_after(folder: Path, seed: int) -> int:
    """Start the saver, kill it at a random moment, and return the last save it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.saver", str(folder), str(seed)], stdout=subprocess.PIPE
    ) as saver:
        assert saver.stdout is not None
        ready, _, _ = select.select([saver.stdout], [], [], 30)
        assert ready, "the saver never began"
        time.sleep(random.Random(seed).uniform(0.0, 0.08))
        saver.kill()
        text = saver.stdout.read().decode()
    return int(text.rpartition("\n")[0].rpartition("\n")[2])


def _check_kills(folder: Path, trials: int) -> None:
    for seed in range(trials):
        acknowledged = _killed_after(folder / str(seed), seed)
        draft = Draft.find(folder / str(seed), code_key(), *WHERE)
        assert draft is not None
        assert number_of(draft.load()) >= acknowledged >= 1
        draft.save(sitting_record("going on"))
        assert draft.load() == sitting_record("going on")


def test_a_kill_at_any_moment_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    _check_kills(tmp_path, 4)


@pytest.mark.slow
def test_a_hundred_kills_lose_no_acknowledged_answer(tmp_path: Path) -> None:
    _check_kills(tmp_path, 100)
