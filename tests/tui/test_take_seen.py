"""What my organisation will see: the study's own tables with made-up figures, before anything is sealed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest

from instruments.model import NEEDS
from instruments.records import canonical
from instruments.setup import Attribute, Category, Thresholds
from scoring.errors import PrivacyRefused
from scoring.records import Release
from scoring.release import default_release_plan
from store.public import PublicStudy, load_public
from tests.tui import take_studies as studies
from tests.tui.test_take_app import taking
from tui.flows.seen import made_up_release
from tui.flows.taking import TakingSession
from tui.text.layout import plain_lines
from tui.text.seen import MADE_UP, seen_pages

GROUPS = Attribute(
    id="department",
    title={"en": "Department"},
    categories=tuple(
        Category(code=code, label=label, headcount=people)
        for code, (label, people) in enumerate(
            {"North": 90, "South": 60, "Legal": 9, "Archive": 9}.items(), start=1
        )
    ),
)


def study(root: Path, headcount: int = 168, thresholds: Thresholds | None = None) -> PublicStudy:
    """Return an open study with four departments, two of them small, and every table declared."""
    studies.open_study(root, studies.standard())
    public = load_public(root)
    policy = msgspec.structs.replace(
        public.policy,
        attributes=(GROUPS,),
        headcount=headcount,
        release_plan=default_release_plan((GROUPS,), NEEDS),
        thresholds=thresholds or Thresholds(),
    )
    return dataclasses.replace(public, policy=policy)


def shown(public: PublicStudy) -> str:
    pages = seen_pages(made_up_release(public))
    return "\n".join(line for _, page in pages for line in plain_lines(page))


def test_the_tables_are_those_of_the_policy_with_hidden_cells_and_the_same_each_time(tmp_path: Path) -> None:
    """Every declared table is there; small groups are merged or hidden as in a real release."""
    public = study(tmp_path / "study")
    release = made_up_release(public)
    kinds = {(table.kind, table.attribute) for table in public.policy.release_plan}
    told = {(table.kind, table.attribute) for table in release.counts}
    assert told == {one for one in kinds if one[0] in {"tiers", "need-bands", "response"}}
    assert [table.attribute for table in release.hours] == ["department"]
    assert "Legal" not in {row.group for table in release.counts for row in table.rows}
    assert any(None in row.cells for table in release.counts for row in table.rows)
    assert canonical(made_up_release(public)) == canonical(release)


def test_every_page_says_that_it_is_made_up(tmp_path: Path) -> None:
    """Nobody takes the figures for results, on whichever page they open."""
    pages = seen_pages(made_up_release(study(tmp_path / "study")))
    assert len(pages) >= 5
    assert all(plain_lines(page)[0].startswith("MADE-UP FIGURES") for _, page in pages)
    assert MADE_UP.startswith("MADE-UP FIGURES")


def test_a_small_organisation_sees_that_nothing_would_be_shown(tmp_path: Path) -> None:
    """The study's own thresholds hold for the made-up figures too."""
    text = shown(study(tmp_path / "study", headcount=18))
    assert "Fewer than 15 people answered, so no numbers are shown." in text
    raised = Thresholds(minimum_people=200, minimum_breakdown=200)
    assert "Fewer than 200 people" in shown(study(tmp_path / "raised", thresholds=raised))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_the_review_page_and_from_the_own_result_and_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """`o` on the review page and the fourth way of the own result open the tables; nothing is changed."""
    public = study(tmp_path / "study")
    before = studies.started(public.root, *([None] * len(studies.standard().questions())))
    session = TakingSession(
        public, before._drafts_in(), cost=before._cost, code=before.code, work_out=studies.made_up
    )
    async with taking(session, size) as person:
        await person.see("Your answers")
        assert "o what others see" in person.text
        answers = session.sitting.answers
        await person.press("o")
        await person.see("Made-up figures, 1 of")
        assert "MADE-UP FIGURES" in person.text
        await person.press("right")
        await person.see("Made-up figures, 2 of")
        assert "Support tiers" in person.text
        await person.press("left", "left")
        await person.see("wording")
        await person.press("b")
        await person.see("Your answers")
        assert session.sitting.answers == answers
        await person.press("g")
        await person.see("4  What my organisation will see")
        await person.press("4")
        await person.see("Made-up figures, 1 of")
        await person.press("escape")
        await person.see("Hand in: seal my answers")
    assert list((public.root / "inbox").iterdir()) == []


async def test_where_no_table_may_be_shown_the_sitting_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An audit that refuses the made-up figures is told in a sentence; the person is back at the answers."""

    def refuse(public: PublicStudy) -> Release:
        del public
        raise PrivacyRefused("The tables would give somebody away.")

    monkeypatch.setattr("tui.flows.seen.made_up_release", refuse)
    public = study(tmp_path / "study")
    session = studies.started(public.root, *([None] * len(studies.standard().questions())))
    async with taking(session) as person:
        await person.see("Your answers")
        await person.press("o")
        await person.see("The tables would give somebody away.")
        await person.press("enter")
        await person.see("32 skipped")
