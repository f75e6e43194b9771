"""Verdicts on wording, in parts and in words; they name lines and items, never a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["published", "differs", "swapped", "belongs elsewhere", "other instrument", "refused"]


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What one line is, compared with the item at its place."""

    line: int
    """1-based line of the text that was given."""
    item: str
    """Published number of the item at this place; empty when the number of lines is wrong."""
    kind: Kind
    other: str = ""
    """The item, of this instrument or of another one, that the line belongs to instead."""
    bad: str = ""
    """What in the line may not stand in a text."""

    def __str__(self) -> str:
        place = f"item {self.item} (line {self.line})" if self.item else f"line {self.line}"
        match self.kind:
            case "published":
                return f"{place}: as published"
            case "differs":
                return f"{place}: not the published text"
            case "swapped":
                return f"{place}: swapped with item {self.other}"
            case "belongs elsewhere":
                return f"{place}: belongs to item {self.other}"
            case "other instrument":
                return f"{place}: belongs to another instrument ({self.other})"
            case "refused":
                return f"{place}: holds {self.bad}, which may not stand in a text"


@dataclass(frozen=True, slots=True)
class WordingVerdict:
    """What a whole text is, compared with one instrument's fingerprints."""

    instrument: str
    expected: int
    verdicts: tuple[LineVerdict, ...]
    missing: tuple[str, ...]
    """Items whose published text is on no line."""
    has_fingerprints: bool
    anchors: Literal["as published", "recalled", "ours"]
    referent: bool
    """Whether the respondent is told first who is meant."""

    @property
    def is_count_right(self) -> bool:
        """Whether there are as many lines as items."""
        return len(self.verdicts) == self.expected

    @property
    def published(self) -> int:
        """Number of items as published: at their place, or anywhere when the number of lines is wrong."""
        if not self.is_count_right:
            return self.expected - len(self.missing)
        return sum(verdict.kind == "published" for verdict in self.verdicts)

    @property
    def is_published(self) -> bool:
        """Whether every item is as published."""
        return self.is_count_right and self.published == self.expected

    @property
    def is_usable(self) -> bool:
        """Whether the key fits the text: right number of lines, none belongs to another item."""
        return self.is_count_right and all(v.kind in {"published", "differs"} for v in self.verdicts)

    @property
    def wrong(self) -> tuple[LineVerdict, ...]:
        """Lines that are not as published."""
        return tuple(verdict for verdict in self.verdicts if verdict.kind != "published")

    @property
    def count_words(self) -> str:
        """How many lines were found and expected; what is missing when they are too few."""
        words = f"Found {len(self.verdicts)} lines with text; expected {self.expected}, one an item."
        if len(self.verdicts) < self.expected and self.missing and self.published:
            words += f" No line is the published text of item {', '.join(self.missing)}."
        return words

    @property
    def lines(self) -> tuple[str, ...]:
        """The verdict for a person: a line for the whole, then one for every item not as published."""
        told = [str(self)]
        if not self.is_count_right:
            told.append(self.count_words)
        if not self.has_fingerprints:
            told.append("This instrument has no fingerprints: nobody can say what its published text is.")
        misplaced = {"swapped", "belongs elsewhere"} if not self.is_count_right else set()
        told += [str(verdict) for verdict in self.wrong if verdict.kind not in misplaced]
        if self.is_count_right and not self.is_usable:
            told.append("Each item's key belongs to its text: put the lines into the published order.")
        elif self.is_usable and self.has_fingerprints and not self.is_published:
            told.append(
                "With this text the wording counts as adapted: published reliability does not carry over."
            )
        return tuple(told)

    def __str__(self) -> str:
        parts = [
            f"items {self.published} of {self.expected} as published",
            f"anchors {self.anchors}",
            "instruction ours",
        ]
        return f"{self.instrument}: {'; '.join([*parts, 'referent: own team'] if self.referent else parts)}"
