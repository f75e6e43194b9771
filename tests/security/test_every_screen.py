"""Five hundred hostile texts through every screen: the app lives, and the text is shown as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.widgets import TabbedContent

from instruments.answers import Choice
from instruments.model import (
    ChoiceFormat,
    Column,
    Format,
    Instrument,
    Item,
    MarkFormat,
    Option,
    RatingFormat,
    RowsFormat,
    TextFormat,
)
from instruments.questions import Battery, Part
from instruments.records import OwnResult, Policy
from instruments.setup import Attribute, Category, Pledge
from instruments.tasks.model import ReviewTask, Statement
from instruments.texts import CONTROL
from scoring.plan.records import Plan
from scoring.records import Release
from tests.security.terminal_texts import hostile_texts
from tests.tui import take_studies
from tests.tui.desk_examples import PLAN, RELEASE
from tests.tui.take_driver import Respondent
from tui.cleaning import clean
from tui.desk_app import make_desk_app
from tui.take_app import make_take_app
from tui.widgets.page_view import PageView
from tui.widgets.source_pane import SourcePane

pytestmark = pytest.mark.slow

TEXTS = hostile_texts()
FREE = {
    "group",
    "organisation",
    "name",
    "wording",
    "note",
    "statements",
    "assumptions",
    "program",
    "reference",
}
"""Fields of release and plan that hold words of people or files."""
SIZE = (200, 60)


def squeezed(text: str) -> str:
    """Return `text` as a screen may show it, without the blanks that wrapping adds and takes."""
    return "".join(clean(text).split())


def planted(value: Any, texts: Iterator[str], used: list[str]) -> Any:
    """Return `value` with the next text in every field that holds words; what was put in is noted."""
    if isinstance(value, tuple):
        return tuple(planted(one, texts, used) for one in value)
    if not isinstance(value, msgspec.Struct):
        return value
    changes: dict[str, Any] = {}
    for name in value.__struct_fields__:
        before = getattr(value, name)
        if name in FREE and isinstance(before, str):
            changes[name] = next(texts)
            used.append(changes[name])
        elif name in FREE and isinstance(before, tuple):
            changes[name] = tuple(next(texts) for _ in before)
            used.extend(changes[name])
        elif isinstance(before, msgspec.Struct | tuple):
            changes[name] = planted(before, texts, used)
    return msgspec.structs.replace(value, **changes)


async def pages_of(release: Release, plan: Plan) -> str:
    """Return all that the desk's eight pages and its title show, squeezed; nothing controls the terminal."""
    told = []
    async with make_desk_app(release, plan).run_test(size=SIZE) as pilot:
        for key in "12345678":
            await pilot.press(key)
            await pilot.pause()
            pane = pilot.app.screen.query_one(TabbedContent).active_pane
            assert pane is not None
            told.append(pane.query_one(PageView).render().plain)
            painted = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
            assert not CONTROL.search(told[-1] + painted)
    return squeezed("".join(told))


async def test_the_desk_shows_every_text_as_letters() -> None:
    """Groups, organisation, wordings, notes, statements, assumptions: every one of the 500 texts."""
    texts = chain(TEXTS, cycle(TEXTS))
    used: list[str] = []
    while len(used) < len(TEXTS):
        release, plan = planted(RELEASE, texts, used), planted(PLAN, texts, used)
        told = await pages_of(release, plan)
        for statement in (*release.statements, *plan.statements, *plan.assumptions):
            assert squeezed(statement)[:70] in told
        groups = [row.group for table in (*release.counts, *release.hours) for row in table.rows]
        for text in (*groups, *(line.name for line in release.header.wordings)):
            assert mark_of(text) in told
    assert set(TEXTS) <= set(used)


def questions(texts: Iterator[str], count: int) -> Battery:
    """Return `count` questions of the five kinds in turn; every word of them is a hostile text."""
    made = [five_kinds(number, texts)[number % 5] for number in range(count)]
    instrument = Instrument(
        schema=1,
        id="odd",
        kind="questions",
        name=next(texts),
        title=said(texts),
        before=said(texts),
        formats=tuple(made),
        items=tuple(Item(id=f"q{n}", format=fmt.id, text=said(texts)) for n, fmt in enumerate(made)),
    )
    return Battery(
        name="custom", language="en", parts=(Part(instrument=instrument, wording=take_studies.OWN),)
    )


def said(texts: Iterator[str]) -> dict[str, str]:
    """Return the next text that is not very long, as a text by language."""
    return {"en": next(text for text in texts if len(text) < 1000)}


def five_kinds(number: int, texts: Iterator[str]) -> tuple[Format, ...]:
    """Return one format of each kind, labelled by the next texts."""
    options = tuple(Option(code=code, label=said(texts)) for code in (1, 2, 3))
    columns = (
        Column(id="what", title=said(texts), options=options),
        Column(id="times", title=said(texts), minimum=1.0, maximum=40.0),
    )
    name = f"f{number}"
    return (
        ChoiceFormat(id=name, options=options),
        RatingFormat(id=name, low=said(texts), high=said(texts)),
        TextFormat(id=name, max_length=200),
        RowsFormat(id=name, max_rows=2, none_label=said(texts), columns=columns),
        MarkFormat(id=name, flagged=said(texts), fine=said(texts)),
    )


def policy_with(policy: Policy, texts: Iterator[str]) -> Policy:
    """Return `policy` with hostile texts wherever a facilitator types."""
    groups = tuple(Category(code=code, label=next(texts), headcount=30) for code in (1, 2))
    return msgspec.structs.replace(
        policy,
        organisation=next(texts),
        purpose=next(texts),
        contact=next(texts),
        agreement_date=next(texts),
        attributes=(Attribute(id="department", title=said(texts), categories=groups),),
        pledges=tuple(Pledge(condition=next(texts), promise=next(texts)) for _ in range(3)),
    )


def result_of(texts: Iterator[str]) -> OwnResult:
    """Return an own result made of the next texts."""
    made = take_studies.made_up(None, {})  # type: ignore[arg-type]
    sentences = tuple(next(texts) for _ in range(4))
    return msgspec.structs.replace(made, heading=next(texts), sentences=sentences, notes=sentences[:1])


async def test_an_employees_screens_show_every_text_as_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Consent, questions of every kind, help, review and own result, in a window of 200 x 60."""
    texts = cycle(TEXTS)
    battery = questions(texts, 60)
    policy_for = take_studies.policy_for
    monkeypatch.setattr(
        take_studies, "policy_for", lambda *given, **more: policy_with(policy_for(*given, **more), texts)
    )
    study = take_studies.open_study(tmp_path / "study", battery)
    policy = study.public().policy
    session = take_studies.session_in(study.root)
    own = result_of(texts)
    monkeypatch.setattr(session, "_work_out", lambda *_: own)
    async with make_take_app(session).run_test(size=SIZE) as pilot:
        person = Respondent(pilot, session)
        await person.see("I take part")
        consent = squeezed("".join(str(w.render()) for w in person.screen.query("Static")))
        for text in (policy.organisation, policy.purpose, policy.contact, policy.pledges[0].promise):
            assert mark_of(text) in consent
        await person.agree()
        for number, question in enumerate(battery.questions()):
            await person.question(question.id)
            await reading(person, question.item.text["en"])
            for label in labels_of(question.format):
                assert squeezed(label) in squeezed(person.text), label
            assert not CONTROL.search(person.text.replace("\n", ""))
            if number % 10 == 0:
                await person.press("f1", "escape")
            await person.press("ctrl+s")
        await person.see("Your answers")
        await person.press("g")
        await person.until(lambda: mark_of(own.sentences[0]) in person.text)
        assert not CONTROL.search(person.text.replace("\n", ""))


def hostile(statement: Statement, texts: Iterator[str]) -> Statement:
    """Return `statement` with the next texts, also in what the feedback tells of it."""
    return msgspec.structs.replace(
        statement, text=said(texts), place=said(texts), source=said(texts), reason=said(texts)
    )


async def test_a_task_shows_every_text_as_letters(tmp_path: Path) -> None:
    """Text, statements, what is asked and the feedback, of a task that somebody put in."""
    texts = cycle(TEXTS)
    battery = take_studies.with_task("review")
    (task,) = battery.tasks
    assert isinstance(task, ReviewTask)
    task = msgspec.structs.replace(
        task,
        title=said(texts),
        what_is_asked=said(texts),
        source=tuple(said(texts) for _ in range(80)),
        statements=tuple(hostile(one, texts) for one in task.statements),
    )
    take_studies.open_study(tmp_path / "study", msgspec.structs.replace(battery, tasks=(task,)))
    session = take_studies.started(tmp_path / "study", Choice(code=1))
    async with make_take_app(session).run_test(size=SIZE) as pilot:
        person = Respondent(pilot, session)
        await person.see("Take the time you need")
        assert squeezed(task.what_is_asked["en"]) in squeezed(person.text)
        await person.press("enter")
        await person.until(lambda: person.screen.query(SourcePane))
        await person.until(lambda: mark_of(task.source[0]["en"]) in person.text)
        shown = squeezed("".join(str(one.render()) for one in person.screen.query("SourcePane Static")))
        assert all(squeezed(paragraph["en"]) in shown for paragraph in task.source)
        while (current := session.sitting.current) is not None and session.sitting.stage == "asking":
            await reading(person, current.item.text["en"])
            assert not CONTROL.search(person.text.replace("\n", ""))
            await person.press("ctrl+s")
        await person.see("Hand in this task?")
        assert mark_of(task.title["en"]) in person.text
        await person.press("1")
        await person.see("What was in the tasks")
        told = squeezed("".join(str(one.render()) for one in person.screen.query("Static")))
        for one in (one for one in task.statements if one.fault):
            assert mark_of(one.place["en"]) in told
            assert mark_of(one.reason["en"]) in told
        assert not CONTROL.search(person.text.replace("\n", ""))


async def reading(person: Respondent, text: str) -> None:
    """Wait until `text` is shown as it was typed."""
    await person.until(lambda: squeezed(text) in squeezed(person.text))


def labels_of(fmt: Format) -> list[str]:
    """Return the labels that stand beside the ways to answer."""
    match fmt:
        case ChoiceFormat():
            return [option.label["en"] for option in fmt.options]
        case RatingFormat():
            return [fmt.low["en"], fmt.high["en"]]
        case MarkFormat():
            return [fmt.flagged["en"], fmt.fine["en"]]
        case _:
            return []


def mark_of(text: str) -> str:
    """Return the mark by which a text is found, also where it is cut or wrapped."""
    found = re.search(r"Q\d+Z", text)
    assert found
    return found.group()
