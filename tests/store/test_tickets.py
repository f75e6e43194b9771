"""Tickets: bound to the policy, typed by hand, kept as hashes."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import msgspec
import pytest

from store.errors import AlreadyClosed, KeyRefused
from store.public import TICKET_PASSES, load_public, read_tickets
from store.study import Study
from store.tickets import LETTERS, check, issue
from tests.store.examples import Opened, battery, open_study, policy_for


def test_a_ticket_is_five_groups_of_four_unambiguous_characters(opened: Opened) -> None:
    (ticket,) = opened.tickets(1)
    groups = ticket.split("-")
    assert [len(group) for group in groups] == [4] * 5
    assert set("".join(groups)) <= set(LETTERS)
    assert len(LETTERS) == 32
    assert not set(LETTERS) & set("ILOU")


def test_it_is_read_in_lower_case_with_spaces_dashes_and_look_alikes(opened: Opened) -> None:
    public = opened.public
    for ticket in opened.tickets(20):
        bare = ticket.replace("-", "")
        look_alike = bare.replace("0", "o").replace("1", "l")
        for typed in (ticket, ticket.lower(), bare, " ".join(bare), f"  {look_alike}\n", f"{ticket}-"):
            assert check(typed, public) == ticket


def test_a_mistyped_group_is_named(opened: Opened) -> None:
    """Of single mistakes in a group 255 of 256 are found; then the right group is named."""
    ordinals = ("first", "second", "third", "fourth", "fifth")
    named = 0
    for ticket in opened.tickets(10):
        for place, ordinal in enumerate(ordinals):
            groups = ticket.split("-")
            groups[place] = LETTERS[(LETTERS.index(groups[place][0]) + 1) % 32] + groups[place][1:]
            with pytest.raises(KeyRefused) as caught:
                check("-".join(groups), opened.public)
            named += caught.value.message == f"The {ordinal} group of the ticket is mistyped."
    assert named >= 47


def test_swapped_groups_are_named(opened: Opened) -> None:
    refused = 0
    for ticket in opened.tickets(10):
        groups = ticket.split("-")
        groups[1], groups[3] = groups[3], groups[1]
        with pytest.raises(KeyRefused) as caught:
            check("-".join(groups), opened.public)
        refused += caught.value.message == "The second and the fourth group of the ticket is mistyped."
    assert refused >= 8


def test_a_ticket_of_another_study_is_refused_as_such(opened: Opened, tmp_path: Path) -> None:
    other = open_study(tmp_path / "other", question="Another question?")
    for ticket in other.tickets(10):
        with pytest.raises(KeyRefused, match="another study"):
            check(ticket, opened.public)


def test_a_swapped_policy_or_key_refuses_the_tickets(tmp_path: Path) -> None:
    """The same study folder with a policy that holds another key: tickets given out before do not fit."""
    honest = open_study(tmp_path / "study")
    tickets = honest.tickets(5)
    attacker = open_study(tmp_path / "attacker")
    asked = battery()
    swapped = policy_for(attacker.study.setup(), asked)
    (honest.root / "public" / "policy.json").write_bytes(msgspec.json.encode(swapped, order="sorted"))
    for ticket in tickets:
        with pytest.raises(KeyRefused, match="policy or keys are not those"):
            check(ticket, load_public(honest.root))


def test_a_well_formed_ticket_that_was_never_issued_is_refused(opened: Opened) -> None:
    from store.tickets import _new

    with pytest.raises(KeyRefused, match="never issued"):
        check(_new(opened.public.binding, random.Random(1)), opened.public)


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-" * 6, "\x1b[31m" * 4, "ÄÖÜß" * 5])
def test_anything_else_is_refused(opened: Opened, typed: str) -> None:
    with pytest.raises(KeyRefused):
        check(typed, opened.public)


def test_the_study_keeps_hashes_only_in_no_order_of_issue(opened: Opened) -> None:
    tickets = (*opened.tickets(30), *opened.tickets(30))
    kept = (opened.root / "public" / "tickets").read_text()
    assert not any(ticket in kept or ticket.replace("-", "") in kept for ticket in tickets)
    assert kept.split() == sorted(kept.split())
    assert len(set(kept.split())) == 60
    assert hashlib.sha256(tickets[0].encode()).hexdigest() not in kept
    assert all(opened.public.ticket_is_known(ticket) for ticket in tickets)


def test_a_list_of_hashes_costs_much_to_try_tickets_against(opened: Opened) -> None:
    """All may read the list: with a plain hash one card finds a ticket in days."""
    (ticket,) = opened.tickets(1)
    plain = hashlib.sha256(opened.public.binding + ticket.encode()).hexdigest()
    slow = hashlib.pbkdf2_hmac("sha256", ticket.encode(), opened.public.binding, 4096).hex()
    assert TICKET_PASSES >= 4096
    assert (plain in read_tickets(opened.root), slow in read_tickets(opened.root)) == (False, True)


def test_even_a_repeated_source_never_gives_a_ticket_twice(opened: Opened) -> None:
    first = issue(opened.study, 3, random.Random(5))
    again = issue(opened.study, 3, random.Random(5))
    assert not set(first) & set(again)


def test_no_ticket_after_closing(opened: Opened) -> None:
    opened.study.begin_closing()
    with pytest.raises(AlreadyClosed):
        opened.tickets(1)


def test_no_ticket_before_opening(tmp_path: Path) -> None:
    from store.errors import NotOpen
    from tests.store.examples import setup_for

    study = Study.create(tmp_path / "new", setup_for(("00" * 32,)))
    with pytest.raises(NotOpen):
        issue(study, 1)
