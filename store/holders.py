"""The key holders' keys of one study, in the order in which answers were sealed for them."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import KeyRefused
from store.public import PublicStudy
from store.vault import PrivateKey


def keys_in_order(public: PublicStudy, privates: Sequence[PrivateKey]) -> tuple[PrivateKey, ...]:
    """Return the study's keys in the policy's order; KeyRefused when one is missing or another's."""
    by_public = {private.public_hex: private for private in privates}
    missing = [h.role for h in public.policy.key_holders if h.public_key not in by_public]
    if missing:
        raise KeyRefused(f"The key is missing of: {', '.join(missing)}.", "All key holders open together.")
    if len(by_public) > len(public.publics):
        raise KeyRefused("One of the keys does not belong to this study.", "Leave it out.")
    return tuple(by_public[key] for key in public.publics)
