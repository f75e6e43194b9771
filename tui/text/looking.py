"""How one reader looks at a page: which table is pointed at, in which order, and what is looked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from tui.text.blocks import Grid, Page
from tui.text.drawing import SCREEN, Line
from tui.text.layout import page_parts
from tui.text.ordering import Order, next_order, ordered, tab_separated


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a page: its pieces, its block, whether it holds what is looked for.

    The first line of the table that keys act on is the pointed one.
    """

    line: Line
    block: int
    is_found: bool = False
    is_pointed: bool = False


@dataclass(frozen=True)
class Looking:
    """A page and how it is looked at; every step returns a new one."""

    page: Page
    pointed: int | None = None
    """Block number of the table that keys act on."""
    orders: dict[int, Order] = field(default_factory=dict)
    sought: str = ""

    @cached_property
    def tables(self) -> tuple[int, ...]:
        """Block numbers of the page's tables."""
        return tuple(place for place, block in enumerate(self.page) if isinstance(block, Grid))

    @cached_property
    def arranged(self) -> Page:
        """The page with its tables in the chosen order."""
        return tuple(
            ordered(block, self.orders.get(place)) if isinstance(block, Grid) else block
            for place, block in enumerate(self.page)
        )

    @property
    def table(self) -> Grid | None:
        """The table that is pointed at, as it stands."""
        block = self.arranged[self.pointed] if self.pointed is not None else None
        return block if isinstance(block, Grid) else None

    def at_next_table(self, step: int = 1) -> Looking:
        """Point at the next table of the page, from the last to the first."""
        if not self.tables:
            return self
        if self.pointed is None:
            return replace(self, pointed=self.tables[0 if step > 0 else -1])
        place = (self.tables.index(self.pointed) + step) % len(self.tables)
        return replace(self, pointed=self.tables[place])

    def at(self, block: int) -> Looking:
        """Point at the table that is block number `block`; nothing changes where that is none."""
        return replace(self, pointed=block) if block in self.tables else self

    def in_next_order(self) -> Looking:
        """Put the table that is pointed at into its next order."""
        if self.pointed is None:
            return self
        block = self.page[self.pointed]
        after = next_order(block, self.orders.get(self.pointed)) if isinstance(block, Grid) else None
        orders = {place: order for place, order in self.orders.items() if place != self.pointed}
        return replace(self, orders=orders | ({self.pointed: after} if after else {}))

    def looking_for(self, text: str) -> Looking:
        """Mark every line that holds `text`, whatever its case; nothing where it is empty."""
        return replace(self, sought=text.strip().casefold())

    def copied(self) -> str:
        """Return the table that is pointed at as text for a spreadsheet."""
        return tab_separated(self.table) if self.table else ""

    def lines(self, width: int) -> tuple[ShownLine, ...]:
        """Return the page at `width`, as it is looked at."""
        parts = page_parts(self.arranged, width, SCREEN)
        title = next((n for n, (block, line) in enumerate(parts) if line and block == self.pointed), -1)
        return tuple(
            ShownLine(line, block, self._holds(line), is_pointed=number == title)
            for number, (block, line) in enumerate(parts)
        )

    def _holds(self, line: Line) -> bool:
        return bool(self.sought) and self.sought in "".join(piece.text for piece in line).casefold()
