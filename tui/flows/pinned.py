"""What a study's people are scored with: the same for the own result and for the release."""

from __future__ import annotations

from functools import lru_cache

from scoring import pinned, reference
from scoring.pinned import PinnedScoring
from scoring.pipeline import build_pipeline
from store.public import PublicStudy


def scoring_of(public: PublicStudy) -> PinnedScoring:
    """Return the frozen scoring; in a study opened without one, what its frozen reference gives."""
    if public.scoring:
        return _decoded(public.scoring)
    frozen = reference.decode(public.reference)
    return PinnedScoring(build_pipeline(public.battery, frozen, public.policy.cut_hours))


@lru_cache(maxsize=2)
def _decoded(data: bytes) -> PinnedScoring:
    """Return the scoring in `data`; a rehearsal reads the same for hundreds of people."""
    return pinned.decode(data)
