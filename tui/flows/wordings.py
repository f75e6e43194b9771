"""Putting published wording into a study that is not open yet."""

from __future__ import annotations

from pathlib import Path

from instruments.errors import BadInput
from instruments.model import Instrument, Record
from instruments.wording import apply_wording, check_wording, wording_of
from store.files import read_bounded
from store.study import Study
from tui.flows.opening import definition_in, own_parts

MAX_BYTES = 256 * 1024


class WordingOutcome(Record, frozen=True):
    """What the check found, and whether the text is in the study now."""

    instrument: str
    lines: tuple[str, ...]
    kept: bool


def put_wording_in(study: Study, instrument_id: str, source: Path, *, accept_adapted: bool) -> WordingOutcome:
    """Check the lines of `source` against the fingerprints of `instrument_id`; keep them if they may be kept.

    Text that differs from the published one is kept only with `accept_adapted`, and then counts as adapted.
    """
    setup = study.setup()
    asked = [part.instrument for part in (*setup.parts, *own_parts(study, setup))]
    if instrument_id not in asked:
        raise BadInput(f"Instrument: found {instrument_id[:70]!r}; expected one of {', '.join(asked)}.")
    instrument = definition_in(study, instrument_id)
    lines = _lines(source)
    verdict = check_wording(instrument, lines)
    told = list(verdict.lines)
    if not verdict.is_usable:
        return WordingOutcome(instrument=instrument_id, lines=(*told, "Nothing was changed."), kept=False)
    if not verdict.is_published and instrument.licence and not instrument.licence.may_be_adapted:
        told.append("Nothing was changed. The licence of this instrument forbids any other wording.")
        return WordingOutcome(instrument=instrument_id, lines=tuple(told), kept=False)
    if not verdict.is_published and not accept_adapted:
        told.append("Nothing was changed. To use this text all the same, as adapted, add --accept-adapted.")
        return WordingOutcome(instrument=instrument_id, lines=tuple(told), kept=False)
    told.append(_put_in(study, apply_wording(instrument, lines, setup.language), setup.language))
    return WordingOutcome(instrument=instrument_id, lines=tuple(told), kept=True)


def _put_in(study: Study, instrument: Instrument, language: str) -> str:
    study.save_definition(instrument)
    return f"The study now has {wording_of(instrument, language)}."


def _lines(source: Path) -> list[str]:
    try:
        return read_bounded(source, MAX_BYTES).decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{source.name}: found other bytes than UTF-8 text; expected one item a line."
        ) from error
    except OSError as error:
        raise BadInput(f"{source.name}: the file cannot be read.", "Check its name and rights.") from error
