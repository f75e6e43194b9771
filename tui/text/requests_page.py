"""Page of requests for help by name: how many there are, and who can open them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.text.blocks import Block, Column, Grid, Heading, Page, Paragraph, Row
from tui.text.cells import one_line
from tui.text.words import plural

SAYS_NOTHING = (
    "Asking says nothing about what somebody answered, or whether they took part. Please do not ask them.",
    "A request tells a name, how to reach the person and the kinds of help they ticked. It tells no tier.",
    "The names are shown here only, and are gone when the desk is left. Write down what you need.",
)


def requests_page(count: int, roles: Sequence[str] = ()) -> Page:
    """Return the page before the requests are opened; `roles` are those of the key holders."""
    blocks: list[Block] = [Heading("Requests for help by name", level=1)]
    if not count:
        blocks.append(Paragraph("Nobody has asked for help by name."))
    else:
        holders = " and ".join(one_line(role) for role in roles) or "the key holders"
        blocks.append(Paragraph(f"{plural(count, 'request')} lie sealed here. Only {holders} can open them."))
        blocks.append(
            Paragraph("Press r, then let each key holder name the key file and type the passphrase.")
        )
    return (*blocks, *(Paragraph(text, "note", bullet=True) for text in SAYS_NOTHING))


def opened_page(requests: Sequence[tuple[str, str, Sequence[str]]]) -> Page:
    """Return the page of opened requests: name, contact, kinds of help, in an order drawn by lot."""
    columns = (
        Column("Name", wraps=True),
        Column("How to reach them", wraps=True),
        Column("Help", wraps=True),
    )
    rows = tuple(
        Row((one_line(name), one_line(contact), ", ".join(one_line(kind) for kind in kinds)))
        for name, contact, kinds in requests
    )
    return (
        Heading("Requests for help by name", level=1),
        Grid(columns, rows) if rows else Paragraph("Nobody has asked for help by name."),
        *(Paragraph(text, "note", bullet=True) for text in SAYS_NOTHING),
    )
