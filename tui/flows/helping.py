"""What `?` tells during the sitting: what a question asks, who sees the answer, which keys there are."""

from __future__ import annotations

from instruments.model import Instrument, MarkFormat, text_in
from instruments.questions import Battery, Question
from instruments.records import Policy
from tui.cleaning import clean
from tui.flows.consent import ADAPTED, Paragraph, roles_in_words

KEYS = Paragraph(
    "Keys",
    (
        "Number keys answer and move on; so do the arrow keys with Enter. b goes back, s skips, q leaves "
        "with everything kept. On the page with all your answers g shows your own result, and o the tables "
        "that your organisation will see, with made-up figures.",
        "Where you type, only Ctrl keys are commands: ctrl+n goes on, ctrl+b back, ctrl+s skips, "
        "ctrl+q leaves.",
    ),
)
NO_HURRY = (
    "No mark depends on time or typing; pasting is fine. What you type stays sealed: it is never exported, "
    "and read by nobody without your yes."
)
MARK_KEYS = "A statement takes two keys, as the list shows: r (needs review) or f (fine), then how sure."
SOURCE_KEYS = (
    "Tab (or t) goes to the text and back. There the arrow and page keys scroll, / finds a word and n "
    "the next place."
)


def question_help(policy: Policy, battery: Battery, question: Question) -> tuple[Paragraph, ...]:
    """Return what to know about `question`, and the keys of the screens."""
    keys = (_task_keys(question),) if question.task else ()
    about, seen = why_asked(policy, battery, question)
    return (about, *keys, seen, KEYS)


def _task_keys(question: Question) -> Paragraph:
    marks = (MARK_KEYS,) if isinstance(question.format, MarkFormat) else ()
    return Paragraph("Keys in a task", (*marks, SOURCE_KEYS))


def why_asked(policy: Policy, battery: Battery, question: Question) -> tuple[Paragraph, Paragraph]:
    """Return what `question` asks, and who sees its answer."""
    if question.task:
        return _task(battery, question, policy.language), seen_by(policy)
    part = battery.parts[question.part]
    instrument = part.instrument
    asks = [
        text_in(question.item.help, policy.language),
        _about(instrument, question, policy.language),
        "A questionnaire made to describe groups." if instrument.shown_as == "made for groups" else "",
        f"The wording is {ADAPTED}." if part.wording.status == "adapted" else "",
        instrument.citation and f"After: {instrument.citation}",
        instrument.statement,
    ]
    told = tuple(clean(sentence) for sentence in asks if sentence)
    return Paragraph("What this asks", told or ("The question itself says it all.",)), seen_by(policy)


def _task(battery: Battery, question: Question, language: str) -> Paragraph:
    drawn = battery.drawn(question.task)
    asks = (text_in(drawn.task.what_is_asked, language), text_in(question.item.help, language), NO_HURRY)
    return Paragraph("What this asks", tuple(clean(one) for one in asks if one))


def _about(instrument: Instrument, question: Question, language: str) -> str:
    """Return which scales the question belongs to, by the names people read; empty for none."""
    scales = [scale for scale in instrument.scales if question.item.id in scale.items]
    names = ", ".join(text_in(scale.name, language) for scale in scales)
    return f"Part of: {names}." if names else ""


def seen_by(policy: Policy) -> Paragraph:
    """Return who sees an answer, in short."""
    roles = roles_in_words(policy.key_holders)
    return Paragraph(
        "Who sees your answer",
        (
            "Nobody here. It leaves this computer only if you hand it in at the end, sealed for the key "
            f"holders ({roles}). Your organisation sees tables in which no number goes back to fewer than "
            f"{policy.thresholds.k} people.",
        ),
    )
