"""From a typed personal code to the respondent's key."""

from __future__ import annotations

from store.codes import CodeKey, check_code
from store.cost import Cost
from store.public import PublicStudy


def key_from(text: str, public: PublicStudy) -> CodeKey:
    """Return the key of a typed personal code; KeyRefused names the wrong word where it can."""
    cost = Cost.CHEAP if public.policy.rehearsal else Cost.INTERACTIVE
    return CodeKey.derive(check_code(text), public.salt, cost=cost)
