"""What a person says yes to: a short first page, the whole text behind a key, and the hash of both."""

from __future__ import annotations

import hashlib

from instruments.model import text_in
from instruments.questions import Battery
from instruments.records import Policy
from tui.flows.consent import (
    Paragraph,
    cleaned,
    consent,
    group_titles,
    key_holders,
    length,
    months_in_words,
    promises,
    purpose,
    rehearsal,
)


def first_page(policy: Policy, battery: Battery) -> tuple[Paragraph, ...]:
    """Return the first page: all that could change a yes or a no, in short sentences."""
    return cleaned(
        (
            rehearsal(policy),
            Paragraph("What this is", (purpose(policy), "There are no grades.", length(battery))),
            _choices(policy),
            _who_sees(policy, battery),
            key_holders(policy.key_holders),
            promises(policy),
            _limits(policy),
        )
    )


def consent_sha256(policy: Policy, battery: Battery) -> str:
    """Return the SHA-256 (hex) of the words of first page and whole text; it is sealed with the answers."""
    pieces = (*first_page(policy, battery), *consent(policy, battery))
    lines = (line for piece in pieces for line in (piece.title, *piece.sentences))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _choices(policy: Policy) -> Paragraph:
    handed_out = ("Whoever hands tickets out could note who got which.",) if policy.tickets else ()
    return Paragraph(
        "You decide",
        (
            "Taking part is voluntary. You can skip any question, and withdraw your answers with your "
            "personal code until this round closes.",
            "They are not for decisions about pay, promotion, dismissal or ranking.",
            "Your name is passed on only if you ask for help by name.",
            *handed_out,
        ),
    )


def _who_sees(policy: Policy, battery: Battery) -> Paragraph:
    typed = "Two or three people read what you type in a task, without your name, only where you say yes."
    pace = "Your usual pace goes with your answers as fast, middle or slow."
    return Paragraph(
        "Who sees what",
        (
            "Your own result is shown to you only.",
            f"Facilitators and HR see tables{group_titles(policy)}, no number traceable to fewer than "
            f"{policy.thresholds.k} people. Before you hand in, you can open them with made-up figures.",
            *_list_of_people(policy),
            *((typed,) if battery.task_count else ()),
            *((pace,) if policy.scoring_sha256 else ()),
        ),
    )


def _list_of_people(policy: Policy) -> tuple[str, ...]:
    group = text_in(policy.attributes[0].title, policy.language) if policy.attributes else ""
    told = f"one group ({group}), " if group else ""
    sentence = (
        f"HR also gets a list with one line for each person: {told}the kind of help that fits, broad bands. "
        f"At least {policy.thresholds.k} people share all that a line says; somebody may still be recognised."
    )
    return (sentence,) if policy.record_file else ()


def _limits(policy: Policy) -> Paragraph:
    return Paragraph(
        "What nobody can promise",
        (
            "Your answers are confidential, not anonymous. A shared folder can tell which account handed in "
            "when. People can be recognised by what they write.",
            "Somebody who can change this computer can read along. Not taking part may be noticed.",
            f"The keys are to be destroyed {months_in_words(policy.retention_months)} after this round "
            "closes.",
            *((f"Questions: {policy.contact}",) if policy.contact else ()),
        ),
    )
