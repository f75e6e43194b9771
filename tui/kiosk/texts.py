"""The sentences of a kiosk: coming back means coming to this door, not typing a command."""

from __future__ import annotations

STILL_THERE = "Are you still there?"


def countdown(seconds: float) -> str:
    """Return what happens when nobody presses a key."""
    return (
        f"In {max(round(seconds), 0)} seconds this visit ends, so that nobody else finds it here. What you "
        "answered is kept: your personal code goes on with it.\n\nPress any key to stay. It answers nothing."
    )


def countdown_line(seconds: float) -> str:
    """Return the same as one plain line."""
    return (
        f"Are you still there? In {max(round(seconds), 0)} seconds this visit ends, with everything kept. "
        "Type a line to stay; “again” answers nothing."
    )


def idle_ended(minutes: float) -> str:
    """Return why a visit ended by itself."""
    return (
        f"Nobody pressed a key for {minutes:g} minutes, so the visit ended. What was answered in it is kept: "
        "the personal code goes on with it."
    )


DONE_BEFORE_TITLE = "Your answers are handed in"
DONE_BEFORE_WAYS = ("See my own result again", "Take my answers back", "Finish")
RESULT_WAYS = ("Back", "How much help fits, in hours")
SURE_TITLE = "Take your answers back?"
SURE = "Your answers and your own result are removed. Nobody can bring them back."
SURE_WAYS = ("Yes, take them back", "No, leave them")
TAKEN_BACK_TITLE = "Taken back"

CLOSED_TITLE = "This round has closed"
CLOSED = (
    "It takes no more answers. With your personal code you can still see the own result that you handed in."
)
CLOSED_WAYS = ("Go on with my personal code", "Finish")
REFUSED_TITLE = "It does not go on here"
FINISH = ("Finish",)
