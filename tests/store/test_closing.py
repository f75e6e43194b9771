"""Closing: opens everything in memory, counts each once, sets aside what is wrong and says why."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from store import closing
from store.codes import CodeKey
from store.envelope import OWN_BOX, open_submission, own_in, pack, unpack
from store.errors import AlreadyClosed, KeyRefused
from store.files import SEALED_FILE, write_once
from store.inbox import collect, count, read_own, withdraw
from store.openings import read_openings
from tests.store.examples import (
    OWN,
    Opened,
    cheap_key,
    encoded,
    everything_under,
    flipped,
    forge,
    open_study,
    values,
)


def reasons(opened: Opened) -> list[str]:
    return [problem.reason for problem in collect(opened.study, opened.privates).quarantined]


def test_everybody_counts_once_in_random_order(opened: Opened) -> None:
    for value in range(0, 100, 5):
        opened.hand_in(value)
    orders = set()
    for _ in range(4):
        collected = collect(opened.study, opened.privates)
        assert values(collected.submissions) == list(range(0, 100, 5))
        assert (collected.held_back, collected.identical, collected.quarantined) == (0, 0, ())
        orders.add(tuple(one.ticket for one in collected.submissions))
    assert len(orders) == 4
    assert count(opened.study) == 20


@pytest.mark.parametrize("which", [0, 1])
def test_one_key_holder_alone_opens_nothing_and_the_wave_stays_open(opened: Opened, which: int) -> None:
    opened.hand_in()
    with pytest.raises(KeyRefused, match="key is missing of"):
        collect(opened.study, [opened.privates[which]])
    assert not opened.public.is_closed
    assert read_openings(opened.root) == ()


def test_a_foreign_key_is_refused(opened: Opened, tmp_path: Path) -> None:
    other = open_study(tmp_path / "other")
    with pytest.raises(KeyRefused, match="does not belong"):
        collect(opened.study, [*opened.privates, other.privates[0]])


def test_a_ticket_used_twice_with_different_answers_holds_both_back(opened: Opened) -> None:
    (ticket,) = opened.tickets(1)
    opened.hand_in(10, ticket=ticket)
    opened.hand_in(20, ticket=ticket)
    opened.hand_in(30)
    collected = collect(opened.study, opened.privates)
    assert values(collected.submissions) == [30]
    assert (collected.held_back, collected.identical) == (2, 0)


def test_a_ticket_used_twice_with_the_same_answers_counts_once(opened: Opened) -> None:
    (ticket,) = opened.tickets(1)
    for _ in range(3):
        opened.hand_in(10, ticket=ticket)
    collected = collect(opened.study, opened.privates)
    assert values(collected.submissions) == [10]
    assert (collected.held_back, collected.identical) == (0, 2)
    assert len(collected.counted_hashes) == 1


def test_a_copied_file_counts_once(opened: Opened) -> None:
    opened.hand_in(10)
    (path,) = opened.inbox.iterdir()
    (opened.inbox / ("c" * 32)).write_bytes(path.read_bytes())
    collected = collect(opened.study, opened.privates)
    assert values(collected.submissions) == [10]
    assert [problem.file for problem in collected.quarantined] == ["c" * 32]


def test_answers_taken_back_do_not_count_when_a_copy_is_put_in_under_another_name(opened: Opened) -> None:
    """The person could not find the copy by their code, nor take it back again."""
    key = opened.hand_in(10)
    (path,) = opened.inbox.iterdir()
    copy = path.read_bytes()
    withdraw(opened.public, key)
    (opened.inbox / ("c" * 32)).write_bytes(copy)
    assert collect(opened.study, opened.privates).submissions == ()


def test_other_answers_set_beside_a_persons_own_result_are_noticed_by_that_person(opened: Opened) -> None:
    """Whoever holds the folder can seal answers; without this, `verify` would call them the person's own."""
    key = opened.hand_in(10)
    (path,) = opened.inbox.iterdir()
    honest = path.read_bytes()
    sealed = encoded(opened.submission(cheap_key(opened.public), 90))
    other = pack(sealed, b"", "baseline", opened.public.publics, key.public_hex, name=path.name)
    start = 10 + OWN_BOX
    path.unlink()
    for mark in (honest[-32:], other[-32:]):
        path.write_bytes(honest[:start] + other[start:-32] + mark)
        with pytest.raises(KeyRefused, match="damaged"):
            read_own(opened.public, key)
        path.unlink()
    path.write_bytes(honest)
    assert read_own(opened.public, key) == OWN


def test_a_code_used_twice_is_treated_like_a_ticket(tmp_path: Path) -> None:
    """In a study without tickets the public half of the code is what may occur once."""
    opened = open_study(tmp_path / "study", tickets=False)
    key = opened.hand_in(10)
    forge(opened, opened.submission(key, 20))
    twin = opened.hand_in(40)
    forge(opened, opened.submission(twin, 40))
    collected = collect(opened.study, opened.privates)
    assert values(collected.submissions) == [40]
    assert (collected.held_back, collected.identical) == (2, 1)


def test_any_flipped_bit_of_a_sealed_file_is_noticed(opened: Opened) -> None:
    """The header's bits too, and those of the box that the other side cannot open: by closing and person."""
    key = opened.hand_in(35)
    (path,) = opened.inbox.iterdir()
    data, name = path.read_bytes(), path.name
    whole = unpack(data, name)
    assert open_submission(whole, opened.privates)
    assert own_in(whole, key.open_own(whole.own)) == encoded(OWN)
    for bit in [*range(80), *range(80, len(data) * 8, 1013), *range(len(data) * 8 - 256, len(data) * 8)]:
        changed = flipped(data, bit)
        with pytest.raises(KeyRefused):
            open_submission(unpack(changed, name), opened.privates)
        with pytest.raises(KeyRefused):
            own_in(unpack(changed, name), key.open_own(unpack(changed, name).own))
    path.unlink()
    path.write_bytes(flipped(data, len(data) * 8 - 1))
    assert len(collect(opened.study, opened.privates).quarantined) == 1


def test_a_key_twice_in_the_sealed_json_is_not_read_in_two_ways(opened: Opened) -> None:
    public = opened.public
    key: CodeKey = cheap_key(public)
    plain = encoded(opened.submission(key, 10))
    path = opened.inbox / key.submission_name("baseline")
    doubled = plain.replace(b'"study"', b'"answers":{},"study"', 1)
    data = pack(doubled, encoded(OWN), "baseline", public.publics, key.public_hex, name=path.name)
    write_once(path, data, SEALED_FILE, "it")
    assert reasons(opened) == ["not a submission as careload writes it"]


def test_own_regular_files_move_to_quarantine_and_nothing_is_deleted(opened: Opened) -> None:
    (opened.inbox / "notes").write_bytes(b"keep me")
    os.mkfifo(opened.inbox / "pipe")
    before = collect(opened.study, opened.privates).quarantined
    assert [path.name for path in opened.inbox.iterdir()] == ["pipe"]
    (moved,) = (opened.root / "private" / "quarantine").iterdir()
    assert moved.read_bytes() == b"keep me"
    again = collect(opened.study, opened.privates).quarantined
    assert Counter(again) == Counter(before)


def test_ten_thousand_junk_files_are_reported_and_closing_ends(opened: Opened) -> None:
    opened.hand_in(35)
    for number in range(10_000):
        (opened.inbox / f"{number:032x}").write_bytes(b"careload junk")
    start = time.process_time()
    collected = collect(opened.study, opened.privates)
    assert len(collected.quarantined) == 10_000
    assert values(collected.submissions) == [35]
    # processor time, which a busy machine does not stretch: quadratic work on the names would take minutes
    assert time.process_time() - start < 60


def test_unfinished_files_stay_for_an_hour_and_then_go(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may be writing it right now."""
    unfinished = opened.inbox / f".{'0' * 32}.new"
    unfinished.write_bytes(b"half")
    assert reasons(opened) == []
    assert unfinished.exists()
    monkeypatch.setattr(closing, "STALE_SECONDS", -1)
    assert reasons(opened) == []
    assert not unfinished.exists()


def test_a_wave_is_not_closed_twice(opened: Opened) -> None:
    opened.hand_in()
    collect(opened.study, opened.privates)
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    with pytest.raises(AlreadyClosed, match="closed before"):
        collect(opened.study, opened.privates)


def test_a_closing_killed_after_its_release_never_opens_the_wave_again(opened: Opened) -> None:
    """Without this a second try would be refused its release and let people hand in uncounted."""
    opened.hand_in()
    collect(opened.study, opened.privates)
    opened.study.write_release(b"{}")
    opened.study.cancel_closing()
    assert opened.public.is_closed
    with pytest.raises(AlreadyClosed):
        collect(opened.study, opened.privates)
    assert opened.study.is_closed("baseline")
    assert not (opened.root / "public" / "closing").exists()


def test_nothing_opened_is_written_anywhere(opened: Opened) -> None:
    canary = "canary-1f0e7a52-66b1-4f7d-9f3a-90ab12cd34"
    opened.hand_in(text=canary)
    (ticket,) = opened.tickets(1)
    for value in (1, 2):
        forge(opened, opened.submission(cheap_key(opened.public), value, canary, ticket=ticket))
    forge(opened, opened.submission(cheap_key(opened.public), 3, canary), study=canary)
    collected = collect(opened.study, opened.privates)
    assert len(collected.quarantined) == 3
    assert canary.encode() not in everything_under(opened.root)
    assert canary not in repr(collected)


def test_every_opening_is_logged_in_a_chain(opened: Opened) -> None:
    opened.hand_in(10)
    collect(opened.study, opened.privates, "2026-11-22")
    opened.study.cancel_closing()
    opened.hand_in(20)
    log = collect(opened.study, opened.privates, "2026-11-23").openings
    assert [(entry.number, entry.day, entry.counted) for entry in log] == [
        (1, "2026-11-22", 1),
        (2, "2026-11-23", 2),
    ]
    assert log[1].previous
    assert log == read_openings(opened.root)
    assert log[0].roles == ("facilitator", "works council")
