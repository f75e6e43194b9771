"""The desk of facilitators and HR: reads a release and a plan, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.screen import Screen

from scoring.plan.records import Plan
from scoring.records import Release
from tui.crash import Crash
from tui.desk_commands import COMMANDS
from tui.desk_doing import DeskDoing
from tui.desk_pages import ROLES, tabs_of
from tui.desk_pictures import write_picture
from tui.desk_work import DeskWork
from tui.keyboard import forgiving
from tui.screens.desk_screen import NAMES_STAY, DeskScreen
from tui.theme import LOOKS, use_themes

WHOSE = {"facilitator": "Facilitator", "hr": "HR"}
CRASHED = "The desk had to stop because of a fault in the program. The release is unchanged."


class DeskApp(DeskDoing):
    """Shows the desk until it is left: one mode a role, each made when it is first used."""

    CSS_PATH = "desk_app.tcss"

    def __init__(
        self,
        desks: Mapping[str, Callable[[], DeskScreen]],
        work: DeskWork | None,
        *,
        first: str,
        look: str,
        pictures: Path,
    ) -> None:
        super().__init__(work)
        self._desks, self._pictures = dict(desks), pictures
        self._first = first
        self.animation_level = "none"
        use_themes(self, look=look)
        for role, make in self._desks.items():
            self.add_mode(role, make)

    async def on_mount(self) -> None:
        """Show the desk of the role that comes first."""
        await self.switch_mode(self._first)

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal's driver, which outlives bytes that are no letters, but not its terminal."""
        return forgiving(super().get_driver_class(), self.exit)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer what the keys do, by name."""
        if not isinstance(screen, DeskScreen):
            return
        for command in COMMANDS:
            yield SystemCommand(
                f"{command.name} ({command.key})", command.help, self._runs(screen, command.action)
            )

    def _runs(self, screen: DeskScreen, action: str) -> Callable[[], Any]:
        async def run() -> None:
            await screen.run_action(action)

        return run

    def action_next_look(self) -> None:
        """Change between dark and light, with more contrast or less."""
        place = LOOKS.index(self.theme) if self.theme in LOOKS else -1
        self.theme = LOOKS[(place + 1) % len(LOOKS)]

    async def action_other_role(self) -> None:
        """Change to the desk of the next role."""
        names = list(self._desks)
        await self.switch_mode(names[(names.index(self.current_mode) + 1) % len(names)])

    def action_picture(self) -> None:
        """Save what is on the screen under a name that is not taken."""
        if isinstance(self.screen, DeskScreen) and self.screen.has_names:
            self.notify(NAMES_STAY, severity="warning", markup=False)
            return
        try:
            name = write_picture(self._pictures, self.export_screenshot())
        except OSError as error:
            self.notify(f"No picture was saved: {error.strerror}.", severity="error", markup=False)
        else:
            self.notify(f"Saved as {name}.", markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """Tell a plain sentence; Textual has no public hook for it, and ends with exit code 1."""
        super()._handle_exception(error if isinstance(error, Crash) else Crash(error, CRASHED))


def make_desk_app(
    release: Release,
    plan: Plan | Callable[[], Plan | None] | None,
    *,
    title: str = "",
    release_sha256: str = "",
    light: bool = False,
    look: str = "",
    role: str = ROLES[0],
    work: DeskWork | None = None,
    pictures: Path = Path(),
) -> App[None]:
    """Return the desk for one release and its plan.

    Parameters
    ----------
    release, plan
        What is shown; no answers, no study, no key. A function makes the plan when it is first looked at.
    title
        Stands at the top, before the wave.
    release_sha256
        Hash of the release file; shown where it is given.
    light, look
        Whether to use the light theme; or the name of a theme.
    role
        Whose desk comes first: facilitator or hr.
    work
        What the desk can do besides showing; where there is none, its pages say so.
    pictures
        Folder that pictures of the screen are saved into.
    """
    heading = _heading(release, title)

    def desk_of(one: str) -> Callable[[], DeskScreen]:
        return lambda: DeskScreen(
            f"{WHOSE[one]} · {heading}", tabs_of(one, release, plan, release_sha256, work)
        )

    return DeskApp(
        {one: desk_of(one) for one in ROLES},
        work,
        first=role,
        look=look or LOOKS[1 if light else 0],
        pictures=pictures,
    )


def _heading(release: Release, title: str) -> str:
    header = release.header
    parts = [title or header.organisation, f"wave {header.wave}"]
    return " · ".join([*parts, "REHEARSAL, made-up people"] if header.rehearsal else parts)
