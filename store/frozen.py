"""What the private folder remembers of the public one: damage there is noticed before it does harm."""

from __future__ import annotations

from instruments.errors import BadInput
from store.public import POLICY, SALT, PublicStudy
from store.tiny import TinyStore

PUT_BACK = "Put back the file from a copy of the study folder; nothing was changed."
_TABLE = "frozen"


def remember(private: TinyStore, public: PublicStudy) -> None:
    """Keep what was just frozen: without the salt no ticket and no personal code would fit any more."""
    with private.transaction() as db:
        db.table(_TABLE).insert(_marks(public))


def was_frozen(private: TinyStore) -> bool:
    """Whether the study was ever opened, whatever became of its public folder."""
    return bool(private.snapshot().table(_TABLE).all())


def check_frozen(private: TinyStore, public: PublicStudy) -> None:
    """Raise BadInput when policy or salt are not those that were frozen."""
    rows = private.snapshot().table(_TABLE).all()
    marks = _marks(public)
    wrong = [name for name in marks if rows and rows[0].get(name) != marks[name]]
    if wrong:
        raise BadInput(f"{wrong[0]}: not the one that was frozen when the study opened.", PUT_BACK)


def _marks(public: PublicStudy) -> dict[str, str]:
    return {POLICY: public.policy_sha256, SALT: public.salt.hex()}
