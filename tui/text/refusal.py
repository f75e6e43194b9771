"""What stands in place of a page that could not be made."""

from __future__ import annotations

from instruments.errors import CareloadError
from tui.text.blocks import Page, Paragraph


def refusal_page(error: CareloadError) -> Page:
    """Return a page that tells why there is none, and what to do."""
    return (Paragraph(f"{error.message} {error.todo}".strip(), "warn"),)
