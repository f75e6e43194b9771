"""Errors of scoring and release."""

from __future__ import annotations

from instruments.errors import BadInput, CareloadError


class ScoringError(CareloadError):
    """Numbers or definitions that cannot be scored."""


class PrivacyRefused(ScoringError):
    """A release that could give somebody away; nothing is written (exit 5)."""


class OffScale(ScoringError, BadInput, ValueError):
    """An answer lies outside its response format; the message names item and row, never the answer."""


class ReferenceMissing(ScoringError, BadInput):
    """A scale of the battery has no reference row."""


class BadModel(ScoringError, BadInput, ValueError):
    """Cut hours, weights, hours needed or reference figures that no population could have."""


class ReceivedOnly(ScoringError, BadInput):
    """Hours of help received without hours wanted and not got: no weights are learnt from them."""


class BadCourses(ScoringError, BadInput, ValueError):
    """Courses or supporters that no plan can be made of, such as negative hours."""
