"""Whether the words on the screen are the published ones: fingerprints, verdicts, putting text in.

A definition holds fingerprints only, so nothing here can print a published text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

import msgspec

from instruments.errors import BadInput, Fault
from instruments.model import ChoiceFormat, Format, Instrument, Item, RatingFormat, Texts, text_in
from instruments.records import Wording
from instruments.texts import why_not_text
from instruments.verdicts import LineVerdict, WordingVerdict

_APOSTROPHES = re.compile("['\u2018\u2019]")
_OTHER = re.compile("[^a-z0-9]+")
_NUMBER = re.compile(
    r"^\s*(?:[-*\u2022\u2013]\s+)?(?:[(\[]?(?:[A-Za-z]{0,2}|item|question)\s?\d{1,2}\s?[.):\]]+\s*|\d{1,2}\t\s*|[-*\u2022\u2013]\s+)",
    re.IGNORECASE,
)
"""Numbering that surely is none of the text: "3.", "(3)", "Q3:", "Item 3:", "3<tab>", a bullet."""
_BARE_NUMBER = re.compile(r"^\s*[A-Za-z]{0,2}\d{1,2}\s+")
_KEY_MARK = re.compile(
    r"\s*(?:\(\s*(?:r|rev|reverse|reversed|reverse[- ](?:scored|keyed))\s*\)|\*+)\s*$", re.IGNORECASE
)


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
    found = []
    for number, text in _texts(lines, {**dict.fromkeys(own), **dict.fromkeys(foreign)}):
        print_ = fingerprint(text)
        bad = why_not_text(text)
        found.append((number, text, own.get(print_), foreign.get(print_, ""), bad))
    belongs = [place for _, _, place, _, _ in found]
    verdicts = tuple(
        LineVerdict(
            line=number,
            item=_name(instrument, place) if len(found) == len(instrument.items) else "",
            kind=_kind(place, belongs, stranger, bad),
            other=stranger or (_name(instrument, mine) if mine is not None and mine != place else ""),
            bad=bad,
        )
        for place, (number, _, mine, stranger, bad) in enumerate(found)
    )
    return WordingVerdict(
        instrument=instrument.name,
        expected=len(instrument.items),
        verdicts=verdicts,
        missing=tuple(
            _name(instrument, place) for place in range(len(instrument.items)) if place not in belongs
        ),
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
    known = dict.fromkeys(item.fingerprint for item in instrument.items)
    texts = [text for _, text in _texts(lines, known)]
    items = tuple(
        msgspec.structs.replace(item, text={**item.text, language: text})
        for item, text in zip(instrument.items, texts, strict=True)
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


def _texts(lines: Sequence[str], known: dict[str, None]) -> list[tuple[int, str]]:
    """Return line number and text of every line that is not blank, without numbering and key marks."""
    found = []
    for number, line in enumerate(lines, start=1):
        text = _without_marks(line.lstrip("\ufeff").strip(), known)
        if text:
            found.append((number, text))
    return found


def _without_marks(line: str, known: dict[str, None]) -> str:
    unmarked = _KEY_MARK.sub("", line)
    certain = _NUMBER.sub("", unmarked, count=1)
    bare = _BARE_NUMBER.sub("", unmarked, count=1)
    for candidate in (line, unmarked, certain, bare):
        if fingerprint(candidate) in known:
            return candidate.strip()
    return certain.strip()


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


def _kind(
    place: int, belongs: Sequence[int | None], stranger: str, bad: str
) -> Literal["published", "differs", "swapped", "belongs elsewhere", "other instrument", "refused"]:
    mine = belongs[place]
    if bad:
        return "refused"
    if mine is None:
        return "other instrument" if stranger else "differs"
    if mine == place:
        return "published"
    swapped = mine < len(belongs) and belongs[mine] == place
    return "swapped" if swapped else "belongs elsewhere"


def _name(instrument: Instrument, place: int) -> str:
    item = instrument.items[place]
    return item.number or item.id


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
