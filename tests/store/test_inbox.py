"""Handing in, taking back, and reading one's own."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from instruments.answers import Choice, Rating, Text
from instruments.errors import BadInput, CareloadError
from instruments.records import OwnResult
from store.codes import new_code
from store.drafts import Draft
from store.envelope import OWN_BOX, pack
from store.errors import AlreadyClosed, KeyRefused, Refused, Unavailable
from store.files import FIXED_TIME
from store.inbox import collect, count, counted_hash, read_own, submit, withdraw
from tests.store.examples import (
    OWN,
    PASSPHRASES,
    Opened,
    cheap_key,
    everything_under,
    flipped,
    open_study,
    sitting_record,
)


def test_what_was_handed_in_comes_out_at_closing(opened: Opened) -> None:
    key = opened.hand_in(35, "a text")
    (submission,) = collect(opened.study, opened.privates).submissions
    assert submission.answers == {"mini/a": Rating(value=35), "mini/b": Text(value="a text")}
    assert submission.code_public == key.public_hex


def test_the_code_reads_the_own_result_before_and_after_closing(opened: Opened) -> None:
    key = opened.hand_in()
    assert read_own(opened.public, key) == OWN
    collect(opened.study, opened.privates)
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    assert read_own(opened.public, key) == OWN


def test_a_file_tells_neither_time_nor_length_nor_author(opened: Opened) -> None:
    for length in (0, 10, 1500):
        opened.hand_in(text="x" * length)
    files = list(opened.inbox.iterdir())
    assert len({file.stat().st_size for file in files}) == 1
    assert {file.stat().st_mtime for file in files} == {FIXED_TIME}
    assert all(len(file.name) == 32 for file in files)


def test_who_added_tasks_or_wrote_much_is_told_by_no_size(opened: Opened) -> None:
    """Answers to two tasks, to four, and two long texts: 3, 4.3 and 15 KB are sealed in files of one size."""
    key = cheap_key(opened.public)
    sizes = {
        len(pack(bytes(length), b"", "baseline", opened.public.publics, key.public_hex, name="0" * 32))
        for length in (3000, 4300, 15_000)
    }
    opened.hand_in()
    (file,) = opened.inbox.iterdir()
    assert sizes == {file.stat().st_size}


def test_own_results_are_of_one_size(opened: Opened) -> None:
    from store.envelope import unpack

    sizes = set()
    for sentence in ("", "x" * 5000):
        key = cheap_key(opened.public)
        own = msgspec.structs.replace(OWN, sentences=(sentence,))
        path = submit(opened.public, opened.submission(key), own, key)
        sizes.add(len(unpack(path.read_bytes(), path.name).own))
    assert sizes == {OWN_BOX}


def test_an_own_result_that_does_not_fit_is_refused(opened: Opened) -> None:
    key = cheap_key(opened.public)
    own = msgspec.structs.replace(OWN, sentences=("x" * 20_000,))
    with pytest.raises(BadInput, match="own result is too large"):
        submit(opened.public, opened.submission(key), own, key)
    assert list(opened.inbox.iterdir()) == []


def test_withdrawing_removes_both_and_handing_in_again_is_possible(opened: Opened) -> None:
    code = new_code()
    (ticket,) = opened.tickets(1)
    key = opened.hand_in(10, ticket=ticket, code=code)
    withdraw(opened.public, key)
    assert list(opened.inbox.iterdir()) == []
    with pytest.raises(KeyRefused, match="no submission under this code"):
        read_own(opened.public, key)
    opened.hand_in(20, ticket=ticket, code=code)
    (submission,) = collect(opened.study, opened.privates).submissions
    assert submission.answers["mini/a"] == Rating(value=20)


def test_a_wrong_code_withdraws_and_reads_nothing(opened: Opened) -> None:
    opened.hand_in()
    stranger = cheap_key(opened.public)
    for step in (withdraw, read_own, counted_hash):
        with pytest.raises(KeyRefused, match="no submission under this code"):
            step(opened.public, stranger)
    assert count(opened.study) == 1


def test_a_second_submission_under_a_code_is_refused(opened: Opened) -> None:
    code = new_code()
    opened.hand_in(10, code=code)
    with pytest.raises(Refused, match="handed in already"):
        opened.hand_in(20, code=code)
    (submission,) = collect(opened.study, opened.privates).submissions
    assert submission.answers["mini/a"] == Rating(value=10)


def test_nothing_goes_in_or_out_once_closing_began(opened: Opened) -> None:
    key = opened.hand_in()
    public = opened.public
    late, submission = cheap_key(public), None
    submission = opened.submission(late)
    collect(opened.study, opened.privates)
    with pytest.raises(AlreadyClosed, match="handed in"):
        submit(public, submission, OWN, late)
    with pytest.raises(AlreadyClosed, match="taken back"):
        withdraw(public, key)
    opened.study.cancel_closing()
    submit(public, submission, OWN, late)
    withdraw(public, key)
    assert count(opened.study) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"study": "other"}, "another study"),
        ({"policy_sha256": "0" * 64}, "another study or policy"),
        ({"battery_sha256": "0" * 64}, "another set of questions"),
        ({"wave": "day-30"}, "another wave"),
        ({"answers": {"mini/a": Rating(value=101)}}, "does not fit the question"),
        ({"answers": {"mini/a": Choice(code=1)}}, "does not fit the question"),
        ({"answers": {"mini/z": Rating(value=5)}}, "not asked"),
        ({"code_public": "0" * 64}, "another code"),
        ({"ticket": ""}, "without a ticket"),
        ({"ticket": "0000-0000-0000-0000-0000"}, "not one of this study"),
        ({"origin": "rehearsal"}, "in a rehearsal"),
    ],
)
def test_what_would_not_count_is_not_handed_in(opened: Opened, change: dict[str, object], words: str) -> None:
    key = cheap_key(opened.public)
    wrong = msgspec.structs.replace(opened.submission(key, 45), **change)
    with pytest.raises(CareloadError, match=words) as caught:
        submit(opened.public, wrong, OWN, key)
    assert "101" not in str(caught.value)
    assert list(opened.inbox.iterdir()) == []


def test_a_rehearsal_study_takes_rehearsal_submissions_only(tmp_path: Path) -> None:
    opened = open_study(tmp_path / "study", rehearsal=True)
    key = cheap_key(opened.public)
    real = msgspec.structs.replace(opened.submission(key), origin="sitting")
    with pytest.raises(BadInput, match="rehearsal"):
        submit(opened.public, real, OWN, key)
    opened.hand_in()
    assert len(collect(opened.study, opened.privates).submissions) == 1


@pytest.mark.parametrize("call", ["write", "fsync", "link"])
def test_a_full_disk_hands_in_nothing_and_leaves_nothing(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    key = cheap_key(opened.public)
    submission = opened.submission(key)

    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        with pytest.raises(Unavailable, match="no room left") as caught:
            submit(opened.public, submission, OWN, key)
    assert "Make room" in caught.value.todo
    assert list(opened.inbox.iterdir()) == []
    submit(opened.public, submission, OWN, key)


def test_a_missing_inbox_is_named(opened: Opened) -> None:
    key = cheap_key(opened.public)
    submission = opened.submission(key)
    opened.inbox.rmdir()
    with pytest.raises(Unavailable, match="“inbox”"):
        submit(opened.public, submission, OWN, key)


def test_a_folder_that_may_not_be_listed_is_not_synced(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a shared folder a respondent may put in and not list; opening the folder to sync it fails."""
    real = os.open

    def refuse_folders(path: os.PathLike[str], flags: int, *rest: int) -> int:
        if flags & os.O_DIRECTORY:
            raise PermissionError(errno.EACCES, "no")
        return real(path, flags, *rest)

    key = cheap_key(opened.public)
    submission = opened.submission(key)
    monkeypatch.setattr(os, "open", refuse_folders)
    submit(opened.public, submission, OWN, key)
    withdraw(opened.public, key)


def test_flipped_bits_of_the_own_box_are_refused(opened: Opened) -> None:
    key = opened.hand_in()
    (path,) = opened.inbox.iterdir()
    data = path.read_bytes()
    for bit in range(0, 10 * 8 + OWN_BOX * 8, 997):
        path.unlink()
        path.write_bytes(flipped(data, bit))
        if bit // 8 == 9:
            continue  # the wave's number: not part of the own box
        with pytest.raises(KeyRefused):
            read_own(opened.public, key)


def test_a_person_can_check_that_theirs_was_counted_unchanged(opened: Opened) -> None:
    keys = [opened.hand_in(value) for value in (10, 20)]
    hashes = collect(opened.study, opened.privates).counted_hashes
    assert sorted(counted_hash(opened.public, key) for key in keys) == list(hashes)


def test_a_counted_hash_covers_every_byte_and_the_salt(opened: Opened) -> None:
    """One bit at any place, or another study's salt, gives another hash."""
    opened.hand_in()
    (file,) = opened.inbox.iterdir()
    data = file.read_bytes()
    changed = [flipped(data, 8 * place) for place in (0, 100, len(data) // 2, len(data) - 1)]
    elsewhere = replace(opened.public, salt=bytes(16))
    hashes = [opened.public.counted_hash(one) for one in (data, *changed)]
    assert len({*hashes, elsewhere.counted_hash(data)}) == 6


def test_a_canary_is_nowhere_in_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither answers, own result, code nor ticket; and nothing of who and where this machine's user is."""
    canary = "canary-9b1d7c80-52c1-4f0e-a8f3-2c17d00e"
    surroundings = {name: f"{name.lower()}-canary-4f6d" for name in ("USER", "LOGNAME", "HOSTNAME", "HOME")}
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    opened = open_study(tmp_path / "study")
    own: OwnResult = msgspec.structs.replace(OWN, heading=canary)
    code = new_code()
    key = cheap_key(opened.public, code)
    (ticket,) = opened.tickets(1)
    submit(opened.public, opened.submission(key, text=canary, ticket=ticket), own, key)
    draft = Draft.start(tmp_path / "state", key, "lighthouse", "baseline")
    draft.save(sitting_record(canary))
    content = everything_under(opened.root, tmp_path / "state")
    collect(opened.study, opened.privates, "2026-11-22")
    content += everything_under(opened.root)
    clear = (canary, code, ticket, ticket.replace("-", ""), key.public_hex, key.seed.hex())
    for secret in (*clear, *surroundings.values(), *PASSPHRASES):
        assert secret.encode() not in content
    assert key.seed not in content
