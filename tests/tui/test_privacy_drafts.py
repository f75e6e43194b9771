"""`careload privacy`: every draft carries the study's own settings and leaves the verdict to counsel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from instruments.records import PlannedTable
from instruments.setup import KeyHolder, Pledge, Setup, Thresholds
from store.study import Study
from tests.tui import take_studies as studies
from tui.flows.privacy import DRAFT, DRAFTS, TABLE_WORDS, drafts_for, write_drafts

SETUP = Setup(
    study="north",
    organisation="Northwind | Ltd",
    language="en",
    attributes=(studies.DEPARTMENT,),
    headcount=60,
    battery="standard",
    parts=(),
    key_holders=(
        KeyHolder(role="facilitator", public_key="0" * 64),
        KeyHolder(role="works-council", public_key="1" * 64),
    ),
)


def drafted(folder: Path, **changes: object) -> str:
    """Return all drafts of a study that is being set up, in one text."""
    folder.mkdir(exist_ok=True)
    Study.create(folder / "study", msgspec.structs.replace(SETUP, **changes))
    return "\n".join(drafts_for(folder / "study").values())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "2 keys of different roles (facilitator, works council); none opens anything alone"),
        ({"key_holders": SETUP.key_holders[:1]}, "one person alone could open the answers"),
        ({"thresholds": Thresholds(k=7, k_detail=12)}, "fewer than 7 people, details to no fewer than 12"),
        ({"retention_months": 1}, "kept sealed for 1 month after"),
        ({"tickets": False}, "**no tickets: answers given twice cannot be ruled out**"),
        ({"record_file": True}, "**rows of people are released**"),
        ({}, "There is no table with one row a person."),
        ({"agreement_date": "2026-02-03"}, "signed on 2026-02-03"),
        ({"pledges": (Pledge("half have no time", "we wait"),)}, "If half have no time: we wait."),
        ({"purpose": "To plan help."}, "**1 Purpose.** To plan help."),
        ({"contact": "Ada, floor 2"}, "whom to turn to: Ada, floor 2"),
        ({}, "groups: Department"),
        ({}, "Annex III point 4"),
        ({}, "Articles 4(4) and 22"),
        ({}, "**10 Right to audit.**"),
        ({}, "**2 Forbidden uses.**"),
    ],
)
def test_each_setting_stands_in_the_drafts(tmp_path: Path, change: dict[str, object], words: str) -> None:
    """What was chosen at `init` is what counsel reads."""
    assert words in drafted(tmp_path, **change)


def test_no_draft_gives_a_verdict_and_none_has_a_hole(tmp_path: Path) -> None:
    """Each says that it is a draft; each asks; no place is left unfilled; a name breaks no table."""
    Study.create(tmp_path / "study", SETUP)
    drafts = drafts_for(tmp_path / "study")
    assert tuple(drafts) == DRAFTS
    for text in drafts.values():
        assert DRAFT in text
        assert "- [ ]" in text
        assert "$" not in text
        assert not re.search(r"\b(is compliant|is lawful|complies with)\b", text)
    assert "Northwind / Ltd" in drafts["works-agreement"]


def test_an_open_study_is_told_from_its_frozen_rules(tmp_path: Path) -> None:
    """The drafts name the rules' hash, so that an agreement can refer to them."""
    studies.open_study(tmp_path / "study", studies.standard())
    public = Study.load(tmp_path / "study").public()
    drafts = drafts_for(tmp_path / "study")
    assert all(f"frozen at opening, {public.policy_sha256[:16]}" in text for text in drafts.values())


def test_every_kind_of_table_has_words_for_people() -> None:
    """A table that is declared is told, whichever it is."""
    kind = next(field.type for field in msgspec.structs.fields(PlannedTable) if field.name == "kind")
    kinds = {name for part in get_args(kind) for name in (get_args(part) or (part,))}
    assert kinds == set(TABLE_WORDS)


def test_drafts_are_written_as_files(tmp_path: Path) -> None:
    """One markdown file a draft."""
    Study.create(tmp_path / "study", SETUP)
    drafts = drafts_for(tmp_path / "study")
    paths = write_drafts(drafts, tmp_path / "law")
    assert sorted(path.name for path in paths) == sorted(f"{name}.md" for name in DRAFTS)
    assert (tmp_path / "law" / "ai-act.md").read_text() == drafts["ai-act"]
