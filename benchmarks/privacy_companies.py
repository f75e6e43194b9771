"""Made-up companies of many shapes whose people go the way of a real closing, in memory from there on."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from instruments.answers import Answer, Choice, Text
from instruments.battery import minutes_of
from instruments.records import Policy, Submission
from instruments.setup import Attribute, Category
from instruments.tasks.lots import draw
from instruments.tasks.marking import marks_of
from scoring.grouping import Counted, count_people
from scoring.items import matrix
from scoring.published import Ints
from scoring.records import Release
from scoring.reference import decode
from scoring.rehearsal import TasksGiven, simulate
from scoring.tables import codebook
from store.closing import Collected
from store.codes import new_code
from store.cost import Cost
from store.public import PublicStudy, load_public
from tui.flows.closing import release_of
from tui.flows.exporting import release_files
from tui.flows.founding import found_study
from tui.flows.opening import open_study
from tui.flows.pinned import scoring_of
from tui.flows.rehearsing import PASSPHRASES, wishes_for
from tui.flows.wishes import Wishes

Answers = Mapping[str, Answer]
DEPARTMENTS = (2, 7)
"""Fewest, and one more than most."""
SPREAD = 6.0
"""How even the groups' shares are: the parameter of a Dirichlet distribution."""
PROGRAM = "benchmarks"


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """A made-up company after closing: what leaves it, and what must not."""

    release: Release
    files: dict[str, bytes]
    """The csv export."""
    submissions: tuple[Submission, ...]
    counted: Counted
    policy: Policy


def close_company(people: int, seed: int) -> Closed:
    """Return the company of `people` respondents that `seed` makes up, with rows of people switched on.

    Raises PrivacyRefused when the auditor or the counter of the export refuses it.
    """
    with TemporaryDirectory(prefix="careload-bench-") as name:
        public = _opened(Path(name), _wishes(people, seed))
    submissions = _submissions(public, people, seed)
    release = release_of(public, Collected(submissions, 0, 0, (), _no_hashes(submissions), ()))
    book = codebook(release, public.battery, decode(public.reference))
    files = release_files(release, book, ("csv",), "", PROGRAM)
    return Closed(release, files, submissions, _counted(public, submissions), public.policy)


def _no_hashes(submissions: tuple[Submission, ...]) -> tuple[str, ...]:
    """Return one mark a submission in place of its salted hash: nothing was sealed here."""
    return tuple(f"{number:08x}" for number in range(len(submissions)))


def _opened(folder: Path, wishes: Wishes) -> PublicStudy:
    founded = found_study(folder / "study", wishes, folder / "keys", PASSPHRASES, cost=Cost.CHEAP)
    open_study(founded.study, [sheet.read_text() for sheet in founded.sheets], PROGRAM)
    return load_public(founded.study.root)


def _wishes(people: int, seed: int) -> Wishes:
    """Return a company with two to six departments; every other one has two or three sites across them."""
    rng, usual = np.random.default_rng([seed, people]), wishes_for(people)
    attributes = [_attribute("department", int(rng.integers(*DEPARTMENTS)), usual.headcount, rng)]
    if seed % 2:
        attributes.append(_attribute("site", int(rng.integers(2, 4)), usual.headcount, rng))
    return replace(usual, attributes=tuple(attributes), record_file=True)


def _attribute(name: str, categories: int, staff: int, rng: np.random.Generator) -> Attribute:
    counts = rng.multinomial(staff, rng.dirichlet(np.full(categories, SPREAD)))
    made = [Category(code=i, label=f"{name} {i}", headcount=int(n)) for i, n in enumerate(counts, start=1)]
    return Attribute(id=name, title={"en": name.capitalize()}, categories=tuple(made))


def _submissions(public: PublicStudy, people: int, seed: int) -> tuple[Submission, ...]:
    """Return everybody's answers, each text one of its kind, with a code and a ticket of its own."""
    chance = random.Random(seed)  # noqa: S311 -- a benchmark has to repeat
    battery, policy = public.battery, public.policy
    drawn = [draw(battery, chance) for _ in range(people)]
    everybody = simulate(battery, policy.attributes, people, seed, TasksGiven(drawn, policy.ai_use))
    return tuple(
        Submission(
            study=policy.study,
            wave=policy.wave,
            policy_sha256=public.policy_sha256,
            battery_sha256=policy.battery_sha256,
            answers={name: _marked(answer, chance) for name, answer in answers.items()},
            origin="rehearsal",
            ticket=f"{chance.getrandbits(100):025x}",
            code_public=new_code(chance),
            pace="middle",
            drawn=names,
        )
        for answers, names in zip(everybody, drawn, strict=True)
    )


def _marked(answer: Answer, chance: random.Random) -> Answer:
    """Return a text with letters in it that nobody else's has; any other answer as it is."""
    if not isinstance(answer, Text):
        return answer
    return Text(value=f"{chance.getrandbits(48):012x} {answer.value}"[: max(12, len(answer.value))])


def _counted(public: PublicStudy, submissions: tuple[Submission, ...]) -> Counted:
    """Return the people as closing scores them, for the attacker's truth and the search for scores."""
    battery, policy = public.battery, public.policy
    answers = [one.answers for one in submissions]
    marks = [marks_of(battery, one.drawn, one.answers, policy.ai_use) for one in submissions]
    numbers, pinned = matrix(battery, answers, marks), scoring_of(public)
    scored = pinned.score(numbers, pinned.doubt(numbers, [one.pace for one in submissions]))
    groups = {one.id: _codes(answers, one.id) for one in policy.attributes}
    minutes = [minutes_of(battery, given) for given in answers]
    return count_people(scored, groups, np.array([np.nan if m is None else m for m in minutes]), policy)


def _codes(answers: list[dict[str, Answer]], attribute: str) -> Ints:
    given = (one.get(f"attributes/{attribute}") for one in answers)
    return np.array([one.code if isinstance(one, Choice) else -1 for one in given], dtype=np.int64)
