"""Text from people or files never becomes a control sequence."""

from __future__ import annotations

from instruments.texts import CONTROL


def clean(text: str) -> str:
    """Return `text` without control characters (tab and newline stay) and bidirectional overrides."""
    return CONTROL.sub("", text)
