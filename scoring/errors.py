"""Errors of scoring and release."""

from __future__ import annotations

from instruments.errors import BadInput, CareloadError


class ScoringError(CareloadError):
    """Numbers or definitions that cannot be scored."""


class PrivacyRefused(ScoringError):
    """A release that could give somebody away; nothing is written (exit 5)."""


class OffScale(ScoringError, BadInput):
    """An answer lies outside its response format; the message names item and row, never the answer."""


class ReferenceMissing(ScoringError, BadInput):
    """A scale of the battery has no reference row."""


class NoLabelsYet(ScoringError, BadInput):
    """Hours were handed in to learn from; weights are not re-estimated from hours."""


class BadModel(ScoringError, BadInput):
    """Cut hours, weights or reference figures that no population could have."""
