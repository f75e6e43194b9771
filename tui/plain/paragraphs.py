"""A text as numbered paragraphs, changed one paragraph at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The lines of a text, blank ones included; paragraphs are the others, counted from 1."""

    lines: tuple[str, ...] = ()
    is_spaced: bool = False
    """Whether an empty line stands between paragraphs."""

    @classmethod
    def of(cls, text: str) -> Paragraphs:
        """Take `text` apart."""
        return cls(tuple(text.split("\n")) if text else (), "\n\n" in text)

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines)

    @property
    def count(self) -> int:
        """Number of paragraphs."""
        return len(self._places)

    @property
    def numbered(self) -> tuple[str, ...]:
        """Each paragraph with its number."""
        return tuple(f"{number}. {self.lines[place]}" for number, place in enumerate(self._places, 1))

    def added(self, line: str, *, is_apart: bool = False) -> Paragraphs:
        """Return the text with `line` at the end, after an empty line where paragraphs stand apart."""
        between = ("",) if (self.is_spaced or is_apart) and self.lines else ()
        return replace(self, lines=(*self.lines, *between, line))

    def replaced(self, number: int, line: str) -> Paragraphs:
        """Return the text with `line` in place of paragraph `number`."""
        place = self._places[number - 1]
        return replace(self, lines=(*self.lines[:place], line, *self.lines[place + 1 :]))

    def changed(self, number: int, old: str, new: str) -> Paragraphs | None:
        """Return the text with `new` for the first `old` in paragraph `number`, None where it is not there.

        Where nothing takes its place, the space before goes too; nothing of a paragraph left deletes it.
        """
        line = self.lines[self._places[number - 1]]
        start = line.find(old)
        if start < 0:
            return None
        before, after = line[:start], line[start + len(old) :]
        if not new and (before.endswith(" ") or not before) and (after[:1] in {"", " ", ".", ","}):
            before, after = before.rstrip(), after if before else after.lstrip()
        whole = f"{before}{new}{after}"
        return self.replaced(number, whole) if whole.strip() else self.deleted(number)

    def inserted(self, number: int, line: str) -> Paragraphs:
        """Return the text with `line` before paragraph `number`."""
        place = self._places[number - 1]
        between = ("",) if self.is_spaced else ()
        return replace(self, lines=(*self.lines[:place], line, *between, *self.lines[place:]))

    def deleted(self, number: int) -> Paragraphs:
        """Return the text without paragraph `number` and the empty lines after it."""
        place = self._places[number - 1]
        before, after = list(self.lines[:place]), list(self.lines[place + 1 :])
        while after and not after[0].strip():
            after.pop(0)
        while before and not after and not before[-1].strip():
            before.pop()
        return replace(self, lines=(*before, *after))

    @property
    def _places(self) -> tuple[int, ...]:
        return tuple(place for place, line in enumerate(self.lines) if line.strip())
