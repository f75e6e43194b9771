"""What the desk does when it is asked to: write files, open requests, try other plans; beside the screens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.app import App

from instruments.errors import BadInput, CareloadError
from tui.desk_work import DeskWork
from tui.screens.desk_screen import DeskScreen
from tui.text.cells import one_line

if TYPE_CHECKING:
    from tui.screens.desk_keys import Unlocking

T = TypeVar("T")
NO_STUDY = "This needs the study: open the desk with careload review."


def typed_path(text: str) -> Path:
    """Return the path that somebody typed, with `~` as the home it stands for; BadInput where it is none."""
    try:
        path = Path(text.strip()).expanduser()
    except RuntimeError:
        raise BadInput(f"{one_line(text[:40])}: there is nobody of that name here.", "Leave ~ out.") from None
    if "\0" in text:
        raise BadInput(f"{one_line(text[:40])}: no name of a file or folder.", "Type it again.")
    return path


class DeskDoing(App[None]):
    """The part of the desk that acts; every slow step runs in a thread, and an error becomes a sentence."""

    def __init__(self, desk_work: DeskWork | None) -> None:
        super().__init__()
        self._work = desk_work

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.desk_help import DeskHelp

        self.push_screen(DeskHelp())

    @work(group="doing", exclusive=True)
    async def action_export(self) -> None:
        """Ask where to and in which formats, then write the files of the release."""
        from tui.screens.desk_export import ExportScreen

        desk = self._work
        if desk is None:
            return self._say(NO_STUDY)
        wish = await self.push_screen_wait(ExportScreen())
        if wish is None:
            return None
        paths = await self._slowly(
            "Writing the files ...", lambda: desk.export(typed_path(wish.folder), wish.formats)
        )
        if paths is not None:
            self._say(f"{len(paths)} files were written into {wish.folder}. Start with the codebook.")
        return None

    @work(group="doing", exclusive=True)
    async def action_requests(self) -> None:
        """Ask the key holders for their keys, and show who asked for help by name."""
        from tui.screens.desk_keys import KeysScreen
        from tui.text.requests_page import opened_page

        desk, screen = self._work, self.screen
        if desk is None or not isinstance(screen, DeskScreen) or "asked" not in screen.places:
            return self._say(NO_STUDY if desk is None else "Requests are opened at the facilitator's desk.")
        wish: Unlocking | None = await self.push_screen_wait(KeysScreen(desk.key_roles))
        if wish is None:
            return None
        asked = await self._slowly(
            "Opening ...", lambda: desk.requests([typed_path(one) for one in wish.paths], wish.passphrases)
        )
        if asked is not None:
            page = opened_page([(one.name, one.contact, one.kinds) for one in asked])
            await screen.put("asked", page, has_names=True)
            screen.go_to("asked")
        return None

    @work(group="doing", exclusive=True)
    async def action_what_if(self) -> None:
        """Show what other weeks, helpers and conditions would change."""
        from tui.screens.desk_what_if import WhatIfScreen

        desk = self._work
        if desk is None:
            return self._say(NO_STUDY)
        await self.push_screen_wait(WhatIfScreen(desk))
        return None

    async def _slowly(self, words: str, step: Callable[[], T]) -> T | None:
        """Run `step` in a thread under a notice; an error is told in its own words, and None comes back."""
        self._say(words)
        try:
            return await asyncio.to_thread(step)
        except CareloadError as error:
            self.notify(f"{error.message} {error.todo}".strip(), severity="error", timeout=20, markup=False)
            return None
        except OSError as error:
            self.notify(f"This did not work: {error.strerror}.", severity="error", timeout=20, markup=False)
            return None

    def _say(self, words: str) -> None:
        self.notify(words, markup=False)
