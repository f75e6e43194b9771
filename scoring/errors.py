"""Errors of scoring and release."""

from __future__ import annotations

from instruments.errors import CareloadError


class ScoringError(CareloadError):
    """Numbers or definitions that cannot be scored."""


class PrivacyRefused(ScoringError):
    """A release that could give somebody away; nothing is written (exit 5)."""
