"""The sentences about needs that one respondent is told; conditions stand in the team and the job."""

from __future__ import annotations

from instruments.model import Need
from instruments.questions import Battery
from scoring.items import scale_specs

CONDITIONS: tuple[Need, ...] = ("safety", "headroom")
"""Needs that the organisation has to change; in the others the person can grow."""
FEEDBACK_SCALES = frozenset({"llas-2022/seeking_feedback"})
"""Scales of agility that ask about feedback; the words speak of it where no other scale feeds the need."""

REASONS: dict[Need, str] = {
    "safety": "In your team it may cost something to ask or to admit a mistake. Somebody to ask outside "
    "your team would help.",
    "agility": "Small steps and time to try things out could make learning something new easier.",
    "headroom": "Little time is left in your job for trying something new. Fixed time to learn in your "
    "working hours would help.",
    "capability": "Some practice with AI tools, with somebody beside you, would help.",
}
WORDS: dict[Need, tuple[str, str, str]] = {
    "safety": (
        "Your team makes it rather hard to speak up and to ask.",
        "Your team makes it partly easy to speak up and to ask.",
        "Your team makes it rather easy to speak up and to ask.",
    ),
    "agility": (
        "Trying out and learning new things plays a smaller part in your work so far.",
        "Trying out and learning new things plays some part in your work.",
        "Trying out and learning new things plays a large part in your work.",
    ),
    "headroom": (
        "Your job leaves little room for trying something new.",
        "Your job leaves some room for trying something new.",
        "Your job leaves good room for trying something new.",
    ),
    "capability": (
        "Working with AI tools is still rather new.",
        "Working with AI tools goes well in part.",
        "Working with AI tools goes well.",
    ),
}
"""For the bands lower, middle and higher."""
OPEN: dict[Need, str] = {
    "safety": "Your answers say too little about speaking up in your team.",
    "agility": "Your answers say too little about learning something new.",
    "headroom": "Your answers say too little about the room your job leaves.",
    "capability": "Your answers say too little about working with AI tools.",
}
FEEDBACK_REASON = "Regular feedback could make learning something new easier."
FEEDBACK_WORDS = (
    "Feedback plays a smaller part in how you learn at work so far.",
    "Feedback plays some part in how you learn at work.",
    "Feedback plays a large part in how you learn at work.",
)
FEEDBACK_OPEN = "Your answers say too little about learning from feedback."


def reason_of(need: Need, battery: Battery) -> str:
    """Return why `need` adds to the help that fits, as the scales of `battery` ask about it."""
    return FEEDBACK_REASON if need == "agility" and _is_about_feedback(battery) else REASONS[need]


def band_words(need: Need, band: int, battery: Battery) -> str:
    """Return what is told of `need` in `band` 0 (lower) to 2 (higher), or -1 (open)."""
    if need == "agility" and _is_about_feedback(battery):
        return FEEDBACK_OPEN if band < 0 else FEEDBACK_WORDS[band]
    return OPEN[need] if band < 0 else WORDS[need][band]


def reasons_apart(needs: tuple[Need, ...], battery: Battery) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the reasons of `needs` that stand in team and job, and those in which a person can grow."""
    conditions = tuple(reason_of(need, battery) for need in needs if need in CONDITIONS)
    return conditions, tuple(reason_of(need, battery) for need in needs if need not in CONDITIONS)


def _is_about_feedback(battery: Battery) -> bool:
    asked = {spec.id for spec in scale_specs(battery) if spec.need == "agility"}
    return bool(asked) and asked <= FEEDBACK_SCALES
