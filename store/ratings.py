"""Marks that raters gave: kept in the private folder under a key that lies sealed among the texts.

Whoever cannot open the texts cannot read the marks either, and both go when the keys are destroyed.
"""

from __future__ import annotations

import random
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from instruments.errors import BadInput
from instruments.rating import MARKS, Look, may_look, together
from store.errors import Refused, guarded
from store.files import PRIVATE_FILE, read_bounded, write_atomic
from store.names import check_name, folder_in
from store.public import PRIVATE
from store.study import Study
from store.texts import KeptText, KeptTexts, open_texts
from store.tiny import TinyStore
from store.vault import PrivateKey

if TYPE_CHECKING:
    from tinydb import TinyDB

_WHAT = "The file of ratings"
Looks = dict[str, list[Look]]
"""Looks by the id of their text."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """The texts of a closed wave and what raters gave; every change is on disk before it returns."""

    kept: KeptTexts = field(repr=False)
    store: TinyStore

    @classmethod
    def open(cls, study: Study, privates: Sequence[PrivateKey]) -> Ratings:
        """Open the texts with all key holders' keys; Refused before closing, KeyRefused otherwise."""
        kept = open_texts(study, privates)
        path = folder_in(study.root, PRIVATE) / ratings_name(study.public().policy.wave)
        return cls(kept, TinyStore(path, _WHAT, key=bytes.fromhex(kept.ratings_key)))

    def looks(self) -> Looks:
        """Return all looks at each text, none for a text that nobody has seen."""
        return _looks(self.store.snapshot())

    def take_next(self, rater: str) -> KeptText | None:
        """Return the next text in the order of `rater` that is open to look at, and note that it was shown.

        None when there is none left for now.
        """
        with self.store.transaction() as db:
            looks = _looks(db)
            for text in self._in_order(db, rater):
                kind = may_look(rater, looks[text.id])
                if kind is None:
                    continue
                if not any(look.rater == rater for look in looks[text.id]):
                    db.table("looks").insert(msgspec.to_builtins(Look(text.id, rater, kind)))
                return text
        return None

    def give(self, rater: str, text: str, mark: int) -> None:
        """Keep the mark of `rater` for a text that was shown to them, also in place of an earlier mark.

        Refused when it was never shown to them, or a third look was given by others in the meantime.
        """
        if mark not in MARKS:
            raise BadInput(f"A mark: found {mark}; expected {MARKS.start} to {MARKS.stop - 1}.")
        with self.store.transaction() as db:
            seen = _looks(db)[text]
            own = next((look for look in seen if look.rater == rater), None)
            others = any(look.kind == "third" and look.mark is not None and look != own for look in seen)
            if own is None or others:
                raise Refused("This text was settled by others in the meantime.", "Go on with the next one.")
            db.table("looks").update(
                {"mark": mark}, lambda row: row["text"] == text and row["rater"] == rater
            )

    def _in_order(self, db: TinyDB, rater: str) -> tuple[KeptText, ...]:
        """Return the texts, form by form, shuffled for `rater` from the seed that is kept for them."""
        chance = random.Random(_seed(db, rater))  # noqa: S311 - an order to read in, no secret
        forms: dict[str, list[KeptText]] = defaultdict(list)
        for text in self.kept.texts:
            forms[text.form].append(text)
        names = sorted(forms)
        chance.shuffle(names)
        for name in names:
            chance.shuffle(forms[name])
        return tuple(text for name in names for text in forms[name])


def rater_name(names: Sequence[str]) -> str:
    """Return the one name of who looks: one rater, or two together; BadInput otherwise."""
    checked = [check_name(name, "a rater") for name in names]
    if not 1 <= len(set(checked)) <= 2:
        raise BadInput("Raters: expected one name, or the two names of those who look together.", "")
    return together(checked)


def keep_summary(study: Study, data: bytes) -> None:
    """Keep the figures of the ratings, in which no text, mark or name stands, for the plan."""
    write_atomic(_summary_path(study), data, PRIVATE_FILE, "The summary of ratings")


def read_summary(study: Study) -> bytes | None:
    """Return the figures of the ratings, None where there are none yet."""
    path = _summary_path(study)
    with guarded("The summary of ratings"):
        return read_bounded(path) if path.exists() else None


def ratings_name(wave: str) -> str:
    """Return the name of the file of marks in the private folder."""
    return f"ratings-{wave}"


def _summary_path(study: Study) -> Path:
    return folder_in(study.root, PRIVATE) / f"rating-{study.public().policy.wave}.json"


def _looks(db: TinyDB) -> Looks:
    looks: Looks = defaultdict(list)
    for row in db.table("looks").all():
        look = _as_look(dict(row))
        looks[look.text].append(look)
    return looks


def _as_look(row: dict[str, Any]) -> Look:
    try:
        return msgspec.convert(row, Look, strict=True)
    except msgspec.ValidationError:
        raise BadInput(f"{_WHAT} is not as careload writes it.", "Put back a copy.") from None


def _seed(db: TinyDB, rater: str) -> int:
    for row in db.table("raters").all():
        if row.get("rater") == rater:
            return int(row["seed"])
    seed = secrets.randbits(64)
    db.table("raters").insert({"rater": rater, "seed": seed})
    return seed
