"""The pages of a release as a respondent is shown them beforehand: each one says that it is made up."""

from __future__ import annotations

from scoring.records import Release
from tui.text.blocks import Page, Paragraph
from tui.text.needs import needs_page
from tui.text.overview import has_tables, overview_page
from tui.text.plan_text import minutes_blocks
from tui.text.quality import has_quality, quality_page
from tui.text.records import has_records, records_page
from tui.text.segments import segments_page
from tui.text.wording import wording_page
from tui.text.work import has_work, work_page

MADE_UP = (
    "MADE-UP FIGURES: nobody's answers are in them, not even yours. Yours would enter these very tables, and "
    "what is too small to be safe would be hidden just so."
)


def seen_pages(release: Release) -> tuple[tuple[str, Page], ...]:
    """Return the pages of a made-up `release`, each with its name and marked as made up."""
    pages: list[tuple[str, Page]] = [("who answered", overview_page(release))]
    if has_tables(release):
        pages += [("support by group", segments_page(release)), ("needs", needs_page(release))]
    if release.minutes:
        minutes = tuple(block for table in release.minutes for block in minutes_blocks(table))
        pages.append(("time to spare", minutes))
    if has_work(release):
        pages.append(("work and help", work_page(release)))
    if has_quality(release):
        pages.append(("quality of the answers", quality_page(release)))
    if has_records(release):
        pages.append(("rows of people", records_page(release)))
    pages.append(("wording", wording_page(release)))
    return tuple((name, (Paragraph(MADE_UP, "warn"), *page)) for name, page in pages)
