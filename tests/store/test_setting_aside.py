"""Whatever else lies in the inbox is set aside with the reason in words, and the rest counts."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from instruments.answers import Rating
from instruments.records import Submission
from store.inbox import collect
from tests.store.examples import Opened, cheap_key, forge, open_study, values


def _junk(opened: Opened) -> None:
    (opened.inbox / ("0" * 32)).write_bytes(os.urandom(5000))


def _empty(opened: Opened) -> None:
    (opened.inbox / ("0" * 32)).write_bytes(b"")


def _named_otherwise(opened: Opened) -> None:
    (opened.inbox / "notes\x1b[31m.txt").write_bytes(b"hello")


def _link(opened: Opened) -> None:
    (opened.inbox / ("0" * 32)).symlink_to(opened.root / "private" / "study.json")


def _pipe(opened: Opened) -> None:
    os.mkfifo(opened.inbox / ("0" * 32))


def _folder(opened: Opened) -> None:
    (opened.inbox / ("0" * 32)).mkdir()


def _oversize(opened: Opened) -> None:
    with (opened.inbox / ("0" * 32)).open("wb") as file:
        file.truncate(2**33)


def _cut_short(opened: Opened) -> None:
    path = forge(opened, _submission(opened))
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:-1])


def _head_only(opened: Opened) -> None:
    path = forge(opened, _submission(opened))
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:300])


def _other_keys(opened: Opened) -> None:
    other = open_study(opened.root.parent / "other")
    other.hand_in()
    (path,) = other.inbox.iterdir()
    path.rename(opened.inbox / path.name)


def _later_file(opened: Opened) -> None:
    (opened.inbox / ("0" * 32)).write_bytes(b"careload\x02\x00" + bytes(30_000))


def _submission(opened: Opened) -> Submission:
    return opened.submission(cheap_key(opened.public), 95)


def forged(**changes: object) -> Callable[[Opened], object]:
    return lambda opened: forge(opened, _submission(opened), **changes)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (_junk, "not a file that careload sealed"),
        (_empty, "not a file that careload sealed"),
        (_named_otherwise, "not a name that careload gives"),
        (_link, "a link, not a file"),
        (_pipe, "not a regular file"),
        (_folder, "not a regular file"),
        (_oversize, "larger than"),
        (_cut_short, "changed after it was sealed"),
        (_head_only, "cut short"),
        (_other_keys, "sealed for other keys"),
        (_later_file, "written by a later careload"),
        (forged(study="other"), "another study"),
        (forged(policy_sha256="0" * 64), "another study or policy"),
        (forged(battery_sha256="0" * 64), "another set of questions"),
        (forged(wave="day-60"), "another wave"),
        (forged(schema=2), "written by a later careload"),
        (forged(answers={"mini/a": Rating(value=99_999)}), "does not fit the question"),
        (forged(answers={"other/a": Rating(value=1)}), "was not asked"),
        (forged(ticket=""), "without a ticket"),
        (forged(ticket="0000-0000-0000-0000-0000"), "never issued"),
        (forged(origin="rehearsal"), "made in a rehearsal"),
        (forged(code_public="<b>"), "wrong form"),
    ],
)
def test_what_is_wrong_is_set_aside_with_the_reason_and_the_rest_counts(
    opened: Opened, wrong: Callable[[Opened], object], reason: str
) -> None:
    opened.hand_in(35)
    wrong(opened)
    collected = collect(opened.study, opened.privates)
    (problem,) = collected.quarantined
    assert reason in problem.reason
    assert "95" not in problem.reason
    assert "\x1b" not in problem.file
    assert values(collected.submissions) == [35]
