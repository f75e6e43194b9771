"""The study folder: laid out with exact modes, opened once, changed by nobody unnoticed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from instruments.catalogue import shipped, shipped_ids
from instruments.errors import BadInput
from instruments.setup import SupporterHours, Thresholds
from store.errors import AlreadyOpen, NotOpen, Refused, Unavailable
from store.public import load_public
from store.study import Study
from tests.store.examples import (
    REFERENCE,
    SCORING,
    Opened,
    battery,
    flipped,
    open_study,
    policy_for,
    setup_for,
)

ALONE = {"": 0o700, "public": 0o755, "inbox": 0o700, "ledger": 0o700, "private": 0o700, "definitions": 0o700}
SHARED = ALONE | {"": 0o755, "inbox": 0o1733, "ledger": 0o1733}


def modes(root: Path) -> dict[str, int]:
    folders = [root, *(path for path in root.iterdir() if path.is_dir())]
    return {"" if path == root else path.name: stat.S_IMODE(path.stat().st_mode) for path in folders}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize(("shared", "expected"), [(False, ALONE), (True, SHARED)])
def test_modes_are_those_of_the_promise_whatever_the_umask(
    tmp_path: Path, umask: int, shared: bool, expected: dict[str, int]
) -> None:
    before = os.umask(umask)
    try:
        opened = open_study(tmp_path / "study", shared=shared)
        opened.hand_in()
        opened.study.write_release(b"{}")
    finally:
        os.umask(before)
    root = opened.root
    assert modes(root) == expected
    file_modes = {
        name: {stat.S_IMODE(path.stat().st_mode) for path in (root / name).rglob("*") if path.is_file()}
        for name in ("public", "inbox", "private")
    }
    assert file_modes == {"public": {0o644}, "inbox": {0o444}, "private": {0o600}}


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "thesis").write_text("years of work")
    with pytest.raises(Refused, match="already"):
        Study.create(tmp_path / "study", setup_for(("00" * 32,)))
    assert [path.name for path in (tmp_path / "study").iterdir()] == ["thesis"]


@pytest.mark.parametrize("name", ["", "../up", "Upper", "a/b", "-a", "a" * 65, "a\x1b[0m", "ä"])
def test_a_name_that_could_be_a_path_is_refused(tmp_path: Path, name: str) -> None:
    setup = msgspec.structs.replace(setup_for(("00" * 32,)), study=name)
    with pytest.raises(BadInput, match="cannot be the name"):
        Study.create(tmp_path / "study", setup)
    assert not (tmp_path / "study").exists()


def test_a_full_disk_leaves_no_half_made_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(Unavailable, match="no room left"):
            Study.create(tmp_path / "study", setup_for(("00" * 32,)))
    assert not (tmp_path / "study").exists()


def test_an_unknown_study_is_named_as_such(tmp_path: Path) -> None:
    for load in (Study.load, load_public):
        with pytest.raises(Unavailable, match="missing or cannot be reached"):
            load(tmp_path / "nowhere")


def test_the_setup_comes_back_and_can_change_until_opening(tmp_path: Path) -> None:
    setup = setup_for(("00" * 32, "11" * 32))
    Study.create(tmp_path / "study", setup)
    study = Study.load(tmp_path / "study")
    assert study.setup() == setup
    changed = msgspec.structs.replace(setup, organisation="Other Works")
    study.save_setup(changed)
    assert study.setup() == changed
    assert not study.is_open()
    with pytest.raises(NotOpen):
        study.public()


def test_after_opening_only_the_supporters_change(opened: Opened) -> None:
    setup = opened.study.setup()
    supporters = (SupporterHours(role="champion", people=3, hours_per_week=2.0),)
    opened.study.save_setup(msgspec.structs.replace(setup, supporters=supporters))
    assert opened.study.setup().supporters == supporters
    with pytest.raises(AlreadyOpen):
        opened.study.save_setup(msgspec.structs.replace(setup, headcount=1))
    with pytest.raises(AlreadyOpen):
        opened.study.save_definition(battery().parts[0].instrument)
    with pytest.raises(AlreadyOpen):
        opened.study.freeze(opened.public.policy, opened.public.battery, REFERENCE)


def test_a_study_of_a_later_careload_is_refused_by_name(opened: Opened) -> None:
    with opened.study.private.transaction() as db:
        db.table("about").update({"schema": 2})
    with pytest.raises(BadInput, match="later careload"):
        Study.load(opened.root)


def test_a_definition_comes_back_as_saved(tmp_path: Path) -> None:
    study = Study.create(tmp_path / "study", setup_for(("00" * 32,)))
    instrument = battery().parts[0].instrument
    assert study.definition("mini") is None
    study.save_definition(instrument)
    assert study.definition("mini") == instrument
    with pytest.raises(BadInput, match="cannot be the name"):
        study.definition("../../etc/passwd")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"study": "other"}, "another study"),
        ({"battery_sha256": "0" * 64}, "other questions"),
        ({"reference_sha256": "0" * 64}, "another reference"),
        ({"scoring_sha256": "0" * 64}, "another scoring"),
        ({"key_holders": ()}, "no key holder"),
        ({"thresholds": Thresholds(k=4)}, "never lowered"),
        ({"rehearsal": True}, "rehearsal"),
    ],
)
def test_parts_that_do_not_belong_together_do_not_open(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    setup = setup_for(("00" * 32, "11" * 32))
    study = Study.create(tmp_path / "study", setup)
    policy = msgspec.structs.replace(policy_for(setup, battery()), **change)
    with pytest.raises(BadInput, match=words):
        study.freeze(policy, battery(), REFERENCE)
    assert not study.is_open()
    assert list((study.root / "public").iterdir()) == []


def test_opening_that_was_interrupted_can_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policy is written last: without it the study is not open, whatever else is there."""
    setup = setup_for(("00" * 32, "11" * 32))
    study = Study.create(tmp_path / "study", setup)
    real = os.fsync
    calls: list[int] = []

    def fails_at_the_third_file(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 5:
            raise OSError(errno.ENOSPC, "full")
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails_at_the_third_file)
        with pytest.raises(Unavailable):
            study.freeze(policy_for(setup, battery()), battery(), REFERENCE)
    assert not study.is_open()
    study.freeze(policy_for(setup, battery()), battery(), REFERENCE)
    assert study.public().battery == battery()


@pytest.mark.parametrize("name", ["policy.json", "battery.json", "reference.json", "scoring.json"])
def test_any_flipped_bit_of_a_frozen_file_is_noticed(opened: Opened, name: str) -> None:
    """In the policy: either refused at once, or its hash, which tickets and submissions carry, differs."""
    path = opened.root / "public" / name
    data, before = path.read_bytes(), opened.public.policy_sha256
    for bit in range(0, len(data) * 8, 5):
        path.write_bytes(flipped(data, bit))
        try:
            after = load_public(opened.root).policy_sha256
        except BadInput:
            continue
        else:
            assert name == "policy.json"
            assert after != before


@pytest.mark.parametrize("name", ["battery.json", "reference.json", "scoring.json", "salt"])
def test_a_missing_frozen_file_is_named(opened: Opened, name: str) -> None:
    (opened.root / "public" / name).unlink()
    with pytest.raises(Unavailable, match=name):
        load_public(opened.root)


def test_an_emptied_scoring_file_is_not_taken_for_a_study_without_one(opened: Opened) -> None:
    assert opened.public.scoring == SCORING
    (opened.root / "public" / "scoring.json").write_bytes(b"")
    with pytest.raises(BadInput, match="not the scoring that was frozen"):
        load_public(opened.root)


def test_a_study_opened_without_scoring_reads_as_before(tmp_path: Path) -> None:
    """Its policy names none; a file that was put there later is not read."""
    setup = setup_for(("00" * 32, "11" * 32))
    study = Study.create(tmp_path / "study", setup)
    study.freeze(policy_for(setup, battery()), battery(), REFERENCE)
    (study.root / "public" / "scoring.json").write_bytes(SCORING)
    assert study.public().scoring == b""


@pytest.mark.parametrize("name", ["policy.json", "salt", "tickets"])
def test_links_and_pipes_in_the_public_folder_are_refused(opened: Opened, name: str) -> None:
    path = opened.root / "public" / name
    path.unlink(missing_ok=True)
    path.symlink_to("/etc/hostname")
    with pytest.raises(BadInput, match="a link"):
        load_public(opened.root).ticket_is_known("x")
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(BadInput, match="not a regular file"):
        load_public(opened.root).ticket_is_known("x")


def test_a_link_in_place_of_a_folder_is_refused(opened: Opened, tmp_path: Path) -> None:
    (opened.root / "public").rename(tmp_path / "moved")
    (opened.root / "public").symlink_to(tmp_path / "moved")
    with pytest.raises(Unavailable, match="missing or cannot be reached"):
        load_public(opened.root)


def test_a_release_is_written_once_and_read_back_unchanged(opened: Opened) -> None:
    with pytest.raises(Refused, match="no release yet"):
        opened.study.read_release()
    opened.study.write_release(b'{"made":"up"}')
    assert opened.study.read_release() == b'{"made":"up"}'
    with pytest.raises(Refused, match="never written twice"):
        opened.study.write_release(b"{}")
    (opened.root / "private" / "releases" / "baseline.json").write_bytes(b'{"made":"UP"}')
    with pytest.raises(BadInput, match="not the file that was written"):
        opened.study.read_release()


def test_a_wave_closes_for_good_only_with_its_release(opened: Opened) -> None:
    with pytest.raises(Refused, match="no release yet"):
        opened.study.mark_closed("baseline")
    assert not opened.study.is_closed("baseline")
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    assert opened.study.is_closed("baseline")
    assert not opened.study.is_closed("day-30")
    assert load_public(opened.root).is_closed


def test_a_policy_written_before_a_field_was_added_still_opens(opened: Opened) -> None:
    """A later careload may add fields with defaults: the hash stays that of the file's very bytes."""
    path = opened.root / "public" / "policy.json"
    older = json.loads(path.read_bytes())
    del older["merge_tiers"]
    path.write_bytes(json.dumps(older, separators=(",", ":"), sort_keys=True).encode())
    public = load_public(opened.root)
    assert public.policy.merge_tiers
    assert public.policy_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_definition_put_there_by_hand_is_found_under_its_own_name_only(tmp_path: Path) -> None:
    study = Study.create(tmp_path / "study", setup_for(("00" * 32,)))
    name = shipped_ids()[0]
    data = (files("instruments") / "data" / f"{name}.toml").read_bytes()
    (study.root / "definitions" / f"{name}.toml").write_bytes(data)
    (study.root / "definitions" / "other.toml").write_bytes(data)
    assert study.definition(name) == shipped(name)
    with pytest.raises(BadInput, match=f"defines {name}"):
        study.definition("other")
