"""Opened studies for the tests of the assessment: the real store with cheap keys, small batteries."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Text
from instruments.battery import ATTRIBUTES, STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.model import (
    ChoiceFormat,
    Column,
    Format,
    Instrument,
    Item,
    MarkFormat,
    Need,
    Option,
    RatingFormat,
    RowsFormat,
    TextFormat,
)
from instruments.questions import Battery, Part, Wording
from instruments.records import NeedBand, OwnResult, Policy, TierShare, sha256_of
from instruments.setup import Attribute, Category, KeyHolder, Setup
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.model import AiUsePolicy
from scoring.pinned import pin
from scoring.reference import default_reference, encode
from store.cost import Cost
from store.drafts import default_state_dir
from store.public import PublicStudy, load_public
from store.study import Study
from store.tickets import issue
from store.vault import make_key
from tui.flows.taking import TakingSession

HOSTILE = "Is [/x] or [red]this[/red] fine?\x1b[31m \x9b2J\u202etxet"
"""A text with markup that kills a careless Textual app, escape sequences and a bidirectional override."""

FIVE: tuple[Format, ...] = (
    ChoiceFormat(
        id="agree",
        labelled="ends",
        options=(
            Option(code=1, label={"en": "not at all"}),
            Option(code=2),
            Option(code=3, label={"en": "fully"}),
        ),
    ),
    RatingFormat(id="line", low={"en": "low"}, high={"en": "high"}),
    TextFormat(id="words", max_length=200),
    RowsFormat(
        id="rows",
        max_rows=2,
        none_label={"en": "No such task"},
        columns=(
            Column(
                id="task",
                title={"en": "Which task"},
                options=(Option(code=1, label={"en": "Lists"}), Option(code=2, label={"en": "Letters"})),
            ),
            Column(id="times", title={"en": "Times a week"}, minimum=1.0, maximum=40.0),
        ),
    ),
    MarkFormat(id="mark", flagged={"en": "needs review"}, fine={"en": "fine"}),
)


def five_types(text: str = "How is it?") -> Battery:
    """Return a battery with one question of each answer type, the second choice after the first."""
    items = tuple(Item(id=f"q-{fmt.id}", format=fmt.id, text={"en": text}) for fmt in FIVE)
    part = Instrument(
        schema=1,
        id="five",
        kind="questions",
        name="Five",
        title={"en": "Five kinds"},
        before={"en": "Think of one team only."},
        formats=FIVE,
        items=items,
    )
    return Battery(name="custom", language="en", parts=(Part(instrument=part, wording=OWN),))


OWN = Wording(status="own", sha256="0" * 64)
DEPARTMENT = Attribute(
    id="department",
    title={"en": "Department"},
    categories=(Category(code=1, label="North", headcount=30), Category(code=2, label="South", headcount=30)),
)


AI_USE = AiUsePolicy(
    tools="approved",
    personal_data="de-identified",
    customer_data="never",
    code="reviewed",
    records="reviewed",
)


def with_task(task: str, form: str = "a") -> Battery:
    """Return a battery of one question and one task, drawn for everybody; of `review` all 24 statements."""
    battery = five_types()
    first = battery.parts[0]
    one = msgspec.structs.replace(
        first.instrument, before={}, items=first.instrument.items[:1], formats=FIVE[:1]
    )
    return msgspec.structs.replace(
        battery,
        parts=(msgspec.structs.replace(first, instrument=one),),
        tasks=tuple(t for t in shipped_tasks() if (t.id, t.form) == (task, form)),
        task_count=1,
    )


def standard_with_tasks() -> Battery:
    """Return the standard battery as it ships, with one attribute."""
    return build_battery("standard", "en", (DEPARTMENT,), STANDARD, shipped, tasks=shipped_tasks())


def standard() -> Battery:
    """Return the questions of the standard battery with one attribute, without tasks."""
    return build_battery("standard", "en", (DEPARTMENT,), STANDARD, shipped)


def open_study(
    root: Path,
    battery: Battery,
    *,
    tickets: bool = False,
    pinned: bool = False,
    publics: tuple[str, ...] = (),
) -> Study:
    """Open a study with `battery` at `root`, with frozen scoring where `pinned`.

    It is sealed for `publics`, or for keys that are thrown away.
    """
    made = (make_key("a long enough passphrase", cost=Cost.CHEAP) for _ in range(2))
    publics = publics or tuple(key.public_hex for key in made)
    reference = default_reference(battery)
    scoring = pin(battery, reference, (1.0, 2.0, 4.0)) if pinned else b""
    policy = msgspec.structs.replace(
        policy_for(battery, publics, tickets=tickets),
        scoring_sha256=hashlib.sha256(scoring).hexdigest() if pinned else "",
    )
    setup = Setup(
        study=policy.study,
        organisation=policy.organisation,
        language="en",
        attributes=policy.attributes,
        headcount=60,
        battery=battery.name,
        parts=(),
        key_holders=policy.key_holders,
        tickets=tickets,
    )
    study = Study.create(root, setup)
    study.freeze(policy, battery, encode(reference), scoring)
    return study


def policy_for(
    battery: Battery, publics: tuple[str, ...] = ("0" * 64, "1" * 64), *, tickets: bool = False
) -> Policy:
    """Return the frozen rules of a study with `battery` whose AI-use policy settles every question."""
    holders = tuple(
        KeyHolder(role=role, public_key=public)
        for role, public in zip(("facilitator", "works council"), publics, strict=True)
    )
    attributes = (DEPARTMENT,) if battery.parts[0].instrument.id == ATTRIBUTES else ()
    reference = default_reference(battery)
    return Policy(
        study="north-study",
        organisation="Northwind",
        wave="baseline",
        language="en",
        attributes=attributes,
        headcount=60,
        key_holders=holders,
        battery=battery.name,
        battery_sha256=sha256_of(battery),
        reference_sha256=reference.sha256,
        reference_status=reference.status,
        release_plan=(),
        tickets=tickets,
        agreement_date="2026-03-02",
        ai_use=AI_USE,
    )


def session_in(root: Path, *, code: str = "", ticket: str = "", real: bool = False) -> TakingSession:
    """Return a conversation with the study at `root`, with a made-up own result unless `real`."""
    return TakingSession(
        load_public(root),
        default_state_dir(),
        code=code,
        ticket=ticket,
        cost=Cost.CHEAP,
        chance=random.Random(3),
        work_out=None if real else made_up,
    )


def started(root: Path, *answers: Answer | None, real: bool = False) -> TakingSession:
    """Return a fresh conversation whose code, as if given to the command line, goes on after `answers`.

    None stands for a skipped question.
    """
    before = session_in(root)
    before.make_code()
    before.begin()
    for answer in answers:
        if answer is None:
            before.skip()
        else:
            before.answer(answer, 5.0)
    return session_in(root, code=before.code, real=real)


FIVE_ANSWERS: tuple[Answer, ...] = (
    Choice(code=2),
    Rating(value=70),
    Text(value="hi"),
    Rows(rows=((2.0, 5.0),)),
    Marked(flagged=True, confidence=55),
)


def one_ticket(study: Study) -> str:
    """Issue one ticket."""
    return issue(study, 1, random.Random(5))[0]


def _need(need: Need, band: Any, words: str, *possible: Any) -> NeedBand:
    return NeedBand(need=need, band=band, mean=0, low=-1, high=1, words=words, possible=possible)


def made_up(_public: PublicStudy, _answers: Mapping[str, Answer]) -> OwnResult:
    """Return an own result that is the same for everybody."""
    return OwnResult(
        wave="baseline",
        verdict="between",
        tiers=("peer-supported", "coached"),
        shares=(
            TierShare(tier="self-directed", of_100=12),
            TierShare(tier="peer-supported", of_100=46),
            TierShare(tier="coached", of_100=33),
            TierShare(tier="intensive", of_100=9),
        ),
        heading="Relative need, hours assumed",
        sentences=("You are between peer-supported and coached.", "Of 100 people, about 46 would want this."),
        conditions=("Little time is left in your job for trying something new.",),
        skill=("Some practice with AI tools, with somebody beside you, would help.",),
        needs=(
            _need("safety", "middle", "It is partly easy to speak up.", "lower", "middle"),
            _need("agility", "higher", "You learn in many ways.", "middle", "higher"),
            _need("headroom", "lower", "Your job leaves little room.", "lower"),
            _need("capability", "open", "Your answers say too little about AI tools."),
        ),
        notes=("It is not a grade, and nobody is ranked.",),
    )
