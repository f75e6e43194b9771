"""Which characters bars are drawn with: each part has its own pattern, so that it reads without colour."""

from __future__ import annotations

from dataclasses import dataclass

from tui.text.blocks import Gauge, Mix, Tone
from tui.text.cells import pad, width_of

BAR_TONES: tuple[Tone, ...] = ("bar0", "bar1", "bar2", "bar3")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line in one tone."""

    text: str
    tone: Tone = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How pages are drawn on one kind of output."""

    patterns: str
    """Four patterns, from light to dense."""
    limit: str
    """Marks the supply in a gauge."""
    explains_rows: bool
    """Whether a hidden row says on the spot why it is hidden."""
    underlines: bool
    """Whether headings are underlined with characters."""

    def pattern(self, part: int, parts: int) -> int:
        """Return which of the four patterns part number `part` of `parts` has."""
        return min(3 * part // max(parts - 1, 1), 3)

    def counts(self, mix: Mix, digits: int) -> Line:
        """Return the numbers of `mix`, each after its pattern, set to `digits` places."""
        pieces: list[Piece] = []
        for number, count in enumerate(mix.counts):
            pattern = self.pattern(number, len(mix.counts))
            gap = " " if number else ""
            pieces += [Piece(gap), Piece(self.patterns[pattern], BAR_TONES[pattern])]
            pieces.append(Piece(f"{count:>{digits}}"))
        return tuple(pieces)

    def bar(self, mix: Mix, width: int) -> Line:
        """Return the bar of `mix`, `width` cells long (empty when nobody is counted)."""
        total = sum(mix.counts)
        pieces: list[Piece] = []
        drawn = passed = 0
        for number, count in enumerate(mix.counts):
            passed += count
            end = round(width * passed / total) if total else 0
            pattern = self.pattern(number, len(mix.counts))
            pieces.append(Piece(self.patterns[pattern] * (end - drawn), BAR_TONES[pattern]))
            drawn = end
        return tuple(pieces)

    def gauge(self, gauge: Gauge, width: int) -> Line:
        """Return the bar of `gauge`: up to the limit, beyond it in another pattern, the limit marked."""
        full = max(gauge.full, gauge.limit, gauge.value) or 1.0
        room = width - 1
        limit, value = round(room * gauge.limit / full), round(room * gauge.value / full)
        within = min(limit, value)
        return (
            Piece(self.patterns[1] * within, "bar1"),
            Piece(" " * (limit - within)),
            Piece(self.limit),
            Piece(self.patterns[3] * (value - within), "over"),
        )


SCREEN = Drawing(patterns="░▒▓█", limit="┃", explains_rows=True, underlines=False)
PLAIN = Drawing(patterns=".:+#", limit="|", explains_rows=False, underlines=True)


def line_width(line: Line) -> int:
    """Return how many cells `line` takes."""
    return sum(width_of(piece.text) for piece in line)


def filled(line: Line, width: int) -> Line:
    """Return `line` with spaces up to `width`."""
    return (*line, Piece(pad("", width - line_width(line))))
