"""The desk of facilitators and HR: reads a release and a plan, and nothing else."""

from __future__ import annotations

from textual.app import App
from textual.driver import Driver

from scoring.plan_records import Plan
from scoring.records import Release
from tui.crash import Crash
from tui.keyboard import forgiving
from tui.screens.desk_screen import DeskScreen, DeskTab
from tui.text.needs import needs_page
from tui.text.overview import overview_page
from tui.text.plan_text import plan_page
from tui.text.quality import quality_page
from tui.text.segments import segments_page
from tui.text.wording import wording_page
from tui.text.work import work_page
from tui.theme import use_themes

CRASHED = "The desk had to stop because of a fault in the program. The release is unchanged."


class DeskApp(App[None]):
    """Shows the desk until it is left."""

    CSS_PATH = "desk_app.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, screen: DeskScreen, *, light: bool) -> None:
        super().__init__()
        self._desk = screen
        self.animation_level = "none"
        use_themes(self, light=light)

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal's driver, which passes over bytes that are no letters."""
        return forgiving(super().get_driver_class())

    def get_default_screen(self) -> DeskScreen:
        """Return the desk."""
        return self._desk

    def _handle_exception(self, error: Exception) -> None:
        """Tell a plain sentence; Textual has no public hook for it, and ends with exit code 1."""
        super()._handle_exception(error if isinstance(error, Crash) else Crash(error, CRASHED))


def make_desk_app(
    release: Release, plan: Plan | None, *, title: str = "", release_sha256: str = "", light: bool = False
) -> App[None]:
    """Return the desk for one release and its plan.

    Parameters
    ----------
    release, plan
        What is shown; no answers, no study, no key.
    title
        Stands at the top, before the wave.
    release_sha256
        Hash of the release file; shown where it is given.
    light
        Whether to use the light theme.
    """
    return DeskApp(DeskScreen(_heading(release, title), _tabs(release, plan, release_sha256)), light=light)


def _heading(release: Release, title: str) -> str:
    header = release.header
    parts = [title or header.organisation, f"wave {header.wave}"]
    return " · ".join([*parts, "REHEARSAL, made-up people"] if header.rehearsal else parts)


def _tabs(release: Release, plan: Plan | None, release_sha256: str) -> tuple[DeskTab, ...]:
    return (
        DeskTab("overview", "Overview", overview_page(release, release_sha256)),
        DeskTab("segments", "Segments", segments_page(release)),
        DeskTab("needs", "Needs", needs_page(release)),
        DeskTab("work", "Work and help", work_page(release)),
        DeskTab("quality", "Quality", quality_page(release) + wording_page(release)),
        DeskTab("plan", "Care plan", plan_page(plan, release.minutes)),
    )
