"""Texts for raters: they leave the opened answers at closing, shuffled, and lie sealed for the key holders.

Of a text nothing is kept but the form of the task that it answers: no group, ticket, code or other answer.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from instruments.errors import BadInput
from instruments.model import Record
from instruments.records import canonical
from instruments.setup import Thresholds
from store.errors import Refused, guarded
from store.files import PRIVATE_FILE, read_bounded, write_atomic
from store.holders import keys_in_order
from store.names import folder_in
from store.public import PRIVATE
from store.records import read_own_record
from store.study import Study
from store.vault import PrivateKey, open_sealed, seal

_WHAT = "The texts for raters"
_INDEX = "texts"
"""Table of the study file that remembers what was written."""
LARGEST = 1 << 30
"""Bytes: 20,000 people's longest texts, each in two tasks, are fewer."""


class KeptText(Record, frozen=True):
    """One text, the form of its task such as ``summarise-a``, and a name drawn by lot."""

    id: str
    form: str
    text: str


class KeptTexts(Record, frozen=True):
    """The texts of one wave, shuffled, and the key (hex) under which their ratings are kept."""

    texts: tuple[KeptText, ...]
    ratings_key: str
    schema: int = 1


def keep_texts(study: Study, given: Iterable[tuple[str, str]], people: int, limits: Thresholds) -> int:
    """Seal the texts (form, text) of `people` respondents for the key holders; returns how many were kept.

    Of a form with fewer than `limits.k_detail` texts none is kept, and none at all below
    `limits.minimum_people`: what people write can tell who they are.
    """
    allowed = list(given) if people >= limits.minimum_people else []
    sizes = Counter(form for form, _ in allowed)
    kept = [
        KeptText(secrets.token_hex(8), form, text) for form, text in allowed if sizes[form] >= limits.k_detail
    ]
    secrets.SystemRandom().shuffle(kept)
    public = study.public()
    wave = public.policy.wave
    sealed = seal(canonical(KeptTexts(tuple(kept), secrets.token_hex(32))), public.publics)
    write_atomic(_path(study, wave), sealed, PRIVATE_FILE, _WHAT)
    with study.private.transaction() as db:
        index = db.table(_INDEX)
        index.remove(lambda row: row.get("wave") == wave)
        index.insert({"wave": wave, "sha256": hashlib.sha256(sealed).hexdigest()})
    return len(kept)


def open_texts(study: Study, privates: Sequence[PrivateKey]) -> KeptTexts:
    """Return the texts of the closed wave; Refused before closing, KeyRefused without the study's keys."""
    public = study.public()
    if not study.is_closed(public.policy.wave):
        raise Refused("Texts can be rated once the wave is closed.", "`careload close` closes it.")
    keys = keys_in_order(public, privates)
    data = _sealed(study, public.policy.wave)
    if data is None:
        raise Refused("No texts were kept at this closing.", "There is nothing to rate.")
    return read_own_record(open_sealed(data, keys), KeptTexts, "the texts for raters")


def check_texts(study: Study) -> None:
    """Raise BadInput when the sealed texts are not the file that was written at closing."""
    wave = study.public().policy.wave
    rows = [row for row in study.private.snapshot().table(_INDEX).all() if row.get("wave") == wave]
    data = _sealed(study, wave)
    found = hashlib.sha256(data).hexdigest() if data is not None else ""
    if found != (rows[0].get("sha256") if rows else ""):
        raise BadInput("These are not the texts that were sealed at closing.", "Put back your copy.")


def texts_name(wave: str) -> str:
    """Return the name of the file of sealed texts in the private folder."""
    return f"texts-{wave}"


def _sealed(study: Study, wave: str) -> bytes | None:
    path = _path(study, wave)
    with guarded(_WHAT):
        return read_bounded(path, LARGEST) if path.exists() else None


def _path(study: Study, wave: str) -> Path:
    return folder_in(study.root, PRIVATE) / texts_name(wave)
