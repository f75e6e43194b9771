"""Draws the pictures of docs/ from the real screens, with made-up content: python docs/make_pictures.py."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from textual.app import App
from textual.pilot import Pilot

from instruments.sitting import Sitting
from scoring.rehearsal import TasksGiven, simulate
from store import codes
from store.cost import Cost
from store.public import load_public
from store.tickets import issue
from tui.cli import program_version
from tui.desk_app import make_desk_app
from tui.flows.founding import found_study
from tui.flows.opening import open_study
from tui.flows.planning import plan_for
from tui.flows.rehearsing import PASSPHRASES, rehearse, wishes_for
from tui.flows.taking import TakingSession
from tui.screens.page import PageScreen
from tui.screens.review import ReviewScreen
from tui.take_app import make_take_app
from tui.take_texts import (
    BREAK_TITLE,
    FEEDBACK_TITLE,
    PRACTICE_TITLE,
    RECEIPT_TITLE,
    RESULT_TITLE,
    TIERS_TITLE,
)

FOLDER = Path(__file__).parent
PEOPLE, SEED = 240, 7
TAKE_SIZE, DESK_SIZE = (80, 24), (120, 40)
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
AFTER_RESULT = (
    ("3", TIERS_TITLE, "take-tiers"),
    ("enter", RESULT_TITLE, ""),
    ("1", RECEIPT_TITLE, "take-receipt"),
    ("3", PRACTICE_TITLE, "take-practice"),
)
"""What is pressed from the own result on, what then stands there, and the name of its picture."""
LONGEST_WAIT = 2000
"""Rounds of the event loop after which a screen is not coming any more."""

Draw = Callable[[Pilot[Any]], Awaitable[None]]


def words_of(pilot: Pilot[Any]) -> str:
    """Return all that is on the screen in front."""
    return "\n".join(str(widget.render()) for widget in pilot.app.screen.query("Static"))


def draw(app: App[Any], name: str) -> None:
    """Write what `app` shows to docs/`name`.svg, without fonts from the network."""
    svg = FONT_FACE.sub("", app.export_screenshot(title="careload"))
    svg = svg.replace("<!-- Generated with Rich https://www.textualize.io -->", "")
    lines = (line.rstrip() for line in svg.splitlines())
    (FOLDER / f"{name}.svg").write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")


async def shown(pilot: Pilot[Any], is_there: Callable[[], object]) -> None:
    """Wait until something is there; RuntimeError when it does not come."""
    for _ in range(LONGEST_WAIT):
        if is_there():
            await pilot.pause()
            return
        await pilot.pause()
    raise RuntimeError(f"{pilot.app.screen} stays in front.")


async def run(app: App[Any], size: tuple[int, int], look: Draw) -> None:
    """Start `app` in a terminal of `size` and let `look` draw it."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await look(pilot)


def open_rehearsal(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Open a rehearsal study that can be answered; return its folder and two tickets."""
    founded = found_study(
        folder / "spring", wishes_for(PEOPLE), folder / "keys", PASSPHRASES, cost=Cost.CHEAP
    )
    open_study(founded.study, [sheet.read_text() for sheet in founded.sheets], program_version())
    return founded.study.root, issue(founded.study, 2, random.Random(SEED))  # noqa: S311


def sitting_in(root: Path, state: Path, ticket: str) -> TakingSession:
    """Return a conversation that has just begun, the first one whose lot is a report to review."""
    for seed in itertools.count(SEED):
        chance = random.Random(seed)  # noqa: S311
        session = TakingSession(load_public(root), state, ticket=ticket, cost=Cost.CHEAP, chance=chance)
        session.make_code()
        session.begin()
        if any(name.startswith("review") for name in session.sitting.drawn):
            break
    return session


def take_app(session: TakingSession) -> App[Any]:
    """Return the employee's program with a clock that goes five seconds a look."""
    clock = itertools.count(0, 5)
    return make_take_app(session, now=lambda: float(next(clock)))


async def draw_first(pilot: Pilot[Any]) -> None:
    """Draw the first page and the personal code."""
    draw(pilot.app, "take-consent")
    await pilot.press("1")
    await shown(pilot, lambda: "six words" in words_of(pilot))
    draw(pilot.app, "take-code")


async def draw_pause(pilot: Pilot[Any]) -> None:
    """Draw the place for a break."""
    await shown(pilot, lambda: pilot.app.screen.query("#choices"))
    while BREAK_TITLE not in words_of(pilot):
        await pilot.press("s")
        await pilot.pause()
    draw(pilot.app, "take-break")


async def draw_question(pilot: Pilot[Any]) -> None:
    """Draw a question with one answer pointed at."""
    await shown(pilot, lambda: pilot.app.screen.query("#choices"))
    await pilot.press("down", "down", "down")
    draw(pilot.app, "take-question")


async def draw_task(pilot: Pilot[Any]) -> None:
    """Draw a statement half marked."""
    await shown(pilot, lambda: pilot.app.screen.query("#choices"))
    await pilot.press("r")
    await pilot.pause()
    draw(pilot.app, "take-task")


async def draw_end(pilot: Pilot[Any]) -> None:
    """Draw what comes from the feedback on the tasks to the receipt."""
    await shown(pilot, lambda: FEEDBACK_TITLE in words_of(pilot))
    draw(pilot.app, "take-feedback")
    while not isinstance(pilot.app.screen, ReviewScreen):
        await shown(pilot, lambda: isinstance(pilot.app.screen, PageScreen | ReviewScreen))
        await pilot.press("1")
        await pilot.pause(0.1)
    draw(pilot.app, "take-review")
    await pilot.press("g")
    await shown(pilot, lambda: isinstance(pilot.app.screen, PageScreen) and pilot.app.screen.query("#ways"))
    draw(pilot.app, "take-result")
    for key, title, name in AFTER_RESULT:
        await pilot.press(key)
        await shown(pilot, lambda title=title: title in words_of(pilot))  # type: ignore[misc]
        if name:
            draw(pilot.app, name)


def draw_take(folder: Path) -> None:
    """Draw a sitting from the first page to the receipt, and what may follow."""
    (root, tickets), state = open_rehearsal(folder), folder / "state"
    welcomed = TakingSession(load_public(root), state, ticket=tickets[0], cost=Cost.CHEAP)
    asyncio.run(run(take_app(welcomed), TAKE_SIZE, draw_first))
    session = sitting_in(root, state, tickets[1])
    answer_until(session, lambda sitting: sitting.position >= 5)
    asyncio.run(run(take_app(gone_on(session, root, state)), TAKE_SIZE, draw_question))
    answer_until(session, lambda sitting: sitting.position >= 18)
    asyncio.run(run(take_app(gone_on(session, root, state)), TAKE_SIZE, draw_pause))
    session.look()
    answer_until(session, is_in_a_report)
    asyncio.run(run(take_app(gone_on(session, root, state)), DESK_SIZE, draw_task))
    answer_until(session, lambda sitting: sitting.stage == "review")
    asyncio.run(run(take_app(gone_on(session, root, state)), TAKE_SIZE, draw_end))


def is_in_a_report(sitting: Sitting) -> bool:
    """Whether some statements of an AI report have been marked."""
    question = sitting.current
    if question is None or not question.task.startswith("review"):
        return sitting.stage == "review"
    return question.id.endswith(("s5", "s17"))


def gone_on(session: TakingSession, root: Path, state: Path) -> TakingSession:
    """Return the conversation that the code of `session` goes on with."""
    return TakingSession(load_public(root), state, code=session.code, cost=Cost.CHEAP)


def answer_until(session: TakingSession, is_there: Callable[[Sitting], bool]) -> None:
    """Answer as one simulated person does, tasks too, until the sitting is where it should be."""
    given = TasksGiven([session.sitting.drawn] * PEOPLE, session.policy.ai_use)
    answers = simulate(session.battery, session.policy.attributes, PEOPLE, SEED, given)[0]
    while not is_there(session.sitting):
        question = session.sitting.current
        if session.sitting.stage == "offering":
            session.decline_more()
        elif question is None:
            session.hand_in()
        elif question.id in answers:
            session.answer(answers[question.id])
        else:
            session.skip()


def draw_desk(folder: Path) -> None:
    """Draw segments, work and care plan of a closed rehearsal."""
    rehearsal = rehearse(folder / "closed", PEOPLE, SEED, program_version())
    release = rehearsal.closing.release
    app = make_desk_app(release, plan_for(rehearsal.study, release))

    async def pages(pilot: Pilot[Any]) -> None:
        for key, name in (("2", "desk-segments"), ("4", "desk-work"), ("6", "desk-plan")):
            await pilot.press(key)
            await pilot.pause()
            draw(pilot.app, name)

    asyncio.run(run(app, DESK_SIZE, pages))


if __name__ == "__main__":
    always_alike = partial(codes.new_code, random.Random(SEED))  # noqa: S311 - words that only pictures show
    with TemporaryDirectory() as made, patch.object(codes, "new_code", always_alike):
        draw_take(Path(made))
        draw_desk(Path(made))
