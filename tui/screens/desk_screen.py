"""The desk of one role: pages behind tabs, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, Static, TabbedContent, TabPane

from instruments.errors import CareloadError
from tui.desk_commands import COMMANDS
from tui.terminal import COLUMNS, LINES
from tui.text.blocks import Page
from tui.text.cells import one_line
from tui.text.refusal import refusal_page
from tui.widgets.page_view import PageView

SMALL = f"This window is small; {COLUMNS} x {LINES} shows more. Arrow keys scroll."
WORKING = "Working it out ..."
NAMES_STAY = "Names are on this page: they are shown here only. Write down what you need."


@dataclass(frozen=True, slots=True)
class DeskTab:
    """One page of the desk: its id, the name on its tab, and what makes it."""

    id: str
    name: str
    make: Callable[[], Page]
    is_slow: bool = False
    """Whether it may take a while, so that it is made beside the screens."""


class PageMade(Message):
    """A slow page is there."""

    def __init__(self, tab: str, page: Page) -> None:
        super().__init__()
        self.tab, self.page = tab, page


class DeskPane(VerticalScroll, inherit_bindings=False):
    """Scrolls one page; left and right are left to the desk, which turns pages with them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Up", show=False),
        Binding("down", "scroll_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown,space", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "Start", show=False),
        Binding("end", "scroll_end", "End", show=False),
        Binding("shift+left", "scroll_left", "To the left", show=False),
        Binding("shift+right", "scroll_right", "To the right", show=False),
    ]


class DeskScreen(Screen[None]):
    """Shows one page at a time; number keys, arrow keys and the mouse change pages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(command.binding() for command in COMMANDS),
        *(Binding(str(number), f"page({number})", f"Page {number}", show=False) for number in range(1, 10)),
        Binding("escape", "close_find", "Close", show=False),
    ]

    def __init__(self, title: str, tabs: Sequence[DeskTab]) -> None:
        super().__init__()
        self._heading, self._tabs = title, {tab.id: tab for tab in tabs}
        self._sought = ""
        self._with_names: set[str] = set()

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the pages in their order."""
        return tuple(self._tabs)

    @property
    def view(self) -> PageView | None:
        """The page that is up, None while it is being made."""
        pane = self.query_one(TabbedContent).active_pane
        return pane.query(PageView).first() if pane is not None and pane.query(PageView) else None

    @property
    def has_names(self) -> bool:
        """Whether the page that is up names people."""
        return self.query_one(TabbedContent).active in self._with_names

    def compose(self) -> ComposeResult:
        """Lay out title, tabs and keys; pages come when they are looked at."""
        yield Static(Content(one_line(self._heading)), markup=False, id="title")
        with TabbedContent(initial=self.places[0]):
            for number, tab in enumerate(self._tabs.values(), 1):
                with TabPane(f"{number} {tab.name}", id=tab.id):
                    yield DeskPane()
        yield Static(SMALL, markup=False, id="small")
        yield Input(placeholder="Words to look for; Enter finds, Escape closes", id="find")
        yield Footer(show_command_palette=True)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when the terminal is smaller than the pages are made for."""
        self.set_class(event.size.width < COLUMNS or event.size.height < LINES, "-small")

    @on(TabbedContent.TabActivated)
    async def show_page(self, message: TabbedContent.TabActivated) -> None:
        """Make the page that has come up, and let the keys scroll it."""
        pane = message.pane.query_one(DeskPane)
        await self._fill(str(message.pane.id))
        if not self.query_one("#find").has_focus:
            pane.focus(scroll_visible=False)

    async def _fill(self, name: str) -> None:
        """Put the page called `name` into its pane, unless it is there or on its way."""
        pane, tab = self.query_one(f"#{name}").query_one(DeskPane), self._tabs[name]
        if pane.children:
            return
        if tab.is_slow:
            await pane.mount(Static(WORKING, markup=False, classes="working"))
            self._make(tab)
        else:
            await pane.mount(PageView(tab.make()))

    @work(thread=True, group="pages", exit_on_error=True)
    def _make(self, tab: DeskTab) -> None:
        try:
            page = tab.make()
        except CareloadError as error:
            page = refusal_page(error)
        self.post_message(PageMade(tab.id, page))

    @on(PageMade)
    async def show_made(self, message: PageMade) -> None:
        """Show a page that took a while."""
        await self.put(message.tab, message.page)

    async def put(self, name: str, page: Page, *, has_names: bool = False) -> None:
        """Show `page` in place of what the page called `name` showed; names of people stay there."""
        if has_names:
            self._with_names.add(name)
        pane = self.query_one(f"#{name}").query_one(DeskPane)
        await pane.remove_children()
        await pane.mount(PageView(page))

    def go_to(self, name: str) -> None:
        """Show the page called `name`."""
        self.query_one(TabbedContent).active = name

    def action_page(self, number: int) -> None:
        """Show page `number`; nothing happens where there are fewer."""
        if number <= len(self.places):
            self.go_to(self.places[number - 1])

    def action_turn(self, step: int) -> None:
        """Show the page `step` further, from the last on to the first."""
        place = self.places.index(self.query_one(TabbedContent).active)
        self.go_to(self.places[(place + step) % len(self.places)])

    def action_table(self, step: int) -> None:
        """Point at the next table of the page, and bring it into view."""
        view = self.view
        if view is None:
            return
        view.looking = view.looking.at_next_table(step)
        self._bring_up(view, view.line_of_table())

    @on(PageView.TableClicked)
    def point_at(self, message: PageView.TableClicked) -> None:
        """Point at the table that was clicked."""
        message.view.looking = message.view.looking.at(message.block)

    def action_sort(self) -> None:
        """Put the table that is pointed at, or else the first one, into its next order."""
        view = self._pointing()
        if view is not None:
            view.looking = view.looking.in_next_order()

    def action_copy(self) -> None:
        """Copy the table that is pointed at, or else the first one."""
        if self.has_names:
            self.notify(NAMES_STAY, severity="warning", markup=False)
            return
        view = self._pointing()
        if view is not None:
            self.app.copy_to_clipboard(view.looking.copied())
            self.notify("The table is copied, if this terminal allows it.", markup=False)

    def _pointing(self) -> PageView | None:
        """Return the page that is up with a table pointed at; None where it has none."""
        view = self.view
        if view is None or not view.looking.tables:
            self.notify("There is no table on this page.", severity="warning", markup=False)
            return None
        if view.looking.pointed is None:
            view.looking = view.looking.at_next_table()
        return view

    def action_find(self) -> None:
        """Ask what to look for."""
        self.add_class("-finding")
        self.query_one("#find", Input).focus()

    async def action_close_find(self) -> None:
        """Close the line that asks what to look for; nothing is marked any more."""
        self.remove_class("-finding")
        self._look_for("")
        pane = self.query_one(TabbedContent).active_pane
        if pane is not None:
            pane.query_one(DeskPane).focus(scroll_visible=False)

    @on(Input.Submitted, "#find")
    async def find(self, message: Input.Submitted) -> None:
        """Mark the words on every page, and go to the first place."""
        message.stop()
        if one_line(message.value).casefold() == self._sought:
            await self.action_find_next()
            return
        for name in self.places:
            if not self._tabs[name].is_slow:
                await self._fill(name)
        self._look_for(message.value)
        self._go_to_found(self._found_after(-1))

    async def action_find_next(self) -> None:
        """Go to the next line that is marked, on this page or the next ones."""
        view = self.view
        at = round(view.parent.scroll_y) if view is not None and isinstance(view.parent, DeskPane) else -1
        self._go_to_found(self._found_after(at))

    def _look_for(self, text: str) -> None:
        self._sought = one_line(text).casefold()
        for view in self.query(PageView):
            view.looking = view.looking.looking_for(self._sought)

    def _found_after(self, line: int) -> tuple[str, int] | None:
        """Return page and line of the next place after `line` of the page that is up."""
        start = self.places.index(self.query_one(TabbedContent).active)
        for step in range(len(self.places) + 1):
            name = self.places[(start + step) % len(self.places)]
            for view in self.query_one(f"#{name}").query(PageView):
                places = [place for place in view.found_lines() if step or place > line]
                if places:
                    return name, places[0]
        return None

    def _go_to_found(self, place: tuple[str, int] | None) -> None:
        if place is None:
            self.notify("These words stand on no page.", severity="warning", markup=False)
            return
        name, line = place
        self.go_to(name)
        self._bring_up(self.query_one(f"#{name}").query_one(PageView), line)

    def _bring_up(self, view: PageView, line: int) -> None:
        if isinstance(view.parent, DeskPane):
            view.parent.scroll_to(y=line, animate=False, force=True)

    def action_leave(self) -> None:
        """Close the desk."""
        self.app.exit()
