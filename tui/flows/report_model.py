"""What a report is made of, before it becomes a page or a print: one content for every form."""

from __future__ import annotations

from typing import Any, Literal

from instruments.model import Record
from tui.text.words import number

HIDDEN = "hidden"
"""Stands for every hidden number, whatever the reason; the table's note says why."""
UNKNOWN = "not known"


class Para(Record, frozen=True, tag="para"):
    """Running text; a *lead* paragraph stands out, a *note* stands back, a *warn* one is framed."""

    text: str
    tone: Literal["", "lead", "note", "warn"] = ""


class Sub(Record, frozen=True, tag="sub"):
    """A heading inside a section of level 3."""

    text: str


class Points(Record, frozen=True, tag="points"):
    """A list."""

    items: tuple[str, ...]


class Head(Record, frozen=True):
    """The head of a column; numbers stand at the right."""

    text: str
    right: bool = False


class Table(Record, frozen=True, tag="table"):
    """Rows under heads; the first cell of each row is its head."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


class Picture(Record, frozen=True, tag="picture"):
    """A picture, and the same in words: `words` stand below it and for it."""

    title: str
    words: str
    chart: dict[str, Any]
    """A Vega-Lite specification."""
    svg: str = ""


class Facts(Record, frozen=True, tag="facts"):
    """A few numbers that stand out: what it is, the number, and how sure it is."""

    items: tuple[tuple[str, str, str], ...]


Block = Para | Sub | Points | Table | Picture | Facts


class Section(Record, frozen=True):
    """A part with a heading; one of `level` 3 belongs to the one of level 2 before it."""

    name: str
    """Unique in the report: its place in the list of contents."""
    title: str
    blocks: tuple[Block, ...]
    level: Literal[2, 3] = 2
    new_page: bool = False


class Report(Record, frozen=True):
    """The whole report."""

    title: str
    subtitle: str
    banner: str
    """Such as that all people are made up; empty where there is nothing to say."""
    sections: tuple[Section, ...]
    footer: tuple[str, ...]


def big(hours: float) -> str:
    """Return hours of many people together, thousands set apart."""
    return f"{hours:,.0f}" if hours >= 1000 else number(hours)


def left(*titles: str) -> tuple[Head, ...]:
    """Return heads of columns of text."""
    return tuple(Head(title) for title in titles)


def right(*titles: str) -> tuple[Head, ...]:
    """Return heads of columns of numbers."""
    return tuple(Head(title, right=True) for title in titles)
