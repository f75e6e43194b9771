"""What all of an employee's screens share: text shown as text, and a notice in too small a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static

from tui.cleaning import clean
from tui.flows.consent import Paragraph
from tui.terminal import COLUMNS, LINES

T = TypeVar("T")


def plain(text: str, *, widget_id: str | None = None, classes: str | None = None) -> Static:
    """Return a Static that shows `text` as it is: no markup, no control characters."""
    return Static(Content(clean(text)), markup=False, id=widget_id, classes=classes)


def reword(static: Static, content: Content) -> None:
    """Show other words; the page is laid out anew only when they take another number of lines."""
    before = static.content
    if isinstance(before, Content) and before.is_same(content):
        return
    lines, width, least = static.content_size.height, static.content_size.width, static.styles.min_height
    wanted = max(content.get_height({}, width) if width else 0, int(least.value) if least else 0)
    is_same_height = bool(width) and wanted == lines
    static.update(content, layout=not is_same_height)


def paragraphs_content(paragraphs: Sequence[Paragraph]) -> Content:
    """Return `paragraphs` as one content: bold headings, sentences below."""
    pieces: list[Content] = []
    for paragraph in paragraphs:
        heading = [Content.styled(clean(paragraph.title), "bold $text-primary")] if paragraph.title else []
        pieces += [*heading, *(Content(clean(line)) for line in paragraph.sentences), Content("")]
    return Content("\n").join(pieces[:-1])


def end(screen: Screen[T], result: T) -> None:
    """End `screen` with `result`, once: a second quick key must not close what comes after it."""
    if screen.is_active:
        screen.dismiss(result)


class KeepsKeys(Screen[ScreenResultType]):
    """A screen on which a click beside the answers leaves the keys where they were."""

    _had_keys: Widget | None = None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember who has the keys."""
        self._had_keys = event.widget

    def on_click(self) -> None:
        """Give the keys back: Textual takes them away when nothing that takes keys is clicked."""
        had = self._had_keys
        if self.focused is None and had is not None and had.focusable:
            self.set_focus(had)


class TakeScreen(KeepsKeys[ScreenResultType]):
    """A screen that steps aside, taking no keys, while the terminal is too small."""

    ESCAPE_TO_MINIMIZE = False
    _rests = False
    _focus_before: Widget | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page and the notice."""
        from textual.containers import Vertical

        yield Vertical(*self.page(), id="page")
        yield plain("", widget_id="too-small")

    def page(self) -> Iterable[Widget]:
        """Return the widgets of the page."""
        raise NotImplementedError

    def keep_unfinished(self) -> None:
        """Keep what is typed and not yet kept; most screens have nothing of that kind."""

    def on_resize(self, event: events.Resize) -> None:
        """Show the notice instead of the page while there is too little room."""
        is_small = event.size.width < COLUMNS or event.size.height < LINES
        if is_small:
            self.query_one("#too-small", Static).update(_too_small(event.size.width, event.size.height))
        if is_small == self._rests:
            return
        self._rests = is_small
        if is_small:
            self._focus_before = self.focused
            self.set_focus(None)
        self.set_class(is_small, "-too-small")
        if not is_small and self._focus_before is not None:
            self.set_focus(self._focus_before)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse every action of the screen while it rests."""
        del action, parameters
        return not self._rests


def _too_small(columns: int, lines: int) -> Content:
    return Content(
        f"This window shows {columns} x {lines} characters.\n{COLUMNS} x {LINES} are needed.\n\n"
        "Please make it larger. Nothing is lost."
    )
