"""Pages that show the personal code: the words stand out."""

from __future__ import annotations

from textual.content import Content

from tui import take_texts as texts
from tui.flows.places import Place
from tui.text.cells import pad

_CODE = "bold $text-accent"


def code_content(code: str) -> Content:
    """Return the page that shows a new personal code."""
    words = [f"{number}  {word}" for number, word in enumerate(code.split(), 1)]
    return Content("\n").join(
        [
            Content(texts.CODE_YOURS),
            Content(""),
            *(Content.styled(f"    {word}", _CODE) for word in words),
            Content(""),
            Content(texts.CODE_USE),
            Content(""),
            Content(texts.CODE_NOTE),
        ]
    )


def receipt_content(code: str, place: Place, *, has_tickets: bool, has_own: bool = True) -> Content:
    """Return the receipt: the code again, and what can be done with it."""
    opens = texts.code_opens(place, has_tickets=has_tickets, has_own=has_own)
    ways = [Content(f"  · {pad(f'{what}:', 37)}{how}") for what, how in opens]
    return Content("\n").join(
        [
            Content(texts.CODE_AGAIN),
            Content(""),
            Content.styled(f"    {code}", _CODE),
            Content(""),
            Content(texts.WITH_IT),
            *ways,
            Content(""),
            *([] if has_own else [Content(texts.NO_OWN)]),
            Content(texts.GONE),
        ]
    )


def leave_content(left: str, code: str, *, is_shown: bool) -> Content:
    """Return what is said on leaving; the code only on demand."""
    shown = [Content(""), Content.styled(code, _CODE)] if is_shown else []
    return Content("\n").join([Content(left), *shown])
