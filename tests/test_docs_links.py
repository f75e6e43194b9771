"""The pages for people: every link leads somewhere, every command can be typed, and none is forgotten."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.cli import COMMANDS, build_parser

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
FIGURES = {"N": "3", "MINUTES": "5", "DATE": "2027-01-11", "MONDAY": "2027-01-11"}
"""Values in place of words that stand for a number or a day."""


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def words_of(line: str) -> list[str]:
    """Return what a person would type; what may be left out is given."""
    bare = re.sub(r"[\[\]]", "", line).replace(" ...", "")
    return [FIGURES.get(word, word) for word in shlex.split(bare, comments=True)[1:]]


def typed(text: str) -> Iterator[str]:
    """Yield the lines of code blocks that call careload; a line that ends in a backslash goes on."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    blocks += re.findall(r"(?:^    .+\n)+", text, flags=re.MULTILINE)
    for line in "\n".join(blocks).replace("\\\n", " ").splitlines():
        call = re.match(r"\s*(?:\.venv/bin/|Next: )?(careload [a-z].*)", line)
        if call:
            yield call[1]


def anchors(page: Path) -> set[str]:
    """Return the anchors of headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file_and_to_a_heading(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_file(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_that_are_named_are_there(page: Path) -> None:
    """Also those that are named without a link."""
    for name in re.findall(r"\bdocs/[a-z-]+\.(?:md|py|svg)", page.read_text(encoding="utf-8")):
        assert (ROOT / name).is_file(), name


def test_readme_leads_to_every_page() -> None:
    """From the README, by links alone, a reader reaches every page in docs/."""
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        seen.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        found = {(page.parent / link).resolve() for link in links if ":" not in link}
        ahead += sorted(one for one in found - seen - set(ahead) if one.is_file())
    assert set(PAGES) <= seen


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_quoted_command_can_be_typed(page: Path) -> None:
    """The real parser takes each line of a code block."""
    for line in typed(page.read_text(encoding="utf-8")):
        words = words_of(line)
        try:
            build_parser(words[0]).parse_args(words)
        except SystemExit:
            pytest.fail(f"careload does not take: {line}")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_and_options_within_sentences_exist(page: Path) -> None:
    """They are named without all they need, so only their names can be looked at."""
    known = {name for entries in COMMANDS.values() for name, _ in entries}
    text = page.read_text(encoding="utf-8")
    for call in re.findall(r"`careload ([a-z][^`]*)`", text):
        command, *rest = re.sub(r"[\[\]]", "", call).split()
        assert command in known, call
        told = _told(command)
        for option in (word.partition("=")[0] for word in rest if word.startswith("--")):
            assert re.search(rf"{re.escape(option)}(?![\w-])", told), call


def _told(command: str) -> str:
    """Return the help of one command."""
    parser = build_parser(command)
    groups = parser._subparsers
    assert groups is not None
    choices = groups._group_actions[0].choices
    assert isinstance(choices, dict)
    return str(choices[command].format_help())


def test_the_overview_names_every_command_once_and_fits_a_small_terminal() -> None:
    """Grouped by role; a command that is written and not listed could not be called."""
    names = [name for entries in COMMANDS.values() for name, _ in entries]
    files = {path.stem for path in (ROOT / "tui" / "commands").glob("[a-z]*.py")}
    assert len(names) == len(set(names))
    assert set(names) == {name.rstrip("_") for name in files - {"plan_flags"}}
    assert max(map(len, build_parser(None).format_help().splitlines())) < 80
    assert {"Anyone", "Employees", "Supporters", "Raters", "HR", "Key holders, together"} <= set(COMMANDS)
