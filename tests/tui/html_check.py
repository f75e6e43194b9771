"""Reads a page as a strict reader would: tags that close, ids that are unique, headings, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link"}


@dataclass
class Seen:
    """What stands on a page."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]

    @property
    def headings(self) -> list[int]:
        return [int(name[1]) for name, _ in self.tags if name in {"h1", "h2", "h3", "h4", "h5", "h6"}]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen, self.open = Seen(), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append((tag, {name: value or "" for name, value in attrs}))
        if len({name for name, _ in attrs}) != len(attrs):
            self.seen.faults.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.seen.faults.append(f"</{tag}> closes what is not open")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.seen.text.append(data)


def read_page(data: bytes) -> Seen:
    """Return what stands on the page, with every fault of its form."""
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    seen = reader.seen
    seen.faults += [f"<{tag}> is never closed" for tag in reader.open]
    ids = seen.values("id")
    seen.faults += [f"id {one} stands twice" for one in set(ids) if ids.count(one) > 1]
    seen.faults += [f"{ref} leads nowhere" for ref in _references(seen) if ref not in ids]
    steps = zip(seen.headings, seen.headings[1:], strict=False)
    seen.faults += [f"heading {after} after {before}" for before, after in steps if after > before + 1]
    return seen


def _references(seen: Seen) -> list[str]:
    links = [href.removeprefix("#") for href in seen.values("href")]
    return [*links, *seen.values("aria-labelledby")]
