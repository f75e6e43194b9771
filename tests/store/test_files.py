"""Files are read strictly and written whole."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import Unavailable
from store.files import FIXED_TIME, BadFile, make_directory, read_bounded, write_atomic, write_once


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["umask-000", "umask-022", "umask-077"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("mode", [0o444, 0o600, 0o644])
def test_the_umask_changes_no_files_mode(tmp_path: Path, mode: int) -> None:
    write_atomic(tmp_path / "atomic", b"x", mode, "it")
    write_once(tmp_path / "once", b"x", mode, "it")
    assert [mode_of(tmp_path / name) for name in ("atomic", "once")] == [mode, mode]


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o1733])
def test_the_umask_changes_no_folders_mode(tmp_path: Path, mode: int) -> None:
    make_directory(tmp_path / "folder", mode)
    assert mode_of(tmp_path / "folder") == mode


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"secret")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(BadFile, match="a link, not a file"):
        read_bounded(tmp_path / "link")


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    """Opening a pipe without O_NONBLOCK would hang this test for good."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadFile, match="not a regular file"):
        read_bounded(tmp_path / "pipe")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="not a regular file"):
        read_bounded(tmp_path)


def test_an_oversize_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sparse file of 1 TiB would never be read to its end; not one byte of it is."""
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))
    with (tmp_path / "large").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(BadFile, match="larger than 1,000 bytes"):
        read_bounded(tmp_path / "large", 1000)


def test_write_once_never_replaces(tmp_path: Path) -> None:
    write_once(tmp_path / "name", b"first", 0o444, "it")
    with pytest.raises(FileExistsError):
        write_once(tmp_path / "name", b"second", 0o444, "it")
    assert (tmp_path / "name").read_bytes() == b"first"
    assert [found.name for found in tmp_path.iterdir()] == ["name"]


def test_write_once_does_not_write_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"untouched")
    (tmp_path / "name").symlink_to(tmp_path / "target")
    with pytest.raises(FileExistsError):
        write_once(tmp_path / "name", b"new", 0o444, "it")
    assert (tmp_path / "target").read_bytes() == b"untouched"


def test_sealed_files_all_carry_the_same_time(tmp_path: Path) -> None:
    write_once(tmp_path / "name", b"x", 0o444, "it")
    assert (tmp_path / "name").stat().st_mtime == FIXED_TIME


@pytest.mark.parametrize("call", ["write", "fsync"])
@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "no room left"), (errno.EROFS, "read-only"), (errno.EIO, "Input/output")],
)
def test_a_failing_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(Unavailable, match=words) as caught:
        write_atomic(path, b"new", 0o600, "The file")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert caught.value.todo
    assert str(tmp_path) not in caught.value.message


def test_a_short_write_goes_on_until_all_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may write less than asked: three bytes at a time here."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:3]))
    write_atomic(tmp_path / "file", b"0123456789", 0o600, "it")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_missing_folder_is_named_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="The draft cannot be used: it is not there") as caught:
        write_atomic(tmp_path / "missing" / "file", b"", 0o600, "The draft")
    assert str(tmp_path) not in str(caught.value)
