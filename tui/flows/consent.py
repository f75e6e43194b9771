"""The whole text of what a person is told before the first question: made from the frozen policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from instruments.model import text_in
from instruments.questions import Battery
from instruments.records import Policy
from instruments.setup import MIN_RECORDS, KeyHolder, Pledge
from instruments.tasks.lots import mean_task_minutes
from tui.cleaning import clean
from tui.flows.pace import AROUND_MINUTES, usual_minutes
from tui.text.roles import role_title

STANDARD_MINUTES = 25
"""What the standard battery takes in the middle of all draws, rounded up (docs/time.md)."""

ADAPTED = "adapted wording: published reliability does not carry over"


PACE = (
    "Your usual pace goes with your answers as fast, middle or slow; no times are kept. It and how well your "
    "answers go together decide only how sure your result is taken to be."
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One short piece of the consent page: a heading and its sentences."""

    title: str
    sentences: tuple[str, ...]


def consent(policy: Policy, battery: Battery) -> tuple[Paragraph, ...]:
    """Return the whole text of a study, in the order of reading."""
    pieces = (
        rehearsal(policy),
        _purpose(policy),
        Paragraph("How long it takes", (length(battery),)),
        _tasks(battery),
        _who_sees(policy),
        key_holders(policy.key_holders),
        _choices(policy),
        promises(policy),
        _kept(policy),
        _wording(policy, battery),
        _not_promised(policy),
    )
    return cleaned(pieces)


def cleaned(pieces: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return `pieces` without those that say nothing and without control characters."""
    return tuple(
        Paragraph(piece.title, tuple(clean(sentence) for sentence in piece.sentences))
        for piece in pieces
        if piece.sentences
    )


def rehearsal(policy: Policy) -> Paragraph:
    """Return the mark of a rehearsal; no sentences in a real study."""
    mark = "This is a rehearsal. The study, its people and its results are made up."
    return Paragraph("Rehearsal", (mark,) if policy.rehearsal else ())


def purpose(policy: Policy) -> str:
    """Return what the study is for: the organisation's sentence, or the usual one."""
    usual = (
        f"Before AI tools arrive, {policy.organisation} asks how it is to learn at work here, "
        "so that there is enough time and enough people to help."
    )
    return _sentence(policy.purpose) or usual


def _purpose(policy: Policy) -> Paragraph:
    return Paragraph(
        "What this is",
        (
            purpose(policy),
            "It asks about your team, how you learn, and how much room your work leaves. "
            "It is no test: there are no grades and nobody is ranked.",
        ),
    )


def _sentence(text: str) -> str:
    """Return `text` with a full stop where it ends without a mark."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def length(battery: Battery) -> str:
    """Return how many questions and tasks there are and how long they take."""
    questions = battery.questions()
    minutes = usual_minutes(questions, mean_task_minutes(battery) + AROUND_MINUTES)
    count = battery.task_count
    tasks = f" and {count} practical task{'s' if count > 1 else ''}" if count else ""
    return (
        f"{len(questions)} questions{tasks}, about {minutes} minutes. You can stop at any question and go on "
        "later, also on another day."
    )


def _tasks(battery: Battery) -> Paragraph:
    sentences = (
        "They show what you can do with an AI tool's text, and are drawn by lot on this computer. After the "
        "last one you see what they were after; there is no grade. Your organisation sees only whole "
        "groups.",
        "A task that you handed in cannot be changed. Text that you type stays sealed: it is never exported, "
        "and two or three people read it, without your name, only where you say yes.",
    )
    is_all = battery.task_count == len({task.id for task in battery.tasks})
    more = () if is_all else ("If you like, you can do more of them then.",)
    return Paragraph("The practical tasks", (*sentences, *more) if battery.task_count else ())


def group_titles(policy: Policy) -> str:
    """Return by which groups the tables are, to go on behind "tables"; empty where there are none."""
    groups = ", ".join(text_in(attribute.title, policy.language) for attribute in policy.attributes)
    return f" by group ({groups})" if groups else ""


def _who_sees(policy: Policy) -> Paragraph:
    limits = policy.thresholds
    return Paragraph(
        "Who sees what",
        (
            "Your own result is worked out on this computer and shown to you only.",
            f"Facilitators and HR see tables{group_titles(policy)}. No number in them can be traced to fewer "
            f"than {limits.k} people, also not by subtraction. They never see one person's answers.",
            "Before you hand in, you can open these very tables, filled with made-up figures.",
            f"With fewer than {limits.minimum_people} answers they see no results at all; with fewer than "
            f"{limits.minimum_breakdown} answers none by group.",
            *_list_of_people(policy),
        ),
    )


def _list_of_people(policy: Policy) -> tuple[str, ...]:
    """Say what a line of the record file tells, where the policy has one."""
    group = text_in(policy.attributes[0].title, policy.language) if policy.attributes else ""
    told = f"one group ({group}), the kind of help that fits" if group else "the kind of help that fits"
    sentences = (
        f"HR also gets a list with one line for each person: {told}, and broad bands (lower, middle, "
        "higher). No name, no answer, no text, in an order drawn by lot.",
        f"At least {policy.thresholds.k} people share all that a line says; it is made broader or left out "
        f"where fewer do. With fewer than {MIN_RECORDS} answers there is no list. This lowers the risk of "
        "being recognised; it does not take it away.",
    )
    return sentences if policy.record_file else ()


def roles_in_words(holders: Sequence[KeyHolder]) -> str:
    """Return the key holders' roles as people write them."""
    return ", ".join(role_title(clean(holder.role)) for holder in holders)


def key_holders(holders: tuple[KeyHolder, ...]) -> Paragraph:
    """Return who holds the keys, and what they could do together."""
    listed = roles_in_words(holders)
    alone = "Neither alone" if len(holders) == 2 else "Nobody alone"
    who = (
        f"There is one key ({listed}): one person alone could open your answers."
        if len(holders) == 1
        else f"Your answers are sealed with {len(holders)} keys, held by different roles ({listed}). "
        f"{alone} can open anything."
    )
    return Paragraph(
        "Who holds the keys",
        (
            who,
            f"The key holders (roles: {listed}) together could read your answers with other software; "
            "careload never shows them.",
        ),
    )


def _choices(policy: Policy) -> Paragraph:
    ticket = (
        "You need a ticket; it proves that you may take part, and no more. Whoever hands tickets out "
        "could note who got which: they should be handed out by lot."
        if policy.tickets
        else "No ticket is needed, so answers given twice cannot be ruled out."
    )
    return Paragraph(
        "You decide",
        (
            "Taking part is voluntary. You can skip any question.",
            "Your name is passed on only if you ask for help by name. Then your name, how to reach you and "
            "the kinds of help you tick go to the people who help, and nothing else.",
            "You can withdraw your answers with your personal code until this round closes.",
            "They are not for decisions about pay, promotion, dismissal or ranking: the program has no "
            "field for that.",
            ticket,
        ),
    )


def promises(policy: Policy) -> Paragraph:
    """Return the pledges and the works agreement."""
    pledges = tuple(pledge_sentence(pledge) for pledge in policy.pledges)
    none = ("It has not said beforehand what it will do at which result.",)
    agreement = (
        f"A works agreement about this study was signed on {policy.agreement_date}."
        if policy.agreement_date
        else "No works agreement is on record for this study."
    )
    return Paragraph("What your organisation has promised", (*(pledges or none), agreement))


def pledge_sentence(pledge: Pledge) -> str:
    """Return a pledge as one sentence."""
    condition = pledge.condition.strip().removeprefix("if ").removeprefix("If ")
    return f"If {condition}: {pledge.promise.strip().rstrip('.')}."


def months_in_words(months: int) -> str:
    """Return how long answers are kept."""
    return "1 month" if months == 1 else f"{months} months"


def _kept(policy: Policy) -> Paragraph:
    months = months_in_words(policy.retention_months)
    contact = (f"Questions about this study: {policy.contact}.",) if policy.contact else ()
    return Paragraph(
        "How long answers are kept",
        (
            f"They stay sealed for {months} after this round closes. Then the keys are to be destroyed, "
            "and nobody can open the answers any more.",
            *contact,
        ),
    )


def _wording(policy: Policy, battery: Battery) -> Paragraph:
    asked = [part for part in battery.parts if part.wording.status != "own"]
    adapted = sum(part.wording.status == "adapted" for part in asked)
    sentences: list[str] = []
    if adapted:
        which = f"{adapted} of {len(asked)} questionnaires are in"
        sentences += [
            f"{which} {ADAPTED}.",
            "That means: how exact the original questions are has been measured; for these it has not.",
        ]
    if policy.reference_status == "assumed":
        sentences.append(
            "All or some of the figures your answers are compared with are assumed, not measured."
        )
    if policy.scoring_sha256:
        sentences.append(PACE)
    return Paragraph("How exact this is", tuple(sentences))


def _not_promised(policy: Policy) -> Paragraph:
    return Paragraph(
        "What nobody can promise",
        (
            "Your answers are confidential, not anonymous: the key holders together could read them.",
            "On a shared folder, the owner and time of a file can tell which account handed in when.",
            "Somebody who can change this program, this terminal or this computer can read along.",
            "People can be recognised by what they write. Not taking part may be noticed.",
            f"These sentences come from the rules of the study “{policy.study}”, fixed when it opened.",
        ),
    )
