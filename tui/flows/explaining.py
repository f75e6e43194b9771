"""The arithmetic of scales on made-up answers."""

from __future__ import annotations

import random
import re

from instruments.answers import Answer, Choice, Rating, Skipped
from instruments.errors import BadInput
from instruments.model import ChoiceFormat, Instrument, Item, RatingFormat
from scoring.explain import explain
from store.study import Study
from tui.flows.opening import definition_in


def explained(study: Study, instrument_id: str | None, answers: str | None) -> dict[str, tuple[str, ...]]:
    """Return the steps of every scale in the study's battery, by ``instrument scale``."""
    if answers and not instrument_id:
        raise BadInput("--answers needs --instrument.", "Name the instrument that the answers are for.")
    setup = study.setup()
    parts = [part for part in setup.parts if instrument_id in {None, part.instrument}]
    if not parts:
        raise BadInput(
            f"Instrument: found {str(instrument_id)[:70]!r}; expected one of this study's battery."
        )
    chapters: dict[str, tuple[str, ...]] = {}
    for part in parts:
        instrument = definition_in(study, part.instrument)
        scales = part.scales or tuple(scale.id for scale in instrument.scales)
        for scale in scales:
            given = _made_up(instrument, scale, answers)
            chapters[f"{instrument.id} {scale}"] = explain(instrument, scale, given)
    return chapters


def _made_up(instrument: Instrument, scale_id: str, answers: str | None) -> dict[str, Answer]:
    items = [instrument.item(name) for name in instrument.scale(scale_id).items]
    if answers is None:
        chance = random.Random(scale_id)  # noqa: S311 - made-up answers for an example
        return {item.id: _any_answer(instrument, item, chance) for item in items}
    entries = [entry.strip() for entry in answers.split(",")]
    if len(entries) != len(items):
        raise BadInput(f"--answers: found {len(entries)}; expected {len(items)} for the scale {scale_id}.")
    return {item.id: _typed(instrument, item, entry) for item, entry in zip(items, entries, strict=True)}


def _any_answer(instrument: Instrument, item: Item, chance: random.Random) -> Answer:
    match instrument.format_of(item):
        case ChoiceFormat(options=options):
            return Choice(code=chance.choice(options).code)
        case RatingFormat(minimum=low, maximum=high, step=step):
            return Rating(value=chance.randrange(low, high + 1, step))
        case _:
            return Skipped()


def _typed(instrument: Instrument, item: Item, entry: str) -> Answer:
    from instruments.answers import why_not

    if entry == "-":
        return Skipped()
    if not re.fullmatch(r"-?[0-9]{1,9}", entry):
        raise BadInput(f"--answers: found {entry[:20]!r}; expected a whole number, or - for no answer.")
    fmt = instrument.format_of(item)
    answer: Answer = Rating(value=int(entry)) if isinstance(fmt, RatingFormat) else Choice(code=int(entry))
    problem = why_not(answer, fmt)
    if problem:
        raise BadInput(f"--answers: found {entry} for item {item.number or item.id}. {problem}")
    return answer
