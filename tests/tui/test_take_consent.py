"""The consent page says what the frozen policy says, in the sentences that are promised."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from instruments.questions import Battery
from instruments.records import Policy
from instruments.setup import KeyHolder, Pledge, Thresholds
from tests.tui import take_studies as studies
from tui.flows.agreeing import consent_sha256, first_page
from tui.flows.consent import consent
from tui.flows.helping import question_help
from tui.flows.packing import submission_of

TWO = (
    KeyHolder(role="facilitator", public_key="a" * 64),
    KeyHolder(role="works council", public_key="b" * 64),
)


def policy(**changes: object) -> Policy:
    made = Policy(
        study="north",
        organisation="Northwind",
        wave="baseline",
        language="en",
        attributes=(studies.DEPARTMENT,),
        headcount=60,
        key_holders=TWO,
        battery="standard",
        battery_sha256="0" * 64,
        reference_sha256="0" * 64,
        reference_status="assumed",
        release_plan=(),
    )
    return msgspec.structs.replace(made, **changes)


def told(**changes: object) -> str:
    pieces = consent(policy(**changes), studies.standard())
    return "\n".join(line for piece in pieces for line in (piece.title, *piece.sentences))


def told_first(battery: Battery | None = None, **changes: object) -> str:
    pieces = first_page(policy(**changes), battery or studies.standard_with_tasks())
    return "\n".join(line for piece in pieces for line in (piece.title, *piece.sentences))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Taking part is voluntary. You can skip any question"),
        ({}, "withdraw your answers with your personal code until this round closes"),
        ({}, "pay, promotion, dismissal or ranking"),
        ({}, "Your own result is shown to you only."),
        ({}, "tables by group (Department)"),
        ({}, "Your name is passed on only if you ask for help by name."),
        ({}, "held by different roles (facilitator, works council). Neither alone can open anything."),
        ({}, "together could read your answers with other software; careload never shows them."),
        ({}, "confidential, not anonymous"),
        ({}, "which account handed in when"),
        ({}, "recognised by what they write"),
        ({}, "Not taking part may be noticed."),
        ({}, "Somebody who can change this computer can read along."),
        ({}, "Two or three people read what you type in a task, without your name, only where you say yes."),
        ({}, "You can stop at any question and go on later"),
        ({"key_holders": TWO[:1]}, "one person alone could open your answers"),
        ({"thresholds": Thresholds(k=8)}, "fewer than 8 people"),
        ({"retention_months": 6}, "destroyed 6 months after"),
        ({"rehearsal": True}, "This is a rehearsal."),
        ({"agreement_date": "2026-02-03"}, "signed on 2026-02-03"),
        ({"agreement_date": ""}, "No works agreement is on record"),
        ({"tickets": True}, "could note who got which"),
        ({"contact": "Ada, 2nd floor"}, "Ada, 2nd floor"),
        ({"purpose": "To plan the help"}, "To plan the help."),
        ({"pledges": ()}, "has not said beforehand"),
        (
            {"pledges": (Pledge("if half cannot spare time", "we start later"),)},
            "If half cannot spare time: we",
        ),
        (
            {"record_file": True},
            "HR also gets a list with one line for each person: one group (Department), ",
        ),
        (
            {"record_file": True, "thresholds": Thresholds(k=7)},
            "At least 7 people share all that a line says",
        ),
        ({"record_file": True}, "somebody may still be recognised"),
        ({"scoring_sha256": "0" * 64}, "as fast, middle or slow"),
    ],
)
def test_what_could_change_a_yes_stands_on_the_first_page(change: dict[str, object], words: str) -> None:
    """Nobody has to open the whole text to learn it."""
    assert words in told_first(**change)


def test_the_first_page_is_short_and_speaks_only_of_what_the_study_has() -> None:
    """At most 310 words with tickets, pace and a pledge; what a study does not have is not named."""
    pledges = (Pledge("half cannot spare 20 minutes a week", "the start moves by a month"),)
    full = told_first(tickets=True, scoring_sha256="0" * 64, pledges=pledges)
    assert len(full.split()) <= 310
    bare = told_first(studies.standard(), tickets=False)
    assert not [word for word in ("one line for each", "in a task", "tickets", "pace") if word in bare]
    assert "rehearsal" not in bare.lower()


def test_two_keys_none_alone() -> None:
    """The roles are named, and so is what they could do together."""
    text = told()
    assert "different roles (facilitator, works council). Neither alone can open anything." in text
    assert (
        "The key holders (roles: facilitator, works council) together could read your answers with other "
        "software; careload never shows them." in text
    )
    assert "one person alone" not in text


def test_one_key_is_named_as_what_it_is() -> None:
    """The exact warning stands there, and the general sentence still does."""
    text = told(key_holders=TWO[:1])
    assert "one person alone could open your answers" in text
    assert "careload never shows them" in text
    assert "Neither alone" not in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"thresholds": Thresholds(k=8, minimum_people=20)}, "fewer than 8 people"),
        ({"thresholds": Thresholds(k=8, minimum_people=20)}, "fewer than 20 answers"),
        ({"retention_months": 6}, "sealed for 6 months"),
        ({"rehearsal": True}, "This is a rehearsal."),
        ({"agreement_date": "2026-02-03"}, "signed on 2026-02-03"),
        ({"agreement_date": ""}, "No works agreement is on record"),
        ({"tickets": False}, "answers given twice cannot be ruled out"),
        ({"tickets": True}, "handed out by lot"),
        ({"contact": "Ada, 2nd floor"}, "Ada, 2nd floor"),
        ({"purpose": "To plan the help."}, "To plan the help.\nIt asks"),
        ({"purpose": "To plan the help"}, "To plan the help.\nIt asks"),
        ({"key_holders": (KeyHolder("hr-partner", "0" * 64), *TWO[:1])}, "different roles (HR partner, "),
        (
            {"pledges": (Pledge("if half cannot spare time", "we start later"),)},
            "If half cannot spare time: we",
        ),
        ({"pledges": ()}, "has not said beforehand"),
        ({"record_file": True}, "HR also gets a list with one line for each person"),
    ],
)
def test_each_setting_of_the_policy_is_told(change: dict[str, object], words: str) -> None:
    """What differs between studies differs on the page."""
    assert words in told(**change)


@pytest.mark.parametrize(
    "words",
    [
        "Taking part is voluntary. You can skip any question.",
        "withdraw your answers with your personal code until this round closes",
        "pay, promotion, dismissal or ranking",
        "shown to you only",
        "confidential, not anonymous",
        "Your name is passed on only if you ask for help by name.",
        "owner and time of a file",
        "adapted wording: published reliability does not carry over",
        "about 13 minutes",
        "32 questions",
        "Department",
    ],
)
def test_what_is_told_in_every_study(words: str) -> None:
    """The promise and its limits."""
    assert words in told()


def test_no_list_of_persons_is_told_where_none_is_made() -> None:
    """The list is named only in a study that has it switched on."""
    assert "one line for each person" not in told(record_file=False)


def test_a_list_of_people_is_told_as_it_is_made() -> None:
    """Which group a line names, how many people share it, and from how many answers on there is a list."""
    text = told(record_file=True, thresholds=Thresholds(k=7))
    assert "one line for each person: one group (Department), the kind of help" in text
    assert "At least 7 people share all that a line says" in text
    assert "fewer than 50 answers there is no list" in text


def test_no_rehearsal_mark_on_a_real_study() -> None:
    """A real study never looks like a rehearsal."""
    assert "rehearsal" not in told().lower()


def test_control_characters_of_an_organisation_do_not_reach_the_page() -> None:
    """Names are texts from people too."""
    assert not set(told(organisation="A\x1b[2J\u202eB")) & {"\x1b", "\u202e"}


def test_help_tells_who_sees_the_answer_and_that_wording_is_adapted() -> None:
    """`?` on the first published scale."""
    battery = studies.standard()
    question = next(q for q in battery.questions() if q.id.startswith("edmondson"))
    text = "\n".join(s for piece in question_help(policy(), battery, question) for s in piece.sentences)
    assert "fewer than 5 people" in text
    assert "published reliability does not carry over" in text
    assert "Part of: Safety to speak up and try things in the team." in text


def test_help_names_no_construct_of_psychologists() -> None:
    """`?` uses the names that people read, never the ids of the definition files."""
    battery = studies.standard()
    for question in battery.questions():
        text = "\n".join(s for piece in question_help(policy(), battery, question) for s in piece.sentences)
        construct = battery.parts[question.part].instrument.construct
        assert "_" not in text
        assert not construct or construct not in text.split()


def test_the_hash_of_the_page_that_was_agreed_to_is_sealed_with_the_answers(tmp_path: Path) -> None:
    """It follows every word of the page, is kept from the first draft on, and stands in the submission."""
    root = tmp_path / "study"
    studies.open_study(root, studies.five_types())
    session = studies.started(root, *studies.FIVE_ANSWERS)
    assert session.look() == "draft"
    public = session.public
    agreed = consent_sha256(public.policy, public.battery)
    sealed = submission_of(public, session.sitting, session._kept, "0" * 64)
    assert sealed.consent_sha256 == agreed
    for changed in ({"contact": "somebody else"}, {"thresholds": Thresholds(minimum_breakdown=40)}):
        other = msgspec.structs.replace(public.policy, **changed)
        assert consent_sha256(other, public.battery) != agreed


@pytest.mark.parametrize("page", [told, told_first])
def test_sentences_are_short_enough_for_a_fourteen_year_old(page: Callable[..., str]) -> None:
    """On average at most 16 words a sentence, none above 34, and mostly short words."""
    pledges = (Pledge("half have no time", "we start later"),)
    text = page(record_file=True, scoring_sha256="0" * 64, pledges=pledges)
    sentences = [one.split() for one in re.split(r"(?<=[.!?:])\s+|\n", text) if one]
    words = [word for one in sentences for word in one]
    assert sum(map(len, sentences)) / len(sentences) <= 16
    assert max(map(len, sentences)) <= 34
    assert sum(len(word) > 9 for word in words) / len(words) < 0.12


def test_before_handing_in_the_tables_can_be_seen() -> None:
    """The page says so, where it says who sees what."""
    assert "Before you hand in, you can open these very tables, filled with made-up figures." in told()


def test_more_tasks_are_spoken_of_only_where_there_are_more() -> None:
    """Two of four tasks are drawn in the standard battery; where the only task is asked, none is left."""

    def sentences(battery: Battery) -> str:
        return " ".join(line for piece in consent(policy(), battery) for line in piece.sentences)

    more = "you can do more of them"
    assert more in sentences(studies.standard_with_tasks())
    assert more not in sentences(studies.with_task("review"))
    assert "what they were after" in sentences(studies.with_task("review"))
    assert "what they were after" not in sentences(studies.standard())
