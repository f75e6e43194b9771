"""The text of a task: scrolled by keys, searched by a word, its place kept while one works elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.cleaning import clean
from tui.finding import Place, places_of
from tui.widgets.line_box import LineBox
from tui.widgets.reading import Reading

Sections = Sequence[tuple[str, tuple[str, ...]]]
"""Headings with their paragraphs."""


class SourcePane(Reading, can_focus=True):
    """Paragraphs under headings, with a line to type what is looked for."""

    DEFAULT_CSS = """
    SourcePane > #found { height: auto; color: $text-accent; }
    SourcePane > #find { display: none; margin: 0; }
    SourcePane.-finding > #find { display: block; }
    SourcePane Static.paragraph { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("pagedown,space", "page(1)", "More", show=False),
        Binding("pageup", "page(-1)", "Back", show=False),
        Binding("escape", "end_search", "End the search", show=False),
    ]

    @dataclass
    class Left(Message):
        """The search line was left."""

        pane: SourcePane

    def __init__(self, sections: Sections, *, widget_id: str | None = None) -> None:
        self._paragraphs: list[str] = []
        self._statics: list[Static] = []
        inside: list[Static] = []
        for heading, paragraphs in sections:
            inside.append(Static(Content.styled(clean(heading), "bold $text-primary"), markup=False))
            for paragraph in paragraphs:
                static = Static(Content(clean(paragraph)), markup=False, classes="paragraph")
                self._paragraphs.append(clean(paragraph))
                self._statics.append(static)
                inside.append(static)
        super().__init__(*inside, widget_id=widget_id)
        self._places: tuple[Place, ...] = ()
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out the text, what was found, and the search line."""
        yield from super().compose()
        yield Static("", markup=False, id="found")
        yield LineBox(placeholder="a word to find, then Enter", widget_id="find")

    def ask(self) -> None:
        """Open the search line."""
        box = self.query_one(LineBox)
        box.value = ""
        self.add_class("-finding")
        box.focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Find what was typed."""
        message.stop()
        self.find(message.value)
        self.action_end_search()

    def action_end_search(self) -> None:
        """Close the search line; the place stays."""
        self.remove_class("-finding")
        self.post_message(self.Left(self))

    def action_move(self, lines: int) -> None:
        """Scroll by one line."""
        self.move(lines)

    def action_page(self, direction: int) -> None:
        """Scroll by one page."""
        self.page(direction)

    def find(self, word: str) -> None:
        """Show every place where `word` stands and go to the first one."""
        self._places, self._at = places_of(clean(word), self._paragraphs), 0
        if not self._places:
            self._paint(f"“{clean(word).strip()}” does not stand in the text.")
            return
        self._go()

    def find_next(self) -> None:
        """Go to the next place; after the last one comes the first."""
        if self._places:
            self._at = (self._at + 1) % len(self._places)
            self._go()

    def _go(self) -> None:
        self._paint(f"Place {self._at + 1} of {len(self._places)}   n next   / another word")
        self.bring(self._statics[self._places[self._at].paragraph])

    def _paint(self, told: str) -> None:
        for number, static in enumerate(self._statics):
            content = Content(self._paragraphs[number])
            for place_number, place in enumerate(self._places):
                if place.paragraph == number:
                    style = "bold reverse" if place_number == self._at else "underline"
                    content = content.stylize(style, place.start, place.end)
            static.update(content, layout=False)
        self.query_one("#found", Static).update(Content(told))
