"""Who is in a made-up organisation, and the truth about them that no scorer may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from instruments.model import NEEDS
from instruments.setup import Attribute

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEED_CORRELATION = np.array(
    [[1.0, 0.3, 0.3, 0.15], [0.3, 1.0, 0.2, 0.35], [0.3, 0.2, 1.0, 0.1], [0.15, 0.35, 0.1, 1.0]]
)
"""Correlation of the four needs within a team, assumed; order of `NEEDS`."""
GROUP_SD = 0.3
"""Spread between the categories of one attribute, in standard deviations of a person; assumed."""
TEAM_SD = 0.35
TEAM_SIZE = 8
TYPE_SD = 0.8
"""Spread of the types' means where an organisation has types of people."""
RESPONSE_RATES = (0.55, 0.9)
TRUE_WEIGHTS = (0.1, 0.4, 0.45, 0.45, 0.6, 0.4, 0.4)
"""Hours a month: base, deficit of each need, safety x headroom, agility x capability."""
CUT_HOURS = (1.0, 2.0, 4.0)
CARELESS_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the answers to one scale lie: mean and SD as shares of the way between its ends."""

    position: float
    spread: float


@dataclass(frozen=True, slots=True)
class Organisation:
    """What is assumed of a made-up organisation; every figure is ours."""

    shift: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Mean of the needs, in SD of the reference population."""
    types: int = 0
    """Number of types of people; 0: needs spread without any."""
    loadings: tuple[float, float] = (0.6, 0.8)
    """Items correlate between these two figures with what their scale measures."""
    mood_sd: float = 0.35
    """Of one scale on one day, in SD of the need: what keeps a retest below alpha."""
    taste_sd: float = 0.3
    """A person's taste for one end of the answers, whatever is asked."""
    frames: Mapping[str, Frame] = field(default_factory=dict)
    """By scale (``instrument/scale``), where answers lie; other scales lie somewhat on the good side."""
    item_bias: float = 0.0
    """In a third of the items one group answers this much less favourably, for the same need."""
    careless: float = CARELESS_SHARE
    weights: tuple[float, ...] = TRUE_WEIGHTS
    outcome_log_sd: float = 0.5
    cut_hours: tuple[float, float, float] = CUT_HOURS
    silence: float = 0.5
    """How much rarer asking for help becomes per SD less of safety, in log-odds."""
    response: float = 0.7
    response_on_need: float = 0.0
    """How much rarer answering becomes per SD more of log hours needed, in log-odds."""


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """How the answers to one item come about, for whoever knows everything but the people.

    A person's place on the line is ``direction (loading x (need + mood) + bias) + taste + centre + noise``,
    noise with variance ``1 - loading^2``; the line is cut into equal steps between `low` and `high`.
    """

    scale: str
    need: int
    loading: float
    direction: float
    centre: float
    low: float
    high: float
    biased: bool


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What the simulation knows and no scorer may see; people on axis 0."""

    needs: Floats
    """Latent needs (n, 4) in the order of `NEEDS`; high is good for the person."""
    careless: Flags
    kind: NDArray[np.str_]
    """How a careless person answers; empty for everybody else."""
    team: Ints
    groups: dict[str, Ints]
    """Category code of each attribute, before anybody left it out."""
    weights: tuple[float, ...]
    hours: Floats
    """Hours a month of other people's time really needed."""
    tier: Ints
    received: Floats
    """Hours a month of help got."""
    wanted: Floats
    """Hours a month of help wanted and not got."""
    responded: Flags
    """Who would have answered of their own accord; `simulate` lets everybody answer."""
    items: dict[str, ItemTruth]
    """By question id."""


def seats(attribute: Attribute, people: int, rng: np.random.Generator) -> Ints:
    """Return who takes part, as codes (people,): drawn from the headcounts at uneven response rates."""
    codes = np.array([c.code for c in attribute.categories for _ in range(c.headcount)], dtype=np.int64)
    rates = {c.code: rng.uniform(*RESPONSE_RATES) for c in attribute.categories}
    weights = np.array([rates[int(code)] for code in codes])
    arrival = rng.exponential(size=len(codes)) / weights
    chosen = codes[np.argsort(arrival)[:people]]
    pool = codes if len(codes) else np.array([c.code for c in attribute.categories], dtype=np.int64)
    extra = rng.choice(pool, size=people - len(chosen))
    return np.asarray(rng.permutation(np.concatenate([chosen, extra])), dtype=np.int64)


def teams(people: int, rng: np.random.Generator) -> Ints:
    """Return the team of each person, (people,)."""
    return np.asarray(rng.permutation(np.arange(people) // TEAM_SIZE), dtype=np.int64)


def needs_of(groups: tuple[Ints, ...], team: Ints, one: Organisation, rng: np.random.Generator) -> Floats:
    """Return latent needs (n, 4): correlated, about unit variance, with effects of group, team and type."""
    people = len(team)
    own = rng.standard_normal((people, len(NEEDS))) @ np.linalg.cholesky(NEED_CORRELATION).T
    shared = TEAM_SD * rng.standard_normal((people // TEAM_SIZE + 1, len(NEEDS)))[team]
    for codes in groups:
        _, place = np.unique(codes, return_inverse=True)
        shared = shared + GROUP_SD * rng.standard_normal((int(place.max(initial=0)) + 1, 4))[place]
    if one.types:
        kinds = TYPE_SD * rng.standard_normal((one.types, len(NEEDS)))
        shared = shared + kinds[rng.integers(one.types, size=people)]
    return np.asarray(own * np.sqrt(own_variance(len(groups), one)) + shared + np.array(one.shift))


def own_variance(attributes: int, one: Organisation) -> float:
    """Return what is left of a unit variance for the person, beside team, groups and types."""
    return max(1.0 - TEAM_SD**2 - GROUP_SD**2 * attributes - (TYPE_SD**2 if one.types else 0.0), 0.3)


def deficits_of(needs: Floats) -> Floats:
    """Return (n, 6): the smooth deficits log(1 + exp(-1.3 x)) / 1.3, then the two products of them."""
    lack = np.logaddexp(0.0, -1.3 * needs) / 1.3
    both = np.stack([lack[:, 0] * lack[:, 2], lack[:, 1] * lack[:, 3]], axis=1)
    return np.concatenate([lack, both], axis=1)


def hours_needed(needs: Floats, one: Organisation, rng: np.random.Generator) -> Floats:
    """Return hours a month (n,): the true weights times the deficits, with log-normal noise of mean 1."""
    expected = one.weights[0] + deficits_of(needs) @ np.array(one.weights[1:])
    noise = one.outcome_log_sd * rng.standard_normal(len(needs)) - one.outcome_log_sd**2 / 2
    return np.asarray(expected * np.exp(noise))


def tiers_of(hours: Floats, one: Organisation) -> Ints:
    """Return the tier 0-3 (n,) that `hours` fall into."""
    return np.searchsorted(np.array(one.cut_hours), hours, side="right").astype(np.int64)


def responding(hours: Floats, one: Organisation, rng: np.random.Generator) -> Flags:
    """Return who answers of their own accord, (n,); with `response_on_need` the needier more rarely."""
    level = np.log(hours)
    spread = float(level.std()) if len(level) else 0.0
    z = (level - level.mean()) / spread if spread > 0 else np.zeros(len(level))
    odds = np.log(one.response / (1 - one.response)) - one.response_on_need * z
    return np.asarray(rng.random(len(hours)) < 1 / (1 + np.exp(-odds)))
