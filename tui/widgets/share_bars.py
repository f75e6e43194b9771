"""Natural frequencies as bars: of 100 people, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget

_LONGEST_BAR = 40


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: its label, its part of 100, and whether it is the one to look at."""

    label: str
    of_100: int
    is_meant: bool = False


def bar(of_100: int, longest: int = _LONGEST_BAR) -> str:
    """Return a bar for `of_100`, at least a sliver for a number that is not 0."""
    cells = round(of_100 * longest / 100)
    return "█" * cells if cells else ("▏" if of_100 else "")


class ShareBars(Widget):
    """Draws the shares, one a line; the meant ones carry an arrow, not only a colour."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ShareBars { height: auto; }"

    def __init__(self, shares: Sequence[Share], *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._shares = tuple(shares)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the height in lines."""
        del container, viewport, width
        return len(self._shares)

    def render(self) -> Content:
        """Draw label, bar and number of each share."""
        label_width = max((len(share.label) for share in self._shares), default=0)
        return Content("\n").join(self._drawn(share, label_width) for share in self._shares)

    def _drawn(self, share: Share, label_width: int) -> Content:
        pointer, style = ("›", "bold") if share.is_meant else (" ", "")
        return Content.assemble(
            Content.styled(f"{pointer} {share.label:<{label_width}}  ", style),
            Content.styled(bar(share.of_100).ljust(_LONGEST_BAR), "$primary"),
            Content.styled(f" {share.of_100:>3} of 100", style),
        )
