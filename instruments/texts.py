"""What may stand in a text that people will see: no control characters, no markup, not too long."""

from __future__ import annotations

import re

MAX_TEXT = 2000
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""C0 but tab and newline, C1, line separators and bidirectional marks and overrides."""
MARKUP = re.compile(r"</?[A-Za-z!][^<>\n]*>|\[/?[A-Za-z#@$][^\[\]\n]*\]|\[/\]")
"""Tags of HTML (``<b>``) and of Textual (``[b]``, ``[/]``)."""
_BEFORE = r"[\s\"'`\u00ab\u00bb\u2018-\u201f\u00ad\u200b-\u200f\u2060\ufeff]*"
"""Spaces, quotes and marks without width."""
RUNNABLE = re.compile(_BEFORE + r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]|\s*[\t\r]")
"""A beginning that spreadsheets read as a formula, also full-width or small, after spaces and quotes."""


def why_not_text(text: str) -> str:
    """Return what stands in `text` that may not, or an empty string."""
    control = CONTROL.search(text)
    if control:
        return f"the control character U+{ord(control.group()):04X}"
    if MARKUP.search(text):
        return "markup such as <b> or [b]"
    return f"{len(text):,} characters" if len(text) > MAX_TEXT else ""


def shorten(value: object, longest: int = 60) -> str:
    """Return `value` as a short Python literal without control characters."""
    text = repr(value[:200]) if isinstance(value, str) else repr(value)
    text = CONTROL.sub("?", text)
    return text if len(text) <= longest else text[: longest - 3] + "..."
