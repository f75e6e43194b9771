"""Made-up organisations for `benchmarks.tiers`: what their people answered, and what is true of them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from instruments.model import NEEDS
from instruments.questions import Battery
from instruments.setup import Attribute, Category
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.lots import draw
from instruments.tasks.marking import marks_of
from instruments.tasks.marks import Mark
from scoring.blocks import Floats
from scoring.items import item_columns, matrix, scale_specs
from scoring.marks import mark_scales
from scoring.reference import Reference, default_reference
from scoring.rehearsal import simulate_with_truth
from scoring.rehearsed_people import TRUE_WEIGHTS, Frame, Organisation, Truth
from scoring.rehearsed_tasks import AI_USE, rehearsed_tasks

BANK = 1200
"""People whose tasks are really marked; everybody borrows the marks of one who can do about as much."""
BANK_SD = 1.4
NEIGHBOURS = 8
SITES = (0.6, 0.4)


ATTENTIVE = Organisation(careless=0.0, loadings=(0.5, 0.7))


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of organisation, and what is assumed of it."""

    name: str
    organisation: Organisation = ATTENTIVE
    weights_off: bool = False
    """Whether the true weights are drawn from the doubt about the expert guess."""
    level_off: bool = False
    """Whether their level is, too."""
    reference_off: bool = False
    """Whether the scales' true means are drawn from the doubt about the reference."""
    marks_off: bool = False
    """With `reference_off`: those of tasks, too; the oracle of `tiers` knows nothing of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """The people of one made-up organisation; `X` (n, columns) holds all of them, respondents or not."""

    scenario: Scenario
    organisation: Organisation
    X: Floats
    truth: Truth
    attributes: int


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Real marks of made-up people at two tasks each, in rising order of capability (n,)."""

    capability: Floats
    marks: Sequence[tuple[Mark, ...]]


@cache
def battery() -> Battery:
    """Return the standard battery, adapted wording, with its tasks."""
    return build_battery("standard", "en", (_sites(100),), STANDARD, shipped, tasks=shipped_tasks())


@cache
def reference() -> Reference:
    """Return the reference that is shipped for it."""
    return default_reference(battery())


@cache
def bank(people: int = BANK) -> Bank:
    """Return the marks of `people` whose capability spreads somewhat more than anywhere else."""
    rng = np.random.default_rng(5)
    chance = random.Random(5)  # noqa: S311 - made-up people
    needs = np.zeros((people, len(NEEDS)))
    needs[:, NEEDS.index("capability")] = np.sort(BANK_SD * rng.standard_normal(people))
    drawn = [draw(battery(), chance) for _ in range(people)]
    answers = rehearsed_tasks(battery(), drawn, needs, AI_USE, 5)
    marks = [marks_of(battery(), names, own, AI_USE) for names, own in zip(drawn, answers, strict=True)]
    return Bank(needs[:, NEEDS.index("capability")], marks)


def populate(
    scenario: Scenario, people: int, seed: int, attributes: tuple[Attribute, ...] = ()
) -> Population:
    """Return the made-up organisation of `people` that `seed` makes of `scenario`, two sites if not told."""
    rng = np.random.default_rng([seed, 100])
    organisation = replace(scenario.organisation, frames=_frames(scenario, rng))
    if scenario.weights_off:
        level = 0.45 if scenario.level_off else 0.0
        organisation = replace(organisation, weights=doubted(TRUE_WEIGHTS, rng, level))
    attributes = attributes or (_sites(people),)
    answers, truth = simulate_with_truth(battery(), attributes, people, seed, organisation=organisation)
    known = {question.id for question in battery().questions()}
    told = [{name: answer for name, answer in person.items() if name in known} for person in answers]
    marks = _borrowed(truth.needs[:, NEEDS.index("capability")], rng)
    X = matrix(battery(), told, marks)  # noqa: N806
    if scenario.marks_off:
        _shift_marks(X, organisation.frames)
    return Population(scenario, organisation, X, truth, len(attributes))


def doubted(
    weights: tuple[float, ...], rng: np.random.Generator, level_log_sd: float = 0.45
) -> tuple[float, ...]:
    """Return `weights` off by log-SD .35 each and .45 altogether, the doubt about the expert guess."""
    level = level_log_sd * float(rng.standard_normal())
    return tuple(float(w * np.exp(level + 0.35 * rng.standard_normal())) for w in weights)


def _borrowed(capability: Floats, rng: np.random.Generator) -> list[tuple[Mark, ...]]:
    known = bank()
    place = np.searchsorted(known.capability, capability) + rng.integers(
        -NEIGHBOURS // 2, NEIGHBOURS // 2 + 1, size=len(capability)
    )
    return [known.marks[int(n)] for n in np.clip(place, 0, len(known.marks) - 1)]


def _frames(scenario: Scenario, rng: np.random.Generator) -> dict[str, Frame]:
    """Return where answers lie: as the reference has it, or off by as much as it doubts itself."""
    frames = {}
    for spec in scale_specs(battery()):
        row, way = reference().row(spec.id), spec.maximum - spec.minimum
        off = row.mean_sd * float(rng.standard_normal()) if scenario.reference_off else 0.0
        position = (row.mean + off * row.sd - spec.minimum) / way
        frames[spec.id] = Frame(min(max(position, 0.1), 0.9), row.sd / way)
    return frames


def _shift_marks(X: Floats, frames: Mapping[str, Frame]) -> None:  # noqa: N803
    """Make each task easier or harder for everybody by as much as its mean is off.

    Real marks are borrowed, so that unlike items they do not come from a frame.
    """
    tasks = {scale.id for scale in mark_scales(battery())}
    for place, column in enumerate(item_columns(battery())):
        if column.scale in tasks and not column.is_weight:
            row, frame = reference().row(column.scale), frames[column.scale]
            way = column.maximum - column.minimum
            moved = X[:, place] + frame.position * way + column.minimum - row.mean
            X[:, place] = np.clip(moved, column.minimum, column.maximum)


def _sites(people: int) -> Attribute:
    sizes = [round(people * share) for share in SITES]
    categories = tuple(
        Category(code=code, label=f"Site {code}", headcount=size) for code, size in enumerate(sizes, start=1)
    )
    return Attribute(id="site", title={"en": "Site"}, categories=categories)
