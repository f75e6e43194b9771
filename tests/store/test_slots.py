"""Two slots by turns: whatever a crash leaves of one, the last acknowledged change stands in the other."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from tinydb.table import Document

from instruments.errors import BadInput
from store.drafts import Draft
from store.errors import KeyRefused, Refused, Unavailable
from store.slots import SlotStore
from store.tiny import PADDED, TinyStore
from tests.store.saver import code_key, number_of, record

KEY = code_key()
WHERE = ("lighthouse", "baseline")
SIZES = (0, 10, 2_000, 40_000)
"""Characters of a text: three fit into one step of the padding, the last takes three."""


def saved(folder: Path, *sizes: int) -> Draft:
    draft = Draft.start(folder, KEY, *WHERE)
    for number, size in enumerate(sizes, 1):
        draft.save(record(number, size))
    return draft


def contents(draft: Draft) -> dict[Path, bytes]:
    return {slot: slot.read_bytes() for slot in draft.store.slots if slot.exists()}


def last_written(draft: Draft, before: dict[Path, bytes]) -> Path:
    (slot,) = [path for path, data in contents(draft).items() if before.get(path) != data]
    return slot


def torn(old: bytes, new: bytes, cut: int) -> list[bytes]:
    """What a crash may leave of `new` over `old`, split at `cut`: either end first, cut off, unfilled."""
    whole = max(len(old), len(new))
    return [new[:cut] + old[cut:], new[:cut], new[:cut].ljust(whole, b"\0"), old[:cut] + new[cut:]]


def cuts(size: int) -> list[int]:
    """Every byte of the header and of the end, each edge of a sector between them."""
    return [*range(64), *range(64, size - 64, 512), *range(size - 64, size)]


@pytest.mark.parametrize(("old", "new"), [(10, 2_000), (40_000, 0), (0, 40_000), (40_000, 40_000)])
def test_a_write_torn_anywhere_leaves_the_last_acknowledged_answer(
    tmp_path: Path, old: int, new: int
) -> None:
    draft = saved(tmp_path, old, 10)
    before = contents(draft)
    draft.save(record(3, new))
    slot = last_written(draft, before)
    whole = slot.read_bytes()
    assert number_of(draft.load()) == 3
    for cut in cuts(len(whole)):
        for left in torn(before[slot], whole, cut):
            if left != whole:
                slot.write_bytes(left)
                assert number_of(draft.load()) == 2, (cut, len(left))


def test_a_shorter_change_with_the_longer_ones_tail_is_not_taken(tmp_path: Path) -> None:
    draft = saved(tmp_path, 40_000, 10)
    before = contents(draft)
    draft.save(record(3, 0))
    slot = last_written(draft, before)
    new = slot.read_bytes()
    assert len(new) < len(before[slot])
    slot.write_bytes(new + before[slot][len(new) :])
    assert number_of(draft.load()) == 2
    draft.save(record(4, 0))
    assert [number_of(draft.load()), slot.stat().st_size] == [4, len(new)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(SIZES), st.none() | st.floats(0, 1), st.integers(0, 3)), max_size=12)
)
def test_any_saves_and_crashes_resume_what_was_acknowledged_last(
    steps: list[tuple[int, float | None, int]],
) -> None:
    """A step saves; with a fraction its power goes when so much was written, and the next step resumes."""
    with TemporaryDirectory() as name:
        draft, acknowledged = saved(Path(name), 10), 1
        for number, (size, fraction, kind) in enumerate(steps, 2):
            before = contents(draft)
            draft.save(record(number, size))
            if fraction is None or crash(draft, before, fraction, kind):
                acknowledged = number
            assert number_of(draft.load()) == acknowledged
        draft.delete()
        assert not contents(draft)


def crash(draft: Draft, before: dict[Path, bytes], fraction: float, kind: int) -> bool:
    """Undo the last save down to what a crash leaves; whether it happens to be all of it."""
    slot = last_written(draft, before)
    new = slot.read_bytes()
    cut = int(fraction * (len(new) - 1))
    if slot not in before:  # a new file is renamed when whole
        slot.unlink()
        slot.with_name(draft.store.temporary).write_bytes(new[:cut])
        return False
    left = torn(before[slot], new, cut)[kind]
    slot.write_bytes(left)
    return left == new


def test_a_draft_of_one_file_goes_on(tmp_path: Path) -> None:
    """So they were kept before there were two slots."""
    draft = Draft.start(tmp_path, KEY, *WHERE)
    with TinyStore(draft.store.path, "it", KEY.draft_key).transaction() as db:
        db.table("sitting").insert(Document(to_builtins(record(1, 2_000)), doc_id=1))
    found = Draft.find(tmp_path, KEY, *WHERE)
    assert found is not None
    assert found.load() == record(1, 2_000)
    for number in (2, 3, 4):
        found.save(record(number, 10), before=record(number - 1, 2_000 if number == 2 else 10))
        assert number_of(found.load()) == number


def test_a_window_left_behind_writes_into_neither_slot(tmp_path: Path) -> None:
    one, other = saved(tmp_path, 10, 10, 10), Draft.find(tmp_path, KEY, *WHERE)
    assert other is not None
    one.save(record(4, 10), before=other.load())
    before = contents(one)
    with pytest.raises(Refused, match="another window"):
        other.save(record(5, 10), before=record(3, 10))
    assert contents(other) == before
    one.delete()
    with pytest.raises(Refused, match="another window"):
        other.save(record(5, 10), before=record(4, 10))
    assert not contents(other)


@pytest.mark.parametrize("call", ["write", "fsync", "ftruncate"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_save_that_fails_changes_nothing_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    draft = saved(tmp_path, 10, 10, 10)

    def fails(*_: object) -> int:
        raise OSError(code, "fails")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, fails)
        with pytest.raises(Unavailable):
            draft.save(record(4, 2_000), before=record(3, 10))
    if call != "ftruncate":  # with it the undoing fails as well, and the whole of 4 is there
        assert number_of(draft.load()) == 3
        draft.save(record(4, 2_000), before=record(3, 10))
    assert number_of(draft.load()) == 4


def test_a_disk_that_fills_half_way_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, real = saved(tmp_path, 10, 10, 10), os.write

    def filling(handle: int, data: memoryview) -> int:
        if len(data) <= PADDED:
            raise OSError(errno.ENOSPC, "full")
        return real(handle, data[:5_000])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", filling)
        with pytest.raises(Unavailable, match="no room left"):
            draft.save(record(4, 40_000))
    assert number_of(draft.load()) == 3


def a_link(slot: Path) -> None:
    (slot.parent / "elsewhere").write_bytes(b"not to be touched")
    slot.symlink_to("elsewhere")


@pytest.mark.parametrize("place", [a_link, os.mkfifo, Path.mkdir])
@pytest.mark.parametrize("which", [0, 1])
def test_what_is_no_file_in_place_of_a_slot_is_refused(
    tmp_path: Path, place: Callable[[Path], None], which: int
) -> None:
    draft = saved(tmp_path, 10, 10, 10)
    slot = draft.store.slots[which]
    slot.unlink()
    place(slot)
    for use in (draft.load, lambda: draft.save(record(4, 10))):
        with pytest.raises((BadInput, Unavailable)):
            use()
    if place is a_link:
        assert (slot.parent / "elsewhere").read_bytes() == b"not to be touched"
    if place is not Path.mkdir:
        draft.delete()
        assert not draft.store.exists()
        assert not slot.is_symlink()


@pytest.mark.parametrize("which", [0, 1])
def test_a_second_name_of_a_slot_keeps_what_it_names(tmp_path: Path, which: int) -> None:
    """Some backups are made of second names."""
    draft = saved(tmp_path, 10, 10)
    slot, backup = draft.store.slots[which], tmp_path / "backup"
    os.link(slot, backup)
    kept = backup.read_bytes()
    for number in (3, 4):
        draft.save(record(number, 10))
    assert [backup.read_bytes(), slot.stat().st_nlink, number_of(draft.load())] == [kept, 1, 4]


def test_a_slot_open_to_others_is_closed_with_its_next_change(tmp_path: Path) -> None:
    draft = saved(tmp_path, 10, 10)
    for slot in draft.store.slots:
        slot.chmod(0o666)
    for number in (3, 4):
        draft.save(record(number, 10))
    assert {slot.stat().st_mode & 0o777 for slot in draft.store.slots} == {0o600}


def test_both_slots_damaged_are_refused_in_words_and_can_be_deleted(tmp_path: Path) -> None:
    draft = saved(tmp_path, 10, 10, 10)
    for slot in draft.store.slots:
        slot.write_bytes(b"")
    with pytest.raises(KeyRefused, match="damaged"):
        draft.load()
    draft.delete()
    assert Draft.find(tmp_path, KEY, *WHERE) is None


@pytest.mark.parametrize("saves", [2, 3, 4, 5])
def test_a_deletion_killed_half_way_leaves_the_newer_slot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saves: int
) -> None:
    draft, real = saved(tmp_path, *[10] * saves), Path.unlink
    gone: list[Path] = []

    def once(path: Path, missing_ok: bool = False) -> None:
        if gone:
            raise KeyboardInterrupt
        gone.append(path)
        real(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", once)
        with pytest.raises(KeyboardInterrupt):
            draft.delete()
    assert [len(contents(draft)), number_of(draft.load())] == [1, saves]


def test_a_reader_beside_a_writer_never_finds_both_slots_torn(tmp_path: Path) -> None:
    draft, seen = saved(tmp_path, 10, 10), [2]

    def write() -> None:
        for number in range(3, 43):
            draft.save(record(number, 40_000))

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        seen.append(number_of(draft.load()))
    writer.join()
    assert seen == sorted(seen)
    assert number_of(draft.load()) == 42


def test_the_slots_take_turns(tmp_path: Path) -> None:
    store = SlotStore(tmp_path / "file", "The file", KEY.draft_key)
    turns = []
    for number in range(6):
        before = {slot: slot.read_bytes() for slot in store.slots if slot.exists()}
        with store.transaction() as db:
            db.insert({"a": number})
        turns += [
            place
            for place, slot in enumerate(store.slots)
            if slot.exists() and slot.read_bytes() != before.get(slot)
        ]
    assert turns == [0, 1, 0, 1, 0, 1]
    assert len(store.snapshot().all()) == 6
