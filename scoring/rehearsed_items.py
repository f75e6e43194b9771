"""How answers to one item of a made-up organisation come about."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from instruments.model import NEEDS, ChoiceFormat, Format, Need, RatingFormat, Scale
from instruments.questions import Battery, Question
from scoring.rehearsed_people import Frame, ItemTruth, Organisation

TILT: dict[Need, float] = {"safety": 0.65, "agility": 0.5, "headroom": 0.15, "capability": 0.2}
"""How far the average answer lies on the favourable side, as means of such scales do (assumed)."""
REACH = 2.2
"""The answers cut the line into steps between so many SD below and above, where no frame is given."""
DIFFICULTY_SD = 0.3
BIASED_SHARE = 1 / 3
PLAIN_LOADING = 0.3


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and the scale that scores it, if any."""

    question: Question
    scale: Scale | None = None
    balance: float = 1.0
    """1 where all items of the scale point one way, 0 where half of them are reversed."""


def asked(battery: Battery) -> list[Asked]:
    """Return all questions with their scales; a scale that feeds a need goes before one that does not."""
    out = []
    for question in battery.questions():
        instrument = battery.parts[question.part].instrument
        own = sorted(
            (scale for scale in instrument.scales if question.item.id in scale.items),
            key=lambda scale: scale.need is None,
        )
        signs = [-1 if instrument.item(name).reverse else 1 for name in own[0].items] if own else [1]
        out.append(Asked(question, own[0] if own else None, abs(sum(signs)) / len(signs)))
    return out


def item_truth(one: Asked, organisation: Organisation, rng: np.random.Generator) -> ItemTruth:
    """Return how answers to `one` come about; without a need they only lean with all four."""
    question, scale = one.question, one.scale
    favourable = 1.0 if scale is None or scale.favourable == "high" else -1.0
    key = f"{question.id.split('/', 1)[0]}/{scale.id}" if scale else ""
    need = scale.need if scale else None
    loading = float(rng.uniform(*organisation.loadings)) if need else PLAIN_LOADING
    frame, direction = organisation.frames.get(key), -favourable if question.item.reverse else favourable
    centre, low, high = direction * (TILT[need] if need and not frame else 0.0), -REACH, REACH
    if scale and frame:
        low, high = _window(frame, question, _spread(loading, len(scale.items), one.balance, organisation))
    return ItemTruth(
        scale=key,
        need=NEEDS.index(need) if need else 0,
        loading=loading,
        direction=direction,
        centre=centre + float(rng.normal(0.0, DIFFICULTY_SD)),
        low=low,
        high=high,
        biased=bool(rng.random() < BIASED_SHARE),
    )


def _spread(loading: float, items: int, balance: float, one: Organisation) -> float:
    """Return the SD of the mean of a scale's items on the latent line."""
    taste = (balance * one.taste_sd) ** 2
    return math.sqrt(loading**2 * (1 + one.mood_sd**2) + (1 - loading**2) / items + taste)


def _window(frame: Frame, question: Question, spread: float) -> tuple[float, float]:
    """Return the ends of the line between which the scale's mean and SD come out about as in `frame`.

    Answers stop at both ends, which narrows the scale by the share of people who are between them.
    """
    steps = steps_of(question.format)
    position = 1 - frame.position if question.item.reverse else frame.position
    middle = (position * (steps - 1) + 0.5) / steps
    whole = width = spread * steps / ((steps - 1) * frame.spread)
    for _ in range(3):
        width = whole * _between(-middle * width, (1 - middle) * width)
    return -middle * width, (1 - middle) * width


def _between(low: float, high: float) -> float:
    """Return the share of a standard normal line between two places."""
    return (math.erf(high / math.sqrt(2)) - math.erf(low / math.sqrt(2))) / 2


def steps_of(fmt: Format) -> int:
    """Return how many answers a closed list or a line has; 2 for anything else."""
    match fmt:
        case ChoiceFormat(options=options):
            return len(options)
        case RatingFormat(minimum=low, maximum=high, step=step):
            return (high - low) // step + 1
        case _:
            return 2
