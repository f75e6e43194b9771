"""A closed study with texts to rate, made at the store with cheap keys."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from instruments.battery import build_battery
from instruments.catalogue import shipped
from instruments.setup import Thresholds
from instruments.tasks.catalogue import shipped_tasks
from scoring.pinned import pin
from scoring.reference import default_reference, encode
from store.closing import collect
from store.ratings import Ratings
from store.study import Study
from store.texts import keep_texts
from tests.store.examples import Opened, make_keys, policy_for, setup_for
from tui.flows.rating import RatingSession

BATTERY = build_battery("custom", "en", (), (), shipped, tasks=shipped_tasks())


@dataclass(frozen=True)
class Closed:
    """A closed study and what its key holders can open."""

    opened: Opened

    @property
    def study(self) -> Study:
        return self.opened.study

    def ratings(self) -> Ratings:
        """Open texts and marks anew, as another rater's program would."""
        return Ratings.open(self.study, self.opened.privates)

    def session(self, rater: str) -> RatingSession:
        """Begin a rater's sitting, with the first text in front."""
        session = RatingSession(self.ratings(), self.study.public(), rater)
        session.go_on()
        return session


@cache
def frozen_parts() -> tuple[bytes, bytes]:
    """Reference and scoring of the battery, as opening freezes them."""
    reference = default_reference(BATTERY)
    return encode(reference), pin(BATTERY, reference, (1.0, 2.0, 4.0))


def open_with_tasks(root: Path) -> Opened:
    """Lay out and open a study that asks the shipped tasks only."""
    keys = make_keys()
    setup = setup_for(tuple(key.public_hex for key in keys), tickets=False)
    study = Study.create(root, setup)
    reference, scoring = frozen_parts()
    policy = msgspec.structs.replace(
        policy_for(setup, BATTERY),
        reference_sha256=hashlib.sha256(reference).hexdigest(),
        scoring_sha256=hashlib.sha256(scoring).hexdigest(),
    )
    study.freeze(policy, BATTERY, reference, scoring)
    return Opened(study, keys)


def closed_with(root: Path, texts: Sequence[tuple[str, str]]) -> Closed:
    """Close a new study whose people let raters read `texts` (form, text)."""
    opened = open_with_tasks(root)
    collect(opened.study, opened.privates)
    keep_texts(opened.study, texts, max(15, len(texts)), Thresholds())
    opened.study.write_release(b"{}")
    opened.study.mark_closed("baseline")
    return Closed(opened)
