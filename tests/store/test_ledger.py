"""The care ledger: every entry is there, whoever writes at once; what is none is named and passed over."""

from __future__ import annotations

import multiprocessing
import os
import stat
from datetime import date
from pathlib import Path

import msgspec
import pytest

from instruments.care_log import CareEntry, monday_of
from instruments.errors import BadInput
from instruments.records import canonical
from store.checkup import check_study
from store.errors import Refused
from store.last_entry import FOLDER, LastEntry, keep_last, read_last
from store.ledger import append, entries_in, take_back
from store.public import load_public
from tests.store.examples import Opened, open_study

ENTRY = CareEntry(study="lighthouse", week="2027-01-11", minutes=30, kind="pair", role="champion")


def _log(root: Path, number: int, each: int) -> None:
    public = load_public(root)
    for one in range(each):
        append(public, msgspec.structs.replace(ENTRY, minutes=5 * (1 + (number * each + one) % 120)))


def test_eight_processes_log_fifty_each_and_no_entry_is_lost(opened: Opened) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_log, args=(opened.root, number, 50)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(300)
    assert [worker.exitcode for worker in workers] == [0] * 8
    entries, problems = entries_in(load_public(opened.root))
    assert sorted(e.minutes for e in entries) == sorted(5 * (1 + n % 120) for n in range(400))
    assert problems == ()


def test_an_entry_tells_no_day_no_account_and_no_time(opened: Opened) -> None:
    name = append(load_public(opened.root), ENTRY)
    path = opened.root / "ledger" / name
    told = msgspec.json.decode(path.read_bytes())
    assert set(told) == {"study", "week", "minutes", "kind", "role", "group", "load", "schema"}
    assert path.stat().st_mtime == 946_684_800
    assert monday_of(date(2027, 1, 17)) == monday_of(date(2027, 1, 11)) == "2027-01-11"


def test_others_can_read_an_entry_only_where_the_owner_could_not_otherwise(tmp_path: Path) -> None:
    for shared, mode in ((False, 0o600), (True, 0o444)):
        root = open_study(tmp_path / f"study-{shared}", shared=shared).root
        path = root / "ledger" / append(load_public(root), ENTRY)
        assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize(
    "wrong",
    [
        {"group": "Ada Example"},
        {"minutes": 7},
        {"minutes": 0},
        {"minutes": 605},
        {"week": "2027-01-12"},
        {"week": "Ada"},
        {"week": "20270111"},
        {"study": "other"},
    ],
)
def test_what_the_lists_do_not_have_cannot_be_logged(opened: Opened, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="This cannot be logged"):
        append(load_public(opened.root), msgspec.structs.replace(ENTRY, **wrong))
    assert list((opened.root / "ledger").iterdir()) == []


def _hostile(folder: Path) -> dict[str, str]:
    """Put files that are no entries into `folder`; returns what is said of each."""
    good = canonical(ENTRY)
    names = iter(f"{number:032x}" for number in range(100))
    said: dict[str, str] = {}

    def put(data: bytes, reason: str) -> None:
        name = next(names)
        (folder / name).write_bytes(data)
        said[name] = reason

    put(good.replace(b'"pair"', b'"Ada Example"'), "not an entry as careload writes it")
    put(good.replace(b'"group":""', b'"group":"Ada Example"'), "names a group that this study does not have")
    put(good.replace(b":30", b":-30"), "minutes are not 5 to 600 in steps of 5")
    put(good.replace(b":30", b":NaN"), "not an entry as careload writes it")
    put(good.replace(b":30", b':30,"who":"Ada"'), "not an entry as careload writes it")
    put(b'{"a":' * 500, "larger than 1,024 bytes")
    put(b"", "not an entry as careload writes it")
    put(b"x" * 5000, "larger than 1,024 bytes")
    link, pipe = next(names), next(names)
    (folder / link).symlink_to("/etc/passwd")
    os.mkfifo(folder / pipe)
    (folder / "junk\n\x1b[2J").write_bytes(good)
    return said | {
        link: "a link, not a file",
        pipe: "not a regular file",
        "junk??[2J": "not a name that careload gives",
    }


def test_hostile_files_are_passed_over_and_named_by_doctor(opened: Opened) -> None:
    public = load_public(opened.root)
    append(public, ENTRY)
    said = _hostile(opened.root / "ledger")
    entries, problems = entries_in(public)
    assert entries == (ENTRY,)
    assert {problem.file: problem.reason for problem in problems} == said
    found = {one.path: one.found for one in check_study(opened.root)}
    for name, reason in said.items():
        assert found[f"ledger/{name}"] == f"Not counted: {reason}."


def test_an_entry_can_be_taken_back_once(opened: Opened) -> None:
    public = load_public(opened.root)
    name = append(public, ENTRY)
    take_back(public, name)
    assert entries_in(public) == ((), ())
    for gone in (name, "", "../public/policy.json"):
        with pytest.raises(Refused):
            take_back(public, gone)


def test_what_was_logged_last_is_kept_for_this_account_alone(opened: Opened, tmp_path: Path) -> None:
    public, state = load_public(opened.root), tmp_path / "state"
    state.mkdir()
    assert read_last(state, public) is None
    keep_last(state, public, LastEntry(entry=ENTRY, name="a" * 32))
    kept = read_last(state, public)
    assert kept is not None
    assert kept.entry == ENTRY
    (path,) = (state / FOLDER).iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.write_bytes(canonical(LastEntry(entry=msgspec.structs.replace(ENTRY, group="Ada"), name="")))
    assert read_last(state, public) is None
