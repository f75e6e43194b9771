"""Which pages the desk of each role has; a page is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable

from scoring.plan.records import Plan
from scoring.records import Release
from tui.desk_work import DeskWork
from tui.screens.desk_screen import DeskTab
from tui.text.blocks import Page

ROLES = ("facilitator", "hr")
PlanSource = Plan | Callable[[], Plan | None] | None


def tabs_of(
    role: str, release: Release, plan: PlanSource, release_sha256: str, work: DeskWork | None
) -> tuple[DeskTab, ...]:
    """Return the pages of `role` in their order."""
    shown = _released(release, release_sha256, work)
    files = DeskTab("files", "Files", lambda: _files(release, release_sha256, work))
    if role == "hr":
        return (*shown, files)
    helped = DeskTab("asked", "Requests", lambda: _requests(release, work))
    return (*shown, _plan_tab(release, plan), helped, files)


def _released(release: Release, release_sha256: str, work: DeskWork | None) -> tuple[DeskTab, ...]:
    return (
        DeskTab("overview", "Overview", lambda: _overview(release, release_sha256, work)),
        DeskTab("segments", "Segments", lambda: _segments(release)),
        DeskTab("needs", "Needs", lambda: _needs(release)),
        DeskTab("work", "Work", lambda: _work(release)),
        DeskTab("quality", "Quality", lambda: _quality(release)),
    )


def _plan_tab(release: Release, plan: PlanSource) -> DeskTab:
    def make() -> Page:
        from tui.text.plan_text import plan_page

        return plan_page(plan() if callable(plan) else plan, release.minutes)

    return DeskTab("plan", "Plan", make, is_slow=callable(plan))


def _overview(release: Release, release_sha256: str, work: DeskWork | None) -> Page:
    from tui.text.next_steps import next_steps
    from tui.text.overview import overview_page

    steps = next_steps(release, work.study, has_pledges=work.has_pledges) if work else ()
    return overview_page(release, release_sha256, steps)


def _segments(release: Release) -> Page:
    from tui.text.segments import segments_page

    return segments_page(release)


def _needs(release: Release) -> Page:
    from tui.text.needs import needs_page

    return needs_page(release)


def _work(release: Release) -> Page:
    from tui.text.work import work_page

    return work_page(release)


def _quality(release: Release) -> Page:
    from tui.text.quality import quality_page
    from tui.text.wording import wording_page

    return quality_page(release) + wording_page(release)


def _requests(release: Release, work: DeskWork | None) -> Page:
    from tui.text.requests_page import requests_page

    return requests_page(release.header.requests, work.key_roles if work else ())


def _files(release: Release, release_sha256: str, work: DeskWork | None) -> Page:
    from tui.text.files_page import files_page

    return files_page(release, release_sha256, work.releases if work else ())
