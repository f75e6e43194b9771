"""The two looks of careload: a dark and a light theme with enough contrast, calm and few colours."""

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


def use_themes(app: App[Any], *, light: bool = False) -> None:
    """Register both themes with `app` and choose one."""
    app.register_theme(DARK)
    app.register_theme(LIGHT)
    app.theme = LIGHT.name if light else DARK.name
