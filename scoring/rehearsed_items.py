"""How answers to one item of a made-up organisation come about."""

from __future__ import annotations

import math

import numpy as np

from instruments.model import NEEDS, ChoiceFormat, Format, Need, RatingFormat, Scale
from instruments.records import Question
from scoring.rehearsed_people import Frame, ItemTruth, Organisation

TILT: dict[Need, float] = {"safety": 0.65, "agility": 0.5, "headroom": 0.15, "capability": 0.2}
"""How far the average answer lies on the favourable side, as means of such scales do (assumed)."""
REACH = 2.2
"""The answers cut the line into steps between so many SD below and above, where no frame is given."""
DIFFICULTY_SD = 0.3
BIASED_SHARE = 1 / 3
PLAIN_LOADING = 0.3


def item_truth(
    question: Question, scale: Scale | None, one: Organisation, difficulty: float, rng: np.random.Generator
) -> ItemTruth:
    """Return how answers to `question` of `scale` come about; without a need they only lean with all four."""
    favourable = 1.0 if scale is None or scale.favourable == "high" else -1.0
    key = f"{question.id.split('/', 1)[0]}/{scale.id}" if scale else ""
    need = scale.need if scale else None
    loading = float(rng.uniform(*one.loadings)) if need else PLAIN_LOADING
    frame, direction = one.frames.get(key), -favourable if question.item.reverse else favourable
    centre, low, high = direction * (TILT[need] if need and not frame else 0.0), -REACH, REACH
    if scale and frame:
        low, high = _window(frame, question, len(scale.items), loading, one)
    return ItemTruth(
        scale=key,
        need=NEEDS.index(need) if need else 0,
        loading=loading,
        direction=direction,
        centre=centre + difficulty,
        low=low,
        high=high,
        biased=bool(rng.random() < BIASED_SHARE),
    )


def _window(
    frame: Frame, question: Question, items: int, loading: float, one: Organisation
) -> tuple[float, float]:
    """Return the ends of the line between which the scale's mean and SD come out about as in `frame`.

    Leaves aside that answers stop at both ends; a person's taste is taken to cancel out by half.
    """
    steps = steps_of(question.format)
    own = (1 - loading**2 + one.taste_sd**2 / 2) / items + one.taste_sd**2 / 2
    spread = math.sqrt(loading**2 * (1 + one.mood_sd**2) + own)
    width = spread * steps / ((steps - 1) * frame.spread)
    position = 1 - frame.position if question.item.reverse else frame.position
    middle = (position * (steps - 1) + 0.5) / steps
    return -middle * width, (1 - middle) * width


def steps_of(fmt: Format) -> int:
    """Return how many answers a closed list or a line has; 2 for anything else."""
    match fmt:
        case ChoiceFormat(options=options):
            return len(options)
        case RatingFormat(minimum=low, maximum=high, step=step):
            return (high - low) // step + 1
        case _:
            return 2
