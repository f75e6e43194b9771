"""What the guide of a sitting needs of whatever shows it: screens of Textual, or plain lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from tui.flows.consent import Paragraph
from tui.flows.outcomes import TakingError

if TYPE_CHECKING:
    from instruments.records import OwnResult
    from tui.text.blocks import Page

T = TypeVar("T")


class LineRefused(TakingError):
    """Says which of several lines, counted from 0, is to be typed again."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


Check = Callable[[tuple[str, ...]], None]
"""Raises a CareloadError with a kind sentence when what was typed is not right."""

FEEDBACK = "feedback"
"""What the review page ends with when the feedback on the tasks is asked for: no question is called so."""
SEEN = "seen"
"""What the review page ends with when the tables of the organisation are asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One or two short lines to type, one a label."""

    title: str
    text: str
    labels: tuple[str, ...]
    way_back: str = "goes back"
    """What giving up does."""
    is_secret: bool = False
    """Whether what is typed opens something."""


class Front(Protocol):
    """Shows the pages of a sitting and brings back what the person chose, as its place from 0."""

    async def page(
        self,
        title: str,
        told: Sequence[Paragraph],
        ways: Sequence[str],
        *,
        notice: str = "",
        pointed: int | None = None,
    ) -> int:
        """Show a page to read with ways to go on; `pointed` is the easy one."""

    async def slowly(self, what: str, work: Callable[[], T]) -> T:
        """Do slow `work` behind a calm line that says `what`."""

    def beside(self, work: Callable[[], None]) -> Awaitable[object]:
        """Begin slow `work` while the person reads on; waiting for it raises nothing."""

    async def entry(self, entry: Entry, check: Check) -> bool:
        """Ask for typed lines until `check` takes them; False when the person gives up."""

    async def sure(self, title: str, text: str, ways: Sequence[str]) -> int:
        """Ask a short question."""

    async def new_code(self, code: str) -> int:
        """Show a new personal code, with CODE_WAYS."""

    async def questions(self) -> None:
        """Ask questions, of tasks or outside of them, until they change from one to the other."""

    async def review(self, looked_at: str) -> str:
        """Show all answers; returns the id of one to change, FEEDBACK or SEEN, or nothing to go on."""

    async def seen(self, pages: Sequence[tuple[str, Page]]) -> None:
        """Show tables with made-up figures."""

    async def result(self, own: OwnResult, ways: Sequence[str], notice: str = "") -> int:
        """Show the own result: needs and what would help, no tier."""

    async def tiers(self, own: OwnResult) -> None:
        """Show how much help fits, in tiers and hours."""

    async def receipt(self) -> int:
        """Show the personal code once more and what it opens, with RECEIPT_WAYS."""
