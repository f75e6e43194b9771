"""What the organisation says became of its pledges: in the public folder, for everybody to read."""

from __future__ import annotations

from typing import Literal

from instruments.model import Record
from instruments.records import canonical
from store.errors import Refused, unavailable
from store.files import PUBLIC_FILE, read_bounded, write_atomic
from store.names import folder_in
from store.public import PUBLIC, PublicStudy
from store.records import read_own_record
from store.study import Study

PLEDGES = "pledges.json"
Met = Literal["met", "not met", "cannot be told"]
Said = Literal["kept", "not yet", "broken"]


class Saying(Record, frozen=True):
    """One pledge by its number in the policy: what the release tells, and what the organisation says."""

    number: int
    met: Met
    said: Said


class Sayings(Record, frozen=True):
    """All pledges of the frozen policy with this hash."""

    policy_sha256: str
    sayings: tuple[Saying, ...]
    schema: int = 1


def write_sayings(study: Study, sayings: tuple[Saying, ...]) -> None:
    """Keep `sayings`; Refused before the wave is closed."""
    public = study.public()
    if not study.is_closed(public.policy.wave):
        raise Refused("Nothing can be said about a pledge before the wave is closed.", "")
    path = folder_in(study.root, PUBLIC) / PLEDGES
    data = canonical(Sayings(public.policy_sha256, sayings))
    write_atomic(path, data, PUBLIC_FILE, "The study's public folder")


def read_sayings(public: PublicStudy) -> tuple[Saying, ...]:
    """Return what was said; nothing where nobody has said anything about these rules."""
    try:
        data = read_bounded(folder_in(public.root, PUBLIC) / PLEDGES)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unavailable("What was said about the pledges", error) from None
    kept = read_own_record(data, Sayings, PLEDGES)
    return kept.sayings if kept.policy_sha256 == public.policy_sha256 else ()
