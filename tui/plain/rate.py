"""Blind double rating in plain lines: each text with its marks, one line typed for each."""

from __future__ import annotations

from contextlib import suppress

from instruments.errors import CareloadError
from tui.flows.rating import RatingPage, RatingSession, welcome
from tui.plain.choosing import not_a_choice, number_in
from tui.plain.source import tell_source
from tui.plain.talk import Left, Talk

HELP = (
    "0 to 4: mark this text and go on",
    "wanted: what a text should hold, and the task as its author saw it",
    "marks: what each mark stands for",
    "again: read this text once more",
    "back: the text before",
    "quit: leave, with every mark kept",
)
PROMPT = "Your mark, 0 to 4, or help."
FIRST = "There is no text before this one here."


def rate_plainly(session: RatingSession, talk: Talk) -> None:
    """Tell one text after another until none is open or the rater leaves."""
    for paragraph in welcome(session)[:-1]:
        talk.tell(f"{paragraph.title}.", *paragraph.sentences)
    talk.tell(f"You look as {session.rater}.")
    talk.tell(*HELP)
    session.go_on()
    with suppress(Left):
        _rate(session, talk)


def _rate(session: RatingSession, talk: Talk) -> None:
    form = ""
    while (page := session.page()) is not None:
        talk.pause()
        if page.form != form:
            form = page.form
            talk.tell(f"{page.title}.")
            tell_source(talk, page.asked)
            _tell_marks(page, talk)
            talk.pause()
        talk.tell(f"{page.given} marked by you, {page.left} open to you.")
        talk.tell(page.text)
        if page.mark is not None:
            talk.tell(f"Until now: {page.mark}.")
        _mark(session, page, talk)


def _mark(session: RatingSession, page: RatingPage, talk: Talk) -> None:
    """Listen until the text is marked or another one is wanted."""
    marks = tuple(enumerate(page.anchors))
    while True:
        line = talk.ask(PROMPT, HELP)
        match line.lower():
            case "wanted":
                tell_source(talk, page.asked)
            case "marks":
                _tell_marks(page, talk)
            case "again":
                talk.tell(page.text)
            case "back":
                if session.back():
                    return
                talk.tell(FIRST)
            case _ if number_in(line) in dict(marks):
                _give(session, number_in(line) or 0, talk)
                return
            case _:
                talk.tell(not_a_choice(marks))


def _tell_marks(page: RatingPage, talk: Talk) -> None:
    talk.tell(*(f"{mark}: {words}" for mark, words in enumerate(page.anchors)))


def _give(session: RatingSession, mark: int, talk: Talk) -> None:
    try:
        session.give(mark)
    except CareloadError as error:
        talk.tell(f"{error.message} {error.todo}".strip())
    else:
        talk.tell(f"Kept: {mark}.", session.told)
