"""A number between two labelled ends: typed, or moved to with the arrow keys; Enter keeps it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.asking import unit_of

_LONGEST_LINE = 60
_LONGEST_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where the line goes, and what its ends say."""

    minimum: float
    maximum: float
    step: float
    low: str = ""
    high: str = ""
    unit: str = ""


class RatingLine(Widget, can_focus=True):
    """Shows a line with a marker; there is no marker until a number was chosen."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "RatingLine { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,down", "move(-1)", "Less", show=False),
        Binding("right,up", "move(1)", "More", show=False),
        Binding("backspace", "rub", "Rub out", show=False),
        Binding("enter", "give", "Keep", show=False),
    ]

    @dataclass
    class Given(Message):
        """A number was given."""

        line: RatingLine
        value: float
        span: Span
        """What it was given for."""

        @property
        def is_late(self) -> bool:
            """Whether the line shows something else by now: the second of two quick keys."""
            return self.span is not self.line.span

        @property
        def control(self) -> RatingLine:
            """The line it happened on."""
            return self.line

    @dataclass
    class Refused(Message):
        """What was typed is not possible here; without a reason it is possible again."""

        reason: str

    def __init__(self, span: Span, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._span = span
        self._value: float | None = None
        self._typed = ""

    def show(self, span: Span, value: float | None = None) -> None:
        """Show another line; `value` is an earlier answer."""
        self._span, self._value, self._typed = replace(span), value, ""
        self.refresh(layout=True)

    @property
    def span(self) -> Span:
        """What is shown; another object after every `show`."""
        return self._span

    def action_move(self, direction: int) -> None:
        """Move the marker by one step; the first move puts it in the middle."""
        span, self._typed = self._span, ""
        if self._value is None:
            steps = int((span.maximum - span.minimum) / span.step / 2)
            self._value = span.minimum + steps * span.step
        else:
            moved = self._value + direction * span.step
            self._value = min(max(moved, span.minimum), span.maximum)
        self.post_message(self.Refused(""))
        self.refresh()

    def action_rub(self) -> None:
        """Take the last typed digit back."""
        self._take(self._typed[:-1])

    def action_give(self) -> None:
        """Keep the number, when it is possible here."""
        span = self._span
        if self._value is None:
            self.post_message(self.Refused("Type a number, or use the arrow keys."))
        elif not span.minimum <= self._value <= span.maximum:
            ends = f"from {span.minimum:g} to {span.maximum:g}"
            self.post_message(self.Refused(f"Please give a number {ends}."))
        elif (self._value - span.minimum) % span.step:
            self.post_message(self.Refused(f"Please go in steps of {span.step:g}."))
        else:
            self.post_message(self.Given(self, self._value, span))

    def on_key(self, event: events.Key) -> None:
        """Take digits, and a point where steps are fractions."""
        character = event.character or ""
        is_digit = character.isascii() and character.isdigit()
        is_point = character in {".", ","} and self._span.step % 1 and "." not in self._typed
        if is_digit or is_point:
            event.stop()
            self._type(self._typed + ("." if is_point else character))

    def _type(self, typed: str) -> None:
        """Take one more character, unless the number would lie beyond the end of the line."""
        if typed != "." and float(typed) > self._span.maximum:
            self.post_message(self.Refused(f"The line ends at {self._span.maximum:g}. Backspace rubs out."))
        elif len(typed) <= _LONGEST_NUMBER:
            self._take(typed)

    def _take(self, typed: str) -> None:
        self._typed = typed
        self._value = float(typed) if typed and typed != "." else None
        self.post_message(self.Refused(""))
        self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the height in lines."""
        del container, viewport, width
        return 5

    def render(self) -> Content:
        """Draw ends, line, marker and the number."""
        span, width = self._span, min(self.size.width - 6, _LONGEST_LINE)
        left, right = f"{span.minimum:g}", f"{span.maximum:g}"
        number = f"{self._value:g}" if self._value is not None else "–"
        return Content("\n").join(
            [
                Content("  " + left + right.rjust(width - len(left))),
                self._line(width),
                Content("  " + span.low + span.high.rjust(width - len(span.low))),
                Content(""),
                Content.assemble(
                    "  Your number: ",
                    Content.styled(f"{self._typed or number}", "bold $text-accent"),
                    f" {unit_of(self._value, span.unit)}",
                ),
            ]
        )

    def _line(self, width: int) -> Content:
        span, cells = self._span, ["─"] * width
        cells[0], cells[-1] = "├", "┤"
        value = self._value
        if value is not None and span.minimum <= value <= span.maximum and span.maximum > span.minimum:
            share = (value - span.minimum) / (span.maximum - span.minimum)
            cells[round(share * (width - 1))] = "●"
        return Content.styled("  " + "".join(cells), "$text-primary")
