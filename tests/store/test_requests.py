"""Requests for help: sealed by themselves, joined to nothing, passed on after closing and no sooner."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.errors import BadInput
from store.closing import collect, count
from store.errors import AlreadyClosed, KeyRefused, Refused
from store.requests import HelpRequest, ask_for_help, keep_queue, new_request, open_queue
from tests.store.examples import Opened, everything_under, flipped, open_study

CANARY = "Zebulon Quartermain"


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    return open_study(tmp_path / "study")


def asking(opened: Opened, name: str = CANARY, *kinds: str) -> HelpRequest:
    request = new_request(opened.public, name, "floor 2", kinds or ("time", "one-to-one"))
    ask_for_help(opened.public, request)
    return request


def close(opened: Opened) -> None:
    collected = collect(opened.study, opened.privates)
    keep_queue(opened.study, collected.requests)
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")


def test_name_contact_and_kinds_come_out_after_closing_and_nothing_else(opened: Opened) -> None:
    opened.hand_in(10)
    asking(opened, CANARY, "one-to-one", "time")
    close(opened)
    (request,) = open_queue(opened.study, opened.privates)
    assert (request.name, request.contact, request.kinds) == (CANARY, "floor 2", ("time", "one-to-one"))
    told = set(HelpRequest.__struct_fields__) - {"name", "contact", "kinds"}
    assert told == {"study", "wave", "policy_sha256", "schema"}


def test_from_outside_a_request_is_a_submission_like_any_other(opened: Opened) -> None:
    """Same form of name, same modes and time; no size tells one writer from another."""
    opened.hand_in(10)
    (submission,) = opened.inbox.iterdir()
    before = set(opened.inbox.iterdir())
    asking(opened, "A")
    asking(opened, "A" * 80)
    requests = set(opened.inbox.iterdir()) - before
    assert len({path.stat().st_size for path in requests}) == 1
    one, other = submission.stat(), next(iter(requests)).stat()
    assert (one.st_mode, one.st_mtime) == (other.st_mode, other.st_mtime)
    assert all(len(path.name) == 32 and int(path.name, 16) >= 0 for path in requests)
    assert count(opened.study) == 3


def test_a_request_has_the_very_size_of_a_submission(opened: Opened) -> None:
    """In whatever battery: nobody can tell by a file's size that it is a request, or that it is none."""
    opened.hand_in(10, text="x" * 1500)
    asking(opened, "A" * 80)
    assert len({path.stat().st_size for path in opened.inbox.iterdir()}) == 1


def test_a_request_counts_as_nobody_and_joins_no_submission(opened: Opened) -> None:
    """Neither counted nor held back nor set aside; its hash is not among those counted."""
    opened.hand_in(10)
    opened.hand_in(20)
    asking(opened)
    collected = collect(opened.study, opened.privates)
    assert (len(collected.submissions), len(collected.counted_hashes)) == (2, 2)
    assert (collected.held_back, collected.quarantined) == (0, ())
    assert collected.openings[-1].opened == 2
    assert [one.name for one in collected.requests] == [CANARY]


def test_nothing_of_a_request_is_readable_on_disk_before_or_after_closing(opened: Opened) -> None:
    asking(opened)
    assert CANARY.encode() not in everything_under(opened.root)
    close(opened)
    assert CANARY.encode() not in everything_under(opened.root)


def test_the_queue_opens_after_closing_and_with_every_key(opened: Opened) -> None:
    asking(opened)
    with pytest.raises(Refused, match="once the wave is closed"):
        open_queue(opened.study, opened.privates)
    close(opened)
    with pytest.raises(KeyRefused, match="missing of: works council"):
        open_queue(opened.study, opened.privates[:1])
    path = opened.root / "private" / "requests-baseline"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(flipped(path.read_bytes(), 800))
    with pytest.raises(KeyRefused):
        open_queue(opened.study, opened.privates)


def test_asking_twice_the_same_is_asking_once_and_nobody_asking_leaves_an_empty_queue(
    opened: Opened,
) -> None:
    asking(opened)
    asking(opened)
    close(opened)
    assert len(open_queue(opened.study, opened.privates)) == 1


def test_a_request_of_another_study_is_set_aside(opened: Opened, tmp_path: Path) -> None:
    """Sealed for the right keys, but asked under other rules: it is not passed on as if it were ours."""
    request = new_request(opened.public, CANARY, "floor 2", ("time",))
    ask_for_help(opened.public, msgspec.structs.replace(request, policy_sha256="0" * 64))
    collected = collect(opened.study, opened.privates)
    assert collected.requests == ()
    assert [one.reason for one in collected.quarantined] == [
        "a request for help in another study, or under other rules"
    ]


@pytest.mark.parametrize(
    ("name", "contact", "kinds", "words"),
    [
        ("", "x", ("time",), "your name"),
        ("n" * 81, "x", ("time",), "your name"),
        ("n", "", ("time",), "how you can be reached"),
        ("n", "x" * 161, ("time",), "how you can be reached"),
        ("n", "x", (), "at least one kind"),
        ("n", "x", ("time", "money"), "at least one kind"),
    ],
)
def test_what_is_missing_is_said_kindly(
    opened: Opened, name: str, contact: str, kinds: tuple[str, ...], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        new_request(opened.public, name, contact, kinds)


def test_after_closing_nothing_more_is_taken(opened: Opened) -> None:
    close(opened)
    with pytest.raises(AlreadyClosed):
        asking(opened)
    assert open_queue(opened.study, opened.privates) == ()
