"""From a typed personal code to the respondent's key."""

from __future__ import annotations

from instruments.records import Policy
from store.codes import CodeKey, check_code
from store.cost import Cost
from store.public import PublicStudy


def key_from(text: str, public: PublicStudy) -> CodeKey:
    """Return the key of a typed personal code; KeyRefused names the wrong word where it can."""
    return CodeKey.derive(check_code(text), public.salt, cost=cost_for(public.policy))


def cost_for(policy: Policy) -> Cost:
    """Return what trying a code costs in a study: nothing in a rehearsal, which protects nobody."""
    return Cost.CHEAP if policy.rehearsal else Cost.INTERACTIVE
