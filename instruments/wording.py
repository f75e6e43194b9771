"""Whether the words on the screen are the published ones: fingerprints, verdicts, putting text in.

A definition holds fingerprints only, so nothing here can print a published text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from instruments.errors import BadInput, Fault
from instruments.lines import numbered_lines, readings_of
from instruments.model import ChoiceFormat, Format, Instrument, Item, RatingFormat, Texts, text_in
from instruments.questions import Wording
from instruments.texts import why_not_text
from instruments.verdicts import Kind, LineVerdict, WordingVerdict

_APOSTROPHES = re.compile("['\u2018\u2019]")
_OTHER = re.compile("[^a-z0-9]+")


def normalise(text: str) -> str:
    """Return `text` as it is fingerprinted: NFKC, lower case, no apostrophes, other signs as one space."""
    lowered = unicodedata.normalize("NFKC", text).lower()
    return _OTHER.sub(" ", _APOSTROPHES.sub("", lowered)).strip()


def fingerprint(text: str) -> str:
    """Return the SHA-256 (hex) of the normalised text."""
    return hashlib.sha256(normalise(text).encode("utf-8")).hexdigest()


def check_wording(
    instrument: Instrument, lines: Sequence[str], others: Sequence[Instrument] | None = None
) -> WordingVerdict:
    """Compare each line that is not blank with the fingerprint of the item it would be.

    Lines of `others` (every shipped instrument where None) are named as such.
    """
    own = {item.fingerprint: place for place, item in enumerate(instrument.items) if item.fingerprint}
    foreign = _foreign(instrument, _shipped() if others is None else others)
    found = _read(lines, {*own, *foreign})
    places = [own.get(line.print) for line in found]
    is_count_right = len(found) == len(instrument.items)
    names = [item.number or item.id for item in instrument.items]
    verdicts = []
    for index, (line, mine) in enumerate(zip(found, places, strict=True)):
        stranger = foreign.get(line.print, "")
        kind = _kind(index, places, is_foreign=bool(stranger), is_bad=bool(line.bad))
        other = names[mine] if mine is not None and mine != index else stranger
        item = names[index] if is_count_right else ""
        verdicts.append(LineVerdict(line.number, item, kind, other, line.bad))
    return WordingVerdict(
        instrument=instrument.name,
        expected=len(instrument.items),
        verdicts=tuple(verdicts),
        missing=tuple(name for place, name in enumerate(names) if place not in places),
        has_fingerprints=len(own) == len(instrument.items),
        anchors=_anchors(instrument),
        referent=bool(instrument.before),
    )


def apply_wording(instrument: Instrument, lines: Sequence[str], language: str) -> Instrument:
    """Return `instrument` with the lines as its items' texts in `language`.

    Raises BadInput, with every fault, when the number of lines is wrong or a line belongs to another item:
    then the key would not fit the text. Lines that differ from the published text are taken.
    """
    verdict = check_wording(instrument, lines)
    if not verdict.is_usable:
        faults = tuple(
            Fault("wording", line.line, "", str(line), "this item's text") for line in verdict.wrong
        )
        raise BadInput(
            f"{instrument.name}: this text cannot be used. {verdict.count_words}",
            "Give one item a line, in the published order.",
            faults,
        )
    found = _read(lines, {item.fingerprint for item in instrument.items})
    items = tuple(
        msgspec.structs.replace(item, text={**item.text, language: line.text})
        for item, line in zip(instrument.items, found, strict=True)
    )
    return msgspec.structs.replace(instrument, items=items)


def wording_of(instrument: Instrument, language: str) -> Wording:
    """Return the verdict on the texts that `instrument` carries now in `language`."""
    prints = [item for item in instrument.items if item.fingerprint]
    matching = sum(fingerprint(text_in(item.text, language)) == item.fingerprint for item in prints)
    status: Literal["published", "adapted", "own"] = "own"
    if prints:
        status = "published" if matching == len(instrument.items) else "adapted"
    return Wording(
        status=status,
        sha256=_sha256_of_texts(instrument, language),
        items_published=matching,
        items=len(instrument.items),
        anchors=_anchors(instrument) if prints else "ours",
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a pasted text: its number, its text without numbering, its fingerprint."""

    number: int
    text: str
    print: str
    bad: str


def _read(lines: Sequence[str], known: set[str]) -> list[_Line]:
    found = []
    for number, line in numbered_lines(lines):
        readings = readings_of(line)
        text = next((one for one in readings if fingerprint(one) in known), readings[0])
        if text:
            found.append(_Line(number, text, fingerprint(text), why_not_text(line)))
    return found


def _foreign(instrument: Instrument, others: Sequence[Instrument]) -> dict[str, str]:
    return {
        item.fingerprint: f"{other.name}, item {item.number or item.id}"
        for other in others
        if other.id != instrument.id
        for item in other.items
        if item.fingerprint
    }


def _shipped() -> list[Instrument]:
    from instruments.catalogue import shipped, shipped_ids

    return [shipped(instrument_id) for instrument_id in shipped_ids()]


def _kind(index: int, places: Sequence[int | None], *, is_foreign: bool, is_bad: bool) -> Kind:
    mine = places[index]
    if is_bad:
        return "refused"
    if mine is None:
        return "other instrument" if is_foreign else "differs"
    if mine == index:
        return "published"
    return "swapped" if mine < len(places) and places[mine] == index else "belongs elsewhere"


def _anchors(instrument: Instrument) -> Literal["as published", "recalled", "ours"]:
    """Return the weakest standing of the formats: their `evidence` begins with seen, recalled or ours."""
    marks = {fmt.evidence.split(":")[0].strip().lower() for fmt in instrument.formats}
    if marks <= {"seen"}:
        return "as published"
    return "recalled" if marks <= {"seen", "recalled"} else "ours"


def _sha256_of_texts(instrument: Instrument, language: str) -> str:
    shown = {
        "instrument": instrument.id,
        "before": text_in(instrument.before, language),
        "instructions": text_in(instrument.instructions, language),
        "items": [(item.id, text_in(item.text, language), item.format) for item in instrument.items],
        "formats": [(fmt.id, _labels(fmt, language)) for fmt in instrument.formats],
    }
    return hashlib.sha256(msgspec.json.encode(shown, order="sorted")).hexdigest()


def _labels(fmt: Format, language: str) -> list[str]:
    texts: list[Texts] = []
    if isinstance(fmt, ChoiceFormat):
        texts = [option.label for option in fmt.options]
    elif isinstance(fmt, RatingFormat):
        texts = [fmt.low, fmt.high]
    return [text_in(text, language) for text in texts]


def is_worded(item: Item, language: str) -> bool:
    """Whether `item` has a text that can be shown in `language`."""
    return bool(text_in(item.text, language).strip())
