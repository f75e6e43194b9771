"""A list to choose one line from: a number key, or a letter and a number, chooses; arrows and Enter too."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_INDENT = 8
"""Columns before a label: pointer, mark and number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: its number, its label (empty for an unlabelled step), and the letter typed before it."""

    number: int
    label: str
    letter: str = ""

    @property
    def keys(self) -> str:
        """What is typed to choose it."""
        return f"{self.letter}{self.number}"


class ChoiceList(Widget, can_focus=True):
    """Shows entries and tells which one was chosen; nothing is chosen or pointed at beforehand."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ChoiceList { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("home", "go(0)", "First", show=False),
        Binding("end", "go(-1)", "Last", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    pointed: reactive[int | None] = reactive(None)
    """Place of the line that Enter would choose."""

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        choices: ChoiceList
        place: int
        """0-based place of the chosen entry."""
        entries: tuple[Entry, ...]
        """What it was chosen from."""

        @property
        def is_late(self) -> bool:
            """Whether the list shows something else by now: the second of two quick keys."""
            return self.entries is not self.choices.entries

        @property
        def control(self) -> ChoiceList:
            """The list it happened in."""
            return self.choices

    @dataclass
    class Refused(Message):
        """A number was typed where a letter comes first."""

        reason: str

    def __init__(
        self, entries: Sequence[Entry] = (), *, pointed: int | None = None, widget_id: str | None = None
    ) -> None:
        super().__init__(id=widget_id)
        self._entries = tuple(entries)
        self._chosen: int | None = None
        self._typed = ""
        self._first_line = 0
        self.set_reactive(ChoiceList.pointed, pointed)

    def show(self, entries: Sequence[Entry], chosen: int | None = None) -> None:
        """Show other entries; `chosen` is the place of an earlier answer."""
        self._entries, self._chosen, self._typed, self._first_line = (*entries,), chosen, "", 0
        self.set_reactive(ChoiceList.pointed, chosen)
        self.refresh(layout=self.styles.is_auto_height)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown; another tuple after every `show`."""
        return self._entries

    @property
    def needs_enter(self) -> bool:
        """Whether numbers have two digits, so that Enter has to follow."""
        return any(entry.number > 9 for entry in self._entries)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that come before a number, in the order of the lines."""
        return tuple(dict.fromkeys(entry.letter for entry in self._entries if entry.letter))

    def action_move(self, step: int) -> None:
        """Point at the next or the previous line."""
        self._typed = ""
        count = len(self._entries)
        if self.pointed is None:
            self.pointed = 0 if step > 0 else count - 1
        else:
            self.pointed = min(max(self.pointed + step, 0), count - 1)

    def action_go(self, place: int) -> None:
        """Point at the first (0) or the last (-1) line."""
        self._typed = ""
        self.pointed = place % max(len(self._entries), 1)

    def action_choose(self) -> None:
        """Choose the line pointed at."""
        if self.pointed is not None:
            self._choose(self.pointed)

    def on_key(self, event: events.Key) -> None:
        """Take number keys, and the letters of the lines that have one."""
        character = (event.character or "").lower()
        if character and character in self.letters:
            event.stop()
            self._begin(character)
            return
        if not (character.isascii() and character.isdigit()):
            return
        event.stop()
        typed = self._typed + character
        place = self._place_of(typed)
        if place is None:
            typed, place = character, self._place_of(character)
        if place is None:
            if self.letters and not self._typed:
                self.post_message(self.Refused(f"Press {' or '.join(self.letters)} first, then the number."))
            return
        self._typed = typed
        if self.needs_enter:
            self.pointed = place
        else:
            self._choose(place)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        owners = [place for place, _ in self._window()]
        if 0 <= event.y < len(owners) and owners[event.y] is not None:
            self._choose(owners[event.y] or 0)

    def _begin(self, letter: str) -> None:
        """Wait for the number of one of the lines of `letter`; the others stand back."""
        self._typed = letter
        is_other = self.pointed is not None and self._entries[self.pointed].letter != letter
        self.pointed = None if is_other else self.pointed
        self.refresh()

    def _place_of(self, typed: str) -> int | None:
        return next((i for i, entry in enumerate(self._entries) if entry.keys == typed), None)

    def _choose(self, place: int) -> None:
        self._typed = ""
        self.post_message(self.Chosen(self, place, self._entries))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the lines that all entries need at `width` columns."""
        del container, viewport
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """Draw the entries, or as many as fit, with a hint where more follow."""
        return Content("\n").join(content for _, content in self._window())

    def _lines(self, width: int) -> list[tuple[int | None, Content]]:
        lines: list[tuple[int | None, Content]] = []
        for place, entry in enumerate(self._entries):
            pieces = textwrap.wrap(entry.label, max(10, width - _INDENT)) or [""]
            lines += [(place, self._drawn(place, entry, piece, i == 0)) for i, piece in enumerate(pieces)]
        return lines

    def _drawn(self, place: int, entry: Entry, piece: str, is_first: bool) -> Content:
        is_pointed, is_chosen = place == self.pointed, place == self._chosen
        style = "bold $text-primary" if is_pointed else "bold" if is_chosen else ""
        stands_back = self._typed in self.letters and entry.letter != self._typed
        style = "$foreground-muted" if stands_back else style
        if not is_first:
            return Content.styled(" " * _INDENT + piece, style)
        pointer = "›" if is_pointed else " "
        mark = "●" if is_chosen else " "
        keys = f"{entry.letter:<2}" if stands_back else f"{entry.keys:>2}"
        number = Content.styled(keys, style if stands_back else "bold $text-accent")
        return Content.assemble(
            Content.styled(f"{pointer} {mark} ", style), number, "  ", Content.styled(piece or "·", style)
        )

    def _window(self) -> list[tuple[int | None, Content]]:
        lines, height = self._lines(self.size.width), max(self.size.height, 1)
        if len(lines) <= height:
            return lines
        room = max(1, height - 2)
        owned = [i for i, (place, _) in enumerate(lines) if place == (self.pointed or 0)]
        self._first_line = min(self._first_line, owned[0])
        self._first_line = max(self._first_line, owned[-1] - room + 1)
        first, last = self._first_line, min(self._first_line + room, len(lines))
        above = f"      ▲ {first} more" if first else ""
        below = f"      ▼ {len(lines) - last} more" if last < len(lines) else ""
        hint = "$foreground-muted"
        return [
            (None, Content.styled(above, hint)),
            *lines[first:last],
            (None, Content.styled(below, hint)),
        ]
