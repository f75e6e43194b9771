"""A box for own words: ordinary keys type, only Ctrl keys are commands."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import TextArea

from tui.asking import words_used
from tui.cleaning import clean


class TextBox(TextArea):
    """Free text; what is pasted loses control characters before it is shown."""

    def __init__(self, max_length: int, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.cursor_blink = False
        self._max_length = max_length

    def show(self, max_length: int, text: str = "") -> None:
        """Show another text; `text` is an earlier answer."""
        self._max_length = max_length
        with self.prevent(TextArea.Changed):
            self.text = clean(text)
        self.move_cursor(self.document.end)
        self.tell_length()

    @property
    def words(self) -> str:
        """What stands in the box, without control characters."""
        return clean(self.text).encode("utf-8", "ignore").decode("utf-8")

    def start_at_the_top(self) -> None:
        """Put the cursor before the first letter, where reading begins."""
        self.move_cursor((0, 0))

    def tell_length(self) -> None:
        """Write how much room is used into the border."""
        self.border_subtitle = Content(self.length_words())

    def length_words(self) -> str:
        """Return how much room is used, in words."""
        return f"{len(self.text)} of {self._max_length} characters"

    def on_paste(self, event: events.Paste) -> None:
        """Paste text without control characters; terminals send a carriage return for a new line."""
        event.prevent_default()
        event.stop()
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n")
        self.replace(clean(lines), *self.selection)


class WordBox(TextBox):
    """A text box that counts words, as the marks do, and says how many are asked for."""

    def __init__(self, max_length: int, most_words: int = 0, *, widget_id: str | None = None) -> None:
        super().__init__(max_length, widget_id=widget_id)
        self._most_words = most_words

    def length_words(self) -> str:
        """Return the number of words, and the number asked for where there is one."""
        return words_used(self.text, self._most_words)
