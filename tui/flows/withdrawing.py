"""Taking everything back that is kept under a personal code: what was handed in, and what was begun here."""

from __future__ import annotations

from pathlib import Path

from instruments.model import Record
from store.codes import CodeKey
from store.drafts import Draft, default_state_dir
from store.errors import AlreadyClosed, KeyRefused, Unavailable
from store.inbox import withdraw
from store.public import PublicStudy


class TakenBack(Record, frozen=True):
    """What was removed."""

    handed_in: bool
    unfinished: bool
    """Whether an unfinished sitting lay on this machine."""

    def lines(self, public: PublicStudy) -> tuple[str, ...]:
        """Return what was removed and what can be done now."""
        gone = ("Your unfinished answers on this computer have been removed.",) if self.unfinished else ()
        if not self.handed_in:
            return gone
        way = "your ticket" if public.policy.tickets else "your code or a new one"
        return (
            *gone,
            "Your answers and your own result have been removed. Nothing of them is left here.",
            f"Until this round closes you can take part again with {way}.",
        )


def take_back(public: PublicStudy, key: CodeKey, state_dir: Path | None = None) -> TakenBack:
    """Remove the submission, its own result and the draft of this code for good.

    A draft can go also when the wave is closed. Raises what `store.inbox.withdraw` raises where neither is
    there, or where the submission cannot be taken back and there was no draft.
    """
    draft = _draft(public, key, state_dir)
    if draft is not None:
        draft.delete()
    try:
        withdraw(public, key)
    except (AlreadyClosed, KeyRefused):
        if draft is None:
            raise
        return TakenBack(handed_in=False, unfinished=True)
    return TakenBack(handed_in=True, unfinished=draft is not None)


def _draft(public: PublicStudy, key: CodeKey, state_dir: Path | None) -> Draft | None:
    try:
        folder = default_state_dir() if state_dir is None else state_dir
    except Unavailable:
        return None  # an account without a place for drafts has none
    return Draft.find(folder, key, public.policy.study, public.policy.wave)
