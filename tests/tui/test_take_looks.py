"""How the assessment looks: each docstring says what must be visible in its picture."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from instruments.answers import Choice, Marked
from instruments.model import ChoiceFormat
from tests.tui import take_studies as studies
from tests.tui.take_driver import Respondent
from tests.tui.test_take_more import at_offer
from tui.flows.outcomes import TakeOutcome
from tui.flows.taking import TakingSession
from tui.take_app import make_take_app

Look = Callable[[Respondent], Awaitable[None]]


class Compare(Protocol):
    """The snapshot plugin's fixture."""

    def __call__(
        self,
        app: App[TakeOutcome],
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[TakeOutcome]], Awaitable[None]],
    ) -> bool: ...


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An open study with the standard battery."""
    studies.open_study(tmp_path / "study", studies.standard())
    return tmp_path / "study"


def looks(
    compare: Compare,
    session: TakingSession,
    look: Look,
    *,
    size: tuple[int, int] = (80, 24),
    light: bool = False,
) -> bool:
    """Bring the program to a screen and compare it with the kept picture."""
    clock = itertools.count(0, 5)

    async def before(pilot: Pilot[TakeOutcome]) -> None:
        await pilot.pause()
        await look(Respondent(pilot, session))
        await pilot.pause()

    app = make_take_app(session, now=lambda: float(next(clock)), light=light)
    return compare(app, terminal_size=size, run_before=before)


async def first_published_item(person: Respondent) -> None:
    await person.question("edmondson-1999/" + item_ids()[1])


def item_ids() -> list[str]:
    part = next(p for p in studies.standard().parts if p.instrument.id == "edmondson-1999")
    return [item.id for item in part.instrument.items]


def all_middle() -> list[Choice | None]:
    return [
        Choice(code=min(2, len(question.format.options)))
        if isinstance(question.format, ChoiceFormat)
        else None
        for question in studies.standard().questions()
    ]


def test_consent(snap_compare: Compare, root: Path) -> None:
    """What this is, how long it takes, that nobody has to; a hint that more follows; four ways to go on."""

    async def look(person: Respondent) -> None:
        await person.see("more below")

    assert looks(snap_compare, studies.session_in(root), look)


def test_consent_scrolled(snap_compare: Compare, root: Path) -> None:
    """One page down: who sees what, and the key holders by role."""

    async def look(person: Respondent) -> None:
        await person.see("more below")
        await person.press("pagedown")
        await person.see("works council")

    assert looks(snap_compare, studies.session_in(root), look)


def test_question(snap_compare: Compare, root: Path) -> None:
    """Item with seven numbered steps, only the ends named, nothing chosen; progress, time left, keys."""
    session = studies.started(root, Choice(code=1), Choice(code=4))
    assert looks(snap_compare, session, first_published_item)


def test_question_wide(snap_compare: Compare, root: Path) -> None:
    """The same at 120 x 40: the column of text stays narrow enough to read."""
    session = studies.started(root, Choice(code=1), Choice(code=4))
    assert looks(snap_compare, session, first_published_item, size=(120, 40))


def test_question_light(snap_compare: Compare, root: Path) -> None:
    """The same on a light ground, with the same signs."""
    session = studies.started(root, Choice(code=1), Choice(code=4))
    assert looks(snap_compare, session, first_published_item, light=True)


def test_question_answered_before(snap_compare: Compare, root: Path) -> None:
    """Going back: the earlier answer carries a dot and the pointer, not only a colour."""

    async def look(person: Respondent) -> None:
        await first_published_item(person)
        await person.press("b")
        await person.see("●")

    assert looks(snap_compare, studies.started(root, Choice(code=1), Choice(code=4)), look)


def test_review(snap_compare: Compare, root: Path) -> None:
    """Every question with its answer in words under its part's title, skipped ones as skipped."""

    async def look(person: Respondent) -> None:
        await person.see("Your answers")

    assert looks(snap_compare, studies.started(root, *all_middle()), look)


def test_result(snap_compare: Compare, root: Path) -> None:
    """Three needs drawn with what fits best and what may be, no tier; then six ways to go on."""

    async def look(person: Respondent) -> None:
        await person.see("Your answers")
        await person.press("g")
        await person.see("● some")

    assert looks(snap_compare, studies.started(root, *all_middle()), look)


def test_result_tiers(snap_compare: Compare, root: Path) -> None:
    """Behind a key: sentences, bars with numbers of 100 and an arrow at the meant tiers; one way back."""

    async def look(person: Respondent) -> None:
        await person.see("Your answers")
        await person.press("g")
        await person.see("● some")
        await person.press("3")
        await person.see("46 of 100")

    assert looks(snap_compare, studies.started(root, *all_middle()), look)


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
def test_break(snap_compare: Compare, root: Path, light: bool) -> None:
    """How many questions are behind, that all is kept, and the pointer at going on."""

    async def look(person: Respondent) -> None:
        await person.until(lambda: person.session.has_begun and person.screen.query("#choices"))
        await person.press("s")
        await person.see("A good place for a break")

    session = studies.started(root, *([Choice(code=1)] * 21))
    assert looks(snap_compare, session, look, light=light)


async def own_result(person: Respondent) -> None:
    await person.see("Your answers")
    await person.press("g")
    await person.see("● some")


@pytest.mark.parametrize(("size", "light"), [((120, 40), False), ((80, 24), True)], ids=["wide", "light"])
def test_result_elsewhere(snap_compare: Compare, root: Path, size: tuple[int, int], light: bool) -> None:
    """The same in a large window, all of it at once, and on a light ground: signs carry the meaning."""
    session = studies.started(root, *all_middle())
    assert looks(snap_compare, session, own_result, size=size, light=light)


def test_practice(snap_compare: Compare, root: Path) -> None:
    """Five things to tick, one of them ticked, what to do about the rest, and no place to type."""

    async def look(person: Respondent) -> None:
        await own_result(person)
        await person.press("1")
        await person.see("Practise on a document")
        await person.press("3")
        await person.see("nothing of it is typed")
        await person.press("2")
        await person.see("[x]")

    assert looks(snap_compare, studies.started(root, *all_middle()), look)


def test_leaving(snap_compare: Compare, root: Path) -> None:
    """What is kept and how to come back, in front of the question; the code is not shown unasked."""

    async def look(person: Respondent) -> None:
        await first_published_item(person)
        await person.press("q")
        await person.see("Leave now?")

    assert looks(snap_compare, studies.started(root, Choice(code=1), Choice(code=4)), look)


async def task_at_work(person: Respondent) -> None:
    await person.see("Take the time you need")
    await person.press("enter")
    await person.see("Your work")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "wide"])
@pytest.mark.parametrize("task", ["review", "summarise", "adapt", "withhold"])
def test_task(snap_compare: Compare, tmp_path: Path, task: str, size: tuple[int, int]) -> None:
    """What is asked, the work and its keys; from 120 columns the text beside it, else a tab for it."""
    studies.open_study(tmp_path / "study", studies.with_task(task))
    session = studies.started(tmp_path / "study", Choice(code=1))
    assert looks(snap_compare, session, task_at_work, size=size)


def test_task_text_in_front(snap_compare: Compare, tmp_path: Path) -> None:
    """At 80 columns the text, a found word marked, how many places there are, and what is asked below."""

    async def look(person: Respondent) -> None:
        await task_at_work(person)
        await person.press("tab", "slash", *"overtime", "enter")
        await person.see("Place 1 of 3")

    studies.open_study(tmp_path / "study", studies.with_task("summarise"))
    assert looks(snap_compare, studies.started(tmp_path / "study", Choice(code=1)), look)


def test_task_feedback(snap_compare: Compare, tmp_path: Path) -> None:
    """After the last task: what was planted and what was found, one short line each; no grade."""

    async def look(person: Respondent) -> None:
        await person.see("What was in the tasks")

    studies.open_study(tmp_path / "study", studies.with_task("review"))
    before = studies.started(tmp_path / "study", Choice(code=1))
    before.look()
    while before.sitting.stage == "asking":
        before.answer(Marked(flagged=True, confidence=75))
    before.hand_in()
    assert looks(snap_compare, studies.session_in(tmp_path / "study", code=before.code), look)


def test_mark_half_done(snap_compare: Compare, tmp_path: Path) -> None:
    """After `r` the lines of the other mark stand back, also without colour: their numbers are gone."""

    async def look(person: Respondent) -> None:
        await task_at_work(person)
        await person.press("r")

    studies.open_study(tmp_path / "study", studies.with_task("review"))
    assert looks(snap_compare, studies.started(tmp_path / "study", Choice(code=1)), look)


def test_offer_of_more_tasks(snap_compare: Compare, tmp_path: Path) -> None:
    """Thanks, how many more there are with their minutes, and the pointer at no."""

    async def look(person: Respondent) -> None:
        await person.see("Do you have more time?")

    assert looks(snap_compare, at_offer(tmp_path), look)
