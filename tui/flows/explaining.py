"""The arithmetic of scales on made-up answers."""

from __future__ import annotations

import random
import re

from instruments.answers import Answer, Choice, Rating, Skipped
from instruments.battery import cut
from instruments.errors import BadInput
from instruments.model import ChoiceFormat, Instrument, Item, RatingFormat, Scale
from instruments.wording import wording_of
from scoring.explain import explain
from scoring.items import scored_scales, spec_of
from scoring.reference import Reference, ReferenceRow, decode, default_row
from store.local_reference import saved_reference
from store.study import Study
from tui.flows.opening import definition_in, own_parts


def explained(study: Study, instrument_id: str | None, answers: str | None) -> dict[str, tuple[str, ...]]:
    """Return the steps of every scale in the study's battery, by ``instrument scale``."""
    if answers and not instrument_id:
        raise BadInput("--answers needs --instrument.", "Name the instrument that the answers are for.")
    asked, reference = _asked(study)
    chosen = [one for one in asked if one.scales and instrument_id in {None, one.id}]
    if not chosen:
        raise BadInput(
            f"Instrument: found {str(instrument_id)[:70]!r}; expected one of this battery, with scales."
        )
    language = study.setup().language
    return {
        f"{one.id} {scale.id}": explain(
            one, scale.id, _made_up(one, scale.id, answers), _row(one, scale, reference, language)
        )
        for one in chosen
        for scale in one.scales
    }


def _asked(study: Study) -> tuple[tuple[Instrument, ...], Reference | None]:
    """Return what was frozen, with its reference; before the study opens what would be, with a local one."""
    if study.is_open():
        public = study.public()
        return tuple(part.instrument for part in public.battery.parts), decode(public.reference)
    setup = study.setup()
    choices = (*setup.parts, *own_parts(study, setup))
    kept = saved_reference(study)
    instruments = tuple(cut(definition_in(study, one.instrument), one.scales) for one in choices)
    return instruments, None if kept is None else decode(kept)


def _row(
    instrument: Instrument, scale: Scale, reference: Reference | None, language: str
) -> ReferenceRow | None:
    if scale not in scored_scales(instrument):
        return None
    spec = spec_of(instrument, scale)
    known = {row.scale: row for row in reference.rows} if reference else {}
    return known.get(spec.id) or default_row(spec, wording_of(instrument, language))


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
