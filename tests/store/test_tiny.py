"""TinyDB over our Storage: whole changes, one at a time, unreadable without the key."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
from pathlib import Path

import pytest

from instruments.errors import BadInput
from store.errors import KeyRefused, Unavailable
from store.slots import SlotStore
from store.tiny import TinyStore
from tests.store.examples import flipped

KEY = bytes(range(32))


@pytest.fixture(params=["clear", "encrypted", "slots"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> TinyStore:
    kind = SlotStore if request.param == "slots" else TinyStore
    return kind(tmp_path / "file", "The file", None if request.param == "clear" else KEY)


def test_what_was_inserted_is_there_for_the_next_one(store: TinyStore) -> None:
    with store.transaction() as db:
        db.insert({"a": 1})
    with store.transaction() as db:
        db.insert({"a": 2})
    assert [row["a"] for row in store.snapshot().all()] == [1, 2]


def test_ids_go_on_after_another_process_inserted(store: TinyStore) -> None:
    """TinyDB keeps the next id in memory; a fresh one each transaction cannot give an id twice."""
    for _ in range(3):
        with store.transaction() as db:
            db.insert({})
    assert [row.doc_id for row in store.snapshot().all()] == [1, 2, 3]


def test_a_write_outside_of_a_transaction_is_refused(store: TinyStore) -> None:
    with store.transaction() as db:
        db.insert({"a": 1})
    with pytest.raises(RuntimeError, match="outside of a transaction"):
        db.insert({"a": 2})
    with pytest.raises(RuntimeError, match="outside of a transaction"):
        store.snapshot().insert({"a": 3})
    assert len(store.snapshot().all()) == 1


def test_an_exception_in_the_block_writes_nothing_and_frees_the_lock(store: TinyStore) -> None:
    def fails() -> None:
        with store.transaction() as db:
            db.insert({"a": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not store.exists()
    with store.transaction() as db:
        db.insert({"a": 2})
    assert len(store.snapshot().all()) == 1


def test_a_transaction_syncs_twice_however_many_changes(
    store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def watched(handle: int) -> None:
        synced.append(handle)
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    with store.transaction() as db:
        for number in range(50):
            db.insert({"a": number})
    assert len(synced) == 2


def test_reading_alone_writes_nothing(store: TinyStore) -> None:
    with store.transaction() as db:
        assert db.all() == []
    assert not store.exists()


def test_encrypted_content_is_nowhere_in_clear(tmp_path: Path) -> None:
    store = TinyStore(tmp_path / "file", "The file", KEY)
    with store.transaction() as db:
        db.insert({"word": "canary-in-the-mine"})
    assert b"canary" not in store.path.read_bytes()
    with pytest.raises(KeyRefused):
        TinyStore(tmp_path / "file", "The file", KEY[::-1]).snapshot()


def test_any_flipped_bit_or_truncation_of_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    store = TinyStore(tmp_path / "file", "The file", KEY)
    with store.transaction() as db:
        db.insert({"a": 1})
    data = store.path.read_bytes()
    bits = [
        *range(1024),
        *range(1024, len(data) * 8, 211),
    ]  # all of the header and the row, some of the padding
    for changed in [*(flipped(data, bit) for bit in bits), data[:-1], data[:10], b""]:
        store.path.write_bytes(changed)
        with pytest.raises(KeyRefused, match="damaged"):
            store.snapshot()


@pytest.mark.parametrize("content", [b"", b"{", b'{"a":NaN}', b'{"a":1,"a":2}', b"[" * 40, b"\xff"])
def test_a_damaged_clear_file_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    store = TinyStore(tmp_path / "study.json", "The file")
    store.path.write_bytes(content)
    with pytest.raises(BadInput, match=r"study\.json"):
        store.snapshot()


def test_a_full_disk_leaves_what_was_there(store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.transaction() as db:
        db.insert({"a": 1})

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(Unavailable, match="no room left"), store.transaction() as db:
            db.insert({"a": 2})
    assert [row["a"] for row in store.snapshot().all()] == [1]
    assert not store.path.with_name(".file.new").exists()


def test_what_a_killed_process_left_is_cleared_and_never_read(store: TinyStore) -> None:
    store.path.with_name(".file.new").write_bytes(b"half")
    with store.transaction() as db:
        db.insert({"a": 1})
    assert len(store.snapshot().all()) == 1
    assert not store.path.with_name(".file.new").exists()


def test_a_writer_that_never_ends_is_waited_for_and_then_named(
    store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.tiny.LOCK_SECONDS", 0.1)
    with (
        store.transaction(),
        pytest.raises(Unavailable, match="another careload"),
        store.transaction(),
    ):
        pass


def _add(path: Path, times: int) -> None:
    store = TinyStore(path, "The file")
    for _ in range(times):
        with store.transaction() as db:
            db.insert({"who": os.getpid()})


def test_four_writers_lose_nothing(tmp_path: Path) -> None:
    """The lock spans the whole change; locking the write alone kept 50 of 200."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add, args=(tmp_path / "file", 25)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert len(json.loads((tmp_path / "file").read_bytes())["_default"]) == 100
