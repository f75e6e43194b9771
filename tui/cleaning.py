"""Text from people or files never becomes a control sequence."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def clean(text: str) -> str:
    """Return `text` without control characters (tab and newline stay) and bidirectional overrides."""
    return _CONTROL.sub("", text)
