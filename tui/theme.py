"""The looks of careload: calm, few colours, enough contrast; dark and light, and both with most contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

DARK = Theme(
    name="careload-dark",
    primary="#7fb4ca",
    secondary="#a3b18a",
    accent="#e6b450",
    warning="#e6b450",
    error="#e78a84",
    success="#a3b18a",
    foreground="#e8e6e1",
    background="#16191d",
    surface="#1e2227",
    panel="#2a2f36",
    dark=True,
)

LIGHT = Theme(
    name="careload-light",
    primary="#1f5f78",
    secondary="#4d6135",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#9c2f2a",
    success="#4d6135",
    foreground="#1c1f23",
    background="#faf8f4",
    surface="#f1eee8",
    panel="#e2ded5",
    dark=False,
)


CONTRAST_DARK = Theme(
    name="careload-contrast-dark",
    primary="#8fd7ff",
    secondary="#d0ffa0",
    accent="#ffe066",
    warning="#ffe066",
    error="#ffaaa5",
    success="#d0ffa0",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    dark=True,
    variables={"text-muted": "#ffffff"},
)

CONTRAST_LIGHT = Theme(
    name="careload-contrast-light",
    primary="#003b57",
    secondary="#1d3300",
    accent="#5c3200",
    warning="#5c3200",
    error="#7a0000",
    success="#1d3300",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#dcdcdc",
    dark=False,
    variables={"text-muted": "#000000"},
)

LOOKS = (DARK.name, LIGHT.name, CONTRAST_DARK.name, CONTRAST_LIGHT.name)
"""Names of all themes, in the order in which a key changes them."""


def use_themes(app: App[Any], *, light: bool = False, look: str = "") -> None:
    """Register the themes with `app` and choose `look`, or else the dark or the `light` one."""
    for theme in (DARK, LIGHT, CONTRAST_DARK, CONTRAST_LIGHT):
        app.register_theme(theme)
    app.theme = look or (LIGHT.name if light else DARK.name)
