"""What can be done at the desk: one list for keys, command palette and help."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class DeskCommand:
    """One thing to do: its keys, the action of the screen, its short name and what it does."""

    keys: str
    action: str
    name: str
    help: str
    key_display: str = ""
    is_shown: bool = False
    """Whether it stands in the line of keys at the bottom."""
    priority: bool = False

    @property
    def key(self) -> str:
        """The key as people read it."""
        return self.key_display or self.keys.partition(",")[0]

    def binding(self) -> Binding:
        """Return the command as a key binding."""
        return Binding(
            self.keys,
            self.action,
            self.name,
            show=self.is_shown,
            key_display=self.key_display or None,
            priority=self.priority,
        )


COMMANDS = (
    DeskCommand("left", "turn(-1)", "Page before", "the page to the left", "←", is_shown=True),
    DeskCommand("right", "turn(1)", "Next page", "the page to the right", "→", is_shown=True),
    DeskCommand("slash", "find", "Find", "look for words on all pages", "/", is_shown=True),
    DeskCommand("n", "find_next", "Find next", "go to the next place where the words stand"),
    DeskCommand("t", "table(1)", "Table", "point at the next table of the page", is_shown=True),
    DeskCommand("T", "table(-1)", "Table before", "point at the table before"),
    DeskCommand(
        "s", "sort", "Sort", "order the table by its next column; at the end its own order comes back"
    ),
    DeskCommand("y", "copy", "Copy table", "copy the table for a spreadsheet, hidden numbers as their mark"),
    DeskCommand(
        "p", "app.picture", "Save picture", "save what is on the screen as a picture (SVG) in this folder"
    ),
    DeskCommand("w", "app.what_if", "What if", "try other weeks, helpers and conditions on the care plan"),
    DeskCommand("e", "app.export", "Write files", "write anonymised results and the codebook into a folder"),
    DeskCommand("r", "app.requests", "Open requests", "read requests for help with the key holders' keys"),
    DeskCommand("m", "app.other_role", "Other role", "change between facilitator and HR"),
    DeskCommand(
        "d", "app.next_look", "Dark or light", "dark, light, high contrast dark, high contrast light"
    ),
    DeskCommand("question_mark", "app.help", "Help", "this help; Escape closes it", "?", is_shown=True),
    DeskCommand("q,ctrl+c", "leave", "Quit", "leave the desk", "q", is_shown=True),
)
"""In the order of the help page."""
