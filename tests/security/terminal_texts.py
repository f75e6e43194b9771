"""Five hundred texts that have broken terminals, markup and tables before."""

from __future__ import annotations

import random

PIECES: tuple[str, ...] = (
    *(
        "[/x]",
        "[/]",
        "[bold]b[/bold]",
        "[red on blue]",
        "[@click=app.bell]",
        "[[",
        "]]",
        "[",
        "\\[x]",
        "<b>",
        "&lt;",
    ),
    *(
        "\x1b]0;t\x07",
        "\x1b[31m",
        "\x1b[2J",
        "\x1bP1$r\x1b\\",
        "\x1b_G\x1b\\",
        "\x1b]52;c;YQ==\x07",
        "\x1bc",
        "\x1b",
    ),
    *("\x9b2J", "\x9d0;x\x9c", "\x90q", "\x85", "\x00", "\x07", "\x08", "\x7f", "\x0b", "\x0c", "\r"),
    *("\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\u2028", "\u2029", "\ufeff"),
    *("e\u0301", "a" + "\u0308" * 6, "\u200b", "\u200d", "\u00ad"),
    *(
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f1e9\U0001f1ea",
        "\u2764\ufe0f",
        "\U0001f44d\U0001f3fd",
    ),
    *(
        "\u0645\u0631\u062d\u0628\u0627",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u65e5\u672c\u8a9e",
        "\uff1d1",
        "\u0e01\u0e33",
    ),
    *(
        "=1+1",
        "+1",
        "-1",
        "@A1",
        "'",
        '"',
        "`",
        "$x",
        "${x}",
        "{0}",
        "{{x}}",
        "%s",
        "%(x)s",
        "\\",
        "\\n",
        "|",
        "~",
    ),
    *(
        "\t",
        "\n",
        "  ",
        " ",
        "word",
        "Sales",
        "a b",
        "../..",
        "/etc/passwd",
        "NaN",
        "null",
        "0",
        "*",
        "_x_",
        "#",
    ),
)


def hostile_texts(count: int = 500, seed: int = 5) -> tuple[str, ...]:
    """Return `count` different texts, each with a mark of its own that can be looked for, some very long."""
    chance = random.Random(seed)
    texts = []
    for number in range(count):
        pieces = chance.choices(PIECES, k=chance.randint(1, 7))
        place = chance.randrange(len(pieces) + 1)
        text = "".join([*pieces[:place], f"Q{number}Z", *pieces[place:]])
        texts.append(text + "W" * 3000 if number % 100 == 99 else text)
    return tuple(texts)
