"""A rehearsal organisation: simulated people go the real way, from ticket to sealed submission to release."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from instruments.answers import Answer
from instruments.pacing import PaceCounts
from instruments.questions import Battery
from instruments.setup import Attribute, Category, Pledge, SupporterHours
from instruments.sitting import Sitting
from instruments.tasks.lots import draw
from scoring.rehearsal import TasksGiven, simulate
from scoring.rehearsed_tasks import AI_USE
from store.codes import CodeKey, new_code
from store.cost import Cost
from store.inbox import submit
from store.people import save_staff, save_supporters
from store.public import PublicStudy, load_public
from store.study import Study
from store.tickets import issue
from store.vault import unlock
from tui.flows.closing import Closing, close_study
from tui.flows.founding import Founded, found_study
from tui.flows.opening import open_study
from tui.flows.own import own_result
from tui.flows.packing import first_record, submission_of
from tui.flows.rehearsed_staff import staff_for, supporters_for
from tui.flows.wishes import Wishes

DEPARTMENTS = {"Customer service": 0.30, "Operations": 0.30, "Finance": 0.16, "Sales": 0.24}
SITES = {"North": 0.6, "South": 0.4}
RESPONSE = 0.72
"""Share of the staff that takes part in a rehearsal (made up)."""
PASSPHRASES = ("rehearsal facilitator", "rehearsal works council")
DAY = "2026-01-05"
"""The one date of every rehearsal, so that the same seed writes the same release."""


Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal study that has been closed."""

    study: Study
    founded: Founded
    closing: Closing


def rehearse(
    folder: Path, people: int, seed: int, program: str, tell: Tell = lambda _done, _total: None
) -> Rehearsal:
    """Build, fill and close a rehearsal study of `people` respondents in the new `folder`.

    All chance comes from `seed`; live tickets are refused in such a study for ever.
    """
    founded = found_study(folder / "study", wishes_for(people), folder / "keys", PASSPHRASES, cost=Cost.CHEAP)
    study = founded.study
    open_study(study, [sheet.read_text() for sheet in founded.sheets], program)
    fill(study, people, seed, tell)
    keys = [
        unlock(path.read_bytes(), passphrase, path.name)
        for path, passphrase in zip(founded.keys, PASSPHRASES, strict=True)
    ]
    closing = close_study(study, keys, DAY, accepts_few=True)
    name_people(study, seed)
    return Rehearsal(study, founded, closing)


def name_people(study: Study, seed: int) -> None:
    """Keep a made-up staff list and named supporters with the rehearsal, so that its plan has cohorts."""
    setup = study.setup()
    staff = staff_for(setup, seed)
    save_staff(study, staff)
    save_supporters(study, supporters_for(setup, staff, seed))


def wishes_for(people: int) -> Wishes:
    """Return the wishes of an organisation in which about `people` will answer."""
    staff = max(people, round(people / RESPONSE))
    return Wishes(
        study="rehearsal",
        organisation="Rehearsal organisation (made up)",
        headcount=staff,
        attributes=(_attribute("department", DEPARTMENTS, staff), _attribute("site", SITES, staff)),
        supporters=_supporters(people),
        rehearsal=True,
        purpose="Trying careload out with simulated people",
        contact="nobody: everything here is made up",
        pledges=(Pledge("if half cannot spare 20 minutes a week", "the start moves"),),
        ai_use=AI_USE,
    )


def _supporters(people: int) -> tuple[SupporterHours, ...]:
    def about(share: float) -> int:
        return max(1, round(people * share))

    return (
        SupporterHours(role="facilitator", people=about(0.017), hours_per_week=16, relief_hours=16),
        SupporterHours(role="manager", people=about(0.083), hours_per_week=2),
        SupporterHours(role="champion", people=about(0.083), hours_per_week=3, relief_hours=2),
        SupporterHours(role="hr-partner", people=about(0.0125), hours_per_week=6, relief_hours=6),
    )


def _attribute(name: str, shares: Mapping[str, float], staff: int) -> Attribute:
    counts = [round(staff * share) for share in shares.values()]
    counts[0] += staff - sum(counts)
    categories = tuple(
        Category(code=code, label=label, headcount=count)
        for code, (label, count) in enumerate(zip(shares, counts, strict=True), start=1)
    )
    return Attribute(id=name, title={"en": name.capitalize()}, categories=categories)


def fill(study: Study, people: int, seed: int, tell: Tell = lambda _done, _total: None) -> None:
    """Let `people` simulated respondents sit, see their own result and seal their answers."""
    public = load_public(study.root)
    chance = random.Random(seed)  # noqa: S311 - a rehearsal protects nobody and has to repeat
    tickets = issue(study, people, chance)
    drawn = [draw(public.battery, chance) for _ in tickets]
    given = TasksGiven(drawn, public.policy.ai_use)
    everybody = simulate(public.battery, public.policy.attributes, people, seed, given)
    for number, (ticket, names, wanted) in enumerate(zip(tickets, drawn, everybody, strict=True), start=1):
        _sit(public, ticket, names, wanted, chance)
        tell(number, people)


def _sit(
    public: PublicStudy,
    ticket: str,
    drawn: tuple[str, ...],
    wanted: Mapping[str, Answer],
    chance: random.Random,
) -> None:
    sitting = _answered(public.battery, drawn, wanted)
    record = msgspec.structs.replace(first_record(public, ticket), pace=PaceCounts(middle=1))
    own = own_result(public, sitting.answers, drawn, record.pace.median_bin)
    key = CodeKey.derive(new_code(chance), public.salt, cost=Cost.CHEAP)
    sealed = sitting.show_result().seal()
    submit(public, submission_of(public, sealed, record, key.public_hex), own, key)


def _answered(battery: Battery, drawn: tuple[str, ...], wanted: Mapping[str, Answer]) -> Sitting:
    """Walk through every question; what a person did not answer is skipped, every task handed in."""
    sitting = Sitting.begin(battery, drawn)
    while sitting.stage != "review":
        question = sitting.current
        answer = wanted.get(question.id) if question else None
        if question is None:
            sitting = sitting.hand_in()
        else:
            sitting = sitting.skip() if answer is None else sitting.answer(answer)
    return sitting
