"""How far the person is, and how long is left."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class ProgressLine(Widget):
    """Two lines: what is asked and where one stands; a thin bar."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ProgressLine { height: 2; }"

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._title = ""
        self._place = ""
        self._share = 0.0

    def show(self, title: str, number: int, total: int, seen: int, minutes: int) -> None:
        """Show question `number` of `total`, `seen` passed so far and `minutes` left."""
        self._title = title
        left = f" · about {minutes} min left" if seen < total else ""
        self._place = f"Question {number} of {total}{left}"
        self._share = seen / max(total, 1)
        self.refresh()

    def render(self) -> Content:
        """Draw both lines."""
        width = max(self.size.width, 1)
        room = max(0, width - len(self._place) - 2)
        title = Content(self._title).truncate(room, ellipsis=True, pad=True)
        done = round(self._share * width)
        return Content.assemble(
            title.stylize("bold"),
            "  ",
            Content.styled(self._place, "$foreground-muted"),
            "\n",
            Content.styled("━" * done, "$primary"),
            Content.styled("╌" * (width - done), "$foreground-muted"),
        )
